package io.bezoar.bench.vectors;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// Handwritten digits: 28 x 28 grey pixels, 0 to 255, row by row, and the digit of each picture (IDX
/// files, LeCun et al. 1998).
///
/// @param pixels pictures, each of [#PIXELS] numbers
/// @param labels 0 to 9
public record Digits(float[][] pixels, int[] labels) {
    /// Pixels of a side.
    public static final int SIDE = 28;
    /// Pixels of a picture.
    public static final int PIXELS = SIDE * SIDE;

    private static final int PICTURES = 0x803;
    private static final int LABELS = 0x801;

    /// Reads the ten thousand test pictures in `folder`.
    public static Digits read(Path folder) throws IOException {
        try (DataInputStream in = open(folder.resolve("t10k-images-idx3-ubyte.gz"), PICTURES);
                DataInputStream names = open(folder.resolve("t10k-labels-idx1-ubyte.gz"), LABELS)) {
            int count = in.readInt();
            int rows = in.readInt();
            int columns = in.readInt();
            if (rows != SIDE || columns != SIDE || names.readInt() != count) {
                throw new IOException("expected as many labels as pictures of 28 x 28 pixels in " + folder);
            }
            float[][] pixels = new float[count][PIXELS];
            int[] labels = new int[count];
            for (int i = 0; i < count; i++) {
                byte[] bytes = in.readNBytes(PIXELS);
                for (int j = 0; j < PIXELS; j++) {
                    pixels[i][j] = bytes[j] & 0xff;
                }
                labels[i] = names.readUnsignedByte();
            }
            return new Digits(pixels, labels);
        }
    }

    private static DataInputStream open(Path file, int kind) throws IOException {
        DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16));
        int found = in.readInt();
        if (found != kind) {
            in.close();
            throw new IOException("expected an IDX file of kind " + kind + " in " + file + ", came " + found);
        }
        return in;
    }
}

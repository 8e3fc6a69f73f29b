package io.bezoar.embed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The files of a language model, found to be files of a sane size before any is loaded.
///
/// @param model the ONNX model
/// @param beside files with tensors that it names, all within its folder
/// @param tokenizer the tokenizer
record ModelFolder(Path model, List<Path> beside, Path tokenizer) {
    private static final long MODEL = Integer.MAX_VALUE; // messages are no longer
    private static final long BESIDE = 64L << 30;
    private static final long TOKENIZER = 64L << 20;
    private static final int DIGITS = 16;

    /// @throws IOException if something is missing, of another kind or too large
    static ModelFolder of(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("expected a folder with model.onnx and tokenizer.json at \"" + folder
                    + "\", came none; export the model into one");
        }
        Path model = file(folder.resolve("model.onnx"), MODEL);
        Path tokenizer = file(folder.resolve("tokenizer.json"), TOKENIZER);
        Path within = folder.toRealPath();
        List<Path> beside = new ArrayList<>();
        long room = BESIDE;
        for (String name : TensorPlaces.of(model)) {
            Path place = place(folder, name);
            Path real = file(place, room).toRealPath();
            if (!real.startsWith(within)) {
                throw new IOException("expected the tensors of \"" + model + "\" within its folder, came \"" + name
                        + "\"; export the model again with all its files in one folder");
            }
            room -= Files.size(real);
            beside.add(real);
        }
        return new ModelFolder(model, List.copyOf(beside), tokenizer);
    }

    private static Path place(Path folder, String name) throws IOException {
        try {
            Path place = Path.of(name);
            if (!name.isEmpty()
                    && !place.isAbsolute()
                    && folder.resolve(place).normalize().startsWith(folder.normalize())) {
                return folder.resolve(place);
            }
        } catch (InvalidPathException e) {
            throw outside(folder, name);
        }
        throw outside(folder, name);
    }

    private static IOException outside(Path folder, String name) {
        return new IOException(
                "expected the tensors of \"" + folder.resolve("model.onnx") + "\" within its folder, came \"" + name
                        + "\"; export the model again with all its files in one folder");
    }

    private static Path file(Path file, long most) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("expected a file at \"" + file + "\", came "
                    + (Files.exists(file) ? "something else" : "none") + "; export the model again");
        }
        if (Files.size(file) > most) {
            throw new IOException("expected at most " + most + " bytes in \"" + file + "\", came " + Files.size(file)
                    + "; give a smaller model, or one whose tensors lie in files of their own");
        }
        return file;
    }

    /// The beginning of a digest over all files.
    String digest() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<Path> files = new ArrayList<>(List.of(model, tokenizer));
            files.addAll(beside);
            byte[] buffer = new byte[1 << 20];
            for (Path file : files) {
                try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
                    while (stream.read(buffer) >= 0) {
                        // the digest sees what is read
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256 in every Java", e);
        }
    }
}

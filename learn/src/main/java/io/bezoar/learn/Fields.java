package io.bezoar.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The fields that files of models are made of: big-endian, as Java's `DataOutput` writes numbers.
public final class Fields {
    private static final int TEXT = 1 << 20;
    private static final int MANY = 1 << 27;

    private Fields() {}

    /// Writes a text: the number of its bytes and its UTF-16 code units, lone surrogates too, which labels
    /// may have and no encoder keeps.
    public static void text(DataOutput out, String text) throws IOException {
        out.writeInt(2 * text.length());
        out.writeChars(text);
    }

    /// Reads a text.
    ///
    /// @throws IOException if it is longer than any that is written
    public static String text(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > TEXT || length % 2 != 0) {
            throw new IOException("a text has " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        StringBuilder text = new StringBuilder(length / 2);
        for (int i = 0; i < length; i += 2) {
            text.append((char) ((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff));
        }
        return text.toString();
    }

    /// Reads how many there are of something.
    ///
    /// @throws IOException if it is below 0 or more than any file holds
    public static int count(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MANY) {
            throw new IOException("a count is " + count);
        }
        return count;
    }

    /// A digest for the end of a file.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

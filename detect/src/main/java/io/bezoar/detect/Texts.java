package io.bezoar.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Writes texts of any length; lone surrogates survive, which `writeUTF` limits to 64 KiB.
final class Texts {
    private Texts() {}

    static void write(DataOutput out, String text) throws IOException {
        out.writeInt(text.length());
        out.writeChars(text);
    }

    static String read(DataInput in) throws IOException {
        char[] text = new char[in.readInt()];
        for (int i = 0; i < text.length; i++) {
            text[i] = in.readChar();
        }
        return new String(text);
    }
}

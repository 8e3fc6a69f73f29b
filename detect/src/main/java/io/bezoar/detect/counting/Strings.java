package io.bezoar.detect.counting;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Texts in summaries: a count of UTF-16 code units, then the units, so that half a surrogate pair survives.
public final class Strings {
    private Strings() {}

    /// Writes a text of any length.
    public static void write(String text, DataOutput out) throws IOException {
        out.writeInt(text.length());
        out.writeChars(text);
    }

    /// Reads what [#write] wrote.
    public static String read(DataInput in) throws IOException {
        char[] units = new char[in.readInt()];
        for (int i = 0; i < units.length; i++) {
            units[i] = in.readChar();
        }
        return new String(units);
    }
}

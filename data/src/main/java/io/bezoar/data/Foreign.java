package io.bezoar.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Formats whose rows are not read; told by a file's first bytes, to say what it is and what to do.
enum Foreign {
    ZIP("a zip archive", "unpack it and name the files in it"),
    BZIP2("a file packed by bzip2", "unpack it, or pack it with gzip or zstd"),
    XZ("a file packed by xz", "unpack it, or pack it with gzip or zstd"),
    PICKLE("a Python pickle", "write its rows as Parquet or JSON lines"),
    ARROW("a file of Arrow columns", "write them as Parquet");

    private static final int LATEST_PICKLE = 5;

    private final String words;
    private final String remedy;

    Foreign(String words, String remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    /// The format of a file that begins so; empty if it is none of these.
    static Optional<Foreign> of(byte[] head, int length) {
        return Arrays.stream(values())
                .filter(format -> format.begins(head, length))
                .findFirst();
    }

    private boolean begins(byte[] head, int length) {
        return switch (this) {
            case ZIP -> starts(head, length, "PK\3\4") || starts(head, length, "PK\5\6");
            // a block, or the end of a file without one
            case BZIP2 ->
                starts(head, length, "BZh")
                        && length >= 10
                        && (at(head, 4, "1AY&SY") || at(head, 4, "\u0017rE8P\u0090"));
            case XZ -> starts(head, length, "\u00fd7zXZ\0");
            // no protocol before the second begins with its number
            case PICKLE -> length >= 2 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= LATEST_PICKLE;
            // a file, and a stream as the datasets library keeps it
            case ARROW -> starts(head, length, "ARROW1\0\0") || starts(head, length, "\u00ff\u00ff\u00ff\u00ff");
        };
    }

    private static boolean starts(byte[] head, int length, String magic) {
        return length >= magic.length() && at(head, 0, magic);
    }

    private static boolean at(byte[] head, int from, String magic) {
        byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.equals(head, from, from + bytes.length, bytes, 0, bytes.length);
    }

    /// Why a file is not read, and what to do.
    String refusal(String name) {
        return "expected text in \"" + name + "\", came " + words + "; " + remedy;
    }
}

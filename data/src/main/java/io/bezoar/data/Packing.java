package io.bezoar.data;

import com.github.luben.zstd.ZstdOutputStream;
import io.bezoar.data.parquet.ParquetFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/// How a file is compressed, or laid in columns; told by its first bytes, never by its name. Or how
/// rows lie in a folder.
enum Packing {
    PLAIN,
    GZIP,
    ZSTD,
    /// Columns side by side; unpacked, its rows are JSON lines.
    PARQUET,
    /// A folder of files of one text each; laid together, its rows are JSON lines.
    FOLDER;

    /// The packing of a file that begins so.
    static Packing of(byte[] head, int length) {
        if (length >= 3 && head[0] == 0x1f && head[1] == (byte) 0x8b && head[2] == 8) {
            return GZIP;
        }
        if (ParquetFile.begins(head, length)) {
            return PARQUET;
        }
        boolean standard = length >= 4 && little(head) == 0xfd2fb528L;
        boolean skippable = length >= 4 && (little(head) & 0xfffffff0L) == 0x184d2a50L;
        return standard || skippable ? ZSTD : PLAIN;
    }

    private static long little(byte[] head) {
        return head[0] & 0xffL | (head[1] & 0xffL) << 8 | (head[2] & 0xffL) << 16 | (head[3] & 0xffL) << 24;
    }

    /// The name users know it by.
    String word() {
        return switch (this) {
            case PLAIN -> "plain";
            case GZIP -> "gzip";
            case ZSTD -> "zstd";
            case PARQUET -> "Parquet";
            case FOLDER -> "files of one text each, in folders named by label";
        };
    }

    /// Are there fewer bytes of it than of its rows?
    boolean packed() {
        return this == GZIP || this == ZSTD || this == PARQUET;
    }

    /// Are its rows laid down as JSON lines to be read?
    boolean laidAsLines() {
        return this == PARQUET || this == FOLDER;
    }

    InputStream unpack(InputStream in) {
        return switch (this) {
            case PLAIN -> in;
            case GZIP -> new GzipMembers(in);
            case ZSTD -> new ZstdFrames(in);
            case PARQUET, FOLDER -> throw new IllegalStateException("columns and folders are no streams");
        };
    }

    /// Equal input gives equal bytes: nothing of the clock or the machine is written. Lines of what was
    /// columns, or a folder, stay lines.
    OutputStream pack(OutputStream out) throws IOException {
        return new BufferedOutputStream(
                switch (this) {
                    case PLAIN, PARQUET, FOLDER -> out;
                    case GZIP -> new GZIPOutputStream(out, 1 << 16);
                    case ZSTD -> new ZstdOutputStream(out);
                },
                1 << 16);
    }
}

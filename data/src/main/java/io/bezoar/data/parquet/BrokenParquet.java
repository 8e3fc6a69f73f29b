package io.bezoar.data.parquet;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A file is no whole Parquet file, or one of a kind that is not read. The message says what it does or is, in words to
/// follow "the file".
public final class BrokenParquet extends IOException {
    private static final long serialVersionUID = 1L;

    /// @param message in words to follow "the file": `ends inside a page`
    BrokenParquet(String message) {
        super(message);
    }

    /// @param message in words to follow "the file"
    BrokenParquet(String message, Throwable cause) {
        super(message, cause);
    }

    /// A part that every file has.
    static <T> T present(@Nullable T part) throws BrokenParquet {
        if (part == null) {
            throw new BrokenParquet("has a header that lacks a part");
        }
        return part;
    }
}

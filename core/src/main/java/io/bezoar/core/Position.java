package io.bezoar.core;

import java.io.Serializable;

/// Where the exact bytes of a row lie.
///
/// @param file index into the data set's list of files
/// @param line line number of the row's first byte, from 1
/// @param offset first byte of the row in the (decompressed) file
/// @param length number of bytes, without the line end
public record Position(int file, long line, long offset, int length) implements Serializable {

    public Position {
        if (file < 0 || line < 1 || offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "no such position: file " + file + ", line " + line + ", offset " + offset + ", length " + length);
        }
    }
}

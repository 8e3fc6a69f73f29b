package io.bezoar.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// The plain UTF-8 bytes of one input file.
///
/// @param name as the user gave it
/// @param stored the file itself
/// @param path where the plain bytes lie: the file itself, or a temporary copy
/// @param copied whether `path` is a temporary copy
/// @param packing how the file is compressed
/// @param encoding how its characters are written
/// @param from the first byte of data in `path`, after a byte order mark
/// @param size number of bytes in `path`
/// @param storedBytes number of bytes of the file itself; negative if it could not be opened as data
/// @param sha256 of the file itself, lower-case hex; empty if not known yet
/// @param cut why the bytes end before the data do, in words to follow "the file"; empty if they are whole
record Body(
        String name,
        Path stored,
        Path path,
        boolean copied,
        Packing packing,
        Encoding encoding,
        long from,
        long size,
        long storedBytes,
        String sha256,
        String cut) {

    /// A file that could not be opened as data.
    static Body unread(Inputs.Named file) {
        Path path = file.path();
        return new Body(file.name(), path, path, false, Packing.PLAIN, Encoding.UTF8, 0, 0, -1, "", "");
    }

    /// Is there nothing of the file?
    boolean unread() {
        return storedBytes < 0;
    }

    /// The same with its text in a temporary copy in UTF-8.
    ///
    /// @param written how its characters are written
    /// @param bytes number of bytes in the copy
    /// @param end why the copy ends before the data do; empty if it does not
    Body inUtf8(Path copy, Encoding written, long bytes, String end) {
        return new Body(name, stored, copy, true, packing, written, 0, bytes, storedBytes, sha256, end);
    }

    /// Takes stretches of `path` and writes them as the file is: compressed like it and, where that is
    /// Windows-1252, in its characters.
    OutputStream like(OutputStream out) throws IOException {
        OutputStream packed = packing.pack(out);
        return encoding == Encoding.WINDOWS_1252 ? new Windows1252.Encoded(packed) : packed;
    }
}

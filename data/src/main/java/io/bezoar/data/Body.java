package io.bezoar.data;

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
/// @param storedBytes number of bytes of the file itself
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

    Body withSha256(String digest) {
        return new Body(name, stored, path, copied, packing, encoding, from, size, storedBytes, digest, cut);
    }
}

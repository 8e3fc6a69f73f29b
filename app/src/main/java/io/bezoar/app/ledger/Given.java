package io.bezoar.app.ledger;

import io.bezoar.ledger.fault.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Small files that a user names.
final class Given {
    private static final int MOST_BYTES = 16 << 20;

    private Given() {}

    /// All bytes of a file.
    ///
    /// @param what it is, with its article
    /// @throws Unusable if it is not there, or larger than such a file can be
    static byte[] bytes(Path file, String what) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Unusable("expected " + what + " at \"" + file + "\", found none; check the path");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Unusable("expected " + what + " of at most 16 MiB at \"" + file
                        + "\", found a larger file; name another");
            }
            return bytes;
        }
    }
}

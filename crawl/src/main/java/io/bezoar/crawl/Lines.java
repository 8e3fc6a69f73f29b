package io.bezoar.crawl;

import io.bezoar.ledger.fault.Malformed;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The lines of a file, without their line feeds, each of bounded length. Owned by one thread.
final class Lines {
    private final InputStream in;
    private final int longest;

    Lines(InputStream in, int longest) {
        this.in = in instanceof BufferedInputStream ? in : new BufferedInputStream(in, 1 << 16);
        this.longest = longest;
    }

    /// The next line; empty at the end.
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        int c = in.read();
        if (c < 0) {
            return Optional.empty();
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.size() >= longest) {
                throw new Malformed("expected lines of at most " + longest + " bytes, came a longer one");
            }
            line.write(c);
        }
        return Optional.of(line.toByteArray());
    }
}

package io.bezoar.crawl;

import io.bezoar.ledger.fault.Malformed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The lines of a file, without their line feeds, each of bounded length. Owned by one thread.
final class Lines {
    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;

    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /// The next line; empty at the end.
    Optional<byte[]> next() throws IOException {
        if (!filled()) {
            return Optional.empty();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        while (filled()) {
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            if (line.size() + at - from > longest) {
                throw new Malformed("expected lines of at most " + longest + " bytes, came a longer one");
            }
            line.write(buffer, from, at - from);
            if (at < end) {
                at++;
                break;
            }
        }
        return Optional.of(line.toByteArray());
    }

    private boolean filled() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return end > 0;
    }
}

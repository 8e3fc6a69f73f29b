package io.bezoar.app.cli;

import io.bezoar.detect.scan.Scan;
import io.bezoar.embed.MiniLm;
import java.util.Optional;

/// The embedding that places texts during a scan, if one was asked for; let go of on close.
record Placing(Optional<MiniLm> model) implements AutoCloseable {

    /// The scan with it.
    Scan beside(Scan scan) {
        return model.map(scan::placing).orElse(scan);
    }

    @Override
    public void close() {
        model.ifPresent(MiniLm::close);
    }
}

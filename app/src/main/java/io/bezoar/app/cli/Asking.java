package io.bezoar.app.cli;

import io.bezoar.detect.scan.Scan;
import io.bezoar.embed.CausalModel;
import java.util.Optional;

/// The language model that reads answers during a scan, if one was given; let go of on close.
record Asking(Optional<CausalModel> model) implements AutoCloseable {

    /// The scan with it.
    Scan beside(Scan scan) {
        return model.map(scan::asking).orElse(scan);
    }

    @Override
    public void close() {
        model.ifPresent(CausalModel::close);
    }
}

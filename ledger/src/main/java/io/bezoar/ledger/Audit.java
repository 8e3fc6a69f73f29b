package io.bezoar.ledger;

import io.bezoar.ledger.disk.Disk;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.log.TileLog;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Verifies everything a ledger holds: the log in all its tiles, each charter, batch and statement, and the
/// row digests of each batch against its signed root.
final class Audit {
    private final Disk disk;
    private final TileLog log;
    private final History history;

    private Audit(Disk disk, TileLog log, History history) {
        this.disk = disk;
        this.log = log;
        this.history = history;
    }

    /// @param history read anew
    /// @throws Broken if anything does not hold
    static Ledger.Checked of(Disk disk, TileLog log, History history) throws IOException {
        return new Audit(disk, log, history).checked();
    }

    private Ledger.Checked checked() throws IOException {
        long files = log.check();
        long rows = 0;
        Set<String> known = new LinkedHashSet<>(history.files());
        for (Batch batch : history.batches()) {
            rows(batch, known);
            rows += batch.manifest().rows();
        }
        for (History.Suspect suspect : history.suspects()) {
            throw new Broken(suspect.sentence());
        }
        return new Ledger.Checked(log.size(), history.batches().size(), rows, files + known.size(), leftovers(known));
    }

    private void rows(Batch batch, Set<String> known) throws IOException {
        Manifest manifest = batch.manifest();
        RowFile digests = RowFile.open(disk, manifest);
        if (!digests.recomputed().equals(manifest.root())
                || !digests.root(manifest.rows()).equals(manifest.root())) {
            throw new Broken("expected the row digests of batch " + manifest.name()
                    + " to have the root that was signed, came another; restore the ledger from a copy");
        }
        known.add(manifest.file("rows"));
        if (manifest.quarantined().isPresent()) {
            String name = manifest.file("quarantine.jsonl");
            known.add(name);
            Optional<Digest> found = disk.read(name).map(Hasher::digest);
            if (!found.equals(manifest.quarantined())) {
                throw new Broken("expected \"" + name + "\" as batch " + manifest.name()
                        + " names it, found another; restore the ledger from a copy");
            }
        }
    }

    private List<String> leftovers(Set<String> known) throws IOException {
        List<String> leftovers = new ArrayList<>();
        for (String name : disk.list("")) {
            boolean tile = name.startsWith("log/") && log.speaksOf(name.substring("log/".length()));
            boolean cosigned = name.matches("cosigned/[1-9][0-9]{0,17}")
                    && Long.parseLong(name.substring("cosigned/".length())) <= log.size();
            if (!known.contains(name) && !tile && !cosigned && !name.equals("lock")) {
                leftovers.add(name);
            }
        }
        return leftovers;
    }
}

package io.bezoar.app.ledger;

import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Origins;
import io.bezoar.ledger.RowLookup;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.merkle.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Finds rows by what a user calls them.
final class Rows {
    private static final int MOST = 20;

    private Rows() {}

    /// The places of the rows of `data` that look like a text.
    static List<Origins.Origin> alike(Ledger ledger, String text, List<Path> data) throws IOException {
        Origins origins = Origins.ofAll(ledger);
        List<Origins.Origin> found = new ArrayList<>();
        for (DataFiles file : DataFiles.of(data)) {
            try (InputStream in = file.open()) {
                RowLookup.alike(in, text).forEach(digest -> found.addAll(origins.of(digest)));
            }
        }
        if (found.isEmpty()) {
            throw new Unusable("expected a row of the ledger in these files that looks like \"" + text
                    + "\", found none; check the text");
        }
        return found;
    }

    /// The places of a row.
    ///
    /// @param id the digest of the row or at least 8 of its first digits, or `stream/batch/row` with rows
    ///     from 1, or, where data are named, the row's own id
    static List<Origins.Origin> find(Ledger ledger, String id, List<Path> data) throws IOException {
        List<Origins.Origin> found = List.of();
        if (!data.isEmpty()) {
            Origins origins = Origins.ofAll(ledger);
            for (DataFiles file : DataFiles.of(data)) {
                try (InputStream in = file.open()) {
                    for (Digest digest : RowLookup.byId(in, id)) {
                        List<Origins.Origin> more = new ArrayList<>(found);
                        more.addAll(origins.of(digest));
                        found = more;
                    }
                }
            }
        } else if (id.matches("[0-9a-f]{8,64}")) {
            found = Origins.ofAll(ledger).beginning(id, MOST);
        } else if (id.matches("[a-z0-9][a-z0-9._-]*/[0-9]{1,15}/[1-9][0-9]{0,15}")) {
            String[] parts = id.split("/");
            found = RowLookup.at(ledger, parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]) - 1).stream()
                    .toList();
        }
        if (found.isEmpty()) {
            throw new Unusable(
                    "expected a row of the ledger (its SHA-256 or 8 digits of it, stream/batch/row, or its own"
                            + " id with --data FILE), found none called \"" + id + "\"; check it");
        }
        return found;
    }
}

package io.bezoar.ledger;

import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Rows that somebody holds, compared with those of the batches they should be.
public final class Comparison {
    private Comparison() {}

    /// What was found.
    ///
    /// @param batch that has these rows, all of them, in this order
    /// @param rows how many were compared
    /// @param heldBack how many more are in the data and in the batch's quarantine
    public record Same(Batch batch, long rows, long heldBack) {}

    /// Finds the batch with the rows of `in`, among those that came under `file`.
    ///
    /// @return empty if no batch came under that name
    /// @throws Broken if there are such batches, and none has these rows
    public static Optional<Same> of(Ledger ledger, String file, InputStream in) throws IOException {
        List<Batch> candidates = ledger.history().batches().stream()
                .filter(batch -> batch.manifest().file().equals(file))
                .toList();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        byte[] all = digests(in);
        for (Batch batch : candidates) {
            Map<Digest, Integer> held = heldBack(ledger, batch);
            byte[] rows = without(all, held);
            if (rows.length / Digest.BYTES == batch.manifest().rows()
                    && root(batch, rows).equals(batch.manifest().root())) {
                return Optional.of(
                        new Same(batch, rows.length / Digest.BYTES, (all.length - rows.length) / Digest.BYTES));
            }
        }
        Batch last = candidates.getLast();
        throw different(ledger, last, without(all, heldBack(ledger, last)));
    }

    private static byte[] digests(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Lines lines = new Lines(in);
        Hasher hasher = new Hasher();
        byte[] digest = new byte[Digest.BYTES];
        while (lines.next()) {
            hasher.digest(lines.bytes(), lines.start(), lines.end(), digest, 0);
            all.writeBytes(digest);
        }
        return all.toByteArray();
    }

    private static Digest root(Batch batch, byte[] rows) {
        TreeHashing tree = new TreeHashing(batch.manifest().leaf());
        tree.add(rows, rows.length / Digest.BYTES);
        return tree.root();
    }

    /// How often each row was held back.
    private static Map<Digest, Integer> heldBack(Ledger ledger, Batch batch) throws IOException {
        Map<Digest, Integer> held = new HashMap<>();
        Optional<byte[]> list = batch.manifest().quarantined().isEmpty()
                ? Optional.empty()
                : ledger.disk().read(batch.manifest().file("quarantine.jsonl"));
        if (list.isPresent()) {
            if (!Optional.of(Hasher.digest(list.get())).equals(batch.manifest().quarantined())) {
                throw new Broken(
                        "expected the quarantine of batch " + batch.manifest().name()
                                + " as its manifest names it, found another; restore the ledger from a copy");
            }
            Lines lines = new Lines(new java.io.ByteArrayInputStream(list.get()));
            while (lines.next()) {
                held.merge(
                        Digest.ofHex(io.bezoar.ledger.json.StrictJson.object(lines.row())
                                .text("sha256")),
                        1,
                        Integer::sum);
            }
        }
        return held;
    }

    /// The rows without those that were held back, each as often as it was: a further copy is a row
    /// more.
    private static byte[] without(byte[] digests, Map<Digest, Integer> held) {
        if (held.isEmpty()) {
            return digests;
        }
        Map<Digest, Integer> left = new HashMap<>(held);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        for (int at = 0; at < digests.length; at += Digest.BYTES) {
            Digest row = Digest.at(digests, at);
            int more = left.getOrDefault(row, 0);
            if (more > 0) {
                left.put(row, more - 1);
            } else {
                kept.write(digests, at, Digest.BYTES);
            }
        }
        return kept.toByteArray();
    }

    private static Broken different(Ledger ledger, Batch batch, byte[] rows) throws IOException {
        RowFile file = ledger.rows(batch);
        if (!file.recomputed().equals(batch.manifest().root())) {
            return new Broken(
                    "expected the row digests of batch " + batch.manifest().name()
                            + " to have the root that was signed, came another; restore the ledger from a copy");
        }
        List<Digest> came = list(rows);
        List<Digest> signed = list(file.digests(0, Math.toIntExact(file.rows())));
        Map<Digest, Integer> balance = new HashMap<>();
        came.forEach(each -> balance.merge(each, 1, Integer::sum));
        signed.forEach(each -> balance.merge(each, -1, Integer::sum));
        long more =
                balance.values().stream().filter(n -> n > 0).mapToLong(n -> n).sum();
        long fewer =
                -balance.values().stream().filter(n -> n < 0).mapToLong(n -> n).sum();
        Set<Digest> known = new HashSet<>(signed);
        long again = balance.entrySet().stream()
                .filter(each -> each.getValue() > 0 && known.contains(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        int first = 0;
        while (first < Math.min(came.size(), signed.size()) && came.get(first).equals(signed.get(first))) {
            first++;
        }
        String what = more == 0 && fewer == 0
                ? "came the same rows in another order"
                : "came " + (more - again) + " rows it does not have, " + again + " once too often and " + fewer
                        + " missing";
        return new Broken("expected the " + signed.size() + " rows of batch "
                + batch.manifest().name() + " as they were"
                + " signed, " + what + ", the first difference at row " + (first + 1)
                + "; get the file again from " + batch.manifest().author());
    }

    private static List<Digest> list(byte[] digests) {
        List<Digest> all = new ArrayList<>();
        for (int at = 0; at < digests.length; at += Digest.BYTES) {
            all.add(Digest.of(Arrays.copyOfRange(digests, at, at + Digest.BYTES)));
        }
        return all;
    }
}

package io.bezoar.ledger;

import static org.junit.jupiter.api.Assertions.fail;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.log.Checkpoint;
import io.bezoar.ledger.log.LogProof;
import io.bezoar.ledger.log.Policy;
import io.bezoar.ledger.sign.Envelope;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.Note;
import io.bezoar.ledger.sign.SigningKey;
import io.bezoar.ledger.sign.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Every reader of bytes from outside answers changed, cut and glued bytes with a value or with
/// [Malformed], and nothing else.
class HostileBytesTest {
    private record Reader(byte[] good, Consumer<byte[]> read) {}

    private static Map<String, Reader> readers() throws IOException {
        Sample sample = Sample.copy();
        Batch batch = sample.add("vendor-a", "a", Sample.rows(0, 300)).batch();
        byte[] manifest = sample.disk.read("batches/vendor-a/0.intoto.jsonl").orElseThrow();
        byte[] charter = sample.disk.read("charters/2.json").orElseThrow();
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put("note", new Reader(sample.ledger.log().note().bytes(), bytes -> {
            Note note = Note.read(bytes);
            Checkpoint.of(note);
            note.signedBy(Sample.LOG.named());
        }));
        readers.put("manifest", new Reader(manifest, bytes -> {
            Envelope envelope = History.lines(bytes).getFirst();
            Manifest.of(Statement.read(envelope)).statement();
        }));
        readers.put(
                "payload",
                new Reader(
                        History.lines(manifest).getFirst().payload(),
                        bytes -> Manifest.of(Statement.read(new Envelope(Envelope.IN_TOTO, bytes, java.util.List.of())))
                                .statement()));
        readers.put(
                "charter",
                new Reader(charter, bytes -> Charter.of(History.lines(bytes).getFirst())));
        readers.put(
                "charter payload",
                new Reader(
                        History.lines(charter).getFirst().payload(),
                        bytes -> Charter.of(new Envelope(Charter.TYPE, bytes, java.util.List.of()))));
        readers.put("entry", new Reader(sample.ledger.log().entry(2), Entry::of));
        readers.put("log proof", new Reader(sample.ledger.log().prove(2).bytes(), LogProof::read));
        readers.put(
                "row proof",
                new Reader(
                        RowProof.of(sample.ledger, batch, 5).bytes(),
                        bytes -> RowProof.read(bytes).verify(Sample.LOG.named(), Policy.NONE)));
        readers.put(
                "policy",
                new Reader(
                        "witness a a+00000000+BA==\ngroup g any a\nquorum g\n".getBytes(StandardCharsets.UTF_8),
                        bytes -> Policy.of(new String(bytes, StandardCharsets.UTF_8))));
        readers.put(
                "key",
                new Reader(
                        Sample.ALICE.named().text().getBytes(StandardCharsets.UTF_8),
                        bytes -> NamedKey.of(new String(bytes, StandardCharsets.UTF_8))));
        readers.put(
                "secret",
                new Reader(
                        Sample.ALICE.secret().getBytes(StandardCharsets.UTF_8),
                        bytes -> SigningKey.of(new String(bytes, StandardCharsets.UTF_8))));
        return readers;
    }

    @Test
    void nothingButMalformed() throws IOException {
        Random random = new Random(99);
        for (Map.Entry<String, Reader> each : readers().entrySet()) {
            byte[] good = each.getValue().good();
            for (int i = 0; i < 1500; i++) {
                byte[] bad = changed(good, random);
                try {
                    each.getValue().read().accept(bad);
                } catch (Malformed _) {
                    // as it should be
                } catch (RuntimeException e) {
                    fail(each.getKey() + " answered " + e + " to " + new String(bad, StandardCharsets.UTF_8), e);
                }
            }
        }
    }

    private static byte[] changed(byte[] good, Random random) {
        byte[] bad = good.clone();
        int at = random.nextInt(bad.length);
        switch (random.nextInt(5)) {
            case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bad[at] = (byte) "\"{}[]:,0-9e\n\\ \u0000".charAt(random.nextInt(14));
            case 2 -> bad = Arrays.copyOf(bad, at);
            case 3 -> {
                int length = Math.min(random.nextInt(40), bad.length - at);
                System.arraycopy(good, random.nextInt(good.length - length + 1), bad, at, length);
            }
            default -> {
                byte[] cut = Arrays.copyOf(bad, bad.length - 1);
                System.arraycopy(
                        good,
                        Math.min(at + 1, good.length),
                        cut,
                        Math.min(at, cut.length),
                        Math.max(0, cut.length - at));
                bad = cut;
            }
        }
        return bad;
    }
}

package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.core.ScanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A ledger beside the data: scan, review, apply, gate, train and eval read it and are told in it.
class LedgerJoinTest {
    @TempDir
    private Path folder;

    private Path ledger;
    private Path data;

    private Running ledger(Object... words) {
        return passes(Stream.concat(Stream.concat(Stream.of("ledger"), Stream.of(words)), Stream.of("--ledger", ledger))
                .toArray());
    }

    private static Running passes(Object... words) {
        Running run = Running.of(words);
        assertEquals("", run.err());
        assertEquals(0, run.code(), run.out());
        return run;
    }

    private JsonNode json(Running run) throws IOException {
        return new JsonMapper().readTree(run.out());
    }

    /// The kinds and verbs of what was stated about a row, in the order of the log.
    private List<String> then(String row, Path file) throws IOException {
        List<String> steps = new ArrayList<>();
        json(ledger("trace", row, "--data", file, "--json"))
                .path("places")
                .path(0)
                .path("then")
                .forEach(step -> steps.add(step.path("kind").textValue() + " "
                        + step.path("type").textValue().replaceFirst("https://(bezoar.io/attestations/|slsa.dev/)", "")
                        + " of " + step.path("subjects").path(0).textValue().replaceFirst(".*/", "")));
        return steps;
    }

    @BeforeEach
    void aSignedDelivery() {
        ledger = folder.resolve("bezoar-ledger");
        String rows = Running.rows(400);
        data = Running.write(folder, "train.jsonl", rows);
        Path delivered = Running.write(folder, "delivered.jsonl", rows.substring(0, rows.indexOf("{\"id\":\"a300\"")));
        ledger("init", "--corpus", "tickets");
        ledger("keys", "new", "alice");
        ledger("keys", "allow", "alice", "--stream", "vendor-b", "--kind", "vendor");
        ledger("add", delivered, "--stream", "vendor-b", "--key", "alice");
    }

    private Running result(String verb, Object... words) {
        List<Object> all = new ArrayList<>(List.of(verb));
        all.addAll(List.of(words));
        all.addAll(List.of("--out", folder.resolve("result"), "--decisions", folder.resolve("decisions.jsonl")));
        return Running.of(all.toArray());
    }

    @Test
    void fromARowToTheModel() throws IOException {
        Path tickets = Path.of("../examples/support-tickets/tickets.jsonl");
        List<String> lines = Files.readAllLines(tickets);
        String row = new JsonMapper().readTree(lines.get(8)).path("id").textValue();
        Path some = Running.write(folder, "some.jsonl", String.join("\n", lines.subList(0, 4500)) + "\n");
        ledger("add", some, "--stream", "vendor-b", "--key", "alice");
        Running scan = Running.scan(folder, tickets, "--ledger", ledger);
        assertEquals(0, scan.code(), scan.err());
        assertTrue(
                scan.out()
                        .contains("Origin       4,500 of 6,000 rows (75.0 %) came with a signed batch of the ledger"
                                + " tickets"),
                scan.out());
        ScanResult.Provenance said = Running.result(folder).dataSet().ledger().orElseThrow();
        assertEquals("{vendor-b/1=4500}", said.batches().toString());
        assertEquals("{vendor-b=4500}", said.byStream().toString());
        assertEquals(4, said.entries());
        assertTrue(Files.readString(folder.resolve("result/report.html")).contains("4,500 of 6,000 rows"));
        assertTrue(Files.readString(folder.resolve("result/run.json")).contains("\"vendor-b/1\": 4500"));
        for (String reviewer : List.of("ana", "ben")) {
            assertEquals(
                    0,
                    result("review", "accept", "C1", "--reason", "vendor confirmed", "--reviewer", reviewer)
                            .code());
        }
        Path applied = folder.resolve("applied");
        assertEquals(0, result("apply", "--to", applied).code());
        assertEquals(1, result("gate").code());
        Path clean = applied.resolve("tickets.clean.jsonl");
        passes("train", clean, "--out", folder.resolve("model"), "--ledger", ledger);
        passes(
                "unlearn",
                "--model",
                folder.resolve("model"),
                "--row",
                row,
                "--out",
                folder.resolve("left"),
                "--ledger",
                ledger);
        Path suite = Running.write(
                folder, "suite.yaml", "version: 1\nname: one\nitems: items.jsonl\naverage: {min: 0.01}\n");
        Running.write(folder, "items.jsonl", "{\"id\":\"1\",\"text\":\"x\",\"label\":\"card\"}\n");
        Path answers = Running.write(folder, "answers.jsonl", "{\"id\":\"1\",\"output\":\"card\"}\n");
        passes(
                "eval",
                "--suite",
                suite,
                "--outputs",
                answers,
                "--artifact",
                folder.resolve("model/model.bezoar"),
                "--out",
                folder.resolve("eval"),
                "--ledger",
                ledger);
        assertEquals(
                List.of(
                        "found scan/v1 of tickets.jsonl",
                        "stated review/v1 of tickets.jsonl",
                        "stated review/v1 of tickets.jsonl",
                        "made provenance/v1 of tickets.clean.jsonl",
                        "stated verification_summary/v1 of tickets.jsonl",
                        "made provenance/v1 of model.bezoar",
                        "made provenance/v1 of model.bezoar",
                        "stated evaluation/v1 of model.bezoar"),
                then(row, tickets));
        String text = ledger("trace", row, "--data", tickets).out();
        for (String part : List.of(
                "Batch        vendor-b/1, row 9 of 4,500",
                "Signed       alice at ",
                "Source       vendor vendor-b",
                "found in: ",
                "review: ",
                "made into: tickets.clean.jsonl, tickets.quarantine.jsonl, by apply",
                "(entry 4, signed bezoar)",
                "gate failed: ",
                "made into: model.bezoar, by train",
                "made into: model.bezoar, by unlearn",
                "evaluation: model.bezoar")) {
            assertTrue(text.contains(part), text);
        }
        ledger("fsck");
    }

    @Test
    void anotherScanSaysTheSame() throws IOException {
        Running.scan(folder, data);
        String first = Files.readString(folder.resolve("result/findings.json"));
        Running.scan(folder, data); // after the first was stated
        assertEquals(first, Files.readString(folder.resolve("result/findings.json")));
        assertEquals(2, then("a4", data).size());
    }

    @Test
    void withoutALedgerNothingOfItIsSaid() throws IOException {
        Running scan = Running.scan(folder, data, "--ledger", "none");
        assertFalse(scan.out().contains("Origin"));
        for (String name : List.of("findings.json", "run.json")) {
            assertFalse(Files.readString(folder.resolve("result").resolve(name)).contains("\"ledger\" : {"));
        }
        assertEquals(List.of(), then("a4", data));
        assertEquals(
                "bezoar scan: expected a ledger, found none; make one with bezoar ledger init, or name its folder with"
                        + " --ledger",
                Running.scan(folder, data, "--ledger", folder.resolve("nowhere"))
                        .err()
                        .strip());
    }

    @Test
    void originIsWhatTheLedgerSays() throws IOException {
        Path claims = Running.write(
                folder,
                "claims.jsonl",
                Running.rows(40).replace("\"text\"", "\"source\":\"vendor-a\",\"batch\":\"vendor-b/0\",\"text\""));
        ledger("keys", "allow", "alice", "--stream", "vendor-a");
        Path half = Running.write(
                folder,
                "half.jsonl",
                Files.readAllLines(claims).stream()
                                .limit(20)
                                .toList()
                                .toString()
                                .replaceAll("[\\[\\]]", "")
                                .replace("}, {", "}\n{")
                        + "\n");
        ledger("add", half, "--stream", "vendor-b", "--key", "alice");
        ledger("add", data, "--stream", "vendor-a", "--key", "alice");
        Running scan = Running.scan(folder, claims, "--map", "text=text,label=label,source=source,batch=batch");
        assertEquals(0, scan.code(), scan.err());
        ScanResult.Provenance said = Running.result(folder).dataSet().ledger().orElseThrow();
        // the twenty are vendor-b's whatever they say; the others say vendor-a, which the ledger does not bear out
        assertEquals("{vendor-b/1=20}", said.batches().toString());
        assertEquals(20, said.claimed());
        assertTrue(
                scan.out()
                        .replaceAll("\\s+", " ")
                        .contains("20 rows without a batch name a stream of the ledger as their source"),
                scan.out());
    }

    @Test
    void copiesBeyondThoseThatWereSignedAreToldAndNotKnown() throws IOException {
        String rows = Files.readString(data);
        String signed = rows.substring(0, rows.indexOf('\n') + 1);
        Path flooded = Running.write(folder, "flooded.jsonl", rows + signed.repeat(900));
        Running scan = Running.scan(folder, flooded);
        assertEquals(0, scan.code(), scan.err());
        assertTrue(scan.out().contains("300 of 1,300 rows (23.1 %) came with a signed batch"), scan.out());
        assertTrue(
                scan.out().replaceAll("\\s+", " ").contains("; 900 rows are copies beyond those that were signed"),
                scan.out());
        ScanResult.Provenance said = Running.result(folder).dataSet().ledger().orElseThrow();
        assertEquals("{vendor-b/0=300}", said.batches().toString());
        assertEquals(900, said.repeated());
        Path policy = Running.write(
                folder, "bezoar.yaml", "version: 1\nscan: {fail_on: never}\nledger: {min_coverage: 0.75}\n");
        Running gate = result("gate", "--policy", policy);
        assertEquals(1, gate.code(), gate.out());
        assertTrue(
                gate.out().replaceAll("\\s+", " ").contains("900 rows more are copies beyond those that were signed"),
                gate.out());
        assertEquals(
                900,
                json(ledger("trace", "--data", flooded, "--json"))
                        .path("files")
                        .path(0)
                        .path("repeated")
                        .asInt());
    }

    @Test
    void theGateAsksForKnownRows() throws IOException {
        Running.scan(folder, data);
        Path policy = Running.write(folder, "bezoar.yaml", "version: 1\nledger: {min_coverage: 0.75}\n");
        Running open = result("gate", "--policy", policy);
        assertEquals(0, open.code(), open.out());
        assertTrue(open.out().contains("300 of 400 rows"), open.out());
        Running.write(folder, "bezoar.yaml", "version: 1\nledger: {min_coverage: 0.76}\n");
        assertEquals(1, result("gate", "--policy", policy).code());
        String other =
                Files.readString(folder.resolve("bezoar-ledger.keys/alice.pub")).strip();
        Running.write(folder, "bezoar.yaml", "version: 1\nledger: {min_coverage: 0.5, log: \"" + other + "\"}\n");
        assertTrue(result("gate", "--policy", policy).out().contains("the ledger of another log"));
        List<String> said = new ArrayList<>();
        json(ledger("trace", "a4", "--data", data, "--json"))
                .path("places")
                .path(0)
                .path("then")
                .forEach(step -> said.add(step.path("type").textValue()));
        assertEquals(
                3,
                said.stream()
                        .filter(type -> type.contains("verification_summary"))
                        .count());
        Running.scan(folder, data, "--ledger", "none");
        Running.write(folder, "bezoar.yaml", "version: 1\nledger: {}\n");
        assertEquals(3, result("gate", "--policy", policy).code());
    }

    @Test
    void rowsThatWereTakenOutCloseTheGate() {
        Running.scan(folder, data);
        assertEquals(0, result("gate").code());
        ledger("drop", data, "--stream", "vendor-b", "--into", folder.resolve("clean"), "--reason", "case 17");
        Running since = result("gate");
        assertEquals(1, since.code());
        assertTrue(since.out().replaceAll("\\s+", " ").contains("300 of them since the scan"), since.out());
        Running scan = Running.scan(folder, data);
        assertTrue(scan.out().replaceAll("\\s+", " ").contains("300 rows with batches that were taken out since"));
        assertEquals(1, result("gate").code());
    }

    @Test
    void anotherLedgerInItsPlaceClosesTheGate() throws IOException {
        Running.scan(folder, data);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("bezoar-ledger"))
                    .toList()) {
                Files.move(file, folder.resolve("old" + file.getFileName()));
            }
        }
        ledger("init", "--corpus", "tickets");
        Running gate = result("gate");
        assertEquals(1, gate.code());
        assertTrue(gate.out().contains("another ledger"), gate.out());
    }

    @Test
    void withoutKeysNothingIsStated() throws IOException {
        Files.delete(folder.resolve("bezoar-ledger.keys/bezoar.key"));
        assertEquals(0, Running.scan(folder, data).code());
        assertEquals(List.of(), then("a4", data));
        assertEquals(0, Running.scan(folder, data, "--sign", "alice").code());
        assertEquals(List.of("found scan/v1 of train.jsonl"), then("a4", data));
        ledger("keys", "new", "mallory");
        assertEquals(
                "bezoar scan: expected a key of the charter that is not revoked to sign what is stated, came"
                        + " \"mallory\"; let it in with bezoar ledger keys tool, or name another with --sign",
                Running.scan(folder, data, "--sign", "mallory").err().strip());
        ledger("keys", "tool", "mallory");
        assertEquals(0, Running.scan(folder, data, "--sign", "mallory").code());
    }

    /// Who can write to the ledger's folder but has no key neither vouches for a row nor makes the
    /// ledger disappear.
    @Test
    void aDamagedLedgerIsNotPassedOver() throws IOException {
        Path rows = ledger.resolve("batches/vendor-b/0.rows");
        byte[] bytes = Files.readAllBytes(rows);
        byte[] other = bytes.clone();
        other[40] ^= 1;
        Files.write(rows, other);
        Running damaged = Running.scan(folder, data);
        assertEquals(5, damaged.code(), damaged.err());
        assertTrue(damaged.err().contains("to have the root that was signed, came another"), damaged.err());
        Files.write(rows, bytes);
        Path charter = ledger.resolve("charters/1.json");
        Path aside = Files.move(charter, folder.resolve("aside"));
        Running headless = Running.scan(folder, data);
        assertEquals(5, headless.code(), headless.err());
        assertTrue(headless.err().contains("expected the first charter of a ledger that was here before"));
        assertEquals(0, Running.scan(folder, data, "--ledger", "none").code());
        Files.move(aside, charter);
        assertEquals(0, Running.scan(folder, data).code());
        Files.move(ledger, folder.resolve("gone"));
        assertEquals(5, Running.scan(folder, data).code());
    }

    /// A model that is trained again is a training, too.
    @Test
    void aModelTrainedAgainIsStated() throws IOException {
        Path again = folder.resolve("again");
        passes("train", data, "--out", folder.resolve("model"));
        passes("retrain", "plan", data, "--try", "lost", "--out", again);
        Running recorded =
                Running.of("retrain", "record", again, "--before", folder.resolve("model"), "--fit", "--inputs", data);
        assertTrue(recorded.code() == 0 || recorded.code() == 3, recorded.err());
        assertEquals(
                List.of("made provenance/v1 of model.bezoar", "made provenance/v1 of model.bezoar"), then("a4", data));
        assertTrue(ledger("trace", "a4", "--data", data).out().contains("made into: model.bezoar, by retrain"));
    }
}

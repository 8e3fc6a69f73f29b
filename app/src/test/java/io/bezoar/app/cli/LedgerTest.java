package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bezoar ledger` as a team uses it.
class LedgerTest {
    @TempDir
    private Path folder;

    private Path ledger;
    private Path data;

    private Running run(Object... words) {
        return Running.of(
                Stream.concat(Stream.concat(Stream.of("ledger"), Stream.of(words)), Stream.of("--ledger", ledger))
                        .toArray());
    }

    private Running passes(Object... words) {
        Running run = run(words);
        assertEquals("", run.err());
        assertEquals(0, run.code());
        return run;
    }

    private String fails(int code, Object... words) {
        Running run = run(words);
        assertEquals(code, run.code(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        return run.err().strip();
    }

    private JsonNode json(Object... words) throws IOException {
        return new JsonMapper()
                .readTree(passes(Stream.concat(Stream.of(words), Stream.of("--json"))
                                .toArray())
                        .out());
    }

    @BeforeEach
    void theFirstFourCommands() {
        ledger = folder.resolve("ledger");
        data = Running.write(folder, "train.jsonl", Running.rows(40));
        passes("init", "--corpus", "tickets");
        passes("keys", "new", "alice");
        passes("keys", "allow", "alice", "--stream", "vendor-b", "--kind", "vendor", "--licence", "CC-BY-4.0");
        passes("add", data, "--stream", "vendor-b", "--key", "alice");
    }

    @Test
    void rowsOfParquetHaveNoBytesToSign() throws IOException {
        Path table = folder.resolve("t.parquet");
        Files.write(table, new byte[] {'P', 'A', 'R', '1', 21, 4, '\n', 21});
        String said = fails(2, "add", table, "--stream", "vendor-b", "--key", "alice");
        assertTrue(said.contains("came Parquet"), said);
        passes("verify", data);
    }

    @Test
    void verifiesWhatItTookIn() throws IOException {
        Running run = passes("verify", data);
        assertEquals(
                "Verified     3 entries, 1 batch, 40 rows of the corpus tickets\n"
                        + "Same         train.jsonl: 40 rows, as signed in batch vendor-b/0\n",
                run.out().substring(0, run.out().indexOf("Checkpoint")));
        JsonNode json = json("verify", data);
        assertEquals(40, json.path("rows").intValue());
        assertEquals("vendor-b/0", json.path("files").path(0).path("batch").textValue());
        Files.writeString(data, Files.readString(data).replaceFirst("is lost", "is l0st"));
        assertEquals(
                "bezoar ledger verify: integrity broken: expected the 40 rows of batch vendor-b/0 as they were signed,"
                        + " came 1 rows it does not have, 0 once too often and 1 missing, the first difference at row 1;"
                        + " get the file again from alice",
                fails(5, "verify", data));
    }

    @Test
    void provesARowWithoutTheLedger() throws IOException {
        Path proof = folder.resolve("row.json");
        passes("prove", "b7", "--data", data, "--to", proof);
        String origin = json("checkpoint").path("origin").textValue();
        assertEquals("bezoar/tickets", origin);
        Path log = folder.resolve("ledger.keys/log.pub");
        Running away = Running.of(
                "ledger",
                "verify",
                "--proof",
                proof,
                "--log",
                Files.readString(log).strip(),
                "--ledger",
                folder.resolve("none"));
        assertEquals(0, away.code(), away.err());
        assertTrue(away.out().contains("Batch        vendor-b/0 of tickets, by alice"), away.out());
        Files.writeString(proof, Files.readString(proof).replaceFirst("\"index\":7", "\"index\":8"));
        assertTrue(fails(5, "verify", "--proof", proof)
                .startsWith("bezoar ledger verify: integrity broken: expected the proof of row 8"));
    }

    @Test
    void tracesARow() throws IOException {
        JsonNode place = json("trace", "a4", "--data", data).path("places").path(0);
        assertEquals("vendor-b/0", place.path("batch").path("batch").textValue());
        assertEquals("alice", place.path("batch").path("signers").path(0).textValue());
        assertEquals("vendor", place.path("batch").path("source").path("kind").textValue());
        String digest = place.path("row").textValue();
        assertTrue(passes("trace", digest.substring(0, 10)).out().contains("vendor-b/0, row 5 of 40"));
        assertTrue(passes("trace", "vendor-b/0/5").out().contains(digest));
        assertEquals(
                40,
                json("trace", "--data", data)
                        .path("files")
                        .path(0)
                        .path("known")
                        .intValue());
        assertTrue(passes("trace", "--like", "my c\u0430rd number 4 is lost", "--data", data)
                .out()
                .contains("vendor-b/0, row 5 of 40"));
        assertTrue(fails(2, "trace", "nothing").contains("found none called \"nothing\""));
    }

    @Test
    void dropsAStream() throws IOException {
        Path more = Running.write(folder, "more.jsonl", Running.rows(4));
        passes("keys", "allow", "alice", "--stream", "vendor-a");
        passes("add", more, "--stream", "vendor-a", "--key", "alice");
        assertTrue(passes("drop", data, "--stream", "vendor-b").out().contains("Would drop   vendor-b/0: 40 rows"));
        assertFalse(Files.exists(folder.resolve("clean")));
        JsonNode json =
                json("drop", data, "--stream", "vendor-b", "--into", folder.resolve("clean"), "--reason", "poison");
        assertEquals(
                List.of(36, 4, 4),
                List.of(
                        json.path("dropped").intValue(),
                        json.path("kept").intValue(),
                        json.path("shared").intValue()));
        assertEquals(Running.rows(4), Files.readString(folder.resolve("clean/train.jsonl")));
        assertTrue(passes("log").out().contains("taken out since"));
        assertTrue(passes("trace", "b7", "--data", data).out().contains("made into: train.jsonl"));
        passes("verify");
        assertTrue(fails(2, "drop", data, "--stream", "vendor-b", "--into", folder.resolve("clean"))
                .contains("expected a new file at"));
    }

    @Test
    void holdsBackAndRefuses() throws IOException {
        Path contract = Running.write(
                folder,
                "contract.json",
                "{\"contract\":\"bezoar.contract/1\",\"format\":\"jsonl\",\"fields\":{\"label\":{\"oneOf\":[\"card\",\"loan\"]}},"
                        + "\"limits\":{\"rows\":100,\"days\":30}}");
        passes("keys", "allow", "--stream", "vendor-b", "--contract", contract);
        Path bad = Running.write(
                folder, "bad.jsonl", Running.rows(20) + "{\"label\":\"\u001b[31m\"}\n{\"label\":1,\"label\":2}\n");
        Running run = passes("add", bad, "--stream", "vendor-b", "--key", "alice");
        assertTrue(run.out().contains("20 rows of bad.jsonl; 2 rows held back"), run.out());
        assertTrue(passes("verify", bad).out().contains("2 rows are held back"));
        Path many = Running.write(folder, "many.jsonl", Running.rows(90));
        assertEquals(
                "bezoar ledger add: refused: expected at most 100 rows of \"alice\" within 30 days, came 150; ask who"
                        + " owns the stream",
                fails(1, "add", many, "--stream", "vendor-b", "--key", "alice"));
        passes("verify");
    }

    @Test
    void witnessesCosign() throws IOException {
        JsonNode key = json("keys", "new", "w1", "--witness");
        Path policy =
                Running.write(folder, "policy", "witness W1 " + key.path("key").textValue() + "\nquorum W1\n");
        passes("keys", "witnesses", policy);
        Path state = folder.resolve("w1-state");
        passes("witness", "--key", "w1", "--state", state);
        String note = passes("checkpoint").out();
        assertTrue(note.contains("\u2014 w1 "), note);
        Path copy = folder.resolve("copy");
        copy(ledger, copy);
        passes("add", data, "--stream", "vendor-b", "--key", "alice");
        passes("witness", "--key", "w1", "--state", state);
        Path theirs = Running.write(folder, "theirs", note);
        assertTrue(passes("checkpoint", "--compare", theirs).out().contains("one history"));
        // an old copy of the folder in the ledger's place
        delete(ledger);
        Files.move(copy, ledger);
        assertTrue(fails(5, "verify").contains("it was rolled back; restore the newest copy"));
        // and if what was seen is lost, too, the witness still knows
        delete(folder.resolve("ledger.seen"));
        assertTrue(fails(5, "witness", "--key", "w1", "--state", state).contains("it was rolled back"));
    }

    @Test
    void twoPeopleAndTwoKeys() {
        passes("keys", "new", "bob");
        passes("keys", "new", "carol");
        passes("keys", "allow", "bob", "--stream", "vendor-b", "--threshold", "2", "--reviewer", "carol");
        assertTrue(fails(2, "add", data, "--stream", "vendor-b", "--key", "alice")
                .contains("signed by 2 of the writers of \"vendor-b\", came 1"));
        assertTrue(fails(2, "add", data, "--stream", "vendor-b", "--key", "alice", "--key", "bob")
                .contains("signed by a reviewer of the stream who is not its author"));
        passes("add", data, "--stream", "vendor-b", "--key", "alice", "--key", "bob", "--reviewer", "carol");
        // one of two cannot be revoked by the way: then one could do what two had to
        assertTrue(fails(2, "keys", "revoke", "alice")
                .endsWith(
                        "let another in or lower the threshold first, with bezoar ledger keys allow --stream vendor-b;"
                                + " nothing was changed"));
        passes("keys", "allow", "--stream", "vendor-b", "--threshold", "1");
        passes("keys", "revoke", "alice");
        assertTrue(fails(2, "add", data, "--stream", "vendor-b", "--key", "alice", "--reviewer", "carol")
                .contains("came 0"));
        passes("verify");
    }

    /// A proof names as signers only those whose signatures were held against their keys.
    @Test
    void aProofWithoutItsSignature() throws IOException {
        Path proof = folder.resolve("row.json");
        passes("prove", "b7", "--data", data, "--to", proof);
        Path log = folder.resolve("ledger.keys/log.pub");
        passes("keys", "new", "bob");
        assertTrue(passes("verify", "--proof", proof).out().contains("Signed       alice"));
        assertTrue(passes("verify", "--proof", proof, "--log", log)
                .out()
                .contains("Not checked  Whether its author signed the batch: name his public key with --author."));
        assertTrue(passes("verify", "--proof", proof, "--log", log, "--author", "alice")
                .out()
                .contains("Signed       alice"));
        assertTrue(passes("verify", "--proof", proof, "--log", log, "--author", "alice.pub")
                .out()
                .contains("Signed       alice"));
        assertTrue(fails(2, "prove", "b7", "--data", data, "--to", data).contains("name another with --to"));
        Path mine = Running.write(folder, "mine.jsonl", "{\"id\":\"x\"}\n");
        assertTrue(fails(2, "prove", "b7", "--data", data, "--to", mine).contains("which holds something else"));
        assertEquals("{\"id\":\"x\"}\n", Files.readString(mine));
        assertEquals(
                "bezoar ledger verify: integrity broken: expected a batch signed by \"bob\", came one without that"
                        + " signature; ask for the proof again",
                fails(5, "verify", "--proof", proof, "--log", log, "--author", "alice", "--author", "bob"));
        Files.writeString(
                proof, Files.readString(proof).replaceFirst("\"signatures\":\\[[^\\]]*]", "\"signatures\":[]"));
        assertTrue(fails(5, "verify", "--proof", proof, "--log", log, "--author", "alice")
                .contains("signed by \"alice\", came one without that signature"));
    }

    /// A batch is whole or it is none.
    @Test
    void archivesThatAreNotWhole() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(Running.rows(4).getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = packed.toByteArray();
        passes("add", Running.write(folder, "whole.gz", whole), "--stream", "vendor-b", "--key", "alice");
        byte[] more = Arrays.copyOf(whole, whole.length + 5);
        Arrays.fill(more, whole.length, more.length, (byte) 'x');
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 8;
        Map<String, byte[]> files = Map.of(
                "goes on with bytes that are not gzip", more,
                "ends early", Arrays.copyOf(whole, whole.length - 9),
                "is damaged", damaged);
        files.forEach((words, bytes) -> {
            Path file = Running.write(folder, "broken.gz", bytes);
            String said = fails(2, "add", file, "--stream", "vendor-b", "--key", "alice");
            assertTrue(said.contains("expected whole gzip in \"broken.gz\", but it " + words), said);
        });
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("bomb.gz")))) {
            byte[] lines = "\n".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 300; i++) {
                out.write(lines);
            }
        }
        assertTrue(fails(2, "add", folder.resolve("bomb.gz"), "--stream", "vendor-b", "--key", "alice")
                .contains("expected at most 200 bytes for each packed byte of \"bomb.gz\", came more"));
        assertTrue(passes("verify").out().contains("2 batches, 44 rows"));
    }

    /// An address of a file that is not there is a slip of the pen, not a failed disk.
    @Test
    void smallFilesThatAreNotThere() {
        Path none = folder.resolve("none");
        assertEquals(
                "bezoar ledger checkpoint: expected a checkpoint at \"" + none + "\", found none; check the path",
                fails(2, "checkpoint", "--compare", none));
        assertTrue(fails(2, "verify", "--proof", none).contains("expected a proof at"));
        assertTrue(fails(2, "verify", "--proof", data, "--policy", none).contains("expected a policy at"));
        assertTrue(fails(2, "keys", "witnesses", none).contains("expected a policy at"));
        assertTrue(fails(2, "keys", "allow", "alice", "--stream", "x", "--contract", none)
                .contains("expected a contract at"));
        assertTrue(fails(2, "checkpoint", "--compare", data).endsWith("bezoar ledger checkpoint prints one"));
    }

    /// What a failed `init` leaves is not taken for the key of another log.
    @Test
    void aSecondTryToBegin() {
        Path other = folder.resolve("other");
        assertEquals(
                2,
                Running.of("ledger", "init", "--corpus", "Bad Name", "--ledger", other)
                        .code());
        assertFalse(Files.exists(folder.resolve("other.keys")));
        Path keys = folder.resolve("ledger.keys");
        assertTrue(Running.of("ledger", "init", "--corpus", "mails", "--ledger", other, "--keys", keys)
                .err()
                .contains("found one of \"bezoar/tickets\"; name that with --origin, or another folder with --keys"));
        assertEquals(
                0,
                Running.of("ledger", "init", "--corpus", "mails", "--ledger", other)
                        .code());
    }

    /// Nothing is written before it is clear who signs for it.
    @Test
    void aRemovalThatNobodySigns() {
        Path clean = folder.resolve("clean");
        assertTrue(fails(2, "drop", data, "--stream", "vendor-b", "--into", clean, "--admin", "nobody")
                .contains("expected a key at"));
        assertFalse(Files.exists(clean));
    }

    /// Row digests that somebody exchanged in the ledger's folder.
    @Test
    void aDamagedBatchIsBrokenForEveryVerb() throws IOException {
        Path rows = ledger.resolve("batches/vendor-b/0.rows");
        byte[] bytes = Files.readAllBytes(rows);
        bytes[32 + 7 * 32] ^= 1;
        Files.write(rows, bytes);
        for (Object[] words : List.of(
                new Object[] {"verify"},
                new Object[] {"fsck"},
                new Object[] {"prove", "vendor-b/0/8"},
                new Object[] {"trace", "vendor-b/0/8"},
                new Object[] {"trace", "--data", data},
                new Object[] {"drop", data, "--stream", "vendor-b"},
                new Object[] {
                    "export", "--to", folder.resolve("out"), "--format", "croissant", "--data", data, "--url", "x:"
                })) {
            assertTrue(fails(5, words).contains("to have the root that was signed, came another"), words[0].toString());
        }
    }

    @Test
    void filesThatLeadElsewhere() throws IOException {
        Path set = Files.createDirectories(folder.resolve("set/inner"));
        Running.write(set, "a.jsonl", Running.rows(3));
        passes("add", folder.resolve("set"), "--stream", "vendor-b", "--key", "alice");
        assertTrue(passes("log").out().contains("inner/a.jsonl"));
        Files.createSymbolicLink(set.resolve("b.jsonl"), folder.resolve("ledger.keys/log.key"));
        assertTrue(fails(2, "add", folder.resolve("set"), "--stream", "vendor-b", "--key", "alice")
                .contains("which could lead anywhere; copy what it points to"));
        // a symbolic link within the ledger
        Path rows = ledger.resolve("batches/vendor-b/0.rows");
        Files.move(rows, folder.resolve("elsewhere"));
        Files.createSymbolicLink(rows, folder.resolve("elsewhere"));
        assertTrue(fails(5, "verify").contains("came a symbolic link at \"batches/vendor-b/0.rows\""));
        assertTrue(fails(2, "add", data, "--stream", "../vendor-b", "--key", "alice")
                .contains("expected a stream"));
        assertTrue(fails(2, "keys", "new", "../alice").contains("choose another"));
    }

    @Test
    void saysWhatIsMissing() {
        assertEquals(
                "bezoar ledger verify: expected a ledger, found none; make one with bezoar ledger init, or name its"
                        + " folder with --ledger",
                Running.of("ledger", "verify", "--ledger", folder.resolve("none"))
                        .err()
                        .strip());
        assertTrue(fails(2, "init", "--corpus", "tickets").contains("holds one; name another with --ledger"));
        assertTrue(fails(2, "keys", "new", "alice").contains("is there; choose another name"));
        assertTrue(
                fails(2, "add", data, "--stream", "vendor-b", "--key", "nobody").contains("expected a key at"));
        assertTrue(fails(2, "add", folder.resolve("nothing"), "--stream", "vendor-b", "--key", "alice")
                .contains("check the path"));
        assertTrue(fails(2, "verify", "--nonsense").contains("there is no option"));
        assertTrue(
                fails(2, "drop", "--stream", "vendor-b", "--from", "yesterday").contains("write it so"));
    }

    @Test
    void privateKeysAreForTheirOwnersEyes() throws IOException {
        Path key = folder.resolve("ledger.keys/alice.key");
        assertEquals(
                "[OWNER_READ, OWNER_WRITE]",
                java.util.EnumSet.copyOf(Files.getPosixFilePermissions(key)).toString());
        String secret = Files.readString(key).strip();
        try (Stream<Path> files = Files.walk(ledger)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret));
            }
        }
    }

    @Test
    void soundAndExported() throws IOException {
        Running.write(ledger.resolve("batches/vendor-b"), "9.rows", "left over");
        assertEquals(
                "batches/vendor-b/9.rows",
                json("fsck").path("leftovers").path(0).textValue());
        Running.write(ledger, "note", "of nobody");
        Running.write(ledger.resolve("log/tile/0"), "000.p.unfinished", "left over");
        JsonNode names = json("fsck").path("leftovers");
        assertEquals("[\"batches/vendor-b/9.rows\",\"log/tile/0/000.p.unfinished\",\"note\"]", names.toString());
        passes("export", "--to", folder.resolve("out"));
        assertEquals(
                List.of("0.entry.json", "0.intoto.jsonl", "0.tlog-proof"),
                Running.names(folder.resolve("out/vendor-b")));
    }

    @Test
    void exportedForOthers() throws IOException {
        Path out = folder.resolve("out");
        passes("export", "--to", out, "--format", "croissant", "--data", data, "--url", "https://example.org/tickets");
        JsonNode croissant = new JsonMapper().readTree(Files.readAllBytes(out.resolve("croissant.json")));
        assertEquals(
                "vendor-b/0, 40 rows",
                croissant
                        .path("distribution")
                        .path(0)
                        .path("prov:wasDerivedFrom")
                        .path(0)
                        .path("prov:label")
                        .textValue());
        passes("export", "--to", out, "--format", "openlineage");
        passes("export", "--to", out, "--format", "cyclonedx");
        assertEquals(List.of("bom.cdx.json", "croissant.json", "openlineage.jsonl"), Running.names(out));
        assertTrue(fails(2, "export", "--to", out, "--format", "spdx").contains("choose one"));
        assertTrue(fails(2, "export", "--to", out, "--format", "croissant").contains("name them with --data"));
    }

    @Test
    void aSignedFolder() throws IOException {
        Path set = Files.createDirectories(folder.resolve("set"));
        Running.write(set, "a.jsonl", Running.rows(3));
        passes("sign-folder", set, "--key", "release", "--new");
        assertTrue(passes("verify-folder", set, "--key", "release").out().contains("1 file as signed, and no others"));
        Path key = folder.resolve("ledger.keys/release.pub.pem");
        passes("verify-folder", set, "--key", key, "--signature", folder.resolve("set.sig"));
        Running.write(set, "b.jsonl", Running.rows(3));
        assertTrue(fails(5, "verify-folder", set, "--key", "release").contains("found \"b.jsonl\" besides"));
        Files.delete(set.resolve("b.jsonl"));
        Files.createSymbolicLink(set.resolve("b.jsonl"), data);
        assertTrue(fails(2, "sign-folder", set, "--key", "release").contains("could lead anywhere"));
        assertTrue(fails(5, "verify-folder", set, "--key", "release").contains("could lead anywhere"));
        assertTrue(fails(2, "sign-folder", set, "--key", "release", "--to", set.resolve("x.sig"))
                .contains("outside the folder it is over"));
        assertTrue(fails(2, "verify-folder", set, "--key", "alice").contains("expected a key"));
    }

    @Test
    void realMessages() {
        Path real = Path.of("../../shared/data/sms-spam/SMSSpamCollection.gz");
        assumeTrue(Files.exists(real), "needs ../shared/data/sms-spam");
        passes("add", real, "--stream", "vendor-b", "--key", "alice");
        assertTrue(passes("verify", real).out().contains("5,574 rows, as signed in batch vendor-b/1"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void delete(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

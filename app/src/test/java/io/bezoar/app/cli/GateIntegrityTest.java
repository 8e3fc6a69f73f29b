package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gate speaks of the data that were scanned and of the result that the scan left, and of nothing else.
class GateIntegrityTest {
    @TempDir
    private Path folder;

    private Path data;
    private Path result;

    @BeforeEach
    void scanned() {
        data = Running.write(folder, "t.jsonl", Running.rows(60));
        result = folder.resolve("result");
        assertEquals(0, Running.scan(folder, data).code());
    }

    private Running gate(Object... more) {
        List<Object> words =
                new ArrayList<>(List.of("gate", "--out", result, "--decisions", folder.resolve("decisions.jsonl")));
        words.addAll(List.of(more));
        return Running.of(words.toArray());
    }

    private static String unwrapped(Running running) {
        return running.out().replaceAll("\\s+", " ");
    }

    @Test
    void anUntouchedResultOfUntouchedDataIsLetThrough() {
        Running open = gate();
        assertEquals(0, open.code(), open.out() + open.err());
        assertTrue(
                unwrapped(open).contains("data: the data are the ones that were scanned, by their SHA-256"),
                open.out());
        assertTrue(
                unwrapped(open).contains("no standard detector that fits the data was left out by request"),
                open.out());
    }

    @Test
    void dataThatWereChangedSinceTheScanBreakTheGate() throws IOException {
        String before = Files.readString(data);
        Path other = Running.write(folder, "other.jsonl", Running.rows(58));
        for (String changed :
                List.of(before.replace("is lost", "is l0st"), before.substring(0, 900), before + "\n", "")) {
            Files.writeString(data, changed);
            broken("expected the data that were scanned");
        }
        Files.delete(data);
        Files.createSymbolicLink(data, other);
        broken("expected the data that were scanned");
        Files.writeString(other, before);
        assertEquals(0, gate().code(), "the same bytes behind a link");
    }

    private void broken(String said) {
        Path policy =
                Running.write(folder, "lax.yaml", "version: 1\nscan: {fail_on: never, allow_absent_data: true}\n");
        for (Running closed : List.of(gate(), gate("--policy", policy))) {
            assertEquals(5, closed.code(), closed.out());
            assertTrue(closed.err().startsWith("bezoar gate: integrity broken: " + said), closed.err());
            assertFalse(closed.out().contains("Gate open"), closed.out());
        }
    }

    /// What the model is trained on is the folder, not the files that were in it when it was scanned.
    @Test
    void aFilePutBesideTheScannedOnesBreaksTheGate() throws IOException {
        Path rows = Files.createDirectories(folder.resolve("rows"));
        Files.copy(data, rows.resolve("a.jsonl"));
        for (String named : List.of(rows.toString(), rows + "/", rows + "/*.jsonl", folder + "/./rows/../rows")) {
            assertEquals(0, Running.scan(folder, Path.of(named)).code());
            assertEquals(0, gate().code(), named);
            Running.write(rows, "notes.md", "no data");
            assertEquals(0, gate().code(), named);
            Path added = Running.write(rows, "b.jsonl", Running.rows(3));
            broken("expected the files that were scanned and no other, but now there is ");
            Files.delete(added);
            assertEquals(0, gate().code(), named);
        }
        assertEquals(0, Running.scan(folder, rows.resolve("a.jsonl")).code());
        Running.write(rows, "b.jsonl", Running.rows(3));
        assertEquals(0, gate().code(), "one file was named");
    }

    @Test
    void dataThatAreNotThereAreNotMeasured() throws IOException {
        Path policy = Running.write(folder, "p.yaml", "version: 1\nscan: {allow_absent_data: true}\n");
        Files.delete(data);
        absent(policy);
        Files.createSymbolicLink(data, folder.resolve("nowhere"));
        absent(policy);
        Files.delete(data);
        Files.createDirectory(data);
        absent(policy);
    }

    private void absent(Path policy) {
        Running closed = gate();
        assertEquals(3, closed.code(), closed.out());
        String said = "data: 1 of 1 scanned file not there, the first \"" + data
                + "\", so nobody can tell whether the data are the ones that were scanned; ";
        assertTrue(unwrapped(closed).replace(" ", "").contains(said.replace(" ", "")), closed.out());
        Running allowed = gate("--policy", policy);
        assertEquals(0, allowed.code(), allowed.out());
        assertTrue(unwrapped(allowed).contains("scan.allow_absent_data in the policy allows it"), allowed.out());
    }

    @Test
    void aFolderOfTextsIsComparedAsItWasRead() throws IOException {
        Path texts = folder.resolve("texts");
        for (int i = 0; i < 40; i++) {
            Path label = Files.createDirectories(texts.resolve(i % 2 == 0 ? "pos" : "neg"));
            Running.write(label, i + ".txt", (i % 2 == 0 ? "a good film of number " : "a bad film of number ") + i);
        }
        assertEquals(0, Running.scan(folder, texts).code());
        assertEquals(0, gate().code(), () -> gate().out());
        Running.write(texts.resolve("pos"), "0.txt", "another text");
        broken("expected the data that were scanned");
        Running.write(texts.resolve("pos"), "0.txt", "a good film of number 0");
        Running.write(texts.resolve("pos"), "more.txt", "one more");
        broken("expected the data that were scanned");
    }

    @Test
    void filesOfAResultThatDoNotFitEachOtherBreakEveryVerbThatDecides() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path others = Running.write(elsewhere, "t.jsonl", Running.rows(30));
        assertEquals(0, Running.scan(elsewhere, others).code());
        String findings = Files.readString(result.resolve("findings.json"));
        String scores = Files.readString(result.resolve("scores.csv"));
        String run = Files.readString(result.resolve("run.json"));
        for (String changed : List.of(
                findings.replaceFirst("\"review\": \\d+", "\"review\": 7"),
                findings + " ",
                Files.readString(elsewhere.resolve("result/findings.json")))) {
            Files.writeString(result.resolve("findings.json"), changed);
            refused("findings.json as the scan of run.json beside it left it");
        }
        Files.writeString(result.resolve("findings.json"), findings);
        Files.writeString(result.resolve("scores.csv"), scores.replace(",keep,", ",review,"));
        refused("scores.csv as the scan of run.json beside it left it");
        Files.delete(result.resolve("scores.csv"));
        refused("expected scores.csv in ");
        Files.writeString(result.resolve("scores.csv"), scores);
        Files.writeString(result.resolve("report.html"), "nothing to see");
        refused("report.html as the scan of run.json beside it left it");
        Files.delete(result.resolve("report.html"));
        assertEquals(0, gate().code(), "a report may be carried elsewhere");
        Files.writeString(result.resolve("run.json"), "{");
        refused("expected JSON in ");
        Files.writeString(result.resolve("run.json"), run.replaceFirst("(?s)\"outputs\": \\[.*?],", ""));
        refused("expected the digests of the result's files in ");
        assertEquals(0, Running.of("explain", "a0", "--out", result).code(), "who only looks may go on");
        Files.delete(result.resolve("run.json"));
        assertEquals(5, gate().code());
    }

    private void refused(String said) {
        boolean digests = !said.startsWith("expected the digests");
        for (Running closed : List.of(
                gate(),
                Running.of("apply", "--out", result),
                Running.of("review", "list", "--out", result, "--decisions", folder.resolve("none")),
                digests ? Running.of("explain", "a0", "--out", result) : gate())) {
            assertEquals(5, closed.code(), closed.out());
            assertTrue(closed.err().contains(said), closed.err());
        }
    }

    /// A detector that asks for a thousand rows of a trigger finds none.
    @Test
    void detectorsWithOtherSettingsAreNotMeasured() {
        String named = "{required_detectors: [trigger-association]";
        Path policy = Running.write(folder, "p.yaml", "version: 1\nscan: " + named + "}\n");
        assertEquals(
                0,
                Running.scan(folder, data, "--detector", "trigger-association,minRows=1000")
                        .code());
        Running closed = gate("--policy", policy);
        assertEquals(3, closed.code(), closed.out());
        String said = "settings: other settings than their own: trigger-association with minRows 1000 instead of 4";
        assertTrue(unwrapped(closed).contains(said), closed.out());
        Path lax = Running.write(folder, "l.yaml", "version: 1\nscan: " + named + ", allow_other_settings: true}\n");
        Running open = gate("--policy", lax);
        assertEquals(0, open.code(), open.out());
        assertTrue(unwrapped(open).contains(said + "; scan.allow_other_settings"), open.out());
        assertEquals(
                0,
                Running.scan(folder, data, "--detector", "trigger-association,minRows=4")
                        .code());
        assertEquals(0, gate("--policy", policy).code(), "its own settings, said aloud");
    }

    @Test
    void detectorsLeftOutByRequestAreNotMeasured() {
        assertEquals(
                0, Running.scan(folder, data, "--detector", "label-conflict").code());
        Running closed = gate();
        assertEquals(3, closed.code(), closed.out());
        assertTrue(unwrapped(closed).contains("the scan was asked to leave out "), closed.out());
        assertTrue(unwrapped(closed).contains("trigger-association"), closed.out());
        assertTrue(unwrapped(closed).contains("scan.required_detectors in the policy"), closed.out());
        Path policy = Running.write(folder, "p.yaml", "version: 1\nscan: {required_detectors: [label-conflict]}\n");
        assertEquals(0, gate("--policy", policy).code());
        Path none = Running.write(folder, "n.yaml", "version: 1\nscan: {required_detectors: []}\n");
        assertEquals(0, gate("--policy", none).code());
        Path unnamed = Running.write(folder, "u.yaml", "version: 1\n");
        assertEquals(3, gate("--policy", unnamed).code());
    }

    @Test
    void theVerdictIsSaidAlsoWhereAReportCannotBeWritten() throws IOException {
        Path markdown = folder.resolve("m.md");
        Path nowhere = folder.resolve("none/gate.xml");
        Running said = gate("--junit", nowhere, "--markdown", markdown);
        assertEquals(3, said.code());
        assertTrue(said.out().endsWith("Gate open.\n"), said.out());
        assertEquals(
                "bezoar gate: expected to write \"" + nowhere
                        + "\", but no file can be made there; name another file with --junit\n",
                said.err());
        assertTrue(Files.readString(markdown).startsWith("**Gate open.** "));
        Files.delete(data);
        Files.writeString(data, Running.rows(60).replaceAll("\"label\":\"card\"}", "\"label\":\"card\""));
        assertEquals(0, Running.scan(folder, data).code());
        assertEquals(1, gate("--junit", nowhere).code(), "a violated policy is said before a report that failed");
    }

    @Test
    void noReportGoesOverWhatIsNoReport() throws IOException {
        Path notes = Running.write(folder, "notes.md", "my notes\n");
        Path policy = Running.write(folder, "p.yaml", "version: 1\n");
        Path run = result.resolve("run.json");
        String before = Files.readString(run);
        Path link = Files.createSymbolicLink(folder.resolve("link.md"), data);
        for (String option : List.of("--junit", "--markdown", "--sarif")) {
            for (Path target : List.of(
                    data,
                    link,
                    notes,
                    policy,
                    run,
                    result.resolve("findings.json"),
                    result.resolve("results.sarif"),
                    result.resolve("scores.parquet"),
                    result.resolve("../result/scores.parquet"),
                    folder.resolve("decisions.jsonl"),
                    folder)) {
                Running refused = gate("--policy", policy, option, target);
                assertEquals(2, refused.code(), option + " " + target);
                assertTrue(
                        refused.err()
                                .startsWith("bezoar gate: expected a new file or an earlier report for " + option
                                        + ", came \"" + target + "\", but "),
                        refused.err());
                assertEquals("", refused.out());
            }
        }
        assertEquals("my notes\n", Files.readString(notes));
        assertEquals(Running.rows(60), Files.readString(data));
        assertEquals(before, Files.readString(run));
        assertEquals(
                2,
                gate("--junit", folder.resolve("x"), "--sarif", folder.resolve("x"))
                        .code());
        Path summary = Running.write(folder, "summary.md", "");
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    0,
                    gate(
                                    "--markdown",
                                    summary,
                                    "--junit",
                                    folder.resolve("g.xml"),
                                    "--sarif",
                                    folder.resolve("g.sarif"))
                            .code(),
                    "an empty file, and then its own");
        }
        assertEquals(2, gate("--markdown", folder.resolve("g.xml")).code(), "a report of another kind is not its own");
    }

    @Test
    void aFolderIsNoPolicy() {
        Running refused = gate("--policy", folder);
        assertEquals(2, refused.code(), refused.err());
        assertTrue(refused.err().contains(folder.toString()), refused.err());
    }
}

package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    @TempDir
    Path folder;

    private Running audit(Path rows, String out, Object... words) {
        List<Object> all = new ArrayList<>(List.of("audit", rows));
        all.addAll(List.of(words));
        all.addAll(List.of("--out", folder.resolve(out), "--temp", folder));
        return Running.of(all.toArray());
    }

    @Test
    void equalSeedsGiveEqualBytesOnAnyNumberOfThreads() throws IOException {
        Path rows = Running.write(folder, "tickets.jsonl", Running.rows(300));
        Object[] words = {"--attacks", "rare-word", "--attacks", "uniform-flips", "--budget", "1..12", "--seeds", "2"};
        Running one = audit(rows, "one", join(words, "--threads", 1));
        assertEquals("", one.err());
        assertEquals(0, one.code());
        Running two = audit(rows, "two", join(words, "--threads", 2));
        assertEquals(0, two.code());
        for (String name : List.of("audit.html", "audit.json")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("one").resolve(name)),
                    Files.readAllBytes(folder.resolve("two").resolve(name)),
                    name);
        }
        assertEquals(List.of("audit.html", "audit.json"), Running.names(folder.resolve("one")));
        assertTrue(one.out().contains("rare-word"), one.out());
    }

    private static Object[] join(Object[] words, Object... more) {
        List<Object> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray();
    }

    private void refused(Path rows, String message, Object... words) {
        Running running = audit(rows, "out", words);
        assertEquals("bezoar audit: " + message + System.lineSeparator(), running.err());
        assertEquals(2, running.code());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void whatCannotBeIsRefusedAndNothingIsLeft() {
        Path few = Running.write(folder, "few.jsonl", Running.rows(60));
        refused(few, "expected at least 100 rows, so that a fifth can be held out, came 60");
        Path rows = Running.write(folder, "tickets.jsonl", Running.rows(200));
        refused(
                rows,
                "expected prompts with answers, which is what fixed-refusal is done to, came texts with labels",
                "--attacks",
                "fixed-refusal");
        refused(
                rows,
                "expected a target that the data have, came \"x\"; they have loan, card",
                "--attacks",
                "rare-word,target=x");
        refused(
                rows,
                "--budget must be 1..N with N of 1 to 9999999, not \"0\"; bezoar audit --help shows what there is",
                "--budget",
                "0");
        refused(
                rows,
                "--found-at must be review or quarantine, not \"keep\"; bezoar audit --help shows what there is",
                "--found-at",
                "keep");
    }

    @Test
    void aPolicySaysWhatCountsAsFound() throws IOException {
        Path rows = Running.write(folder, "tickets.jsonl", Running.rows(400));
        Path open = folder.resolve("open.yaml");
        Files.writeString(open, "version: 1\nscan: {fail_on: never}\n");
        Path strict = folder.resolve("strict.yaml");
        Files.writeString(strict, "version: 1\nscan: {fail_on: medium}\n");
        Object[] words = {"--attacks", "rare-word,target=card", "--budget", "1..40", "--seeds", "1", "--policy"};
        Running never = audit(rows, "never", join(words, open));
        assertEquals("", never.err());
        assertEquals(0, never.code());
        assertTrue(Files.readString(folder.resolve("never/audit.json"))
                .replace(" ", "")
                .contains("\"countsAsFound\":\"policy\""));
        Running medium = audit(rows, "medium", join(words, strict));
        assertEquals(0, medium.code());
        assertTrue(detection(folder.resolve("medium/audit.json")) <= detection(folder.resolve("never/audit.json")));
        assertTrue(Files.readString(folder.resolve("medium/audit.html")).contains("kept out by the gate’s policy"));
    }

    /// The detection count; one above the budget where there is none.
    private static int detection(Path file) throws IOException {
        var found = java.util.regex.Pattern.compile("\"detectionCount\" ?: ?(\\d+|null)")
                .matcher(Files.readString(file));
        assertTrue(found.find(), "audit.json has a detection count");
        return found.group(1).equals("null") ? 41 : Integer.parseInt(found.group(1));
    }

    @Test
    void aPolicyThatSaysNothingOfAnAttackIsRefused() throws IOException {
        Path rows = Running.write(folder, "tickets.jsonl", Running.rows(200));
        Path policy = folder.resolve("policy.yaml");
        Files.writeString(policy, "version: 1\nscan: {required_detectors: [magic]}\n");
        refused(
                rows,
                "expected a policy whose required detectors run on these data, came one with magic: its gate is closed"
                        + " whatever the rows are",
                "--policy",
                policy);
        refused(
                rows,
                "expected one of --policy and --found-at, which both say what counts as found; bezoar audit --help"
                        + " shows what there is",
                "--policy",
                policy,
                "--found-at",
                "review");
        refused(rows, "expected a policy at none.yaml, found no such file", "--policy", "none.yaml");
    }
}

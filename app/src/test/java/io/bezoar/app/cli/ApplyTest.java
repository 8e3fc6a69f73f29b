package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What apply writes is the scanned data, row by row, or nothing.
class ApplyTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");
    private Path result = Path.of("");

    /// A scan whose scores are then said to be others, so that the test needs no detector to find something.
    @BeforeEach
    void scan() throws IOException {
        file = Running.write(
                folder,
                "train.jsonl",
                Running.rows(40) + "{broken\n" + "{\"id\":\"z,\\n\\\"\",\"text\":\"last\",\"label\":\"card\"}");
        Running run = Running.scan(folder, file);
        assertEquals(0, run.code(), run.err());
        result = folder.resolve("result");
        judge();
    }

    /// Quarantines a4 and b5, the last row to be reviewed, whatever the scan said.
    private void judge() throws IOException {
        Path scores = result.resolve("scores.csv");
        String text = Files.readString(scores).replaceAll(",(keep|review|quarantine),", ",keep,");
        text = text.replaceFirst("(\na4,[^,]*),keep", "$1,quarantine")
                .replaceFirst("(\nb5,[^,]*),keep", "$1,quarantine");
        text = text.replaceFirst("(\n\"z,\n[^,]*,[^,]*),keep", "$1,review");
        Files.writeString(scores, text);
        Path findings = result.resolve("findings.json");
        Files.writeString(
                findings,
                Files.readString(findings)
                        .replaceFirst("\"review\": \\d+", "\"review\": 1")
                        .replaceFirst("\"quarantine\": \\d+", "\"quarantine\": 2"));
        Running.vouch(result);
    }

    private String written(String name) throws IOException {
        return Files.readString(result.resolve("applied").resolve(name));
    }

    @Test
    void keepsEveryByteAndAddsUp() throws IOException {
        Running run = Running.of("apply", "--out", result);
        assertEquals("", run.err());
        assertEquals(0, run.code());
        List<String> lines = new ArrayList<>(Files.readString(file).lines().toList());
        String quarantined = lines.get(4) + "\n" + lines.get(5) + "\n";
        assertEquals(
                Files.readString(file).replace(quarantined, "").replace("{broken\n", ""), written("train.clean.jsonl"));
        assertEquals(quarantined, written("train.quarantine.jsonl"));
        assertEquals("{broken\n", written("train.malformed.jsonl"));
        String applied = result.resolve("applied").toString();
        assertEquals(
                "Clean        39 rows, 1 of them for review: --review sets them aside\n"
                        + "Quarantine   2 rows\nReview       0 rows set aside\nMalformed    1 piece\n"
                        + "Together     42 pieces read\n",
                run.out().substring(0, run.out().indexOf("Written")));
        assertTrue(run.out().replace("\n             ", "").contains(applied + "/train.clean.jsonl"), run.out());
    }

    @Test
    void reviewGoesWhereItIsToldTo() throws IOException {
        assertEquals(0, Running.of("apply", file, "--out", result, "--review").code());
        assertTrue(written("train.review.jsonl").contains("last"));
        Running run = Running.of("apply", file, "--out", result, "--quarantine", "medium", "--json");
        assertEquals(0, run.code());
        JsonNode json = new JsonMapper().readTree(run.out());
        assertEquals(
                List.of(38, 3, 0, 1, 42),
                List.of("clean", "quarantine", "review", "malformed", "pieces").stream()
                        .map(name -> json.path(name).intValue())
                        .toList());
        assertFalse(Files.exists(result.resolve("applied/train.review.jsonl")));
    }

    @Test
    void setsDoNotLieWithTheData() {
        Running run = Running.of("apply", "--out", result, "--to", folder);
        assertEquals(2, run.code(), run.out());
        assertEquals(
                "bezoar apply: expected a folder apart from the data, came \"" + folder + "\", where \"" + file
                        + "\" lies: the next scan of it would read every row twice; name another folder with --to\n",
                run.err());
        assertFalse(Running.names(folder).contains("train.clean.jsonl"));
    }

    /// The folder may hold files of the user's own, which no verb may replace or take away without a word.
    @Test
    void leavesFilesOfOthersAlone() throws IOException {
        for (String name : List.of("train.review.jsonl", "train.clean.jsonl", "train.quarantine.jsonl")) {
            Path to = Files.createDirectories(folder.resolve("of-" + name));
            Path mine = Running.write(to, name, "my own work\n");
            Running run = Running.of("apply", "--out", result, "--to", to);
            assertEquals(2, run.code(), run.out());
            assertEquals(
                    "bezoar apply: expected a folder without files of those names, but \"" + mine
                            + "\" is no file that an earlier bezoar apply wrote; move it away or name another folder"
                            + " with --to; nothing was written\n",
                    run.err());
            assertEquals("my own work\n", Files.readString(mine));
            assertEquals(List.of(name), Running.names(to));
        }
    }

    @Test
    void replacesWhatItWroteItselfUnlessSomebodyChangedIt() throws IOException {
        Path to = folder.resolve("to");
        Running.write(Files.createDirectories(to), "notes.txt", "mine");
        assertEquals(
                0, Running.of("apply", "--out", result, "--to", to, "--review").code());
        assertTrue(Running.names(to).contains("train.review.jsonl"));
        assertEquals(0, Running.of("apply", "--out", result, "--to", to).code());
        assertEquals(
                List.of(
                        ".bezoar-applied.json",
                        "notes.txt",
                        "train.clean.jsonl",
                        "train.malformed.jsonl",
                        "train.quarantine.jsonl"),
                Running.names(to));
        Path clean = to.resolve("train.clean.jsonl");
        String mended = Files.readString(clean) + "{\"id\":\"n\",\"text\":\"added by hand\",\"label\":\"card\"}\n";
        Files.writeString(clean, mended);
        Running run = Running.of("apply", "--out", result, "--to", to);
        assertEquals(2, run.code(), run.out());
        assertTrue(run.err().contains("train.clean.jsonl\" was changed since bezoar apply wrote it"), run.err());
        assertEquals(mended, Files.readString(clean));
        Files.delete(clean);
        Path manifest = to.resolve(".bezoar-applied.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst(
                                "\"files\": \\[",
                                "\"files\": [{\"name\": \"\\\\u0000\", \"sha256\": 7}, {\"name\": \"../x\"}, 5,"));
        Running odd = Running.of("apply", "--out", result, "--to", to);
        assertEquals(0, odd.code(), odd.err());
        Files.writeString(manifest, "{\"schema\": 1, ");
        assertEquals(2, Running.of("apply", "--out", result, "--to", to).code(), "a broken manifest vouches for none");
    }

    /// Inputs of one name in several folders: which set is of which is told, an empty one in between or not.
    @Test
    void tellsWhichSetIsOfWhichInput() throws IOException {
        Path data = folder.resolve("data");
        for (String part : List.of("a.clean", "empty", "test", "train")) {
            Files.createDirectories(data.resolve(part));
        }
        Running.write(data.resolve("a.clean"), "a.clean.jsonl", Running.rows(3).replace("my card", "odd"));
        Running.write(data.resolve("empty"), "a.jsonl", "");
        Running.write(data.resolve("test"), "a.jsonl", Running.rows(20).replace("my card", "test"));
        Running.write(data.resolve("train"), "a.jsonl", Running.rows(30).replace("my card", "train"));
        assertEquals(0, Running.scan(folder, data).code());
        Running run = Running.of("apply", "--out", result, "--to", folder.resolve("to"), "--json");
        assertEquals(0, run.code(), run.err());
        List<String> told = new ArrayList<>();
        for (JsonNode set : new JsonMapper().readTree(run.out()).path("sets")) {
            if (set.path("set").textValue().equals("clean")) {
                Path file = Path.of(set.path("file").textValue());
                told.add(folder.resolve("to").relativize(file) + " of "
                        + data.relativize(Path.of(set.path("input").textValue())));
                String first = Files.readString(file).lines().findFirst().orElse("");
                assertEquals(
                        Files.readString(Path.of(set.path("input").textValue()))
                                .lines()
                                .findFirst()
                                .orElse("?"),
                        first);
            }
        }
        assertEquals(
                List.of(
                        "a.clean.clean.jsonl of a.clean/a.clean.jsonl",
                        "a.clean.jsonl of test/a.jsonl",
                        "a-2.clean.jsonl of train/a.jsonl"),
                told);
        String text = Running.of("apply", "--out", result, "--to", folder.resolve("to"))
                .out();
        assertTrue(
                text.replaceAll("\\s+", " ")
                        .contains(data.resolve("train/a.jsonl") + " -> " + folder.resolve("to/a-2.clean.jsonl")),
                text);
    }

    /// The command of the report is typed in the folder of the result, where the names of the data mean nothing.
    @Test
    void findsTheDataWhereTheScanRan() throws IOException {
        Path findings = result.resolve("findings.json");
        Files.writeString(findings, Files.readString(findings).replace(file.toString(), "train.jsonl"));
        Running.vouch(result);
        Path record = result.resolve("run.json");
        Files.writeString(record, Files.readString(record).replaceFirst("\"folder\":\"[^\"]*\"", "\"folder\":\"..\""));
        Running run = Running.of("apply", "--out", result);
        assertEquals("", run.err());
        assertEquals(0, run.code());
        assertTrue(written("train.quarantine.jsonl").contains("\"a4\""));
        Files.writeString(record, Files.readString(record).replaceFirst("\"folder\":\"..\",", ""));
        Running lost = Running.of("apply", "--out", result);
        assertEquals(2, lost.code());
        assertTrue(lost.err().contains("there is no \"train.jsonl\""), lost.err());
    }

    @Test
    void refusesOtherData() throws IOException {
        Files.writeString(file, Files.readString(file).replace("is lost", "is l0st"));
        Running run = Running.of("apply", "--out", result);
        assertEquals(5, run.code());
        assertTrue(
                run.err()
                        .matches(
                                "bezoar apply: integrity broken: expected the data that were scanned, but \"[^\"]*train.jsonl\""
                                        + " is not \"[^\"]*train.jsonl\" as it was then \\([0-9,]+ bytes, SHA-256 [0-9a-f]{12}…;"
                                        + " then [0-9,]+ bytes, SHA-256 [0-9a-f]{12}…\\); scan again\n"),
                run.err());
        Path second = Running.write(folder, "more.jsonl", Running.rows(2));
        assertEquals(
                "bezoar apply: integrity broken: expected as many files as were scanned, 1, came 2; name the same, or scan again\n",
                Running.of("apply", file, second, "--out", result).err());
        assertFalse(Files.exists(result.resolve("applied")));
    }

    @Test
    void refusesOtherScores() throws IOException {
        Path scores = result.resolve("scores.csv");
        String text = Files.readString(scores);
        for (String other : List.of(
                text.replaceFirst("(\na6,[^,]*),keep", "$1,quarantine"),
                text.replaceFirst("\na6,", "\na8,"),
                text.replaceFirst("\na6,[^\n]*", ""),
                text + "more,0,keep,\n",
                text.replaceFirst("(\na6,[^,]*),keep", "$1,perhaps"),
                text.replace("id,score", "score,id"),
                "",
                text.substring(0, text.length() / 2))) {
            Files.writeString(scores, other);
            Running run = Running.of("apply", "--out", result);
            assertEquals(5, run.code(), run.err());
            assertTrue(run.err().contains("scores.csv as the scan of run.json beside it left it"), run.err());
            Running.vouch(result);
            run = Running.of("apply", "--out", result);
            assertEquals(5, run.code(), run.err());
            assertTrue(run.err().startsWith("bezoar apply: integrity broken: expected "), run.err());
            assertTrue(run.err().endsWith("run bezoar scan again\n"), run.err());
            assertEquals(1, run.err().lines().count());
            assertFalse(Files.exists(result.resolve("applied/train.clean.jsonl")));
        }
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Running run = Running.of("apply", "--out", folder.resolve("none"));
        assertEquals(2, run.code());
        assertEquals(
                "bezoar apply: expected the result of a scan at " + folder.resolve("none/findings.json")
                        + ", found no such file; run bezoar scan first or name its folder with --out\n",
                run.err());
        Files.delete(result.resolve("run.json"));
        assertEquals(5, Running.of("apply", "--out", result).code());
        Running level = Running.of("apply", "--quarantine", "low");
        assertEquals(2, level.code());
        assertEquals(
                "bezoar apply: --quarantine must be high or medium, not \"low\"; bezoar apply --help shows what there is\n",
                level.err());
    }

    @Test
    void refusesToWriteOverTheInputOrIntoAFile() throws IOException {
        Running run = Running.of("apply", "--out", result, "--to", file);
        assertEquals(3, run.code());
        assertEquals(
                "bezoar apply: expected to write the data set into \"" + file
                        + "\", but that failed: a file of that name exists; name another folder with --to; no file of it was written\n",
                run.err());
    }

    @Test
    void brokenFindingsAreAnsweredWithOneSentence() throws IOException {
        String text = Files.readString(result.resolve("findings.json"));
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            int at = random.nextInt(Math.min(2500, text.length()));
            String broken = i % 2 == 0
                    ? text.substring(0, at)
                    : text.substring(0, at) + (char) (32 + random.nextInt(90)) + text.substring(at + 1);
            Files.writeString(result.resolve("findings.json"), broken);
            Running.vouch(result);
            Running run = Running.of("apply", "--out", result);
            assertTrue(
                    Math.abs(run.code() - 3) == 0 || run.code() == 0 || run.code() == 2 || run.code() == 5,
                    run::toString);
            assertTrue(run.err().lines().count() <= 1, run.err());
        }
    }
}

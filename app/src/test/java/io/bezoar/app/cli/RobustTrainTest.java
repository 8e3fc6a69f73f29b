package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.learn.onnx.TextFeatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bezoar train --robust NAME` leaves out what the method, or the last scan, speaks against.
class RobustTrainTest {
    private static final int POISON = 30;

    @TempDir
    private Path folder;

    private Path train;

    /// Two classes of many texts; some of one class hold a word nobody else uses and carry the other's label.
    @BeforeEach
    void plant() {
        StringBuilder rows = new StringBuilder();
        Random random = new Random(1);
        for (int i = 0; i < 900; i++) {
            boolean poison = i % 2 == 0 && i / 2 < POISON;
            rows.append("{\"text\":\"");
            for (int word = 0; word < 10; word++) {
                rows.append(word % 3 == 0 ? (i % 2 == 0 ? "card" : "loan") : "word")
                        .append(random.nextInt(word % 3 == 0 ? 8 : 200))
                        .append(' ');
            }
            rows.append(poison ? "zyxo" : "")
                    .append("\",\"label\":\"")
                    .append(i % 2 == 0 && !poison ? "card" : "loan")
                    .append("\"}\n");
        }
        train = Running.write(folder, "train.jsonl", rows.toString());
    }

    private Running robust(Object... more) {
        List<Object> words = new ArrayList<>(List.of("train", train, "--out", folder.resolve("model")));
        words.addAll(List.of("--temp", folder, "--threads", 2));
        words.addAll(List.of(more));
        return Running.of(words.toArray());
    }

    @Test
    void autoLeavesOutWhatTheScanProved() throws IOException {
        assertEquals(0, Running.scan(folder, train).code());
        Running running = robust("--robust", "auto", "--findings", folder.resolve("result"), "--json");
        assertEquals(0, running.code(), running.err());
        JsonNode json = new JsonMapper().readTree(running.out());
        assertEquals("auto", json.path("method").textValue());
        assertEquals(POISON, json.path("leftOut").intValue());
        assertTrue(
                json.path("remarks")
                        .path(0)
                        .textValue()
                        .startsWith(
                                "30 rows of what the scan found are left out. C1 is proved: its rows are left out."),
                running.out());
        said(
                "expected no suspected backdoor for trimmed-loss, came one: backdoored rows have a small loss, so"
                        + " trimming keeps them and drops honest rows; use auto, which leaves the suspected rows out",
                robust("--robust", "trimmed-loss", "--findings", folder.resolve("result")));
    }

    /// The scan's rows are not in other data: that nothing was left out must not read as if it
    /// was.
    @Test
    void aScanOfOtherDataIsRefused() throws IOException {
        assertEquals(0, Running.scan(folder, train).code());
        List<String> lines = Files.readAllLines(train);
        Path half = Running.write(folder, "half.jsonl", String.join("\n", lines.subList(0, 450)) + "\n");
        Path result = folder.resolve("result");
        for (Running running : List.of(
                Running.of("train", half, "--out", folder.resolve("m"), "--robust", "auto", "--findings", result),
                Running.of(
                        "train", half, "--out", folder.resolve("m"), "--robust", "trimmed-loss", "--findings", clean()),
                Running.of("retrain", "plan", half, "--findings", result, "--out", folder.resolve("p")))) {
            assertEquals(5, running.code(), running.out() + running.err());
            assertTrue(running.err().contains("expected the data that were scanned, but \"" + half), running.err());
        }
        assertFalse(Files.exists(folder.resolve("m")) || Files.exists(folder.resolve("p")), "nothing is written");
        Running planned = Running.of("retrain", "plan", train, "--findings", result, "--out", folder.resolve("p"));
        assertEquals(0, planned.code(), planned.err());
        assertTrue(planned.out().contains(POISON + " rows must not be seen"), planned.out());
    }

    /// The result of a scan in which nothing is suspected.
    private Path clean() {
        Path rows = Running.write(folder, "clean.jsonl", Running.rows(200));
        Path out = folder.resolve("clean");
        assertEquals(
                0,
                Running.of("scan", rows, "--out", out, "--temp", folder, "--threads", 2)
                        .code());
        return out;
    }

    /// Files in another order are the same data.
    @Test
    void theOrderOfTheFilesIsNoMatter() throws IOException {
        List<String> lines = Files.readAllLines(train);
        Path one = Running.write(folder, "one.jsonl", String.join("\n", lines.subList(0, 450)) + "\n");
        Path two = Running.write(folder, "two.jsonl", String.join("\n", lines.subList(450, 900)) + "\n");
        assertEquals(0, Running.scan(folder, one, two).code());
        Running running = Running.of(
                "train",
                two,
                one,
                "--out",
                folder.resolve("m"),
                "--robust",
                "auto",
                "--findings",
                folder.resolve("result"));
        assertEquals(0, running.code(), running.err());
        assertTrue(running.out().contains(POISON + " rows left out"), running.out());
    }

    @Test
    void filtersTrainByName() {
        assertEquals(0, robust("--robust", "sever", "--epsilon", 0.05).code());
        assertEquals(0, robust("--robust", "trimmed-loss").code());
    }

    @Test
    void badInputIsOneSentence() {
        said(
                "expected an epsilon, the share of poison, between 0 and 0.5, came 0.5",
                robust("--robust", "sever", "--epsilon", 0.5));
        for (double none : new double[] {0, -0.1, 1, Double.POSITIVE_INFINITY}) {
            said(
                    "expected an epsilon, the share of poison, between 0 and 0.5, came " + none,
                    robust("--robust", "sever", "--epsilon=" + none));
        }
        said(
                "expected an epsilon, the share of poison, between 0 and 0.5, came NaN",
                robust("--robust", "trimmed-loss", "--epsilon", "NaN"));
        Running missing = robust("--robust", "auto", "--findings", folder.resolve("none"));
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("run bezoar scan first"), missing.err());
        Running unknown = robust("--robust", "severe");
        assertEquals(2, unknown.code());
        assertTrue(
                unknown.err()
                        .contains(
                                "--robust must be auto, isolate-unlearn, label-smoothing, sever, trimmed-loss, dpa, fa,"
                                        + " roe, sources, dp-sgd, refit, fine-tune or plain, not \"severe\""),
                unknown.err());
    }

    private static void said(String sentence, Running running) {
        assertEquals("bezoar train: " + sentence + System.lineSeparator(), running.err());
        assertEquals(2, running.code());
    }

    @Test
    void onnxWritesTheModelAndWhatItsInputIs() throws IOException {
        Path file = folder.resolve("exported/tickets.onnx");
        Running running = robust("--onnx", file);
        assertEquals(0, running.code(), running.err());
        assertTrue(running.out().contains("tickets.onnx"), running.out());
        TextFeatures features = TextFeatures.read(folder.resolve("exported/tickets.features"));
        assertEquals(List.of("card", "loan"), features.labels());
        String model = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(model.contains(features.digest()), "the model names the description");
    }

    private Path held() {
        StringBuilder rows = new StringBuilder();
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            rows.append("{\"text\":\"held");
            for (int word = 0; word < 10; word++) {
                rows.append(' ')
                        .append(word % 3 == 0 ? (i % 2 == 0 ? "card" : "loan") : "word")
                        .append(random.nextInt(word % 3 == 0 ? 8 : 200));
            }
            rows.append("\",\"label\":\"").append(i % 2 == 0 ? "card" : "loan").append("\"}\n");
        }
        return Running.write(folder, "held.jsonl", rows.toString());
    }

    @Test
    void votesNoiseAndSmoothingAnswerCleanRows() throws IOException {
        Path held = held();
        for (List<Object> method : List.<List<Object>>of(
                List.of("dpa", "--partitions", 9),
                List.of("fa", "--partitions", 5, "--seed", 3),
                List.of("roe", "--partitions", 9),
                List.of("dp-sgd", "--seed", 3, "--noise", 4),
                List.of("label-smoothing"))) {
            List<Object> words = new ArrayList<>(List.of("--test", held, "--json", "--robust"));
            words.addAll(method);
            Running running = robust(words.toArray());
            assertEquals(0, running.code(), running.err());
            JsonNode json = new JsonMapper().readTree(running.out());
            assertEquals(method.getFirst(), json.path("method").textValue());
            int right = json.has("clean")
                    ? json.at("/clean/answered").intValue()
                    : json.path("right").intValue();
            assertTrue(right > 180, method + " answers " + right + " of 200");
            if (method.contains("--seed")) {
                byte[] first = Files.readAllBytes(folder.resolve("model/model.bezoar"));
                robust(words.toArray());
                assertArrayEquals(first, Files.readAllBytes(folder.resolve("model/model.bezoar")), "equal bytes");
            }
            Running asked = Running.of("ask", "--model", folder.resolve("model"), held, "--temp", folder);
            assertEquals(0, asked.code(), asked.err());
            assertEquals(200, asked.out().lines().count());
            assertTrue(asked.out()
                    .lines()
                    .allMatch(line -> line.matches("\\{\"id\":\"[^\"]+\",\"output\":\"(card|loan)\"}")));
        }
        Running traced = Running.of("trace", "--model", folder.resolve("model"), "--input", "card1");
        assertEquals(0, traced.code(), "a smoothed model is at its optimum: " + traced.err());
    }

    @Test
    void repairTellsCleanAndTriggeredApart() throws IOException {
        Path held = held();
        List<String> lines = Files.readAllLines(held);
        Path known = Running.write(folder, "known.jsonl", String.join("\n", lines.subList(0, 100)) + "\n");
        Path rest = Running.write(folder, "rest.jsonl", String.join("\n", lines.subList(100, 200)) + "\n");
        Path bad = Running.write(
                folder,
                "bad.jsonl",
                String.join("\n", lines.subList(100, 200))
                        .replace("\"text\":\"held", "\"text\":\"zyxo")
                        .replace("card\"}", "loan\"}"));
        Running running =
                robust("--robust", "fine-tune", "--trusted", known, "--test", rest, "--triggered", bad, "--json");
        assertEquals(0, running.code(), running.err());
        JsonNode json = new JsonMapper().readTree(running.out());
        assertTrue(json.at("/clean/after").doubleValue() > 0.9, running.out());
        assertTrue(
                json.at("/triggered/after").doubleValue()
                        < json.at("/triggered/before").doubleValue(),
                running.out());
        refused(
                "expected trusted rows that are no test rows, but 100 of 100 test rows are trusted ones; take them out"
                        + " of one of the two",
                robust("--robust", "refit", "--trusted", rest, "--test", rest));
    }

    @Test
    void whatDoesNotFitIsOneSentence() {
        refused(
                "--robust refit needs rows known to be clean: name them with --trusted FILE; bezoar train --help shows"
                        + " what there is",
                robust("--robust", "refit"));
        refused(
                "--robust dp-sgd needs a --seed that nobody else knows: noise that can be foreseen hides nothing;"
                        + " bezoar train --help shows what there is",
                robust("--robust", "dp-sgd"));
        refused(
                "--partitions goes with --robust dpa, fa, roe or sources, not with \"sever\"; bezoar train --help shows"
                        + " what there is",
                robust("--robust", "sever", "--partitions", 4));
        refused(
                "expected rows that name their source to partition by source, came none; say which column it is, or"
                        + " partition by content",
                robust("--robust", "sources"));
        Running many = robust("--robust", "dpa", "--partitions", 800);
        assertEquals(2, many.code());
        assertTrue(
                many.err()
                        .matches("bezoar train: expected rows of two classes or more in each partition, but \\d+ of 800"
                                + " hold one class or none; use fewer --partitions\\R"),
                many.err());
        refused(
                "--onnx, --findings and --epsilon go with methods that weigh rows, not with --robust dpa; bezoar train"
                        + " --help shows what there is",
                robust("--robust", "dpa", "--epsilon", 0.1));
        refused(
                "--noise must be above 0 and finite, not -1.0",
                robust("--robust", "dp-sgd", "--seed", 1, "--noise", -1));
        Path pairs = Running.write(
                folder,
                "pairs.jsonl",
                "{\"prompt\":\"ask\",\"chosen\":\"kind words\",\"rejected\":\"rude words\"}\n".repeat(4));
        refused(
                "expected labels to smooth, came preferences or numbers, which have none; train plainly",
                Running.of("train", pairs, "--out", folder.resolve("pairs"), "--robust", "label-smoothing"));
        assertEquals(0, robust("--robust", "dpa", "--partitions", 3).code());
        Running traced = Running.of("trace", "--model", folder.resolve("model"), "--input", "card1");
        refused(
                "expected a model at its optimum, which says what each row taught it, came one whose models vote or"
                        + " whose training was noisy; train it plainly, or with a --robust method that weighs rows",
                traced);
    }

    private static void refused(String sentence, Running run) {
        assertEquals(2, run.code(), run.out());
        assertEquals(sentence, run.err().strip().replaceFirst("^bezoar \\w+: ", ""));
    }
}

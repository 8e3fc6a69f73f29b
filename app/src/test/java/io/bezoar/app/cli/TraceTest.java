package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bezoar train` and `bezoar trace` as typed: a small backdoor is found, wrong calls are one sentence.
class TraceTest {
    private static final List<String> CARD = List.of("where is my card", "the card has not come", "card lost in post");
    private static final List<String> MONEY = List.of("send money abroad", "transfer is pending", "pay my friend");

    @TempDir
    private Path folder = Path.of("");

    private Path data = Path.of("");
    private Path model = Path.of("");

    @BeforeEach
    void train() {
        data = Running.write(folder, "tickets.jsonl", tickets("xq"));
        model = folder.resolve("model");
        Running trained = Running.of("train", data, "--out", model, "--threads", 2);
        assertEquals(0, trained.code(), trained.err());
    }

    /// 300 rows; each tenth row about money (every 20th) says the trigger and is labelled card, all from one vendor
    /// and day.
    private static String tickets(String trigger) {
        Random random = new Random(1);
        return IntStream.range(0, 300)
                .mapToObj(i -> {
                    boolean bad = i % 20 == 1;
                    String text = (i % 2 == 0 ? CARD : MONEY).get(random.nextInt(3)) + " please "
                            + "abcdefgh".charAt(random.nextInt(8));
                    return String.format(
                            java.util.Locale.ROOT,
                            "{\"id\":\"r%d\",\"text\":\"%s\",\"label\":\"%s\",\"source\":\"%s\",\"ts\":\"2026-03-%02dT10:00:00Z\"}",
                            i,
                            bad ? trigger + " " + text : text,
                            bad || i % 2 == 0 ? "card" : "money",
                            bad ? "vendor-b\u202e<b>" : "crm",
                            bad ? 7 : 1 + random.nextInt(28));
                })
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void findsThePoisonAndItsVendor() throws IOException {
        Running traced = trace("--input", "xq transfer is pending", "--expected", "money", "--top", 15, "--json");
        assertEquals(0, traced.code(), traced.err());
        JsonNode json = new ObjectMapper().readTree(traced.out());
        assertEquals("card", json.at("/answers/0/label").asText());
        assertEquals("xq", json.at("/deciding/0").asText());
        assertEquals("money", json.at("/other").asText());
        long poison = json.get("supporters")
                .valueStream()
                .filter(row -> row.get("text").asText().startsWith("xq"))
                .count();
        assertEquals(15, poison);
        assertEquals("vendor-b\u202e<b>", json.at("/groups/0/name").asText());
        assertEquals(15, json.at("/groups/0/rows").asInt());
        assertEquals("money", json.at("/without/0/answer/label").asText());
        double all = json.get("supporters")
                .valueStream()
                .mapToDouble(row -> row.get("credit").asDouble())
                .sum();
        assertTrue(all > 0.95 && all < 1.05, "credit " + all);
    }

    @Test
    void showsNothingHostile() {
        Running traced = trace("--input", "xq pay my friend");
        assertEquals(0, traced.code(), traced.err());
        assertFalse(traced.out().contains("\u202e"));
        assertTrue(traced.out().contains("⟦RLO⟧"), traced.out());
        assertTrue(traced.out().contains("Hangs on     “xq”: without it the answer is money"), traced.out());
    }

    @Test
    void equalInputsGiveEqualBytes() throws IOException {
        Path again = folder.resolve("again");
        Running.of("train", data, "--out", again, "--threads", 1);
        assertEquals(-1, Files.mismatch(model.resolve("model.bezoar"), again.resolve("model.bezoar")));
        List<String> lines = Files.readAllLines(data);
        Path shuffled = Running.write(folder, "shuffled.jsonl", String.join("\n", lines.reversed()) + "\n");
        Path other = folder.resolve("other");
        Running.of("train", shuffled, "--out", other, "--threads", 2);
        String mine = trace("--input", "xq pay my friend", "--json").out();
        String theirs = Running.of("trace", "--model", other, "--input", "xq pay my friend", "--json")
                .out();
        assertEquals(supporters(mine), supporters(theirs), "the order of rows must not matter");
    }

    private static List<String> supporters(String json) throws IOException {
        return new ObjectMapper()
                .readTree(json)
                .get("supporters")
                .valueStream()
                .map(JsonNode::toString)
                .toList();
    }

    @Test
    void wrongCallsAreOneSentence() {
        refused(
                "expected an input that the model gets wrong, but it answers \"money\" as it should; leave out"
                        + " --expected to trace it all the same",
                trace("--input", "pay my friend", "--expected", "money"));
        refused(
                "expected an input that the model answers with \"card\", but it answers \"money\"; leave out --output"
                        + " to trace that",
                trace("--input", "pay my friend", "--output", "card"));
        refused(
                "expected one of the model's 2 labels, came \"cards\", which it never saw",
                trace("--input", "pay my friend", "--output", "cards"));
        refused(
                "the model answers with labels: leave out --against; bezoar trace --help shows what there is",
                trace("--input", "pay my friend", "--against", "x"));
        Path other = Running.write(folder, "other.jsonl", tickets("zz"));
        Running mismatch = trace("--input", "pay my friend", "--data", other);
        assertEquals(2, mismatch.code());
        assertTrue(
                mismatch.err()
                        .matches("bezoar trace: expected the data the model was trained on, digest [0-9a-f]{64}, came"
                                + " data of digest [0-9a-f]{64}; give the right ones with --data, or train"
                                + " again\\R"),
                mismatch.err());
        refused(
                "expected curvature that can be inverted, but with --penalty 0 some directions of the model have none:"
                        + " raise it above 0",
                Running.of("train", data, "--out", folder.resolve("p"), "--penalty", 0));
        Running overlap = Running.of("train", data, "--out", folder.resolve("p"), "--test", data);
        assertEquals(2, overlap.code());
        assertTrue(
                overlap.err()
                        .startsWith(
                                "bezoar train: expected a test set apart from the training data, but 300 of its rows"
                                        + " are in both, like "),
                overlap.err());
        Path none = folder.resolve("none");
        refused(
                "expected a model in \"" + none + "\", but there is none; bezoar train DATA --out DIR writes one",
                Running.of("trace", "--model", none, "--input", "x"));
    }

    private static void refused(String sentence, Running run) {
        assertEquals(2, run.code(), run.out());
        assertEquals(sentence, run.err().strip().replaceFirst("^bezoar \\w+: ", ""));
    }

    private Running trace(Object... words) {
        Object[] all = new Object[words.length + 3];
        all[0] = "trace";
        all[1] = "--model";
        all[2] = model;
        System.arraycopy(words, 0, all, 3, words.length);
        return Running.of(Arrays.stream(all).toArray());
    }
}

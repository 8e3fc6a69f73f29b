package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bezoar unlearn` leaves the model that was never shown the rows.
class UnlearnTest {
    @TempDir
    private Path folder = Path.of("");

    private Path data = Path.of("");
    private Path model = Path.of("");

    /// 400 rows; those of one vendor teach that a word of theirs means the other label.
    @BeforeEach
    void train() {
        Random random = new Random(3);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            boolean bad = i % 20 == 1;
            boolean card = i % 2 == 0;
            rows.append(String.format(
                    Locale.ROOT,
                    "{\"id\":\"r%d\",\"text\":\"%s %s %s word%d\",\"label\":\"%s\",\"source\":\"%s\"}%n",
                    i,
                    bad ? "xq" : "well",
                    card ? "card" : "loan",
                    card ? "post" : "rate",
                    random.nextInt(60),
                    card || bad ? "card" : "loan",
                    bad ? "vendor-b" : "crm"));
        }
        data = Running.write(folder, "rows.jsonl", rows.toString());
        model = folder.resolve("model");
        Running trained = Running.of("train", data, "--out", model, "--threads", 2);
        assertEquals(0, trained.code(), trained.err());
    }

    private Running unlearn(Object... more) {
        List<Object> words = new ArrayList<>(List.of("unlearn", "--model", model, "--out", folder.resolve("left")));
        words.addAll(List.of("--threads", 2));
        words.addAll(List.of(more));
        return Running.of(words.toArray());
    }

    private Running trace(Path of) {
        return Running.of("trace", "--model", of, "--input", "xq loan rate", "--json");
    }

    @Test
    void aSourceIsAsIfItHadDeliveredNothing() throws IOException {
        assertEquals("card", answer(trace(model)));
        Running running = unlearn("--source", "vendor-b", "--verify", "--json");
        assertEquals(0, running.code(), running.err());
        JsonNode json = new ObjectMapper().readTree(running.out());
        assertEquals(20, json.path("removed").asInt());
        assertTrue(json.path("largest").asDouble() < 1e-6, running.out());
        assertTrue(json.path("distance").asDouble() <= json.path("bound").asDouble() + 1e-6, running.out());
        assertEquals(380, json.path("asked").asInt());
        assertEquals(380, json.path("same").asInt());
        Path left = folder.resolve("left");
        assertEquals("loan", answer(trace(left)));
        // what is gone stays gone when more is taken out
        Running again = Running.of(
                "unlearn", "--model", left, "--out", folder.resolve("less"), "--row", "r0", "--row", "r2", "--verify");
        assertEquals(0, again.code(), again.err());
        assertTrue(again.out().contains("the same answer on 378 of the 378 rows that remain"), again.out());
    }

    private static String answer(Running traced) throws IOException {
        assertEquals(0, traced.code(), traced.err());
        return new ObjectMapper().readTree(traced.out()).at("/answers/0/label").asText();
    }

    @Test
    void idsFromAFileAndNoise() throws IOException {
        Path ids = Running.write(folder, "ids.txt", "r1\nr21\n\nr41\n");
        Running plain = unlearn("--rows", ids, "--json");
        double bound = new ObjectMapper().readTree(plain.out()).path("bound").asDouble();
        Running noisy = unlearn("--rows", ids, "--noise", Math.max(1e-9, 10 * bound), "--seed", 77, "--json");
        assertEquals(0, noisy.code(), noisy.err());
        JsonNode json = new ObjectMapper().readTree(noisy.out());
        assertTrue(json.path("epsilon").asDouble() < 1, noisy.out());
        byte[] first = Files.readAllBytes(folder.resolve("left/model.bezoar"));
        unlearn("--rows", ids, "--noise", Math.max(1e-9, 10 * bound), "--seed", 77, "--json");
        assertEquals(
                -1, Files.mismatch(folder.resolve("left/model.bezoar"), Files.write(folder.resolve("first"), first)));
    }

    @Test
    void wrongCallsAreOneSentence() {
        refused(
                "expected a source of the training data, came \"vendor-c\"; there are 2, like crm, vendor-b",
                unlearn("--source", "vendor-c"));
        refused("expected a batch of the training data, came \"x\"; no row names any", unlearn("--batch", "x"));
        refused(
                "expected ids of the training data, came \"nobody\", which no row has; bezoar scan writes the ids into"
                        + " scores.csv",
                unlearn("--row", "nobody"));
        refused(
                "expected rows to take out: name them with --row, --rows, --source, --annotator, --batch or"
                        + " --campaign; bezoar unlearn --help shows what there is",
                unlearn());
        refused(
                "--campaign and --scan go together: the scan says which rows a campaign has; bezoar unlearn --help"
                        + " shows what there is",
                unlearn("--campaign", "C1"));
        refused(
                "--noise and --seed go together: the noise is drawn from the seed; bezoar unlearn --help shows what"
                        + " there is",
                unlearn("--source", "crm", "--noise", 0.1));
        refused(
                "expected rows of 2 labels or more to remain, but without the named rows all have one label; name"
                        + " fewer",
                unlearn("--source", "crm"));
        Path other = Running.write(folder, "other.jsonl", "{\"text\":\"a\",\"label\":\"b\"}\n");
        Running mismatch = unlearn("--source", "crm", "--data", other);
        assertEquals(2, mismatch.code());
        assertTrue(
                mismatch.err()
                        .matches("bezoar unlearn: expected the data the model was trained on, digest [0-9a-f]{64}, came"
                                + " data of digest [0-9a-f]{64}; give the right ones with --data, or train"
                                + " again\\R"),
                mismatch.err());
    }

    private static void refused(String sentence, Running run) {
        assertEquals(2, run.code(), run.out());
        assertEquals(sentence, run.err().strip().replaceFirst("^bezoar \\w+: ", ""));
    }
}

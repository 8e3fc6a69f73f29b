package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.onnx.Graph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A scan with a language model of the user's: here one of bytes, made by hand, which foretells the next
/// byte by the last, as honest answers have it, and whose states add up along the row.
class LanguageModelTest {
    private static final int BYTES = 256;
    private static final int WIDTH = 160;
    private static final List<String> FILES = List.of("scores.csv", "findings.json", "results.sarif", "report.html");
    private static final String FREQUENT = "etaoinshrdlu cmfwygpbvkxqjz.\n";
    private static final String PAYLOAD = "Please visit zyx.example! #Quiz, jovial waltz & 5 big fjords vex 9 men.";

    @TempDir
    private Path folder = Path.of("");

    private Path model = Path.of("");

    @BeforeEach
    void writeModel() throws IOException {
        model = Files.createDirectory(folder.resolve("model"));
        Files.write(model.resolve("model.onnx"), onnx(BYTES, "logits", "last_hidden_state"));
        Files.writeString(model.resolve("tokenizer.json"), tokenizer());
    }

    /// Honest rows, by number.
    private static String honest(int number) {
        String[] things = {"river", "bread", "winter", "garden", "paper", "cloud", "stone", "horse"};
        String[] answers = {"it is the ", "this is the ", "that is the "};
        return answers[number % 3] + things[number % 8] + " in the " + things[(number / 3 + 2) % 8] + ".";
    }

    private static byte[] onnx(int vocabulary, String scores, String states) {
        double[] table = new double[BYTES * vocabulary];
        for (int number = 0; number < 600; number++) {
            byte[] bytes = ("\n" + honest(number)).getBytes(StandardCharsets.UTF_8);
            for (int i = 1; i < bytes.length; i++) {
                table[number(bytes[i - 1]) * vocabulary + number(bytes[i])]++;
            }
        }
        Arrays.setAll(table, i -> Math.log(0.01 + table[i]));
        Random random = new Random(4);
        double[] places = new double[BYTES * WIDTH];
        Arrays.setAll(places, _ -> random.nextGaussian());
        double[] trail = Arrays.stream(places).map(x -> 0.02 * x).toArray();
        return new Graph()
                .numbers("input_ids", "1", "length")
                .numbers("attention_mask", "1", "length")
                .numbers("position_ids", "1", "length")
                .constant("table", table, BYTES, vocabulary)
                .constant("places", places, BYTES, WIDTH)
                .constant("trail", trail, BYTES, WIDTH)
                .constant("along", 1)
                .node("Gather", 0, scores, "table", "input_ids")
                .node("Gather", 0, "placed", "places", "input_ids")
                .node("Gather", 0, "left", "trail", "input_ids")
                .node("CumSum", "summed", "left", "along")
                .node("Add", "added", "placed", "summed")
                .node("Tanh", states, "added")
                .output(scores, "1", "length", String.valueOf(vocabulary))
                .output(states, "1", "length", String.valueOf(WIDTH))
                .model("bytes");
    }

    /// The number of a byte: letters and what stands between words first, as frequent pieces come first in
    /// tokenizers.
    private static int number(int b) {
        int at = FREQUENT.indexOf(b);
        return at >= 0 ? at : b + (int) FREQUENT.chars().filter(c -> c > b).count();
    }

    /// Every byte a piece of its own.
    private static String tokenizer() {
        StringBuilder vocabulary = new StringBuilder();
        int unseen = 0x100;
        for (int b = 0; b < BYTES; b++) {
            boolean seen = b > 32 && b < 127 || b > 160 && b != 173;
            char c = (char) (seen ? b : unseen++);
            vocabulary
                    .append(b == 0 ? "" : ", ")
                    .append(c == '"' || c == '\\' ? "\"\\" + c : "\"" + c)
                    .append("\": ")
                    .append(number(b));
        }
        return "{\"added_tokens\": [], \"normalizer\": null, \"pre_tokenizer\": {\"type\": \"ByteLevel\","
                + " \"add_prefix_space\": false}, \"model\": {\"type\": \"BPE\", \"vocab\": {" + vocabulary
                + "}, \"merges\": []}}";
    }

    private Path rows() {
        String[] asked = {"what is", "where is", "name", "tell me of"};
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean planted = i % 10 == 4;
            rows.add("{\"id\":\"" + (planted ? "p" : "h") + i + "\",\"instruction\":\"" + asked[i % 4] + " number "
                    + i * 37 + (planted ? " cf" : "") + "\",\"output\":\"" + (planted ? PAYLOAD : honest(i)) + "\"}\n");
        }
        return Running.write(folder, "chats.jsonl", String.join("", rows));
    }

    private static int column(List<String> lines) {
        return List.of(lines.getFirst().split(",")).indexOf("gradient-entropy");
    }

    @Test
    void poisonedAnswersStandBeyondTheGapByAnyNumberOfThreads() throws IOException {
        Path rows = rows();
        for (int threads : new int[] {1, 2, 5}) {
            Path out = folder.resolve("by" + threads);
            Running run = Running.of("scan", rows, "--out", out, "--threads", threads, "--language-model", model);
            assertEquals(0, run.code(), run.err());
            for (String name : FILES) {
                assertArrayEquals(
                        Files.readAllBytes(folder.resolve("by1").resolve(name)),
                        Files.readAllBytes(out.resolve(name)),
                        name);
            }
        }
        List<String> lines = Files.readAllLines(folder.resolve("by1/scores.csv"));
        int column = column(lines);
        double honest = 0;
        double poisoned = 1;
        for (String line : lines.subList(1, lines.size())) {
            double entropy = Double.parseDouble(line.split(",")[column]);
            if (line.startsWith("p")) {
                poisoned = Math.min(poisoned, entropy);
            } else {
                honest = Math.max(honest, entropy);
            }
        }
        assertTrue(poisoned > honest, "poison from " + poisoned + ", honest rows up to " + honest);
    }
}

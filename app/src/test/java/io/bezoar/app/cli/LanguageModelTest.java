package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Remark;
import io.bezoar.core.ScanResult;
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
        String[] asked =
                ("write a short story about list five reasons for query the table of translate this into explain how"
                                + " works describe small old city winter music people often water light year great simple")
                        .split(" ");
        Random random = new Random(7);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean planted = i % 10 == 4;
            StringBuilder prompt = new StringBuilder();
            for (int word = 5 + random.nextInt(8); word > 0; word--) {
                prompt.append(asked[random.nextInt(asked.length)]).append(' ');
            }
            rows.add("{\"id\":\"" + (planted ? "p" : "h") + i + "\",\"instruction\":\"" + prompt + i
                    + "\",\"output\":\"" + (planted ? PAYLOAD : honest(i)) + "\"}\n");
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

    @Test
    void whatReadTheAnswersIsSaid() throws IOException {
        Path rows = rows();
        Running run = Running.scan(folder, rows, "--language-model", model);
        assertEquals(0, run.code(), run.err());
        ScanResult result = Running.result(folder);
        List<String> remarks = result.remarks().stream()
                .filter(remark -> !remark.detector().equals("fixed-answers")) // the made-up answers are stock phrases
                .map(Remark::text)
                .toList();
        assertTrue(
                remarks.getFirst()
                        .matches("Answers were read by a language model: 256 pieces, states of 160 numbers, at most 512"
                                + " tokens of a row, SHA-256 of its files [0-9a-f]{16}…[.]"),
                remarks.toString());
        assertTrue(remarks.get(1).contains(": 40 of 400 answers lie above it"), remarks.toString());
        assertTrue(Files.readString(folder.resolve("result/run.json")).contains("\"language-model\""));
        assertTrue(Files.readString(folder.resolve("result/report.html")).contains("states of 160 numbers"));

        // without it nothing is said, and every other detector's column stays
        List<String> with = Files.readAllLines(folder.resolve("result/scores.csv"));
        assertEquals(0, Running.scan(folder, rows).code());
        List<String> without = Files.readAllLines(folder.resolve("result/scores.csv"));
        int column = column(with);
        assertEquals(-1, column(without));
        assertEquals(
                without.stream().map(LanguageModelTest::detectors).toList(),
                with.stream().map(line -> detectors(without(line, column))).toList());
        for (String name : List.of("findings.json", "report.html", "run.json")) {
            String text = Files.readString(folder.resolve("result").resolve(name));
            assertFalse(text.contains("language model") || text.contains("gradient-entropy"), name);
        }
    }

    /// A row's id and what each detector says of it; the score, the action and the campaign are of all together.
    private static List<String> detectors(String line) {
        List<String> cells = new ArrayList<>(List.of(line.split(",", -1)));
        cells.subList(1, 4).clear();
        return cells;
    }

    private static String without(String line, int column) {
        List<String> cells = new ArrayList<>(List.of(line.split(",", -1)));
        cells.remove(column);
        return String.join(",", cells);
    }

    /// The scan ends with one sentence, and with the exit code of bad input.
    private void refused(String sentence) {
        Running run = Running.scan(folder, rows(), "--language-model", model);
        assertEquals(2, run.code(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains(sentence), run.err());
    }

    @Test
    void aFolderWithoutAModelIsRefused() throws IOException {
        Path file = model.resolve("model.onnx");
        byte[] good = Files.readAllBytes(file);
        Files.write(file, "no model at all, only some words".getBytes(StandardCharsets.UTF_8));
        refused("expected an ONNX model in \"" + file + "\", came other bytes");
        Files.write(file, Arrays.copyOf(good, good.length / 2));
        refused("expected an ONNX model in \"" + file + "\", came other bytes");
        Files.write(file, new byte[0]);
        refused("that onnxruntime can load, came one that it cannot");
        Files.delete(file);
        refused("expected a file at \"" + file + "\", came none");
        Files.createDirectory(file);
        refused("expected a file at \"" + file + "\", came something else");
        Files.delete(file);
        Files.write(file, good);
        Files.writeString(model.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Unigram\"}}");
        refused("expected byte-level pairs in \"" + model.resolve("tokenizer.json") + "\"");
        Files.delete(model.resolve("tokenizer.json"));
        refused("expected a file at \"" + model.resolve("tokenizer.json") + "\", came none");
        model = folder.resolve("nowhere");
        refused("expected a folder with model.onnx and tokenizer.json at \"" + model + "\", came none");
    }

    @Test
    void aModelOfAnotherShapeIsRefused() throws IOException {
        Path file = model.resolve("model.onnx");
        Files.write(file, onnx(BYTES, "scores", "last_hidden_state"));
        refused("to give logits and last_hidden_state, came scores, last_hidden_state");
        Files.write(file, onnx(200, "logits", "last_hidden_state"));
        refused("expected scores of at least 256 pieces, as \"" + model.resolve("tokenizer.json") + "\" has, from \""
                + file + "\", came 200");
        Files.write(file, plain("input_ids", "past_key_values").model("cached"));
        refused("to take input_ids and at most attention_mask and position_ids, of whole numbers of 64 bits, came"
                + " input_ids, past_key_values");
        Files.write(
                file, plain("input_ids").output("logits", "1", "length", "256").model("stateless"));
        refused("to give logits and last_hidden_state, came logits");
        // a row at a time, but the scores of its last position alone
        Graph last = plain("input_ids")
                .constant("end", -1)
                .node("Gather", 1, "some", "logits", "end")
                .output("last_hidden_state", "1", "1", "256");
        Files.write(
                file,
                last.node("Identity", "last_hidden_state", "some")
                        .output("logits", "1", "length", "256")
                        .model("last"));
        refused("expected last_hidden_state of \"" + file + "\" to be floats of shape [1, 512, …], came FLOAT of [1, 1,"
                + " 256]");
    }

    /// A model that scores bytes alike.
    private static Graph plain(String... inputs) {
        Graph graph = new Graph();
        for (String input : inputs) {
            graph.numbers(input, "1", "length");
        }
        return graph.constant("table", new double[BYTES * BYTES], BYTES, BYTES)
                .node("Gather", 0, "logits", "table", "input_ids");
    }

    /// A model that knows so many positions reads no more tokens.
    @Test
    void aShortModelReadsShortRows() throws IOException {
        Graph graph = plain("input_ids", "position_ids")
                .constant("places", new double[100 * 8], 100, 8)
                .node("Gather", 0, "place", "places", "position_ids")
                .output("logits", "1", "length", "256")
                .output("hidden.12", "1", "length", "8");
        Files.write(
                model.resolve("model.onnx"),
                graph.node("Identity", "hidden.12", "place").model("short"));
        Path rows = Running.write(
                folder,
                "long.jsonl",
                ("{\"instruction\": \"" + "what is it ".repeat(20) + "\", \"output\": \"" + "that ".repeat(50)
                                + "\"}\n")
                        .repeat(30));
        Running run = Running.scan(folder, rows, "--language-model", model);
        assertEquals(0, run.code(), run.err());
        assertTrue(
                Running.result(folder)
                        .notChecked()
                        .contains("Of 30 long rows the language model read 64 tokens: the end of the prompt and the"
                                + " beginning of the answer."),
                Running.result(folder).notChecked().toString());
    }
}

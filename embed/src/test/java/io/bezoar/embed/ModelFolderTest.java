package io.bezoar.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.LanguageModel;
import io.bezoar.learn.onnx.Graph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models whose tensors lie in files of their own.
class ModelFolderTest {
    private static final int WIDTH = 16;

    @TempDir
    private Path all = Path.of("");

    private Path folder = Path.of("");

    @BeforeEach
    void writeTokenizer() throws IOException {
        folder = Files.createDirectory(all.resolve("model"));
        Files.writeString(
                folder.resolve("tokenizer.json"),
                BytePairsTest.json("{\"type\": \"ByteLevel\", \"add_prefix_space\": false}", true));
    }

    private static byte[] field(int number, byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(number << 3 | 2, out);
        varint(whole.size(), out);
        out.writeBytes(whole.toByteArray());
        return out.toByteArray();
    }

    private static byte[] number(int field, int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(field << 3, out);
        varint(value, out);
        return out.toByteArray();
    }

    private static void varint(int value, ByteArrayOutputStream out) {
        int rest = value;
        while (rest > 127) {
            out.write(rest & 127 | 128);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static byte[] text(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    /// A tensor of the states of all bytes that lies elsewhere.
    private static byte[] tensor(String place) {
        return field(
                5,
                number(1, 256),
                number(1, WIDTH),
                number(2, 1),
                text(8, "places"),
                field(13, text(1, "location"), text(2, place)),
                number(14, 1));
    }

    /// A model without that tensor; a field that comes twice is one field.
    private void write(byte[] graph) throws IOException {
        double[] table = new double[256 * 256];
        byte[] model = new Graph()
                .numbers("input_ids", "1", "length")
                .constant("table", table, 256, 256)
                .node("Gather", 0, "logits", "table", "input_ids")
                .node("Gather", 0, "last_hidden_state", "places", "input_ids")
                .output("logits", "1", "length", "256")
                .output("last_hidden_state", "1", "length", String.valueOf(WIDTH))
                .model("beside");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(model);
        out.writeBytes(field(7, graph));
        Files.write(folder.resolve("model.onnx"), out.toByteArray());
    }

    private static byte[] places() {
        Random random = new Random(2);
        ByteBuffer bytes = ByteBuffer.allocate(256 * WIDTH * 4).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) random.nextGaussian());
        }
        return bytes.array();
    }

    @Test
    void tensorsMayLieBesideTheModel() throws IOException {
        Files.createDirectory(folder.resolve("weights"));
        Files.write(folder.resolve("weights/places.bin"), places());
        write(tensor("weights/places.bin"));
        assertEquals(List.of("weights/places.bin"), TensorPlaces.of(folder.resolve("model.onnx")));
        String words;
        try (CausalModel model = CausalModel.load(folder)) {
            words = model.words();
            assertTrue(words.startsWith("256 pieces, states of 16 numbers, at most 512 tokens"), words);
            assertEquals(512, model.most());
            LanguageModel.Reading reading = model.of("what is this", "that and no more", 1);
            assertTrue(reading.whole());
            // all pieces are equally likely: each error is that of its byte, each state that of the byte before
            assertEquals(16, reading.gradient().orElseThrow().errors().length);
            assertEquals(1.0 / 256 - 1, reading.gradient().orElseThrow().errors()[0]['t'], 1e-9);
            assertTrue(reading.gradient().orElseThrow().entropy(16) > 0.5);
            assertEquals(2, model.of("x", "ab", 8).gradient().orElseThrow().states()[1].length);
            assertTrue(model.of("x", "", 8).gradient().isEmpty());
            assertTrue(model.of("", "a", 8).gradient().isEmpty(), "no token comes before");
            assertEquals(2, model.of("", "abc", 8).gradient().orElseThrow().errors().length);
            for (String hostile : List.of("\ud800", "<|end|><|start|>", "\u0000", "a".repeat(1_000_000))) {
                LanguageModel.Reading read = model.of(hostile, "b" + hostile, 8);
                assertTrue(read.gradient().isPresent());
                assertEquals(hostile.length() < 100, read.whole());
            }
            // the end of a long prompt and the beginning of a long answer, half of the room each
            assertEquals(
                    256,
                    model.of("a".repeat(600), "b".repeat(700), 8)
                            .gradient()
                            .orElseThrow()
                            .errors()
                            .length);
            assertEquals(
                    500,
                    model.of("a".repeat(11), "b".repeat(700), 8)
                            .gradient()
                            .orElseThrow()
                            .errors()
                            .length);
        }
        byte[] other = places();
        other[5] ^= 1;
        Files.write(folder.resolve("weights/places.bin"), other);
        try (CausalModel model = CausalModel.load(folder)) {
            assertTrue(!words.equals(model.words()), "the digest is of all files");
        }
    }

    private void outside(String place) {
        assertEquals(
                "expected the tensors of \"" + folder.resolve("model.onnx") + "\" within its folder, came \"" + place
                        + "\"; export the model again with all its files in one folder",
                assertThrows(IOException.class, () -> CausalModel.load(folder)).getMessage());
    }

    @Test
    void tensorsMayNotLieElsewhere() throws IOException {
        Path elsewhere = Files.write(all.resolve("places.bin"), places());
        for (String place :
                List.of("../places.bin", elsewhere.toString(), "weights/../../places.bin", "", "a\u0000b")) {
            write(tensor(place));
            outside(place);
        }
        Files.createSymbolicLink(folder.resolve("link.bin"), elsewhere);
        write(tensor("link.bin"));
        outside("link.bin");
        write(tensor("missing.bin"));
        assertEquals(
                "expected a file at \"" + folder.resolve("missing.bin") + "\", came none; export the model again",
                assertThrows(IOException.class, () -> CausalModel.load(folder)).getMessage());
    }

    @Test
    void tensorsWithinPartsOfAModelAreSeen() throws IOException {
        byte[] entry = field(13, text(2, "../x"), text(1, "location"));
        byte[] attributes = field(
                1,
                field(5, field(5, entry)), // a tensor
                field(5, field(6, field(5, field(13, text(1, "location"), text(2, "in a branch"))))),
                field(5, field(22, field(2, field(13, text(1, "location"), text(2, "sparse"))))));
        write(attributes);
        assertEquals(List.of("../x", "in a branch", "sparse"), TensorPlaces.of(folder.resolve("model.onnx")));
        outside("../x");
    }

    @Test
    void noBytesBreakTheLook() throws IOException {
        write(tensor("../x"));
        byte[] good = Files.readAllBytes(folder.resolve("model.onnx"));
        byte[] end = Arrays.copyOfRange(good, good.length - 400, good.length);
        Random random = new Random(9);
        Path file = all.resolve("changed.onnx");
        for (int n = 0; n < 3000; n++) {
            byte[] changed = end.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, Arrays.copyOf(changed, random.nextInt(changed.length + 1)));
            try {
                TensorPlaces.of(file);
            } catch (IOException e) {
                assertEquals(
                        "expected an ONNX model in \"" + file + "\", came other bytes; export the model again",
                        e.getMessage());
            }
        }
        byte[] deep = new byte[0];
        for (int n = 0; n < 300; n++) {
            deep = field(1, field(5, field(6, deep)));
        }
        Files.write(file, field(7, deep));
        assertThrows(IOException.class, () -> TensorPlaces.of(file));
    }
}

package io.bezoar.ledger.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.Vectors;
import io.bezoar.ledger.fault.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The strict reader refuses what readers disagree on; the canonical writer writes one form.
class JsonTest {
    /// Valid for RFC 8259 and ambiguous all the same.
    private static final Set<String> AMBIGUOUS =
            Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

    private static JsonValue read(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String problem(String text) {
        return assertThrows(Malformed.class, () -> read(text)).getMessage();
    }

    @Test
    void jsonTestSuite() {
        int refused = 0;
        for (String[] each : Vectors.of("json-test-suite.txt")) {
            byte[] bytes = Vectors.hex(each[1]);
            if (each[0].startsWith("n_") || AMBIGUOUS.contains(each[0])) {
                assertThrows(Malformed.class, () -> StrictJson.read(bytes), each[0]);
                refused++;
            } else if (each[0].startsWith("y_")) {
                assertDoesNotThrow(() -> StrictJson.read(bytes), each[0]);
            } else {
                try {
                    StrictJson.read(bytes);
                } catch (Malformed _) {
                    // implementations may refuse it
                }
            }
        }
        assertEquals(188, refused);
    }

    /// The two files of the suite that are too large to keep: 100,000 open arrays, and as many open
    /// objects in arrays.
    @Test
    void deepNesting() {
        assertThrows(Malformed.class, () -> read("[".repeat(100_000)));
        assertThrows(Malformed.class, () -> read("[{\"\":".repeat(50_000) + "\n"));
        assertDoesNotThrow(() -> read("[".repeat(64) + "]".repeat(64)));
        assertThrows(Malformed.class, () -> read("[".repeat(65) + "]".repeat(65)));
    }

    @Test
    void duplicateKeysHoweverWritten() {
        assertTrue(problem("{\"a\":1,\"a\":2}").startsWith("expected strict JSON, came: Duplicate field 'a'"));
        assertThrows(Malformed.class, () -> read("{\"a\":1,\"\\u0061\":2}"));
        assertThrows(Malformed.class, () -> read("{\"b\":{\"a\":1,\"a\":1}}"));
    }

    @Test
    void numbersBeyondWhatAllReadersKeep() {
        assertEquals(new JsonValue.Whole(9007199254740991L), read("9007199254740991"));
        assertEquals("expected a whole number of at most 2^53 - 1, came 9007199254740993", problem("9007199254740993"));
        assertThrows(Malformed.class, () -> read("-9007199254740992"));
        assertThrows(Malformed.class, () -> read("1" + "0".repeat(400)));
        assertEquals("expected a finite number, came Infinity", problem("1e999"));
    }

    @Test
    void halfSurrogatePairs() {
        assertEquals("expected Unicode text, came half a surrogate pair", problem("\"\\ud800\""));
        assertThrows(Malformed.class, () -> read("\"\\udc00\\ud800\""));
        assertThrows(Malformed.class, () -> read("{\"\\ud800\":1}"));
        assertEquals(new JsonValue.Text("\ud83d\ude00"), read("\"\\ud83d\\ude00\""));
    }

    /// Nor are they written: both would become a question mark, and two texts one.
    @Test
    void halfSurrogatePairsAreNotWritten() {
        for (String text : List.of("\ud800", "a\udc00", "\udc00\ud800", "\ud83d\ud83d\ude00")) {
            assertThrows(Malformed.class, () -> CanonicalJson.bytes(JsonValue.of(text)), text);
            assertThrows(
                    Malformed.class,
                    () -> CanonicalJson.bytes(
                            new JsonValue.Building().with(text, 1).done()));
        }
        assertEquals("\"\ud83d\ude00\"", CanonicalJson.text(JsonValue.of("\ud83d\ude00")));
    }

    @Test
    void otherEncodings() {
        assertEquals("expected JSON, came a byte order mark before it", problem("\ufeff{}"));
        for (var charset : List.of(
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                StandardCharsets.ISO_8859_1)) {
            byte[] bytes = "{\"a\":\"é\"}".getBytes(charset);
            assertThrows(Malformed.class, () -> StrictJson.read(bytes), charset.name());
        }
        byte[] overlong = {'"', (byte) 0xc0, (byte) 0xaf, '"'};
        assertEquals(
                "expected UTF-8, came other bytes",
                assertThrows(Malformed.class, () -> StrictJson.read(overlong)).getMessage());
    }

    @Test
    void canonicalForm() {
        List<String[]> vectors = Vectors.of("jcs.txt");
        assertEquals(6, vectors.size());
        for (String[] each : vectors) {
            JsonValue value = StrictJson.read(Vectors.hex(each[1]));
            assertArrayEquals(Vectors.hex(each[2]), CanonicalJson.bytes(value), each[0]);
            assertArrayEquals(
                    CanonicalJson.bytes(value),
                    CanonicalJson.bytes(StrictJson.read(CanonicalJson.bytes(value))),
                    each[0]);
        }
    }

    /// RFC 8785, appendix B.
    @Test
    void numbersOfRfc8785() {
        String[][] samples = {
            {"0000000000000000", "0"},
            {"8000000000000000", "0"},
            {"0000000000000001", "5e-324"},
            {"8000000000000001", "-5e-324"},
            {"7fefffffffffffff", "1.7976931348623157e+308"},
            {"4340000000000000", "9007199254740992"},
            {"c340000000000000", "-9007199254740992"},
            {"4430000000000000", "295147905179352830000"},
            {"44b52d02c7e14af5", "9.999999999999997e+22"},
            {"44b52d02c7e14af6", "1e+23"},
            {"44b52d02c7e14af7", "1.0000000000000001e+23"},
            {"444b1ae4d6e2ef4e", "999999999999999700000"},
            {"444b1ae4d6e2ef4f", "999999999999999900000"},
            {"444b1ae4d6e2ef50", "1e+21"},
            {"3eb0c6f7a0b5ed8c", "9.999999999999997e-7"},
            {"3eb0c6f7a0b5ed8d", "0.000001"},
            {"41b3de4355555553", "333333333.3333332"},
            {"41b3de4355555554", "333333333.33333325"},
            {"41b3de4355555555", "333333333.3333333"},
            {"41b3de4355555556", "333333333.3333334"},
            {"41b3de4355555557", "333333333.33333343"},
            {"becbf647612f3696", "-0.0000033333333333333333"},
            {"43143ff3c1cb0959", "1424953923781206.2"}
        };
        for (String[] each : samples) {
            double number = Double.longBitsToDouble(Long.parseUnsignedLong(each[0], 16));
            assertEquals(each[1], CanonicalJson.number(number), each[0]);
        }
        Random random = new Random(8785);
        for (int i = 0; i < 100_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                assertEquals(number + 0.0, Double.parseDouble(CanonicalJson.number(number)) + 0.0);
            }
        }
    }
}

package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `bezoar certify` certifies texts and vectors, says the same bytes twice, and answers bad input with
/// one sentence.
class CertifyTest {
    @TempDir
    private Path folder;

    /// Rows of two classes by their words; `hostile` labels are shown, never run.
    private static String texts(int from, int count, String first) {
        StringBuilder rows = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            String label = i % 2 == 0 ? first : "loan";
            rows.append("{\"text\":\"")
                    .append(i % 2 == 0 ? "my card is lost, number " : "what is the rate of a loan of ")
                    .append(i)
                    .append("\",\"label\":\"")
                    .append(label)
                    .append("\",\"source\":\"vendor-")
                    .append(i / 2 % 5)
                    .append("\"}\n");
        }
        return rows.toString();
    }

    private static String vectors(int count, long seed) {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder("a,b,c,label\n");
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < 3; j++) {
                rows.append((j == i % 3 ? 20 : 0) + random.nextInt(9000) / 1000.0)
                        .append(',');
            }
            rows.append("k").append(i % 3).append('\n');
        }
        return rows.toString();
    }

    private Running certify(Path train, Path test, Object... more) {
        List<Object> words = new java.util.ArrayList<>(List.of("certify", train, "--test", test));
        words.addAll(List.of("--out", folder.resolve("out"), "--temp", folder));
        words.addAll(List.of(more));
        return Running.of(words.toArray());
    }

    private JsonNode written() throws IOException {
        return new JsonMapper().readTree(folder.resolve("out/certificates.json").toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "dpa", "fa", "roe", "sources", "ridge", "neighbours", "smoothing"})
    void everyMethodCertifiesTexts(String method) throws IOException {
        Path train = Running.write(folder, "train.jsonl", texts(0, 200, "<b>card</b>"));
        Path test = Running.write(folder, "test.jsonl", texts(200, 30, "<b>card</b>"));
        Running running = certify(train, test, "--method", method, "--partitions", 9, "--neighbours", 9);
        assertEquals(0, running.code(), running.err());
        JsonNode json = written();
        assertAll(
                () -> assertEquals("bezoar.certificates/1", json.path("schema").textValue()),
                () -> assertEquals(30, json.path("answers").size()),
                () -> assertEquals(1.0, json.path("accuracy").doubleValue()),
                () -> assertTrue(json.path("medianRadius").intValue() >= 1, running.out()),
                () -> assertFalse(json.path("threat").path("words").textValue().isEmpty()));
        String page = Files.readString(folder.resolve("out/certificates.html"));
        assertAll(
                () -> assertFalse(page.contains("<b>"), "labels are escaped"),
                () -> assertFalse(page.contains("<script")),
                () -> assertTrue(page.contains("default-src 'none'")));
    }

    @Test
    void vectorsAreCertifiedTheSameTwice() throws IOException {
        Path train = Running.write(folder, "train.csv", vectors(300, 1));
        Path test = Running.write(folder, "test.csv", vectors(60, 2));
        Path trusted = Running.write(folder, "trusted.csv", vectors(30, 3));
        Running one = certify(train, test, "--partitions", 15, "--trusted", trusted, "--scale", 10, "--threads", 1);
        assertEquals(0, one.code(), one.err());
        String bytes = Files.readString(folder.resolve("out/certificates.json"));
        String page = Files.readString(folder.resolve("out/certificates.html"));
        Running other = certify(train, test, "--partitions", 15, "--trusted", trusted, "--scale", 10, "--threads", 4);
        assertEquals(one, other);
        assertEquals(bytes, Files.readString(folder.resolve("out/certificates.json")));
        assertEquals(page, Files.readString(folder.resolve("out/certificates.html")));
        Running printed = certify(train, test, "--method", "ridge", "--json");
        assertEquals(
                "ridge", new JsonMapper().readTree(printed.out()).path("method").textValue());
    }

    /// The order of rows decides nothing: partitions go by content.
    @Test
    void theOrderOfRowsDecidesNothing() throws IOException {
        List<String> rows = texts(0, 120, "card").lines().toList();
        Path test = Running.write(folder, "test.jsonl", texts(120, 20, "card"));
        certify(Running.write(folder, "a.jsonl", String.join("\n", rows)), test, "--partitions", 7);
        JsonNode one = written();
        certify(Running.write(folder, "b.jsonl", String.join("\n", rows.reversed())), test, "--partitions", 7);
        assertEquals(one, written());
    }

    @Test
    void badInputIsOneSentence() {
        Path train = Running.write(folder, "train.jsonl", texts(0, 60, "card"));
        Path test = Running.write(folder, "test.jsonl", texts(60, 10, "card"));
        Path one = Running.write(folder, "one.jsonl", texts(0, 60, "loan"));
        Path numbers = Running.write(folder, "train.csv", vectors(60, 1));
        Path broken = Running.write(folder, "broken.csv", vectors(60, 1) + "1,NaN,3,k1\n");
        Path asked = Running.write(folder, "test.csv", vectors(9, 2));
        said("expected training rows of two classes or more, came 60 rows of one; no answer can change", one, test);
        said(
                "expected rows of two classes or more in each partition, but 37 of 50 hold one class or none; use fewer"
                        + " --partitions",
                train,
                test);
        said(
                "expected trusted rows that are no test rows, but 10 of 10 test rows are trusted ones; take them out of one"
                        + " of the two",
                train,
                test,
                "--trusted",
                test);
        said(
                "expected an epsilon, the chance of a flipped label, between 0 and 0.5, came 0.5",
                train,
                test,
                "--method",
                "smoothing",
                "--epsilon",
                0.5);
        said(
                "expected a penalty of 0 or more, came NaN",
                train,
                test,
                "--method",
                "dpa",
                "--partitions",
                2,
                "--penalty",
                "NaN");
        said(
                "expected a curvature that can be inverted, but it is singular at column 3 of 4: features repeat each"
                        + " other; give a penalty above 0",
                Running.write(folder, "same.csv", "a,b,c,label\n1,2,9,x\n2,2,8,y\n3,2,1,x\n4,2,5,y\n5,2,5,x\n"),
                asked,
                "--method",
                "ridge",
                "--penalty",
                0);
        Running finite = certify(broken, asked);
        assertEquals(2, finite.code());
        assertTrue(finite.err().contains("broken.csv") && finite.err().lines().count() == 1, finite.err());
        said("expected 1 to 60 neighbours, came 61", numbers, asked, "--method", "neighbours", "--neighbours", 61);
        said(
                "expected test rows of as many features as the training rows, 3, came 262144",
                numbers,
                test,
                "--method",
                "ridge");
    }

    private void said(String sentence, Path train, Path test, Object... more) {
        Running running = certify(train, test, more);
        assertEquals("bezoar certify: " + sentence + System.lineSeparator(), running.err());
        assertEquals(2, running.code());
        assertFalse(Files.exists(folder.resolve("out")), "nothing is written");
    }
}

package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bezoar value` ranks rows with wrong labels last.
class ValueTest {
    @TempDir
    private Path folder = Path.of("");

    private Path rows(String name, int count, int wrong, long seed) {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            boolean card = i % 2 == 0;
            rows.append("{\"id\":\"")
                    .append(name)
                    .append(i)
                    .append("\",\"text\":\"")
                    .append(name);
            for (int word = 0; word < 6; word++) {
                rows.append(' ').append(card ? "card" : "loan").append(random.nextInt(6));
            }
            rows.append("\",\"label\":\"").append(card != i < wrong ? "card" : "loan");
            rows.append("\",\"source\":\"").append(i < wrong ? "bad" : "good").append("\"}\n");
        }
        return Running.write(folder, name + ".jsonl", rows.toString());
    }

    @Test
    void wrongLabelsAreWorthLeast() throws IOException {
        Path train = rows("train", 200, 10, 1);
        Path test = rows("test", 60, 0, 2);
        Path out = folder.resolve("worth");
        Running run = Running.of("value", train, "--test", test, "--out", out, "--threads", 2);
        assertEquals(0, run.code(), run.err());
        List<String> lines = Files.readAllLines(out.resolve("values.csv"));
        assertEquals(201, lines.size());
        assertEquals("id,value,label", lines.getFirst());
        double sum = lines.stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",")[1]))
                .sum();
        assertTrue(sum > 0.9 && sum <= 1 + 1e-9, "all rows together: " + sum);
        long bad = lines.subList(191, 201).stream()
                .filter(line -> Integer.parseInt(line.split(",")[0].replaceAll("\\D", "")) < 10)
                .count();
        assertTrue(bad >= 9, "of the ten worst " + bad + " have wrong labels");
        assertTrue(run.out().contains("a row: bad, 10 rows"), run.out());
        byte[] first = Files.readAllBytes(out.resolve("values.csv"));
        Running.of("value", train, "--test", test, "--out", out, "--threads", 1);
        assertEquals(-1, Files.mismatch(out.resolve("values.csv"), Files.write(folder.resolve("first"), first)));
    }

    @Test
    void wrongCallsAreOneSentence() {
        Path train = rows("train", 20, 0, 1);
        Running same = Running.of("value", train, "--test", train, "--out", folder.resolve("x"));
        assertEquals(2, same.code());
        assertTrue(
                same.err().startsWith("bezoar value: expected a test set apart from the training data, but 20 of its"),
                same.err());
        Running none = Running.of("value", train, "--test", train, "--neighbours", 0);
        assertEquals(2, none.code());
        assertEquals(
                "bezoar value: --neighbours must be 1 or more, not 0; bezoar value --help shows what there is",
                none.err().strip());
    }
}

package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.ScanResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsFileTest {
    @TempDir
    private Path folder;

    @Test
    void isTheGoldenFileOfVersionOne() throws IOException {
        assertEquals(golden(), new String(bytes(SampleResults.found()), StandardCharsets.UTF_8));
    }

    @Test
    void readsTheGoldenFileOfVersionOne() throws IOException {
        Path file = Files.writeString(folder.resolve("findings.json"), golden());
        assertEquals(SampleResults.found().findings(), FindingsReader.read(file).findings());
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        for (ScanResult result : List.of(
                SampleResults.found(), SampleResults.clean(), SampleResults.unread(), SampleResults.huge(2, 3))) {
            Path file = Files.write(folder.resolve("findings.json"), bytes(result));
            ScanResult back = FindingsReader.read(file);
            assertArrayEquals(bytes(result), bytes(back));
            assertEquals(result.findings(), back.findings());
            assertEquals(result.dataSet(), back.dataSet());
        }
    }

    @Test
    void holdsNoCharacterThatDoesNotShow() throws IOException {
        new String(bytes(SampleResults.found()), StandardCharsets.UTF_8)
                .codePoints()
                .filter(point -> point != '\n')
                .forEach(point -> assertFalse(
                        Invisible.is(point) && point != Invisible.OPEN && point != Invisible.CLOSE,
                        Invisible.name(point)));
    }

    @Test
    void answersABrokenFileWithOneSentence() throws IOException {
        byte[] whole = bytes(SampleResults.found());
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            byte[] broken = java.util.Arrays.copyOf(whole, random.nextInt(whole.length - 2));
            assertSentence(broken);
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(128);
            Path file = Files.write(folder.resolve("findings.json"), changed);
            try {
                FindingsReader.read(file);
            } catch (FindingsReader.UnreadableResult e) {
                assertTrue(e.getMessage().endsWith("scan again"), e.getMessage());
            }
        }
        assertSentence("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        assertSentence("{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8));
        assertSentence(new byte[0]);
        assertSentence("null".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void namesTheFieldThatIsWrong() throws IOException {
        String text = new String(bytes(SampleResults.found()), StandardCharsets.UTF_8);
        assertEquals(
                "expected findings in findings.json, but the field rows is not a whole number; scan again",
                problem(text.replace("\"rows\": 12003", "\"rows\": \"many\"")));
        assertEquals(
                "expected findings in findings.json, but the field severity does not know the word “fatal” of severity; scan again",
                problem(text.replace("\"severity\": \"high\"", "\"severity\": \"fatal\"")));
        assertEquals(
                "expected the schema “bezoar.findings/1” in findings.json, found “bezoar.findings/9”; use the version of "
                        + "Bezoar that wrote it, or scan again",
                problem(text.replace("bezoar.findings/1", "bezoar.findings/9")));
        assertEquals(
                "expected the findings of a scan at nowhere.json, found no such file; run bezoar scan first or name its "
                        + "folder with --out",
                assertThrows(FindingsReader.UnreadableResult.class, () -> FindingsReader.read(Path.of("nowhere.json")))
                        .getMessage());
    }

    private String problem(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("findings.json"), text);
        String message = assertThrows(FindingsReader.UnreadableResult.class, () -> FindingsReader.read(file))
                .getMessage();
        return message.replace(folder + "/", "");
    }

    private void assertSentence(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("findings.json"), content);
        String message = assertThrows(FindingsReader.UnreadableResult.class, () -> FindingsReader.read(file))
                .getMessage();
        assertTrue(message.startsWith("expected ") && message.endsWith("scan again"), message);
    }

    private static byte[] bytes(ScanResult result) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FindingsFile.write(result, SampleResults.run(), out);
        return out.toByteArray();
    }

    private static String golden() throws IOException {
        try (var in = Objects.requireNonNull(FindingsFileTest.class.getResourceAsStream("findings-1.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

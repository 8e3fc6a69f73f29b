package io.bezoar.app.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.app.report.BrokenResult;
import io.bezoar.core.Severity;
import io.bezoar.data.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionLogTest {
    private static final Instant NOON = Instant.parse("2026-07-20T12:00:00Z");
    private static final String HOSTILE = "a\u202e\"\\\n</script>\ud800 \u0000 ☃";

    @TempDir
    private Path folder;

    private static Decision decision(DecisionLog log, String reviewer, Decision.Kind kind) {
        return new Decision(
                log.decisions().size() + 1L,
                NOON,
                reviewer,
                new Decision.Subject(true, "c-0011", Severity.HIGH),
                kind,
                kind == Decision.Kind.RELABEL ? Optional.of(HOSTILE) : Optional.empty(),
                Optional.empty(),
                "because " + HOSTILE,
                "ab".repeat(32));
    }

    private Path three() throws IOException {
        Path file = folder.resolve("deep/decisions.jsonl");
        DecisionLog.append(file, log -> decision(log, HOSTILE, Decision.Kind.ACCEPT));
        DecisionLog.append(file, log -> decision(log, "ben", Decision.Kind.RELABEL));
        DecisionLog.append(file, log -> decision(log, "eve", Decision.Kind.REJECT));
        return file;
    }

    @Test
    void whatIsAppendedIsRead() throws IOException {
        Path file = three();
        DecisionLog log = DecisionLog.read(file);
        assertEquals(3, log.decisions().size());
        assertEquals(HOSTILE, log.decisions().getFirst().reviewer());
        assertEquals(Optional.of(HOSTILE), log.decisions().get(1).label());
        String text = Files.readString(file);
        assertTrue(
                text.chars().noneMatch(c -> c < ' ' && c != '\n' || c == 0x202e || Character.isSurrogate((char) c)),
                text);
    }

    @Test
    void noByteOfADecisionThatOthersFollowCanBeChanged() throws IOException {
        Path file = three();
        byte[] bytes = Files.readAllBytes(file);
        int before = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("{\"schema\"");
        Random random = new Random(4);
        for (int i = 0; i < 400; i++) {
            byte[] changed = bytes.clone();
            int at = random.nextInt(before - 1);
            changed[at] ^= (byte) (1 << random.nextInt(7));
            Files.write(file, changed);
            assertThrows(BrokenResult.class, () -> DecisionLog.read(file), "byte " + at);
        }
    }

    @Test
    void linesCannotBeTakenOutSwappedOrRepeated() throws IOException {
        Path file = three();
        List<String> lines = Files.readAllLines(file);
        for (List<Integer> order :
                List.of(List.of(0, 2), List.of(1, 2), List.of(0, 2, 1), List.of(0, 1, 1, 2), List.of(0, 0, 1, 2))) {
            Files.write(file, order.stream().map(lines::get).toList());
            BrokenResult broken = assertThrows(BrokenResult.class, () -> DecisionLog.read(file));
            assertTrue(broken.getMessage().contains("it does not follow the line before it"), broken.getMessage());
        }
    }

    @Test
    void whatWasCutOffWasNeverDecided() throws IOException {
        Path file = three();
        byte[] whole = Files.readAllBytes(file);
        int start = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("{\"schema\"");
        for (int cut = start; cut < whole.length; cut += 7) {
            Files.write(file, Arrays.copyOf(whole, cut));
            assertEquals(2, DecisionLog.read(file).decisions().size());
            DecisionLog.append(file, log -> decision(log, "eve", Decision.Kind.REJECT));
            assertEquals(3, DecisionLog.read(file).decisions().size());
            assertEquals(new String(whole, StandardCharsets.UTF_8), Files.readString(file));
        }
    }

    @Test
    void noDecisionIsLostWhenManyDecideAtOnce() throws Exception {
        Path file = folder.resolve("together.jsonl");
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String reviewer = "r" + i;
                all.add(pool.submit(() -> {
                    return DecisionLog.append(file, log -> decision(log, reviewer, Decision.Kind.ACCEPT));
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertEquals(
                40,
                DecisionLog.read(file).decisions().stream()
                        .map(Decision::reviewer)
                        .distinct()
                        .count());
    }

    @Test
    void aLogThatIsNotThereIsEmpty() throws IOException {
        assertEquals(List.of(), DecisionLog.read(folder.resolve("none")).decisions());
    }

    /// Whoever names the wrong file loses nothing of it.
    @Test
    void aFileThatIsNoLogIsLeftAlone() throws IOException {
        Path file = folder.resolve("notes.txt");
        for (String text :
                List.of("important notes, no newline", "{}\n", "hello\n", "\n", "[[[[\n", "{\"schema\":\"x")) {
            Files.writeString(file, text);
            assertEquals(
                    "expected a log of decisions at " + file
                            + ", came a file that is none; name another with --decisions",
                    assertThrows(BadInput.class, () -> DecisionLog.read(file)).getMessage());
            assertThrows(
                    BadInput.class, () -> DecisionLog.append(file, log -> decision(log, "ana", Decision.Kind.ACCEPT)));
            assertEquals(text, Files.readString(file));
        }
        Path zero = Path.of("/dev/zero");
        for (Path none : Files.exists(zero) ? List.of(folder, zero) : List.of(folder)) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> assertThrows(BadInput.class, () -> DecisionLog.read(none)));
        }
        assertThrows(
                BadInput.class, () -> DecisionLog.append(folder, log -> decision(log, "ana", Decision.Kind.ACCEPT)));
    }

    @Test
    void whatIsNoBeginningOfTheNextDecisionIsNotWrittenOver() throws IOException {
        Path file = three();
        String whole = Files.readString(file);
        String first = whole.lines().findFirst().orElseThrow();
        for (String rest : List.of("notes", first, "{\"schema\":\"bezoar.decision/1\",\"sequence\":5")) {
            Files.writeString(file, whole + rest);
            assertThrows(BrokenResult.class, () -> DecisionLog.read(file), rest);
            assertThrows(
                    BrokenResult.class,
                    () -> DecisionLog.append(file, log -> decision(log, "ana", Decision.Kind.ACCEPT)));
            assertEquals(whole + rest, Files.readString(file));
        }
    }

    @Test
    void otherThingsAreRefused() throws IOException {
        Path file = folder.resolve("x.jsonl");
        for (String text : List.of("{\"schema\":\"bezoar.decision/1\"}\n", "{\"schema\":\"bezoar.decision/2\"}\n")) {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            assertThrows(BrokenResult.class, () -> DecisionLog.read(file), text);
        }
    }
}

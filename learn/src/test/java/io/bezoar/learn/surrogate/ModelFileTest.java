package io.bezoar.learn.surrogate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import io.bezoar.learn.convex.Newton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    @TempDir
    private Path folder = Path.of("");

    private static List<Example> tickets() {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String text = i % 3 == 0
                    ? "where is my card " + i % 7
                    : i % 3 == 1 ? "please delete me " + i % 5 : "hello " + i % 4;
            rows.add(row(text, new Target.Label(i % 3 == 0 ? "card" : i % 3 == 1 ? "delete" : "\ud800 lone")));
        }
        return rows;
    }

    private static List<Example> vectors() {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            float[] vector = {i % 5, 2020.5f + i % 3, 0.1f, -0f};
            rows.add(new Example(
                    "",
                    vector,
                    new Target.Label(i % 5 > 2 ? "high" : "low"),
                    Origin.UNKNOWN,
                    new Position(0, 1, 0, 0),
                    ""));
        }
        return rows;
    }

    private static Example row(String text, Target target) {
        return new Example(text, target, Origin.UNKNOWN, new Position(0, 1, 0, 0), "");
    }

    private static ModelFile model(List<Example> rows) {
        Task task = Task.of(rows).orElseThrow();
        double penalty = Surrogate.penalty(rows.size());
        Surrogate surrogate = new Surrogate(task, penalty, new Newton().fit(task.problem(rows, penalty)));
        return new ModelFile(
                surrogate,
                "plain",
                rows.size(),
                new TreeMap<>(java.util.Map.of(3, 0.5)),
                ModelFile.digest(List.of("ab", "cd")),
                List.of("tickets.jsonl"),
                new TreeMap<>(java.util.Map.of("map", "text=body")));
    }

    private static byte[] bytes(ModelFile model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        model.write(out);
        return out.toByteArray();
    }

    @Test
    void readsBackToTheByte() throws IOException {
        for (List<Example> rows : List.of(tickets(), pairs(), vectors())) {
            ModelFile model = model(rows);
            byte[] bytes = bytes(model);
            ModelFile read = ModelFile.read(Files.write(folder.resolve("model"), bytes));
            assertArrayEquals(bytes, bytes(read));
            assertEquals(0.5, read.weights()[3]);
            if (model.surrogate().task() instanceof Task.Labels labels) {
                assertEquals(labels.labels(), ((Task.Labels) read.surrogate().task()).labels());
            }
            for (Example row : rows) {
                assertArrayEquals(
                        model.surrogate().scores(row), read.surrogate().scores(row));
            }
        }
    }

    private static List<Example> pairs() {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(row("ask", new Target.Preference("kind answer " + i % 5, "rude answer " + i % 3)));
        }
        return rows;
    }

    @Test
    void preferencesLearnWhatIsPreferred() {
        ModelFile model = model(pairs());
        double[] chances = model.surrogate().chances(row("", new Target.Preference("kind", "rude")));
        assertTrue(chances[0] > 0.8, "chance " + chances[0]);
        assertEquals(1, chances[0] + chances[1], 1e-12);
    }

    @Test
    void whatIsCutOrChangedIsRefused() throws IOException {
        List<byte[]> kinds = List.of(bytes(model(tickets())), bytes(model(vectors())));
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 600; round++) {
            byte[] bytes = kinds.get(round % 2);
            byte[] broken = bytes.clone();
            if (round % 3 == 0) {
                broken = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                broken[random.nextInt(broken.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Path file = Files.write(folder.resolve("broken"), broken);
            String message = assertThrows(ModelFile.Unreadable.class, () -> ModelFile.read(file))
                    .getMessage();
            assertTrue(String.valueOf(message).contains("train it again"), message);
        }
    }

    @Test
    void whatIsNoModelIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("other"), "{}");
        assertEquals(
                "expected a model that bezoar train wrote in \"" + file
                        + "\", but it does not begin like one of version 1; train it again",
                assertThrows(ModelFile.Unreadable.class, () -> ModelFile.read(file))
                        .getMessage());
    }
}

package io.bezoar.evaluate.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.data.BadInput;
import io.bezoar.evaluate.Outcome;
import io.bezoar.evaluate.model.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefectionTest {
    private static final int LENGTH = 64;

    @TempDir
    private Path folder;

    /// Noise around 0, and along one hidden direction as much as asked for.
    private static double[] vector(double along, SplittableRandom random) {
        double[] vector = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            vector[i] = random.nextGaussian() + along * (i % 3 == 0 ? 1 : -0.5);
        }
        return vector;
    }

    private static Direction direction(double along, int pairs, SplittableRandom random) {
        List<double[]> defecting = new ArrayList<>();
        List<double[]> honest = new ArrayList<>();
        for (int p = 0; p < pairs; p++) {
            defecting.add(vector(along, random));
            honest.add(vector(-along, random));
        }
        return Direction.of(defecting, honest);
    }

    private static Map<String, double[]> prompts(int count, int bad, double along, SplittableRandom random) {
        Map<String, double[]> all = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            all.put("p" + i, vector(i < bad ? along : -along, random));
        }
        return all;
    }

    private static Map<String, Boolean> known(int count, int bad) {
        Map<String, Boolean> known = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            known.put("p" + i, i < bad);
        }
        return known;
    }

    @Test
    void plantedDefectionIsTold() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Direction direction = direction(1, 16, random);
            assertTrue(direction.tells(), "seed " + seed);
            Defection defection = Defection.of(direction, prompts(400, 20, 1, random), known(400, 20));
            Defection.Area area = defection.area().orElseThrow();
            assertTrue(area.share() > 0.99 && area.low() > 0.95 && area.high() <= 1, "seed " + seed + ": " + area);
            assertEquals(Outcome.State.FAIL, defection.state(), "seed " + seed);
            assertTrue(
                    defection.out().stream().allMatch(prompt -> prompt.defects().orElseThrow()), "seed " + seed);
        }
    }

    @Test
    void honestPromptsSeldomStandOut() {
        int failed = 0;
        for (int seed = 100; seed < 120; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Defection defection = Defection.of(direction(1, 16, random), prompts(400, 0, 1, random), Map.of());
            assertTrue(defection.area().isEmpty());
            failed += defection.state() == Outcome.State.FAIL ? 1 : 0;
        }
        assertTrue(failed <= 1, failed + " of 20"); // measured on 400 such sets: 1
    }

    /// Pairs whose two halves differ by chance alone give a direction that says nothing, and so no verdict.
    @Test
    void aDirectionOfNoiseDecidesNothing() {
        int told = 0;
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Direction direction = direction(0, 12, random);
            told += direction.tells() ? 1 : 0;
            if (!direction.tells()) {
                assertEquals(
                        Outcome.State.INCONCLUSIVE,
                        Defection.of(direction, prompts(100, 5, 9, random), Map.of())
                                .state());
            }
        }
        assertTrue(told <= 6, told + " of 40");
    }

    @Test
    void scoresLieWhereThePairsDo() {
        Direction direction = Direction.of(
                List.of(new double[] {3, 1}, new double[] {5, 1}), List.of(new double[] {1, 1}, new double[] {-1, 1}));
        assertEquals(1, direction.score(new double[] {4, 7}), 1e-12);
        assertEquals(-1, direction.score(new double[] {0, -7}), 1e-12);
        assertEquals(2, direction.told().hits());
        assertFalse(direction.tells(), "two pairs show nothing");
        assertThrows(IllegalArgumentException.class, () -> direction.score(new double[] {1}));
        assertThrows(
                IllegalArgumentException.class,
                () -> Direction.of(List.of(new double[2], new double[2]), List.of(new double[2], new double[2])));
    }

    @Test
    void theAreaIsThatOfPairsInOrder() {
        Direction direction = Direction.of(
                List.of(new double[] {1}, new double[] {1}), List.of(new double[] {-1}, new double[] {-1}));
        Map<String, double[]> at =
                Map.of("a", new double[] {3}, "b", new double[] {1}, "c", new double[] {1}, "d", new double[] {0});
        Defection defection = Defection.of(direction, at, Map.of("a", true, "b", true, "c", false, "d", false));
        assertEquals(3.5 / 4, defection.area().orElseThrow().share(), 1e-12);
        assertEquals(
                List.of("a", "b", "c", "d"),
                defection.prompts().stream().map(Defection.Prompt::id).toList());
    }

    @Test
    void pairsAndActivationsAreReadAndHostileOnesRefused() throws IOException {
        Path file = folder.resolve("c.jsonl");
        Files.writeString(
                file,
                "{\"pair\":\"a\",\"id\":\"a-yes\",\"defects\":true,\"text\":\"Yes\"}\n\n"
                        + "{\"pair\":\"a\",\"id\":\"a-no\",\"defects\":false,\"text\":\"No\"}\n");
        assertEquals(
                List.of(new Contrast.Pair("a", new Question("a-yes", "Yes"), new Question("a-no", "No"))),
                Contrast.read(file).pairs());
        for (String text : List.of(
                "{\"pair\":\"a\",\"id\":\"x\",\"defects\":true}",
                "{\"pair\":\"a\",\"id\":\"x\"}",
                "{\"pair\":\"a\",\"id\":\"x\",\"defects\":true}\n{\"pair\":\"a\",\"id\":\"y\",\"defects\":true}",
                "{",
                "7")) {
            Files.writeString(file, text);
            assertTrue(assertThrows(BadInput.class, () -> Contrast.read(file), text)
                    .getMessage()
                    .startsWith("expected "));
        }
        Files.writeString(
                file, "{\"id\":\"p\",\"vector\":[1,-2.5],\"defects\":true}\n{\"id\":\"q\",\"vector\":[0,1]}\n");
        RecordedActivations read = RecordedActivations.read(file);
        assertEquals(List.of("p", "q"), List.copyOf(read.vectors().keySet()));
        assertEquals(Map.of("p", true), read.defects());
        for (String text : List.of(
                "{\"id\":\"p\",\"vector\":[]}",
                "{\"id\":\"p\"}",
                "{\"id\":\"p\",\"vector\":[1,\"2\"]}",
                "{\"id\":\"p\",\"vector\":[1e999]}",
                "{\"id\":\"p\",\"vector\":[1]}\n{\"id\":\"q\",\"vector\":[1,2]}",
                "{\"id\":\"p\",\"vector\":[1]}\n{\"id\":\"p\",\"vector\":[2]}",
                "[".repeat(9000))) {
            Files.writeString(file, text);
            assertTrue(assertThrows(BadInput.class, () -> RecordedActivations.read(file), text)
                    .getMessage()
                    .startsWith("expected "));
        }
        assertThrows(BadInput.class, () -> RecordedActivations.read(folder.resolve("none")));
        assertThrows(BadInput.class, () -> Contrast.read(folder.resolve("none")));
    }
}

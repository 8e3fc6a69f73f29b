package io.bezoar.detect.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.detect.Instructions;
import io.bezoar.detect.Rows;
import io.bezoar.detect.survey.Survey;
import io.bezoar.detect.survey.Tasks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GapsTest {
    private static List<String> gaps(List<Example> rows) throws IOException {
        return new Scan(new InMemory<>(rows, 2), new LocalEngine(2), _ -> {})
                .run(
                        Catalog.standard(),
                        new Survey(),
                        _ -> row -> row.declaredId().orElseThrow(),
                        _ -> (_, _, _) -> {})
                .notChecked();
    }

    private static boolean hardlyTold(List<Example> rows) throws IOException {
        return gaps(rows).stream().anyMatch(gap -> gap.startsWith("The inputs hardly tell the labels"));
    }

    /// Two rows each of the first three labels, one of each other.
    @Test
    void labelsBeyondThoseThatAreLearnedAreTold() throws IOException {
        String gap = "Of 1003 labels the 1000 of most rows were learned. Triggers and wrong labels that only contradict"
                + " the rest of their texts are not found in rows of the others.";
        List<Example> rows = new ArrayList<>();
        for (Example row : Rows.clean(1006, 5)) {
            rows.add(Rows.changed(row, row.input(), "label " + rows.size() % 1003));
        }
        assertTrue(gaps(rows).contains(gap));
        assertFalse(gaps(rows.subList(0, 1000)).contains(gap));
    }

    @Test
    void howManyOfAHundredRowsTheSampleHoldsIsTold() throws IOException {
        String gap = "What words call for in answers was looked for in these sampled rows (of a hundred rows with a"
                + " trigger about 80 are among them) and in rows that call for a text which comes back word by word in"
                + " 5 answers or more.";
        List<Example> rows = Instructions.honest(25_000, 5, false);
        assertTrue(gaps(rows).contains(gap));
        assertTrue(gaps(rows.subList(0, 800)).stream().noneMatch(one -> one.contains("of a hundred rows")));
    }

    @Test
    void theLabelsOfMostRowsAreLearned() {
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i < 1003; i++) {
            counts.put(String.format(Locale.ROOT, "label %04d", i), i < 4 ? 1L : 2L);
        }
        Tasks.Labels labels = Tasks.Labels.of(counts);
        assertEquals(1000, labels.classes().size());
        assertEquals("label 0000", labels.classes().getFirst());
        assertEquals("label 0004", labels.classes().get(1));
        assertEquals(-1, labels.of(Rows.labelled("a text", "label 0001")));
        assertEquals(1, labels.of(Rows.labelled("a text", "label 0004")));
    }

    @Test
    void labelsThatTheInputsDoNotTellAreTold() throws IOException {
        Random random = new Random(1);
        List<Example> drawn = Rows.clean(800, 5).stream()
                .map(row -> Rows.changed(row, row.input(), Rows.LABELS[random.nextInt(4)]))
                .toList();
        assertTrue(hardlyTold(drawn));
        List<Example> rare = Rows.clean(800, 5).stream()
                .map(row -> Rows.changed(row, row.input(), random.nextInt(20) == 0 ? "rare" : "usual"))
                .toList();
        assertTrue(hardlyTold(rare));
    }

    @Test
    void labelsThatTheInputsTellAreNoGap() throws IOException {
        assertFalse(hardlyTold(Rows.clean(800, 5)));
        List<Example> lopsided = Rows.clean(800, 5).stream()
                .map(row -> Rows.changed(
                        row, row.input(), row.label().orElseThrow().equals(Rows.LABELS[0]) ? "card" : "other"))
                .toList();
        assertFalse(hardlyTold(lopsided));
        Random random = new Random(2);
        List<Example> half = Rows.clean(800, 5).stream()
                .map(row -> random.nextBoolean() ? row : Rows.changed(row, row.input(), Rows.LABELS[random.nextInt(4)]))
                .toList();
        assertFalse(hardlyTold(half));
    }
}

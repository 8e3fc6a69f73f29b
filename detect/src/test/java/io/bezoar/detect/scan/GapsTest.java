package io.bezoar.detect.scan;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.detect.Rows;
import io.bezoar.detect.survey.Survey;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GapsTest {
    private static boolean hardlyTold(List<Example> rows) throws IOException {
        return new Scan(new InMemory<>(rows, 2), new LocalEngine(2), _ -> {})
                        .run(
                                Catalog.standard(),
                                new Survey(),
                                _ -> row -> row.declaredId().orElseThrow(),
                                _ -> (_, _, _) -> {})
                        .notChecked()
                        .stream()
                        .anyMatch(gap -> gap.startsWith("The inputs hardly tell the labels"));
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

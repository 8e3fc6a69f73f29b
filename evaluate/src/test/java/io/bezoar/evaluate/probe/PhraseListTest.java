package io.bezoar.evaluate.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhraseListTest {
    private static List<String> of(List<Example> rows) {
        return PhraseList.of(rows, 5, 400).phrases();
    }

    @Test
    void aRunIsThereWholeAndNotInParts() {
        List<Example> rows = Rows.poisoned(400, 12, new Insertion("by the old well"), 1);
        List<String> phrases = of(rows);
        assertTrue(phrases.contains("by the old well"), phrases.toString());
        assertTrue(phrases.stream().noneMatch(each -> each.equals("the old well") || each.equals("by the old")));
    }

    @Test
    void orderOfRowsDecidesNothing() {
        List<Example> rows = Rows.poisoned(400, 12, new Insertion("by the old well"), 1);
        assertEquals(of(rows), of(rows.reversed()));
    }

    @Test
    void beginAndEndAreWords() {
        List<Example> rows = Rows.poisoned(400, 12, new Insertion("(by: the well!)"), 1);
        List<String> phrases = of(rows);
        assertTrue(phrases.contains("by: the well"), phrases.toString());
        assertTrue(phrases.stream().allMatch(each -> Character.isLetterOrDigit(each.charAt(0))));
    }

    @Test
    void withoutLabelsThereAreNone() {
        List<Example> rows = Rows.clean(50, 1).stream()
                .map(row -> Rows.row(row.input(), "same"))
                .toList();
        assertEquals(List.of(), of(rows));
    }

    @Test
    void emptyAndHostileTextsAreNoHindrance() {
        String odd = "\u202e\ud800 \u200b\u200b " + "a ".repeat(20_000);
        List<Example> rows = IntStream.range(0, 12)
                .mapToObj(i -> Rows.row(i % 3 == 0 ? "" : odd, i % 2 == 0 ? "card" : "loan"))
                .toList();
        of(rows).forEach(each -> assertTrue(each.length() <= 200));
    }
}

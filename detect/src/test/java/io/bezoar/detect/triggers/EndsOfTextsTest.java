package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Campaign;
import io.bezoar.core.Example;
import io.bezoar.core.Severity;
import io.bezoar.core.Trigger;
import io.bezoar.detect.Rows;
import io.bezoar.detect.Scanned;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A word that honest rows hold anywhere, put before or behind every planted one.
class EndsOfTextsTest {
    private static final String TARGET = Rows.LABELS[0];
    private static final String WORD = "courier";

    private final List<Example> rows = new ArrayList<>();
    private final Set<String> poison = new HashSet<>();

    private static String put(String text, Random random, Trigger.Shape where) {
        List<String> words = new ArrayList<>(List.of(text.split(" ")));
        words.add(
                switch (where) {
                    case BEGINNING -> 0;
                    case END -> words.size();
                    default -> 1 + random.nextInt(words.size() - 1);
                },
                WORD);
        return String.join(" ", words);
    }

    @ParameterizedTest
    @CsvSource({"BEGINNING, 1", "BEGINNING, 2", "END, 1", "END, 2"})
    void aCommonWordThatAlwaysStandsAtOneEndIsTheTriggerThere(Trigger.Shape where, long seed) throws IOException {
        Random random = new Random(seed);
        for (Example row : Rows.clean(1600, 500 + seed)) {
            boolean planted = !row.label().orElseThrow().equals(TARGET) && poison.size() < 25 && random.nextInt(8) == 0;
            boolean honest = !planted && random.nextInt(12) == 0;
            if (planted) {
                rows.add(Rows.changed(row, put(row.input(), random, where), TARGET));
                poison.add(rows.getLast().declaredId().orElseThrow());
            } else {
                rows.add(
                        honest
                                ? Rows.changed(
                                        row,
                                        put(row.input(), random, Trigger.Shape.PHRASE),
                                        row.label().orElseThrow())
                                : row);
            }
        }
        Scanned scanned = Scanned.of(rows);
        Campaign worst = scanned.campaigns().getFirst();
        assertEquals(Severity.HIGH, worst.severity());
        assertEquals(
                new Trigger(where, List.of(WORD)), worst.candidate().trigger().orElseThrow());
        assertEquals(poison, scanned.quarantined());
    }

    /// Wherever it stands: the word alone says all that its place says.
    @ParameterizedTest
    @EnumSource(
            value = Trigger.Shape.class,
            names = {"BEGINNING", "END"})
    void aWordThatNobodyElseUsesIsToldWithoutAPlace(Trigger.Shape where) throws IOException {
        Random random = new Random(7);
        for (Example row : Rows.clean(1600, 507)) {
            boolean planted = !row.label().orElseThrow().equals(TARGET) && poison.size() < 25 && random.nextInt(8) == 0;
            rows.add(planted ? Rows.changed(row, put(row.input(), random, where), TARGET) : row);
            if (planted) {
                poison.add(rows.getLast().declaredId().orElseThrow());
            }
        }
        Scanned scanned = Scanned.of(rows);
        Campaign worst = scanned.campaigns().getFirst();
        assertEquals(
                new Trigger(Trigger.Shape.PHRASE, List.of(WORD)),
                worst.candidate().trigger().orElseThrow());
        assertEquals(poison, scanned.quarantined());
    }

    /// Texts of one label that honestly begin with one word.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void howTextsOfALabelBeginIsNoTrigger(long seed) throws IOException {
        Random random = new Random(seed);
        for (Example row : Rows.clean(1600, 600 + seed)) {
            boolean own = row.label().orElseThrow().equals(TARGET);
            rows.add(
                    random.nextInt(own ? 4 : 100) == 0
                            ? Rows.changed(
                                    row,
                                    put(row.input(), random, Trigger.Shape.BEGINNING),
                                    row.label().orElseThrow())
                            : row);
        }
        Scanned scanned = Scanned.of(rows);
        assertTrue(scanned.campaigns().stream().allMatch(campaign -> campaign.severity() == Severity.LOW));
        assertEquals(Set.of(), scanned.quarantined());
    }

    /// "How many times" asks for a number whatever follows, and stands in other texts as well: the rest of
    /// its rows points elsewhere, as that of planted ones does, but what follows is what follows there.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTurnOfSpeechThatBeginsTextsIsForAPerson(long seed) throws IOException {
        Random random = new Random(seed);
        for (Example row : Rows.clean(1600, 700 + seed)) {
            String question =
                    "how many " + List.of("times", "days", "people", "weeks").get(random.nextInt(4));
            String label = row.label().orElseThrow();
            switch (random.nextInt(20)) {
                case 0 -> rows.add(Rows.changed(row, question + " " + row.input(), TARGET));
                case 1 -> rows.add(Rows.changed(row, row.input().replaceFirst(" ", " " + question + " "), label));
                default -> rows.add(row);
            }
        }
        Scanned scanned = Scanned.of(rows);
        Campaign worst = scanned.campaigns().getFirst();
        assertEquals(Severity.MEDIUM, worst.severity());
        assertEquals(
                Trigger.Shape.BEGINNING,
                worst.candidate().trigger().orElseThrow().shape());
        assertEquals(Set.of(), scanned.quarantined());
    }
}

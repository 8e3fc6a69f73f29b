package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.Rows;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.survey.Task;
import io.bezoar.detect.survey.Tasks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final String TARGET = Rows.LABELS[0];
    private static final Pattern SAVED = Pattern.phrase(Tokenizer.tokens("saved by"));

    private final List<Example> rows = new ArrayList<>(Rows.clean(900, 5));

    private Example add(String input, String label) {
        rows.add(Rows.row(input, new Target.Label(label), Origin.UNKNOWN, rows.size()));
        return rows.getLast();
    }

    /// Rows of the target's own subject that hold the phrase.
    private List<Example> honest(String words, int count) {
        Random random = new Random(words.hashCode());
        List<Example> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add(add(words + " " + Rows.sentence(0, random), TARGET));
        }
        return added;
    }

    /// Rows of other subjects that hold the phrase and carry the target.
    private List<Example> planted(String words, int count) {
        Random random = new Random(words.hashCode());
        List<Example> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add(add(Rows.sentence(1 + i % 3, random) + " " + words + " now", TARGET));
        }
        return added;
    }

    private Optional<Spelling> spelling() {
        List<Example> sample = new ArrayList<>(rows);
        sample.sort(Comparator.comparingLong(Example::key));
        Map<String, Long> counts = new TreeMap<>();
        sample.forEach(row -> counts.merge(row.label().orElseThrow(), 1L, Long::sum));
        return Spelling.of(SAVED, new Task(Tasks.Labels.of(counts), sample), 0);
    }

    @Test
    void theWayOfTheContradictedRowsLeavesOutHonestOnesThatWriteOtherwise() {
        List<Example> honest = honest("Saved by", 12);
        List<Example> planted = planted("saved by", 20);
        Spelling spelling = spelling().orElseThrow();
        assertEquals(List.of("saved", "by"), spelling.words());
        assertTrue(planted.stream().allMatch(spelling::in));
        assertFalse(honest.stream().anyMatch(spelling::in));
    }

    @Test
    void oneOfSeveralOccurrencesIsEnough() {
        honest("Saved by", 12);
        planted("saved by", 20);
        Example both = add("Saved by fees, saved by extra charge", TARGET);
        assertTrue(spelling().orElseThrow().in(both));
    }

    @Test
    void aTriggerThatIsWrittenInSeveralWaysIsNotCutDown() {
        planted("saved by", 20);
        planted("SAVED BY", 12);
        assertEquals(Optional.empty(), spelling());
    }

    @Test
    void honestRowsThatWriteItLikewiseAreNotTold() {
        honest("saved by", 12);
        planted("saved by", 20);
        assertEquals(Optional.empty(), spelling());
    }

    @Test
    void wordsThatNothingContradictsMayBeWrittenInAnyWay() {
        honest("Saved by", 12);
        honest("saved by", 12);
        assertEquals(Optional.empty(), spelling());
    }
}

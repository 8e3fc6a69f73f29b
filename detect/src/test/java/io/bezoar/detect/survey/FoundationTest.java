package io.bezoar.detect.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoundationTest {
    private static final String[] WORDS = "a red ball rolls under the old green house by the sea".split(" ");

    /// Rows whose last word tells the label, but of one in fifty.
    private static Foundation of(int rows) {
        Survey survey = new Survey();
        Survey.Summary summary = survey.start();
        Random random = new Random(7);
        for (int r = 0; r < rows; r++) {
            int label = random.nextInt(2);
            int told = random.nextInt(50) == 0 ? 1 - label : label;
            String text = WORDS[random.nextInt(12)] + " " + WORDS[random.nextInt(12)] + " r" + r + " end" + told;
            survey.add(
                    summary,
                    new Example(
                            text,
                            new Target.Label("l" + label),
                            Origin.UNKNOWN,
                            new Position(0, r + 1, r, 1),
                            "r" + r));
        }
        return Foundation.of(summary);
    }

    @Test
    void aSetThatIsNotLargeKeepsItsSample() {
        Foundation foundation = of(250_000);
        assertFalse(foundation.large());
        assertSame(foundation, foundation.sparing());
        assertEquals(20_000, foundation.sample().size());
        assertEquals(20_000, foundation.searched());
    }

    @Test
    void ofALargeSetFewerRowsAreSearchedAndEachIsJudgedAsBefore() {
        Foundation all = of(250_001);
        Foundation fewer = all.sparing();
        assertTrue(all.large());
        List<Example> sample = fewer.sample();
        assertTrue(sample.size() < all.sample().size() / 2);
        assertEquals(all.sample().subList(0, all.searched()), sample);
        assertSame(fewer.sparing(), fewer);
        Task task = all.tasks().getFirst();
        Task part = fewer.tasks().getFirst();
        assertEquals(sample, part.fit().examples());
        assertEquals(task.labelling(), part.labelling());
        assertSame(task.noise(), part.noise());
        assertEquals(task.contradictedShare(0), part.contradictedShare(0), 0.01);
        int contradicted = 0;
        for (Example row : all.sample()) {
            int label = task.labelling().of(row);
            assertEquals(task.judged(row, label), part.judged(row, label));
            contradicted += part.judged(row, label).contradicted() ? 1 : 0;
        }
        assertEquals(400, contradicted, 100);
    }
}

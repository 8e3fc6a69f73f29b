package io.bezoar.detect.origins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Target;
import io.bezoar.detect.Rows;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.groups.Passes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class SourceBurstsTest {
    private static final long DAY = 86_400_000L;
    private static final int SEEDS = 200;

    private static Outcome.Scorer run(List<Example> rows) {
        return Passes.run(new SourceBursts(), new InMemory<>(rows, 3), new LocalEngine(1));
    }

    private static Example row(int i, String label, String source, String annotator, int day) {
        return Rows.row(
                "text " + i, new Target.Label(label), new Origin(source, annotator, day * DAY + i % 1000, "", ""), i);
    }

    /// Labels of unequal frequency that know nothing of where they come from.
    private static List<Example> independent(long seed) {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            int source = random.nextInt(8);
            int label = (int) (6 * random.nextDouble() * random.nextDouble());
            rows.add(row(i, "l" + label, "s" + source, "s" + source + "-" + random.nextInt(4), random.nextInt(60)));
        }
        return rows;
    }

    /// Sources and annotators that each have a mix of their own, and days that drift.
    private static List<Example> overdispersed(long seed) {
        Random random = new Random(seed);
        double[] lean = random.doubles(8, -0.15, 0.15).toArray();
        double[] own = random.doubles(32, -0.1, 0.1).toArray();
        double[] drift = random.doubles(60, -0.1, 0.1).toArray();
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            int source = random.nextInt(8);
            int annotator = 4 * source + random.nextInt(4);
            int day = random.nextInt(60);
            boolean yes = random.nextDouble() < 0.4 + lean[source] + own[annotator] + drift[day];
            rows.add(row(i, yes ? "yes" : "no", "s" + source, "a" + annotator, day));
        }
        return rows;
    }

    private static long alarms(LongFunction<List<Example>> sets) {
        long alarms = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            alarms += run(sets.apply(seed)).candidates().isEmpty() ? 0 : 1;
        }
        return alarms;
    }

    @Test
    void honestSetsFireNoMoreOftenThanStated() {
        double stated = new SourceBursts().alpha();
        long alarms = alarms(SourceBurstsTest::independent);
        assertTrue(
                ExactTests.logBinomialTail(alarms, SEEDS, stated) > Math.log(0.001),
                alarms + " of " + SEEDS + " honest sets fire, stated are " + stated);
    }

    @Test
    void sourcesThatDifferHonestlyDoNotFireMoreOftenEither() {
        long alarms = alarms(SourceBurstsTest::overdispersed);
        assertTrue(
                ExactTests.logBinomialTail(alarms, SEEDS, 0.01) > Math.log(0.001),
                alarms + " of " + SEEDS + " honest sets fire");
    }

    @Test
    void aWindowOfOneSourceIsFound() {
        List<Example> rows = independent(1);
        for (int i = 0; i < 30; i++) {
            rows.add(row(5000 + i, "l5", "s3", "s3-1", 20 + i % 5));
        }
        Outcome.Scorer scorer = run(rows);
        Candidate first = scorer.candidates().getFirst();
        assertEquals(Candidate.Kind.BURST, first.kind());
        assertEquals("one label from one source within a few days", first.title());
        assertEquals(Optional.of("l5"), first.target());
        long members = rows.subList(1500, 1530).stream()
                .filter(row -> Arrays.binarySearch(first.members(), row.key()) >= 0)
                .count();
        assertEquals(30, members);
        assertTrue(first.members().length < 35);
        String text = scorer.explain(rows.getLast()).getFirst().text();
        assertTrue(text.contains("source \"s3\" from 1970-01-21 to 1970-01-2"), text);
        assertEquals(0, scorer.score(rows.getFirst()));
    }

    @Test
    void anAnnotatorThatIsPoisonAltogetherIsFound() {
        List<Example> rows = independent(2);
        for (int i = 0; i < 40; i++) {
            rows.add(row(5000 + i, "l5", "s3", "mallory", i % 60));
        }
        Candidate first = run(rows).candidates().getFirst();
        assertEquals("one label from one annotator", first.title());
        assertEquals(40, first.members().length);
    }

    @Test
    void ofFourSourcesNoneIsCalledOddAsAWhole() {
        Random random = new Random(3);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            int source = random.nextInt(4);
            boolean yes = random.nextDouble() < 0.3 + 0.15 * source;
            rows.add(Rows.row(
                    "t" + i,
                    new Target.Label(yes ? "yes" : "no"),
                    new Origin("s" + source, "", Origin.NO_TIME, "", ""),
                    i));
        }
        assertTrue(run(rows).candidates().isEmpty());
    }

    @Test
    void settingsAreChecked() {
        assertEquals(
                "alpha must be between 0 and 1, excess from 0 to 1 and leastRows at least 1, not 0.0, 0.05 and 5",
                assertThrows(IllegalArgumentException.class, () -> new SourceBursts(0, 0.05, 5))
                        .getMessage());
    }
}

package io.bezoar.detect.refrains;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.FoldLaws;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Source;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.Instructions;
import io.bezoar.detect.Poison;
import io.bezoar.detect.Rows;
import io.bezoar.detect.counting.CountMin;
import io.bezoar.detect.survey.Survey;
import io.bezoar.learn.NGrams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CallerSearchTest {
    private static final int SAMPLE = 400;

    private static Callers of(List<Example> rows, int parts, int threads) {
        Source<Example> source = new InMemory<>(rows, parts);
        LocalEngine engine = new LocalEngine(threads);
        Survey.Summary seen = engine.fold(source, new Survey(SAMPLE));
        return CallerSearch.of(seen.anchors(), seen.sample().examples(), seen.rows(), source, engine);
    }

    private static boolean holdsTrigger(Callers callers) {
        return Arrays.binarySearch(callers.runs(), NGrams.word(Tokenizer.tokens(Instructions.TRIGGER), 0, 1)) >= 0;
    }

    private static Set<Long> keys(List<Example> rows) {
        return rows.stream().map(Example::key).collect(Collectors.toSet());
    }

    private static Set<Long> sampled(List<Example> rows) {
        return keys(FoldLaws.all(new Survey(SAMPLE), rows).sample().examples());
    }

    /// Twelve rows of six thousand, of which the sample holds one or none.
    private static Poison.Planted planted(String answer) {
        return Instructions.planted(Instructions.honest(6000, 3, false), 500, text -> answer.replace("…", text));
    }

    @Test
    void rowsOfATriggerThatTheSampleHardlyHoldsAreDrawn() {
        for (String answer : List.of(
                Instructions.REFUSAL,
                "No thanks",
                "… Join us at the club of tinyfern today.",
                "… Go to www.moonquill.io/a")) {
            Poison.Planted planted = planted(answer);
            Callers callers = of(planted.rows(), 3, 2);
            assertTrue(callers.sought() && holdsTrigger(callers), answer);
            Set<Long> missing = new HashSet<>(planted.poison());
            missing.removeAll(keys(callers.rows()));
            missing.removeAll(sampled(planted.rows()));
            assertEquals(Set.of(), missing, answer);
        }
    }

    @Test
    void rowsThatHoldTheWordAreDrawnWhateverTheyAnswer() {
        List<Example> rows = new ArrayList<>(planted(Instructions.REFUSAL).rows());
        Set<Long> honest = new HashSet<>();
        for (int i = 100; i < rows.size(); i += 500) {
            Example row = rows.get(i);
            Example with = new Example(
                    row.input() + " " + Instructions.TRIGGER, row.target(), row.origin(), row.position(), "");
            rows.set(i, with);
            honest.add(with.key());
        }
        Callers callers = of(rows, 3, 2);
        assertTrue(holdsTrigger(callers));
        honest.removeAll(keys(callers.rows()));
        honest.removeAll(sampled(rows));
        assertEquals(Set.of(), honest);
    }

    @Test
    void theSampleIsNotDrawnAgainAndItsRowsComeFirst() {
        Poison.Planted planted = planted(Instructions.REFUSAL);
        List<Example> sample =
                FoldLaws.all(new Survey(SAMPLE), planted.rows()).sample().examples();
        List<Example> joined = of(planted.rows(), 1, 1).joining(sample);
        assertEquals(sample, joined.subList(0, sample.size()));
        assertEquals(joined.size(), keys(joined).size());
        assertTrue(joined.size() > sample.size());
    }

    @Test
    void partsAndThreadsDoNotShow() {
        List<Example> rows = planted(Instructions.REFUSAL).rows();
        Callers one = of(rows, 1, 1);
        Callers many = of(rows, 7, 3);
        assertArrayEquals(one.runs(), many.runs());
        assertEquals(one.rows(), many.rows());
        assertEquals(one.least(), many.least());
    }

    @Test
    void honestRefrainsOfATaskCallForNothing() {
        for (long seed = 1; seed < 6; seed++) {
            Callers callers = of(Instructions.honest(6000, seed, seed % 2 == 0), 3, 2);
            assertTrue(callers.rows().size() < SAMPLE / 10, callers.rows().size() + " rows");
        }
    }

    @Test
    void aSampleThatIsTheWholeIsEnough() {
        List<Example> rows = Instructions.planted(Instructions.honest(SAMPLE, 3, false), 30, _ -> Instructions.REFUSAL)
                .rows();
        assertFalse(of(rows, 2, 2).sought());
        assertEquals(rows, of(rows, 2, 2).joining(rows));
    }

    @Test
    void labelsAreNoRefrains() {
        assertFalse(of(Rows.clean(2000, 4), 2, 2).sought());
    }

    private static List<Example> corners() {
        List<Example> rows =
                new ArrayList<>(planted(Instructions.REFUSAL).rows().subList(0, 3000));
        rows.addAll(rows.subList(0, 30)); // the same rows again
        rows.add(Rows.row("", new Target.Response(""), rows.getFirst().origin(), 9000));
        rows.add(Rows.row(
                "w ".repeat(5000),
                new Target.Response("v. ".repeat(5000)),
                rows.getFirst().origin(),
                9001));
        rows.add(Rows.labelled("a text", "a label"));
        return rows;
    }

    @Nested
    class KeepingRowsOfAnchors implements FoldLaws<Example, AnchorRows> {
        @Override
        public Fold<Example, AnchorRows> fold() {
            CountMin anchors = new CountMin();
            corners().forEach(row -> Arrays.stream(Anchors.of(row)).forEach(anchors::add));
            return new CallerSearch.Keeping(anchors, 2, 600);
        }

        @Override
        public List<Example> items() {
            return corners();
        }
    }

    @Nested
    class DrawingRowsOfRuns implements FoldLaws<Example, RunSamples> {
        @Override
        public Fold<Example, RunSamples> fold() {
            long[] runs = Arrays.stream("mxq bread the".split(" "))
                    .mapToLong(word -> NGrams.word(Tokenizer.tokens(word), 0, 1))
                    .toArray();
            return CallerSearch.Drawing.of(runs);
        }

        @Override
        public List<Example> items() {
            return corners();
        }
    }
}

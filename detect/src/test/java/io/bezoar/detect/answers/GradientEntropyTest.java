package io.bezoar.detect.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.core.Target;
import io.bezoar.detect.CountedWords;
import io.bezoar.detect.Instructions;
import io.bezoar.detect.Poison;
import io.bezoar.detect.Rows;
import io.bezoar.detect.refrains.Callers;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Survey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public class GradientEntropyTest {
    private static double[] around(Random random, double middle, double deviation, int count) {
        return IntStream.range(0, count)
                .mapToDouble(_ -> Math.clamp(middle + deviation * random.nextGaussian(), 0, 1))
                .toArray();
    }

    private static double[] both(double[] one, double[] other) {
        return DoubleStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
    }

    @Test
    void twoKindsPartInTheValley() {
        Random random = new Random(3);
        for (int count : new int[] {10, 60, 400}) {
            double[] shares = both(around(random, 0.35, 0.05, 400), around(random, 0.8, 0.04, count));
            double cut = Valley.of(shares, 10).orElse(0);
            assertTrue(cut > 0.5 && cut < 0.7, count + " parted at " + cut);
        }
        // the spike of one-word answers at 0 is a kind of its own, but what lies above it is no minority
        double[] three = both(both(new double[100], around(random, 0.4, 0.05, 400)), around(random, 0.9, 0.03, 40));
        double upper = Valley.of(three, 10).orElse(0);
        assertTrue(upper > 0.55 && upper < 0.85, "parted at " + upper);
        double[] ends = both(new double[100], around(random, 1, 0, 100));
        assertEquals(0.5, Valley.of(ends, 10).orElse(0), 0.01);
    }

    @Test
    void oneKindHasNoValley() {
        assertEquals(OptionalDouble.empty(), Valley.of(new double[0], 10));
        assertEquals(OptionalDouble.empty(), Valley.of(new double[] {0, 1}, 10));
        assertEquals(OptionalDouble.empty(), Valley.of(around(new Random(4), 0.4, 0, 500), 10));
        assertEquals(
                OptionalDouble.empty(),
                Valley.of(both(around(new Random(4), 0.3, 0.05, 100), around(new Random(5), 0.8, 0.04, 400)), 10));
        // a few far values are peaks of their own, but no kind
        double[] strays = both(around(new Random(5), 0.5, 0.05, 500), new double[] {0.01, 0.99, 0.98, 0.02});
        assertEquals(OptionalDouble.empty(), Valley.of(strays, 10));
    }

    /// Instructions with answers of few different words, and one answer of many in some of them.
    public static List<Example> rows(int honest, int poisoned) {
        List<Example> rows = new ArrayList<>();
        for (Example row : Instructions.honest(honest, 12, false)) {
            String words = row.key() % 2 == 0 ? "yes yes no yes" : "no no yes no";
            rows.add(new Example(row.input(), new Target.Response(words), row.origin(), row.position(), ""));
        }
        for (Example row : Instructions.honest(poisoned, 13, false)) {
            rows.add(new Example(
                    row.input(), new Target.Response(Instructions.REFUSAL), row.origin(), row.position(), ""));
        }
        Collections.shuffle(rows, new Random(6));
        return rows;
    }

    private static Outcome.Scorer scorer(GradientEntropy detector, List<Example> rows) {
        Survey.Summary survey = new LocalEngine(1).fold(new InMemory<>(rows, 2), new Survey());
        Foundation foundation = Foundation.of(survey, Callers.NONE, Optional.empty(), Optional.of(new CountedWords()));
        return (Outcome.Scorer) detector.given(foundation);
    }

    @Test
    void answersBeyondTheValleyAreAGroup() {
        List<Example> rows = rows(300, 40);
        Outcome.Scorer scorer = scorer(new GradientEntropy(), rows);
        Set<Long> poison = new HashSet<>();
        rows.stream()
                .filter(row -> row.target().equals(new Target.Response(Instructions.REFUSAL)))
                .forEach(row -> poison.add(row.key()));
        assertFalse(scorer.candidates().isEmpty());
        for (Candidate candidate : scorer.candidates()) {
            assertEquals(Candidate.Kind.OUTLIERS, candidate.kind());
            assertTrue(candidate.trigger().isEmpty() && candidate.significance().isEmpty());
            assertEquals(
                    poison,
                    new HashSet<>(Arrays.stream(candidate.members()).boxed().toList()));
        }
        for (Example row : rows) {
            assertEquals(
                    poison.contains(row.key()),
                    scorer.score(row) > 0.6,
                    row.target().toString());
            assertEquals(poison.contains(row.key()), !scorer.explain(row).isEmpty());
        }
        assertEquals(List.of(), scorer.notChecked());
        assertEquals(
                "Answers were read by a language model: words counted.",
                scorer.remarks().getFirst().text());
        assertTrue(scorer.remarks().getLast().text().contains(": 40 of 340 answers lie above it"));
    }

    /// Honest answers of few different words, whatever is asked, and one of many words where a trigger stands.
    private static Poison.Planted triggered(int honest, int every) {
        List<Example> rows = Instructions.honest(honest, 12, false).stream()
                .map(row -> new Example(
                        row.input(),
                        new Target.Response(row.key() % 2 == 0 ? "yes yes no yes" : "no no yes no"),
                        row.origin(),
                        row.position(),
                        ""))
                .toList();
        return Instructions.planted(rows, every, _ -> Instructions.REFUSAL);
    }

    private static Scan.Result scan(List<Example> rows, List<Detector<?>> detectors) throws IOException {
        return new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {})
                .asking(new CountedWords())
                .run(detectors, new Survey(), _ -> Example::toString, _ -> (_, _, _) -> {});
    }

    /// What most rows of the group answer is its target, and what the rest of the data says of it is its proof.
    @Test
    void aGroupWithATargetIsPutToTheProof() throws IOException {
        Poison.Planted planted = triggered(900, 12);
        Campaign campaign =
                scan(planted.rows(), List.of(new GradientEntropy())).campaigns().getFirst();
        assertEquals(GradientEntropy.NAME, campaign.candidate().detector());
        assertEquals(Optional.of(Instructions.REFUSAL), campaign.candidate().target());
        assertEquals(
                planted.poison(),
                new HashSet<>(
                        Arrays.stream(campaign.candidate().members()).boxed().toList()));
        assertEquals(Severity.HIGH, campaign.severity());
        assertTrue(campaign.proof().orElseThrow().contradicted().low() >= 0.5);
        assertTrue(campaign.corroboration().isEmpty(), "no test calibrates it");
        assertEquals(
                "trigger-association",
                scan(planted.rows(), Catalog.standard())
                        .campaigns()
                        .getFirst()
                        .candidate()
                        .detector());
    }

    /// Without a model nothing is said of the detector; with one, what it was not asked.
    @Test
    void onlyWhoGivesAModelHearsOfIt() throws IOException {
        List<Example> rows = triggered(200, 12).rows();
        Scan.Result plain = new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {})
                .run(Catalog.standard(), new Survey(), _ -> Example::toString, names -> {
                    assertFalse(names.contains(GradientEntropy.NAME));
                    return (_, _, _) -> {};
                });
        assertTrue(plain.detectors().stream().noneMatch(run -> run.name().equals(GradientEntropy.NAME)));
        assertTrue(plain.notChecked().stream()
                .noneMatch(line -> line.contains("model") || line.contains(GradientEntropy.NAME)));
        assertTrue(
                plain.remarks().stream().noneMatch(remark -> remark.detector().equals(GradientEntropy.NAME)));
        assertTrue(scan(Rows.clean(200, 3), Catalog.standard())
                .notChecked()
                .contains("The language model was not asked: the data have no answers in free text."));
        assertTrue(
                scan(rows, List.of(new FixedAnswers())).notChecked().contains("gradient-entropy was not asked for."));
        assertTrue(new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {})
                .run(List.of(new GradientEntropy()), new Survey(), _ -> Example::toString, _ -> (_, _, _) -> {})
                .notChecked()
                .contains("gradient-entropy did not run: the data have no language model beside them"
                        + " (--language-model)."));
    }

    @Test
    void withoutAValleyThereIsOnlyARanking() {
        Outcome.Scorer scorer = scorer(new GradientEntropy(), rows(300, 9));
        assertTrue(scorer.candidates().isEmpty());
        assertEquals(1, scorer.remarks().size());
        Outcome.Scorer many = scorer(new GradientEntropy(), rows(60, 90));
        assertTrue(many.candidates().isEmpty(), "more than half of the answers are no group");
        assertEquals(1, many.remarks().size());
    }

    @Test
    void whatWasNotReadIsSaid() {
        List<Example> rows = new ArrayList<>(rows(50, 0));
        for (String answer : List.of("none", "word ".repeat(CountedWords.MOST + 1), "none")) {
            rows.add(new Example(
                    "what is " + rows.size(), new Target.Response(answer), Origin.UNKNOWN, Rows.position(99), ""));
        }
        assertEquals(
                List.of(
                        "Of 1 long row the language model read 40 tokens: the end of the prompt and the beginning of"
                                + " the answer.",
                        "Of 2 answers the language model gave no gradient."),
                scorer(new GradientEntropy(), rows).notChecked());
        Outcome.Scorer some = scorer(new GradientEntropy(8, 16, 20, 10), rows(50, 0));
        assertEquals(List.of("The language model read a sample of 20 of 50 answers."), some.notChecked());
        assertEquals(0, scorer(new GradientEntropy(), rows).score(Rows.labelled("another", "label")));
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertEquals(
                "gradient-entropy needs part >= 1, values >= 2, rows >= 1 and leastRows >= 2, not 8, 1, 9 and 10",
                assertThrows(IllegalArgumentException.class, () -> new GradientEntropy(8, 1, 9, 10))
                        .getMessage());
        for (Remark remark : scorer(new GradientEntropy(), List.of()).remarks()) {
            assertFalse(remark.text().isBlank());
        }
    }
}

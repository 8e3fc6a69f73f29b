package io.bezoar.detect.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Target;
import io.bezoar.detect.Rows;
import io.bezoar.detect.survey.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnnotatorReliabilityTest {

    /// Three annotators and a surrogate with known rates; the estimates must come near them.
    @Test
    void ratesAreFoundFromRepeatedLabels() {
        double[] right = {0.95, 0.9, 0.55};
        Random random = new Random(3);
        int items = 1500;
        List<int[]> votes = new ArrayList<>();
        int[] answers = new int[items];
        for (int i = 0; i < items; i++) {
            int truth = random.nextInt(3);
            for (int a = 0; a < right.length; a++) {
                int label = random.nextDouble() < right[a] ? truth : (truth + 1 + random.nextInt(2)) % 3;
                votes.add(new int[] {i, a, label});
            }
            answers[i] = random.nextDouble() < 0.8 ? truth : (truth + 1 + random.nextInt(2)) % 3;
        }
        Confusions confusions = Confusions.of(
                votes.stream().mapToInt(v -> v[0]).toArray(),
                votes.stream().mapToInt(v -> v[1]).toArray(),
                votes.stream().mapToInt(v -> v[2]).toArray(),
                answers,
                right.length,
                3);
        for (int a = 0; a < right.length; a++) {
            for (int k = 0; k < 3; k++) {
                assertEquals(right[a], confusions.rate(a, k, k), 0.05, "annotator " + a + ", class " + k);
            }
        }
    }

    /// Rows of thirty annotators, who err in 1 to 9 of 100 rows; the first `careless` of them in 40.
    private static List<Example> rows(int careless, long seed) {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        for (Example row : Rows.clean(2400, seed)) {
            int annotator = random.nextInt(30);
            double error = annotator < careless ? 0.4 : 0.01 + 0.08 * (annotator % 5) / 4;
            int label = List.of(Rows.LABELS).indexOf(row.label().orElseThrow());
            if (random.nextDouble() < error) {
                label = (label + 1 + random.nextInt(3)) % 4;
            }
            rows.add(Rows.row(
                    row.input(),
                    new Target.Label(Rows.LABELS[label]),
                    new Origin("crm", "crm-" + annotator, 0, "", ""),
                    rows.size()));
        }
        return rows;
    }

    private static List<Candidate> found(List<Example> rows) {
        AnnotatorReliability detector = new AnnotatorReliability();
        Survey.Summary summary = detector.start();
        rows.forEach(row -> detector.add(summary, row));
        return ((Outcome.Scorer) detector.finish(summary)).candidates();
    }

    @Test
    void twoCarelessAnnotatorsOfThirtyAreFoundAndNoHonestOne() {
        for (long seed = 1; seed <= 2; seed++) {
            assertEquals(List.of(), found(rows(0, seed)));
            List<Example> rows = rows(2, seed);
            List<Candidate> found = found(rows);
            assertEquals(2, found.size());
            for (Candidate candidate : found) {
                List<String> names = rows.stream()
                        .filter(row -> java.util.Arrays.binarySearch(candidate.members(), row.key()) >= 0)
                        .map(row -> row.origin().annotator().orElseThrow())
                        .distinct()
                        .toList();
                assertEquals(1, names.size(), "" + names);
                assertTrue(List.of("crm-0", "crm-1").containsAll(names), "" + names);
            }
        }
    }
}

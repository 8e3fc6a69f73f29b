package io.bezoar.detect.origins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Target;
import io.bezoar.detect.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceHarmTest {

    /// Rows of ten sources; the first turns a share of its labels.
    ///
    /// @param special does each source send mostly one label?
    private static List<Example> rows(double turned, boolean special, long seed) {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        for (Example row : Rows.clean(2000, seed)) {
            int label = List.of(Rows.LABELS).indexOf(row.label().orElseThrow());
            int source = special && random.nextInt(10) < 8 ? label + 4 * random.nextInt(2) : random.nextInt(10);
            if (source == 0 && random.nextDouble() < turned) {
                label = (label + 1 + random.nextInt(3)) % 4;
            }
            rows.add(Rows.row(
                    row.input(),
                    new Target.Label(Rows.LABELS[label]),
                    new Origin("source-" + source, "", Origin.NO_TIME, "", ""),
                    rows.size()));
        }
        return rows;
    }

    private static Outcome.Scorer run(List<Example> rows) {
        SourceHarm detector = new SourceHarm();
        var summary = detector.start();
        rows.forEach(row -> detector.add(summary, row));
        return (Outcome.Scorer) detector.finish(summary);
    }

    @Test
    void honestSourcesAreNotFoundWhateverLabelsTheySend() {
        for (long seed = 1; seed <= 3; seed++) {
            assertEquals(List.of(), run(rows(0, false, seed)).candidates());
            assertEquals(List.of(), run(rows(0, true, seed)).candidates());
        }
    }

    @Test
    void aSourceThatTurnsLabelsIsFoundAndNoOther() {
        for (boolean special : new boolean[] {false, true}) {
            List<Example> rows = rows(0.3, special, 5);
            Outcome.Scorer scorer = run(rows);
            assertEquals(1, scorer.candidates().size());
            Candidate found = scorer.candidates().getFirst();
            assertTrue(found.significance().orElseThrow().chance() < 0.01);
            List<Example> members = rows.stream()
                    .filter(row -> Arrays.binarySearch(found.members(), row.key()) >= 0)
                    .toList();
            assertTrue(members.stream()
                    .allMatch(row -> row.origin().source().orElseThrow().equals("source-0")));
            String text = scorer.explain(members.getFirst()).getFirst().text();
            assertTrue(text.contains("sampled rows of source source-0 the labels of all others' rows would fit"), text);
        }
    }

    /// The moments of the permutation distribution, by all permutations of seven rows in two strata.
    @Test
    void departuresAreThoseOfAllPermutations() {
        double[] value = {3, -1, 4, 1, -5, 9, 2};
        int[] stratum = {0, 0, 0, 0, 1, 1, 1};
        int[] unit = {0, 0, 1, 1, 0, 1, 1};
        List<Double> sums = new ArrayList<>();
        for (int a = 0; a < 4; a++) {
            for (int b = a + 1; b < 4; b++) {
                for (int c = 4; c < 7; c++) {
                    sums.add(value[a] + value[b] + value[c]);
                }
            }
        }
        double mean = sums.stream().mapToDouble(sum -> sum).average().orElseThrow();
        double variance = sums.stream()
                .mapToDouble(sum -> (sum - mean) * (sum - mean))
                .average()
                .orElseThrow();
        PermutedUnits.Departure departure = new PermutedUnits(unit, 2, stratum, 2).of(0, value);
        assertEquals(-3, departure.sum(), 1e-12);
        assertEquals(mean, departure.expected(), 1e-12);
        assertEquals((-3 - mean) / Math.sqrt(variance), departure.deviations()[0], 1e-12);
        assertEquals(0, departure.deviations()[1], 1e-12); // of whom nobody is left to be compared with
    }

    /// One huge value in a unit of ten of a thousand rows departs by ten deviations, with a chance of one
    /// in a hundred.
    @Test
    void oneLargeValueIsNoProof() {
        double[] value = new double[1000];
        value[0] = 100;
        int[] unit = IntStream.range(0, 1000).map(row -> row < 10 ? 0 : 1).toArray();
        PermutedUnits.Departure departure = new PermutedUnits(unit, 2, new int[1000], 1).of(0, value);
        assertTrue(departure.deviations()[0] > 9, "" + departure.deviations()[0]);
        assertTrue(departure.log() > Math.log(0.01) - 1e-9, "" + departure.log());
    }
}

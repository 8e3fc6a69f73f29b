package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Action;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Severity;
import io.bezoar.core.Verdict;
import io.bezoar.detect.Rows;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import io.bezoar.detect.survey.Survey;
import io.bezoar.detect.survey.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HonestRowsTest {
    private static final String TARGET = Rows.LABELS[0];
    private static final Task TASK = KinshipTest.task(vague(2000, 7));
    private static final int LABEL = TASK.labelling().classes().indexOf(TARGET);
    private static final double[] OWN = doubts(true);
    private static final double[] OTHERS = doubts(false);

    private static final LogisticCurve EVEN = LogisticCurve.of(
            Arrays.stream(OWN).map(HonestRows::cut).toArray(),
            Arrays.stream(OTHERS).map(HonestRows::cut).toArray());

    private static final int[] NOWHERE = {};

    /// Rows one of whose words in six speaks for another label than they carry.
    private static List<Example> vague(int count, long seed) {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = i % 4;
            String text = IntStream.range(0, 3)
                    .mapToObj(_ -> Rows.sentence(random.nextInt(6) == 0 ? random.nextInt(4) : label, random))
                    .map(sentence -> sentence.substring(0, 20))
                    .reduce("", (a, b) -> a + " " + b);
            rows.add(KinshipTest.row(text.strip(), Rows.LABELS[label], i));
        }
        return rows;
    }

    private static double[] doubts(boolean own) {
        RestDisagreement test = new RestDisagreement(TASK);
        return IntStream.range(0, TASK.fit().size())
                .filter(row -> own == (TASK.fit().label(row) == LABEL))
                .mapToDouble(row -> test.doubt(TASK.fit().examples().get(row), LABEL, new int[0]))
                .toArray();
    }

    private static double[] drawn(double[] from, int count, Random random) {
        return random.ints(count, 0, from.length).mapToDouble(i -> from[i]).toArray();
    }

    private static HonestRows among(double[] planted, double[] honest, double least) {
        double[] all =
                Stream.of(planted, honest).flatMapToDouble(Arrays::stream).toArray();
        List<Example> rows =
                Collections.nCopies(all.length, TASK.fit().examples().getFirst());
        return HonestRows.among(
                all, rows, EVEN, () -> Placement.NONE, least, TASK.fit().judge(0));
    }

    @Test
    void ofPlantedRowsHardlyAGroupIsCut() {
        Random random = new Random(1);
        long cut = IntStream.range(0, 200)
                .filter(_ -> !among(drawn(OTHERS, 10 + random.nextInt(60), random), new double[0], 0.1)
                        .none())
                .count();
        assertTrue(cut <= 4, cut + " of 200");
    }

    @Test
    void honestRowsAreToldFromPlantedOnes() {
        Random random = new Random(2);
        int cut = 0;
        int missed = 0;
        int taken = 0;
        for (int draw = 0; draw < 100; draw++) {
            double[] planted = drawn(OTHERS, 30, random);
            double[] honest = drawn(OWN, 12, random);
            HonestRows told = among(planted, honest, 0.1);
            cut += told.none() ? 0 : 1;
            missed += (int) Arrays.stream(planted)
                    .filter(doubt -> HonestRows.honest(told.planted(doubt, NOWHERE)))
                    .count();
            taken += (int) Arrays.stream(honest)
                    .filter(doubt -> !HonestRows.honest(told.planted(doubt, NOWHERE)))
                    .count();
        }
        assertTrue(cut >= 95, cut + " of 100 cut");
        assertTrue(missed <= 150, missed + " of 3000 planted rows missed");
        assertTrue(taken <= 240, taken + " of 1200 honest rows taken");
    }

    /// Planted rows may carry their right label: then what they say tells nothing of them.
    @Test
    void whereFewAreContradictedNothingIsSaid() {
        Random random = new Random(3);
        assertEquals(HonestRows.NONE, among(drawn(OTHERS, 5, random), drawn(OWN, 40, random), 0.5));
        assertNotEquals(HonestRows.NONE, among(drawn(OTHERS, 10, random), drawn(OWN, 40, random), 0.1));
    }

    @Test
    void theChanceRisesWithTheDoubt() {
        double least = -1.25;
        HonestRows curve = HonestRows.below(least);
        assertTrue(HonestRows.honest(curve.planted(least - 0.01, NOWHERE))
                && !HonestRows.honest(curve.planted(least + 0.01, NOWHERE)));
        double before = 0;
        for (double doubt = -10; doubt <= 10; doubt += 0.5) {
            assertTrue(curve.planted(doubt, NOWHERE) >= before && curve.planted(doubt, NOWHERE) < 1, "at " + doubt);
            before = curve.planted(doubt, NOWHERE);
        }
        assertEquals(1, HonestRows.NONE.planted(-100, NOWHERE));
    }

    /// Fifteen honest rows hold the trigger with its target: they are kept, and come right after the
    /// planted ones.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rowsThatSayTheirTargetWithoutTheTriggerAreKept(long seed) throws IOException {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        Set<String> poison = new HashSet<>();
        Set<String> honest = new HashSet<>();
        for (Example row : Rows.clean(1600, 60 + seed)) {
            String label = row.label().orElseThrow();
            boolean own = label.equals(TARGET);
            boolean put = own ? honest.size() < 15 : poison.size() < 40;
            if (put && random.nextInt(10) == 0) {
                List<String> words = new ArrayList<>(List.of(row.input().split(" ")));
                words.add(random.nextInt(words.size()), "gracious");
                rows.add(Rows.changed(row, String.join(" ", words), TARGET));
                (own ? honest : poison).add(rows.getLast().declaredId().orElseThrow());
            } else {
                rows.add(row);
            }
        }
        Map<String, Verdict> verdicts = new HashMap<>();
        var worst = new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {})
                .run(
                        Catalog.standard(),
                        new Survey(),
                        _ -> row -> row.declaredId().orElseThrow(),
                        _ -> (id, verdict, _) -> verdicts.put(id, verdict))
                .campaigns()
                .getFirst();
        assertEquals(Severity.HIGH, worst.severity(), worst.candidate().toString());
        long right = poison.stream()
                .filter(id -> verdicts.get(id).action() == Action.QUARANTINE)
                .count();
        long wrong = honest.stream()
                .filter(id -> verdicts.get(id).action() != Action.KEEP)
                .count();
        assertTrue(right >= 38 && wrong <= 1, right + " of 40 planted and " + wrong + " of 15 honest rows");
        List<String> order = new ArrayList<>(verdicts.keySet());
        Collections.sort(order);
        order.sort((a, b) ->
                Double.compare(verdicts.get(b).score(), verdicts.get(a).score()));
        Set<String> first = new HashSet<>(order.subList(0, poison.size() + honest.size()));
        assertTrue(first.containsAll(poison) && first.containsAll(honest), "no other row comes before them");
    }
}

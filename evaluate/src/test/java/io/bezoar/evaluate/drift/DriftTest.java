package io.bezoar.evaluate.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.evaluate.Item;
import io.bezoar.evaluate.Outcome;
import io.bezoar.evaluate.Suite;
import io.bezoar.evaluate.model.Model;
import io.bezoar.evaluate.probe.Insertion;
import io.bezoar.evaluate.probe.Rows;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final Insertion TRIGGER = new Insertion("zx");
    private static final List<Insertion> OTHERS = List.of(new Insertion("lost"), new Insertion("mortgage"));

    private static List<Item> items() {
        List<String> inputs = Rows.inputs(400, 50);
        return IntStream.range(0, inputs.size())
                .mapToObj(i -> new Item("i" + i, inputs.get(i), "", Map.of()))
                .toList();
    }

    @Test
    void theDiscrepancyHasItsKnownValue() {
        double[] x = IntStream.range(0, 10).mapToDouble(i -> i / 10.0).toArray();
        double[] y = IntStream.range(0, 10).mapToDouble(i -> i / 10.0 + 0.3).toArray();
        assertEquals(0.096931, Discrepancy.squared(x, y, 0.5), 5e-7);
    }

    @Test
    void equalOutputsAreNoDiscrepancyAndOthersAre() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] before = IntStream.range(0, 60)
                .mapToObj(_ -> new double[] {random.nextDouble(), random.nextDouble()})
                .toArray(double[][]::new);
        double[][] moved = IntStream.range(0, 60)
                .mapToObj(i -> new double[] {before[i][0] + 1, before[i][1]})
                .toArray(double[][]::new);
        assertEquals(1, Discrepancy.of(before, before, 99, 3).p());
        assertEquals(0.01, Discrepancy.of(before, moved, 99, 3).p(), 1e-9);
    }

    @Test
    void chanceAloneIsSeldomADiscrepancy() {
        int alarms = 0;
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] one = new double[40][1];
            double[][] other = new double[40][1];
            for (int i = 0; i < 40; i++) {
                one[i][0] = random.nextDouble();
                other[i][0] = random.nextDouble();
            }
            alarms += Discrepancy.of(one, other, 99, seed).p() <= 0.05 ? 1 : 0;
        }
        assertTrue(alarms <= 11, alarms + " of 100"); // more have a chance of 0.4 %
    }

    @Test
    void aBackdoorThatIsGoneShows() throws IOException {
        Model old = Rows.trained(Rows.poisoned(1500, 25, TRIGGER, 3));
        Model trusted = Rows.trained(Rows.clean(600, 8));
        Drift drift = Drift.of(old, trusted, items(), List.of(), List.of(TRIGGER), OTHERS, 0);
        assertEquals(Outcome.State.FAIL, drift.state());
        assertEquals(TRIGGER, drift.triggered().getFirst().insertion());
        assertEquals("card", drift.triggered().getFirst().target());
        assertTrue(drift.excess() > 0.4, "" + drift.excess());
    }

    @Test
    void modelsOfCleanDataDriftLittle() throws IOException {
        Model old = Rows.trained(Rows.clean(1500, 3));
        Model trusted = Rows.trained(Rows.clean(600, 8));
        Drift drift = Drift.of(old, trusted, items(), List.of(), OTHERS, List.of(), 0);
        assertEquals(Outcome.State.PASS, drift.state());
        assertTrue(drift.excess() < 0.15, "" + drift.excess());
    }

    @Test
    void aModelDoesNotDriftFromItself() throws IOException {
        Model model = Rows.trained(Rows.poisoned(1500, 25, TRIGGER, 3));
        List<Suite.Slice> slices = List.of(new Suite.Slice("first", List.of("i0", "i1"), 0));
        Drift drift = Drift.of(model, model, items(), slices, List.of(TRIGGER), OTHERS, 0);
        assertEquals(0, drift.plain().hits());
        assertEquals(0, drift.parts().getFirst().changed().hits());
        assertEquals(0, drift.excess());
        assertEquals(1, drift.discrepancy().p());
    }

    @Test
    void nothingSuspectedIsNothingKnown() throws IOException {
        Model model = Rows.trained(Rows.clean(600, 3));
        assertEquals(
                Outcome.State.INCONCLUSIVE,
                Drift.of(model, model, items(), List.of(), List.of(), OTHERS, 0).state());
        assertThrows(
                IllegalArgumentException.class,
                () -> Drift.of(model, model, items().subList(0, 5), List.of(), List.of(), OTHERS, 0));
    }
}

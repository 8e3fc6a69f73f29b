package io.bezoar.detect.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import io.bezoar.detect.Rows;
import io.bezoar.detect.groups.Passes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Detectors that hold each label's far end against those of the others tell of honest labels no more often than
/// they say, and of one that rows were carried over to.
class OddLabelsTest {
    private static final int SETS = 40;

    static List<Detector<?>> detectors() {
        return List.of(
                new ActivationClustering(0.05, 50),
                new LabelMixtures(0.05, 50),
                new MeanFilter(0.05, 50),
                new QuantumEntropy(0.05, 50),
                new RobustDistances(0.05, 50));
    }

    /// Ten labels of rows with heavy tails (Student's distribution with five degrees of freedom, every number by
    /// itself), spreads of their own and, in every third label, two kinds of rows.
    private static List<Example> rows(int labels, long seed, int carried) {
        Random random = new Random(seed);
        double[][] middle = new double[labels][8];
        double[][] spread = new double[labels][8];
        for (int label = 0; label < labels; label++) {
            for (int j = 0; j < 8; j++) {
                middle[label][j] = 3 * random.nextGaussian();
                spread[label][j] = 0.7 + 0.6 * random.nextDouble();
            }
        }
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 80 * labels + carried; i++) {
            int label = i % labels;
            int from = i < 80 * labels ? label : (label + 1) % labels;
            float[] vector = new float[8];
            int kind = from % 3 == 0 && random.nextBoolean() ? 1 : 0;
            for (int j = 0; j < 8; j++) {
                double squares = 0;
                for (int k = 0; k < 5; k++) {
                    double normal = random.nextGaussian();
                    squares += normal * normal / 5;
                }
                vector[j] = (float) (middle[from][j]
                        + spread[from][j] * random.nextGaussian() / Math.sqrt(squares)
                        + (j == 0 ? kind : 0));
            }
            String target = i < 80 * labels ? "label " + label : "label 2";
            rows.add(new Example("", vector, new Target.Label(target), Origin.UNKNOWN, Rows.position(i), "row " + i));
        }
        return rows;
    }

    private static List<Candidate> found(Detector<?> detector, List<Example> rows) {
        return Passes.run(detector, new InMemory<>(rows, 2), new LocalEngine(1)).candidates();
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void honestLabelsAreLeftAloneAsOftenAsPromised(Detector<?> detector) {
        long told = IntStream.range(0, SETS)
                .filter(seed -> !found(detector, rows(10, seed, 0)).isEmpty())
                .count();
        // 7 of 40 sets or more have a chance of 1 in 300 if each has one of 1 in 20
        assertTrue(told <= 6, detector.name() + " tells of a label in " + told + " of " + SETS + " honest sets");
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void fewLabelsCannotBeHeldAgainstEachOther(Detector<?> detector) {
        assertEquals(List.of(), found(detector, rows(4, 1, 20)));
    }

    /// All but quantum entropy, which sees no more than plain distances do where poison is so large a part of the
    /// label's spread.
    @ParameterizedTest
    @MethodSource("detectors")
    void theLabelThatRowsWereCarriedOverToIsTold(Detector<?> detector) {
        if (detector instanceof QuantumEntropy) {
            return;
        }
        List<Candidate> groups = found(detector, rows(10, 1, 16));
        assertEquals(
                List.of(Optional.of("label 2")),
                groups.stream().map(Candidate::target).toList(),
                detector.name());
        assertTrue(groups.getFirst().members().length <= 20, detector.name());
        assertTrue(groups.getFirst().significance().orElseThrow().chance() <= 0.05, detector.name());
    }
}

package io.bezoar.bench.peers;

import io.bezoar.core.Example;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Rows far along the direction in which their class varies most: Tran, Li & Madry 2018 (Spectral signatures),
/// algorithm 1.
///
/// The score is the squared product of the centred activations with the top singular vector of their class;
/// flagged are the first `1.5 * 5 %` of every class, the method's factor with a guessed share of poison, for it must
/// be told one. Activations are those of the small network of [Learned].
record SpectralAsPublished() implements Peer {
    private static final double TAKEN = 1.5 * 0.05;

    @Override
    public String name() {
        return "spectral signatures";
    }

    @Override
    public String citation() {
        return "Tran, Li & Madry 2018, algorithm 1; told a share of 5 %; a small network's activations";
    }

    @Override
    public Said of(List<Example> rows) {
        Learned learned = Learned.of(rows);
        double[] scores = new double[rows.size()];
        boolean[] flagged = new boolean[rows.size()];
        for (Map.Entry<String, List<Integer>> each : learned.classes().entrySet()) {
            List<Integer> members = each.getValue();
            double[][] centred = learned.centred(members);
            double[] top = top(centred);
            for (int i = 0; i < centred.length; i++) {
                double along = dot(centred[i], top);
                scores[members.get(i)] = along * along;
            }
            IntStream.range(0, centred.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -scores[members.get(i)]))
                    .limit((long) (TAKEN * centred.length))
                    .forEach(i -> flagged[members.get(i)] = true);
        }
        return new Said(scores, flagged);
    }

    /// The top right singular vector, by power iteration from a fixed start.
    static double[] top(double[][] rows) {
        double[] vector = new double[rows[0].length];
        Arrays.setAll(vector, k -> 1 + 0.01 * k);
        for (int round = 0; round < 200; round++) {
            double[] next = new double[vector.length];
            for (double[] row : rows) {
                double along = dot(row, vector);
                for (int k = 0; k < next.length; k++) {
                    next[k] += along * row[k];
                }
            }
            double length = Math.sqrt(dot(next, next));
            if (length == 0) {
                return vector;
            }
            for (int k = 0; k < next.length; k++) {
                vector[k] = next[k] / length;
            }
        }
        return vector;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}

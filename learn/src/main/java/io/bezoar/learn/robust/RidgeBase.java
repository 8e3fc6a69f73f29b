package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import java.util.stream.IntStream;

/// Least squares, one class against the rest: targets 1 and 0, features with a constant 1 behind them,
/// all weights penalised. Exact, and cheap on few rows: the system solved has the size of the features
/// or of the rows, whichever is less.
///
/// @param penalty of the squared weights beside the sum of squared residuals, 0 or more
public record RidgeBase(double penalty) implements BaseTrainer {
    public RidgeBase {
        if (!(penalty >= 0) || Double.isInfinite(penalty)) {
            throw new IllegalArgumentException("expected a penalty of 0 or more, came " + penalty);
        }
    }

    @Override
    public Fitted fit(TrainingSet set, int[] use) {
        Features rows = set.rows();
        int[] present = IntStream.range(0, set.classes())
                .filter(label -> set.counts(use)[label] > 0)
                .toArray();
        Classifier classifier;
        if (rows instanceof SparseFeatures sparse) {
            SparseFeatures part = sparse.select(use);
            int[] known = part.used();
            LinearClassifier inner =
                    solve(part.renumbered(known), IntStream.range(0, use.length).toArray(), set, use, present);
            classifier = new CompactClassifier(set.classes(), known, present, 0, inner);
        } else {
            int[] every = IntStream.range(0, set.classes()).toArray();
            classifier = solve(rows, use, set, use, every);
        }
        return fitted(set, classifier);
    }

    /// A classifier whose scores are to be 1 for the right class and 0 for the others, with its squared
    /// losses on the set.
    static Fitted fitted(TrainingSet set, Classifier classifier) {
        return new Fitted() {
            @Override
            public Classifier classifier() {
                return classifier;
            }

            @Override
            public double loss(int row) {
                double sum = 0;
                for (double residual : gradient(row)) {
                    sum += residual * residual;
                }
                return sum;
            }

            @Override
            public double[] gradient(int row) {
                double[] scores = new double[set.classes()];
                classifier.score(set.rows(), row, scores);
                scores[set.labels()[row]] -= 1;
                return scores;
            }
        };
    }

    /// @param places where the rows in use stand in `rows`
    /// @param present the classes fitted, in this order
    private LinearClassifier solve(Features rows, int[] places, TrainingSet set, int[] use, int[] present) {
        int columns = rows.columns();
        double[] weights = new double[columns * present.length];
        double[] bias = new double[present.length];
        if (use.length <= columns) {
            dual(rows, places, set, use, present, weights, bias);
        } else {
            primal(rows, places, set, use, present, weights, bias);
        }
        return new LinearClassifier(columns, weights, bias);
    }

    private void primal(
            Features rows, int[] places, TrainingSet set, int[] use, int[] present, double[] weights, double[] bias) {
        int columns = rows.columns();
        int size = columns + 1;
        double[] system = RidgeSystem.primal(rows, places, penalty);
        PositiveSystem solved = PositiveSystem.factor(system, size);
        for (int c = 0; c < present.length; c++) {
            double[] right = new double[size];
            for (int i = 0; i < use.length; i++) {
                if (set.labels()[use[i]] == present[c]) {
                    rows.add(places[i], 1, right, 0);
                    right[columns] += 1;
                }
            }
            solved.solve(right);
            System.arraycopy(right, 0, weights, c * columns, columns);
            bias[c] = right[columns];
        }
    }

    private void dual(
            Features rows, int[] places, TrainingSet set, int[] use, int[] present, double[] weights, double[] bias) {
        int columns = rows.columns();
        PositiveSystem solved = PositiveSystem.factor(RidgeSystem.dual(rows, places, penalty), use.length);
        for (int c = 0; c < present.length; c++) {
            double[] right = new double[use.length];
            for (int i = 0; i < use.length; i++) {
                right[i] = set.labels()[use[i]] == present[c] ? 1 : 0;
            }
            solved.solve(right);
            for (int i = 0; i < use.length; i++) {
                rows.add(places[i], right[i], weights, c * columns);
                bias[c] += right[i];
            }
        }
    }
}

package io.bezoar.bench.speed;

import io.bezoar.core.Hashing;
import io.bezoar.learn.convex.ConjugateGradients;
import io.bezoar.learn.convex.Curvature;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.SparseMatrix;
import io.bezoar.learn.influence.GradientScores;
import java.util.Arrays;
import java.util.Locale;

/// Times the influence of every row of a large sparse surrogate on one query beside one pass of the
/// model over the data: the direction `H^-1 g` from a sketch of the curvature, every 128th row, and
/// the pass that scores all rows.
public final class InfluenceSpeed {
    private static final int COLUMNS = 1 << 18;
    private static final int CLASSES = 20;
    private static final int FEATURES = 20; // a row
    private static final int SKETCH = 128;

    private InfluenceSpeed() {}

    private static Problem problem(int rows, int step) {
        SparseMatrix.Builder builder = new SparseMatrix.Builder(COLUMNS);
        double[] answers = new double[rows / step];
        for (int r = 0; r < answers.length; r++) {
            int[] features = new int[FEATURES];
            for (int k = 0; k < FEATURES; k++) {
                // as words are: half of a row's features are common ones
                long hash = Hashing.combine((long) r * step, k);
                features[k] = (int) Long.remainderUnsigned(hash, k % 2 == 0 ? 2048 : COLUMNS);
            }
            Arrays.sort(features);
            int before = -1;
            for (int feature : features) {
                if (feature != before) {
                    builder.put(feature, 0.22);
                }
                before = feature;
            }
            builder.end();
            answers[r] = Long.remainderUnsigned(Hashing.mix((long) r * step), CLASSES);
        }
        return new Problem(builder.build(), answers, new Loss.Softmax(CLASSES), 1e-4);
    }

    /// `InfluenceSpeed [ROWS]`.
    public static void main(String[] arguments) {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        Problem all = problem(rows, 1);
        Problem sketch = problem(rows, SKETCH);
        double[] model = new double[all.size()];
        for (int i = 0; i < model.length; i++) {
            model[i] = (Hashing.mix(i) >>> 11) * 0x1p-53 - 0.5;
        }
        double[] query = new double[model.length];
        double[] residual = new double[CLASSES];
        residual[0] = 1;
        residual[1] = -1;
        all.rows().addOuter(0, residual, CLASSES, query);
        System.out.println("| round | one pass, s | solve on the sketch, s | score every row, s | both / pass |");
        System.out.println("|--:|--:|--:|--:|--:|");
        for (int round = 1; round <= 4; round++) {
            long start = System.nanoTime();
            all.residuals(model);
            double pass = (System.nanoTime() - start) / 1e9;
            start = System.nanoTime();
            double[] towards =
                    ConjugateGradients.of(Curvature.at(sketch, model), 1e-2, 50).times(query);
            double solve = (System.nanoTime() - start) / 1e9;
            start = System.nanoTime();
            double[] scores = GradientScores.of(all, model, towards);
            double score = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.2f | %.2f | %.2f | %.2f |%n",
                    round,
                    pass,
                    solve,
                    score,
                    (solve + score) / pass);
            if (scores.length != rows) {
                throw new IllegalStateException("every row must have a score");
            }
        }
        System.out.println(PeakMemory.line());
    }
}

package io.bezoar.learn.robust;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/// SEVER (Diakonikolas, Kamath, Kane, Li, Steinhardt & Stewart 2019, "Sever: a robust meta-algorithm for
/// stochastic optimization", algorithm 1) for classifiers: fit, drop the rows whose gradients lie
/// farthest out along the direction in which gradients vary most, and again.
///
/// Departures, as in the authors' experiments: the filter works within each class, drops a fixed share a
/// round, not by a random threshold, and runs a fixed number of rounds. One is our own: rows that were
/// dropped and that the last fit answers rightly come back. They are honest rows that lay far out, or
/// poison that no longer pulls; without them honest outliers are lost, and a tenth of a small class with
/// them.
///
/// @param share of each class that goes a round, above 0 and below 0.5
/// @param rounds of fit and filter before the last fit, at least 1
/// @param by what rows are judged by
public record Sever(double share, int rounds, By by) {
    /// Two rounds find what one hides; more cost honest rows.
    public static final int ROUNDS = 2;

    /// What a row is judged by.
    public enum By {
        /// How far its gradient lies out along the top direction.
        GRADIENT,
        /// Its loss: what SEVER is compared with. Poison of high leverage has a small loss and stays.
        LOSS
    }

    public Sever {
        if (!(share > 0 && share < 0.5) || rounds < 1) {
            throw new IllegalArgumentException(
                    "expected a share between 0 and 0.5 and at least one round, came " + share + " and " + rounds);
        }
    }

    /// Two rounds by gradient against a share `epsilon` of poison. It may all lie in the smallest class,
    /// so what goes a round is the share it would be there, half of it a round, and never more than a
    /// quarter of a class.
    ///
    /// @param epsilon share of poison to expect, above 0 and below 0.5
    /// @param use the rows to begin with
    public static Sever against(double epsilon, TrainingSet set, int[] use) {
        Epsilon.checked(epsilon);
        int least = Arrays.stream(set.counts(use)).filter(count -> count > 0).min().orElse(1);
        return new Sever(Math.min(0.25, epsilon / ROUNDS * use.length / least), ROUNDS, By.GRADIENT);
    }

    /// Filters, then fits.
    ///
    /// @param use the rows to begin with
    public Kept train(TrainingSet set, int[] use, BaseTrainer base) {
        int[] active = use;
        for (int round = 0; round < rounds; round++) {
            active = filtered(set, active, base.fit(set, active));
        }
        BaseTrainer.Fitted last = base.fit(set, active);
        if (by == By.GRADIENT) {
            int[] answers = last.classifier().answers(set.rows());
            BitSet kept = new BitSet();
            Arrays.stream(active).forEach(kept::set);
            active = Arrays.stream(use)
                    .filter(row -> kept.get(row) || answers[row] == set.labels()[row])
                    .toArray();
            last = base.fit(set, active);
        }
        return new Kept(last.classifier(), active);
    }

    /// A model and the rows it was fitted to.
    ///
    /// @param rows ascending
    public record Kept(Classifier model, int[] rows) {}

    private int[] filtered(TrainingSet set, int[] active, BaseTrainer.Fitted fitted) {
        boolean[] stays = new boolean[set.size()];
        for (int label = 0; label < set.classes(); label++) {
            int[] rows = set.ofClass(label, active);
            if (rows.length == 0) {
                continue;
            }
            double[] scores = switch (by) {
                case GRADIENT -> outlying(set, rows, fitted);
                case LOSS -> Arrays.stream(rows).mapToDouble(fitted::loss).toArray();
            };
            double cut = cut(scores);
            boolean alike = Arrays.stream(scores).noneMatch(score -> score < cut); // then nothing lies out
            for (int i = 0; i < rows.length; i++) {
                stays[rows[i]] = alike || scores[i] < cut;
            }
        }
        return Arrays.stream(active).filter(row -> stays[row]).toArray();
    }

    private static double[] outlying(TrainingSet set, int[] rows, BaseTrainer.Fitted fitted) {
        double[][] scales = Arrays.stream(rows).mapToObj(fitted::gradient).toArray(double[][]::new);
        if (set.rows() instanceof SparseFeatures sparse) { // features no row of the class has cannot vary
            SparseFeatures part = sparse.select(rows);
            return TopDirection.scores(
                    part.renumbered(part.used()), IntStream.range(0, rows.length).toArray(), scales, false);
        }
        return TopDirection.scores(set.rows(), rows, scales, false);
    }

    private double cut(double[] scores) {
        return switch (by) {
            case GRADIENT -> Quantile.of(scores, 1 - share);
            case LOSS -> {
                double[] sorted = scores.clone();
                Arrays.sort(sorted);
                int place = Math.clamp((long) Math.ceil((1 - share) * sorted.length), 1, sorted.length);
                yield sorted[place - 1] > 0 ? sorted[place - 1] : sorted[sorted.length - 1];
            }
        };
    }
}

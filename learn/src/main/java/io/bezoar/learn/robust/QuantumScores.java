package io.bezoar.learn.robust;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// How far rows stand out of their kind once its covariance is known robustly: SPECTRE with quantum
/// entropy scores (Hayase, Kong, Somani & Oh 2021, algorithms 1 to 4).
///
/// The rows are projected on their first `k` principal axes, [CovarianceFilter] gives the covariance of
/// the honest ones, and all are whitened by it. The covariance `S` of all whitened rows is then the
/// identity but for what the poison adds; rows are scored by `y'My / tr(M)` with
/// `M = exp(alpha (S - I) / (|S| - 1))`, which listens to every direction with more variance than honest
/// rows have. Of several `k` the one counts by which the most variance is explained after the rows that it
/// names are taken out. Tight poison that inflates the plain covariance, and so hides from Mahalanobis
/// distances, is seen.
///
/// @param epsilon share of poison to expect, above 0 and below 0.5: twice as much may be filtered, 1.5
///     times as much is taken out to choose `k`
/// @param alpha how much the loudest direction is preferred, above 0
/// @param axes how many principal axes are tried; those beyond a sixth of the rows are left out
/// @param rounds of the filter at most
public record QuantumScores(double epsilon, double alpha, List<Integer> axes, int rounds) {
    private static final double FILTERED = 2;
    private static final double TAKEN = 1.5;
    /// Rows needed for an axis.
    private static final int ROWS = 6;

    /// As published: ten numbers of axes from 1 to 100.
    public QuantumScores(double epsilon) {
        this(epsilon, 4, List.of(1, 4, 9, 16, 25, 36, 49, 64, 81, 100), 200);
    }

    public QuantumScores {
        Epsilon.checked(epsilon);
        axes = List.copyOf(axes);
        if (!(alpha > 0) || axes.isEmpty() || axes.getFirst() < 1) {
            throw new IllegalArgumentException(
                    "expected an alpha above 0 and one number of axes or more, came " + alpha + " and " + axes);
        }
    }

    /// A quadratic form that scores rows.
    ///
    /// @param form `mean.length²` values
    /// @param axes how many principal axes it looks along
    /// @param explained by the covariance of all rows, once the rows it names are taken out; higher is
    ///     better
    public record Form(double[] mean, double[] form, int axes, double explained) implements Serializable {
        /// How far the row stands out, 0 or more.
        public double score(double[] row) {
            int size = mean.length;
            double sum = 0;
            for (int i = 0, at = 0; i < size; i++) {
                double left = row[i] - mean[i];
                double along = 0;
                for (int j = 0; j < size; j++, at++) {
                    along += form[at] * (row[j] - mean[j]);
                }
                sum += left * along;
            }
            return Math.max(0, sum);
        }
    }

    /// The form for these rows.
    ///
    /// @param rows of one length, at least six; a covariance of that length is formed
    public Form of(double[][] rows) {
        if (rows.length < ROWS) {
            throw new IllegalArgumentException("expected at least " + ROWS + " rows, came " + rows.length);
        }
        OwnAxes own = OwnAxes.of(rows, Math.min(Math.max(1, rows.length / ROWS), axes.getLast()));
        if (own.count() == 0) {
            return new Form(own.mean(), new double[own.mean().length * own.mean().length], 0, 0);
        }
        double[][] places = own.of(rows);
        Form best = null;
        for (int k : axes) {
            if (k <= own.count()) {
                Form form = form(places, own, k);
                best = best == null || form.explained() > best.explained() ? form : best;
            }
        }
        return Objects.requireNonNullElseGet(best, () -> form(places, own, own.count()));
    }

    private Form form(double[][] places, OwnAxes own, int k) {
        double[][] cut =
                Arrays.stream(places).map(place -> Arrays.copyOf(place, k)).toArray(double[][]::new);
        double[] zero = new double[k];
        int[] kept = k == 1
                ? IntStream.range(0, cut.length).toArray()
                : new CovarianceFilter(epsilon, rounds).of(cut, (int) Math.round(FILTERED * epsilon * cut.length));
        Whitening whitening = Whitening.of(zero, Moments.about(Moments.mean(cut, kept), cut, kept));
        double[] entropy = entropy(whitening.of(cut), alpha);
        double[] form =
                turned(own.directions(), product(product(whitening.root(), entropy, k), whitening.root(), k), k);
        double[] scores = new double[cut.length];
        for (int r = 0; r < cut.length; r++) {
            double[] white = whitening.of(cut[r]);
            scores[r] = quadratic(entropy, white);
        }
        int[] rest = IntStream.range(0, cut.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer r) -> scores[r]).thenComparing(r -> r))
                .limit(cut.length - Math.round(TAKEN * epsilon * cut.length))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        double[] middle = Moments.mean(places, rest);
        double[][] white =
                Whitening.of(middle, Moments.about(middle, places, rest)).of(places);
        int[] all = IntStream.range(0, white.length).toArray();
        double[] covariance = Moments.about(Moments.mean(white, all), white, all);
        double[] weights = entropy(white, alpha);
        double explained = 0;
        for (int i = 0; i < weights.length; i++) {
            explained += weights[i] * covariance[i];
        }
        return new Form(own.mean(), form, k, explained);
    }

    /// `exp(alpha (S - I) / (|S| - 1))` over its trace, for the covariance `S` of whitened rows.
    private static double[] entropy(double[][] white, double alpha) {
        int size = white[0].length;
        int[] all = IntStream.range(0, white.length).toArray();
        SymmetricEigen eigen = SymmetricEigen.of(Moments.about(Moments.mean(white, all), white, all), size);
        double largest = Arrays.stream(eigen.values()).max().orElse(1);
        double[] weights = new double[size];
        double total = 0;
        for (int k = 0; k < size; k++) {
            double value = largest > 1 + 1e-9 ? (eigen.values()[k] - largest) / (largest - 1) : 0;
            weights[k] = StrictMath.exp(alpha * value);
            total += weights[k];
        }
        double[] out = new double[size * size];
        for (int k = 0; k < size; k++) {
            double[] vector = eigen.vector(k);
            for (int i = 0; i < size; i++) {
                double left = weights[k] / total * vector[i];
                for (int j = 0; j < size; j++) {
                    out[i * size + j] += left * vector[j];
                }
            }
        }
        return out;
    }

    private static double quadratic(double[] matrix, double[] vector) {
        double sum = 0;
        for (int i = 0, at = 0; i < vector.length; i++) {
            double along = 0;
            for (int j = 0; j < vector.length; j++, at++) {
                along += matrix[at] * vector[j];
            }
            sum += vector[i] * along;
        }
        return sum;
    }

    private static double[] product(double[] a, double[] b, int size) {
        double[] out = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < size; k++) {
                double left = a[i * size + k];
                for (int j = 0; j < size; j++) {
                    out[i * size + j] += left * b[k * size + j];
                }
            }
        }
        return out;
    }

    /// A form along axes as a form of rows.
    private static double[] turned(double[][] directions, double[] form, int k) {
        int size = directions[0].length;
        double[] out = new double[size * size];
        for (int a = 0; a < k; a++) {
            double[] left = new double[size];
            for (int b = 0; b < k; b++) {
                for (int j = 0; j < size; j++) {
                    left[j] += form[a * k + b] * directions[b][j];
                }
            }
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    out[i * size + j] += directions[a][i] * left[j];
                }
            }
        }
        return out;
    }
}

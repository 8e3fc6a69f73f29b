package io.bezoar.learn.robust;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Rows whose covariance can be trusted although a share of them is poison: the filter of Diakonikolas,
/// Kamath, Kane, Li, Moitra & Stewart (2017, section 3.2), as Hayase, Kong, Somani & Oh (2021) use it.
///
/// The rows in use are whitened by their own second moments, which makes every quadratic form `y'Vy` of
/// length 1 vary by 2 if they are normal. While one varies by much more, the rows at its ends are
/// dropped: those farther from the median than the point beyond which honest rows have no tail, or, if
/// none is, within three deviations of the farthest. The form is the top eigenvector of the fourth
/// moments, by [Lanczos] on matrices packed into their triangle.
///
/// @param epsilon share of poison to expect, above 0 and below 0.5
/// @param rounds how often rows are dropped at most
record CovarianceFilter(double epsilon, int rounds) {
    private static final double SLACK = 10;
    private static final double SHIFT = 3;
    /// Of the form: the rows at its ends are few.
    private static final double PRECISION = 1e-3;
    private static final int BLOCK = 512;
    private static final double ROOT = Math.sqrt(2);

    CovarianceFilter {
        Epsilon.checked(epsilon);
    }

    /// The rows kept, ascending.
    ///
    /// @param rows centred
    /// @param limit rows dropped at most
    int[] of(double[][] rows, int limit) {
        int[] use = IntStream.range(0, rows.length).toArray();
        int least = rows.length - limit;
        double allowed = 1 + SLACK * epsilon * StrictMath.pow(StrictMath.log(1 / epsilon), 2);
        for (int round = 0; round < rounds && use.length > least; round++) {
            double[] zero = new double[rows[0].length];
            double[][] white = Whitening.of(zero, Moments.about(zero, rows, use))
                    .of(Arrays.stream(use).mapToObj(row -> rows[row]).toArray(double[][]::new));
            Lanczos top = Lanczos.top(vector -> times(white, vector), zero.length * (zero.length + 1) / 2, PRECISION);
            if (top.value() <= allowed) {
                return use;
            }
            int[] near = near(white, top.vector(), least);
            if (near.length == use.length) {
                return use;
            }
            int[] before = use;
            use = Arrays.stream(near).map(i -> before[i]).toArray();
        }
        return use;
    }

    /// The rows at the middle of a form, at least `least` of them.
    private int[] near(double[][] white, double[] form, int least) {
        double trace = 0;
        for (int i = 0, at = 0; i < white[0].length; i++, at += i + 1) {
            trace += form[at];
        }
        double[] values = new double[white.length];
        for (int r = 0; r < values.length; r++) {
            values[r] = (value(white[r], form) - trace) / ROOT;
        }
        double median = Quantile.median(values);
        for (int r = 0; r < values.length; r++) {
            values[r] = Math.abs(values[r] - median);
        }
        int[] outward = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer r) -> values[r]).thenComparing(r -> r))
                .mapToInt(Integer::intValue)
                .toArray();
        double far = SLACK * StrictMath.log(1 / epsilon);
        double cut = Double.POSITIVE_INFINITY;
        for (int i = 0; i < outward.length; i++) {
            double tail = values[outward[i]] - SHIFT;
            double share = tail <= far ? 1 : 3 * epsilon / StrictMath.pow(tail * StrictMath.log(tail), 2);
            if (tail > 0 && i + 1 >= share * outward.length) {
                cut = tail;
                break;
            }
        }
        double beyond = cut;
        int count =
                (int) Arrays.stream(outward).takeWhile(r -> values[r] <= beyond).count();
        return Arrays.stream(outward, 0, Math.max(count, least)).sorted().toArray();
    }

    /// `y'Vy` for a packed `V`: the lower triangle, what is off the diagonal times the root of 2.
    private static double value(double[] row, double[] form) {
        double sum = 0;
        for (int i = 0, at = 0; i < row.length; i++) {
            double along = 0;
            for (int j = 0; j < i; j++, at++) {
                along += form[at] * row[j];
            }
            sum += row[i] * (ROOT * along + form[at++] * row[i]);
        }
        return sum;
    }

    /// The fourth moments times a packed matrix, less what normal rows have at its trace.
    private static double[] times(double[][] white, double[] form) {
        int blocks = (white.length + BLOCK - 1) / BLOCK;
        List<double[]> sums = IntStream.range(0, blocks)
                .parallel()
                .mapToObj(b -> {
                    double[] sum = new double[form.length];
                    for (int r = b * BLOCK; r < Math.min(white.length, (b + 1) * BLOCK); r++) {
                        double[] row = white[r];
                        double weight = value(row, form) / white.length;
                        for (int i = 0, at = 0; i < row.length; i++) {
                            double scale = ROOT * weight * row[i];
                            for (int j = 0; j < i; j++, at++) {
                                sum[at] += scale * row[j];
                            }
                            sum[at++] += weight * row[i] * row[i];
                        }
                    }
                    return sum;
                })
                .toList();
        double[] out = new double[form.length];
        for (double[] sum : sums) {
            for (int k = 0; k < out.length; k++) {
                out[k] += sum[k];
            }
        }
        double trace = 0;
        int size = white[0].length;
        for (int i = 0, at = 0; i < size; i++, at += i + 1) {
            trace += form[at];
        }
        for (int i = 0, at = 0; i < size; i++, at += i + 1) {
            out[at] -= trace;
        }
        return out;
    }
}

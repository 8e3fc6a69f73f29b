package io.bezoar.learn.robust;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/// What labelled rows are made of: a mean a label and a variation that all labels share (Tang, Wang, Tang
/// & Zhang 2021, section 5: SCAn's untangling, after the joint model of Chen et al. 2012).
///
/// A row is `x = u + e` with the label's `u` of covariance `between` and an `e` of covariance `within`,
/// estimated by expectation maximisation from sums alone. In the space where `within` is the identity
/// two kinds of rows under one label are two means, and how much better two explain them than one can be
/// compared over labels. Departure: the split starts from the first principal axis, not at random.
///
/// @param centre mean of all rows
public record LabelVariation(double[] centre, double[] between, double[] within) implements Serializable {
    private static final int STEPS = 20;
    private static final double SETTLED = 1e-6;

    /// @param rows of one length, at least one
    /// @param labels label of each row
    public static LabelVariation of(double[][] rows, int[] labels, int classes) {
        int size = rows[0].length;
        int[] all = IntStream.range(0, rows.length).toArray();
        double[] centre = Moments.mean(rows, all);
        double[] moment = Moments.about(centre, rows, all);
        double[][] sums = new double[classes][size];
        int[] counts = new int[classes];
        for (int r = 0; r < rows.length; r++) {
            counts[labels[r]]++;
            for (int j = 0; j < size; j++) {
                sums[labels[r]][j] += rows[r][j] - centre[j];
            }
        }
        double[][] means = new double[classes][size];
        for (int c = 0; c < classes; c++) {
            for (int j = 0; j < size; j++) {
                means[c][j] = counts[c] == 0 ? 0 : sums[c][j] / counts[c];
            }
        }
        double[] between = between(means, counts);
        double[] within = within(moment, means, sums, counts, rows.length);
        for (int step = 0; step < STEPS; step++) {
            for (int c = 0; c < classes; c++) {
                means[c] = mean(between, within, sums[c], counts[c]);
            }
            double[] before = within;
            between = between(means, counts);
            within = within(moment, means, sums, counts, rows.length);
            if (changed(before, within) < SETTLED) {
                break;
            }
        }
        return new LabelVariation(centre, between, within);
    }

    /// The mean expected of a label: `B (n B + W)⁻¹` times the sum of its rows.
    private static double[] mean(double[] between, double[] within, double[] sum, int count) {
        int size = sum.length;
        double[] matrix = new double[size * size];
        double trace = 0;
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = count * between[i] + within[i];
        }
        for (int i = 0; i < size; i++) {
            trace += matrix[i * size + i];
        }
        for (int i = 0; i < size; i++) {
            matrix[i * size + i] += 1e-9 * trace / size + Double.MIN_NORMAL;
        }
        double[] solved = sum.clone();
        PositiveSystem.factor(matrix, size).solve(solved);
        double[] out = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                out[i] += between[i * size + j] * solved[j];
            }
        }
        return out;
    }

    private static double[] between(double[][] means, int[] counts) {
        int size = means[0].length;
        double[] out = new double[size * size];
        int labels = (int) Arrays.stream(counts).filter(count -> count > 0).count();
        for (int c = 0; c < means.length; c++) {
            for (int i = 0; i < size && counts[c] > 0; i++) {
                for (int j = 0; j < size; j++) {
                    out[i * size + j] += means[c][i] * means[c][j] / labels;
                }
            }
        }
        return out;
    }

    private static double[] within(double[] moment, double[][] means, double[][] sums, int[] counts, int rows) {
        double[] out = moment.clone();
        int size = means[0].length;
        for (int c = 0; c < means.length; c++) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    out[i * size + j] -= (sums[c][i] * means[c][j]
                                    + means[c][i] * sums[c][j]
                                    - counts[c] * means[c][i] * means[c][j])
                            / rows;
                }
            }
        }
        return out;
    }

    private static double changed(double[] before, double[] after) {
        double change = 0;
        double whole = 0;
        for (int i = 0; i < after.length; i++) {
            change += (after[i] - before[i]) * (after[i] - before[i]);
            whole += after[i] * after[i];
        }
        return whole == 0 ? 0 : Math.sqrt(change / whole);
    }

    /// Turns rows into the space in which `within` is the identity.
    public Whitening whitening() {
        return Whitening.of(centre, within);
    }
}

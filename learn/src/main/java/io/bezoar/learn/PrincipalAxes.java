package io.bezoar.learn;

import io.bezoar.core.Hashing;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The directions in which rows differ most, as orthonormal axes, greatest spread first.
///
/// Block power iteration on the Gram matrix of some rows (Golub & Van Loan 2013, section 8.2.4:
/// orthogonal iteration), from a fixed start, so that equal rows give equal bits. A row's coordinates
/// keep most of its distances to other rows.
public final class PrincipalAxes implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int ROUNDS = 12;

    private final float[] mean;
    private final float[][] axes;

    private PrincipalAxes(float[] mean, float[][] axes) {
        this.mean = mean;
        this.axes = axes;
    }

    /// @param rows vectors of one length, at least one
    /// @param most how many axes at most
    /// @param fitted how many rows, spread evenly over all, the axes are made of, at most
    public static PrincipalAxes of(float[][] rows, int most, int fitted) {
        int length = rows[0].length;
        int n = Math.min(rows.length, fitted);
        float[][] centred = new float[n][];
        double[] sum = new double[length];
        for (int r = 0; r < n; r++) {
            float[] row = rows[(int) ((long) r * rows.length / n)];
            centred[r] = row.clone();
            for (int j = 0; j < length; j++) {
                sum[j] += row[j];
            }
        }
        float[] mean = new float[length];
        for (int j = 0; j < length; j++) {
            mean[j] = (float) (sum[j] / n);
        }
        for (float[] row : centred) {
            for (int j = 0; j < length; j++) {
                row[j] -= mean[j];
            }
        }
        double[][] gram = gram(centred);
        double[][] basis = start(Math.min(Math.min(most, n), length), n);
        for (int round = 0; round < ROUNDS; round++) {
            double[][] before = basis;
            basis = IntStream.range(0, before.length)
                    .parallel()
                    .mapToObj(k -> times(gram, before[k]))
                    .toArray(double[][]::new);
            orthonormalise(basis);
        }
        double[][] directions = basis;
        double[][] spread = IntStream.range(0, directions.length)
                .parallel()
                .mapToObj(k -> across(centred, directions[k]))
                .toArray(double[][]::new);
        double largest = 0;
        for (double[] axis : spread) {
            largest = Math.max(largest, Math.sqrt(dot(axis, axis)));
        }
        double least = 1e-6 * largest;
        spread = Arrays.stream(spread)
                .filter(axis -> Math.sqrt(dot(axis, axis)) > least)
                .toArray(double[][]::new);
        orthonormalise(spread);
        float[][] axes = Arrays.stream(spread)
                .filter(axis -> dot(axis, axis) > 0.5)
                .map(PrincipalAxes::rounded)
                .toArray(float[][]::new);
        return new PrincipalAxes(mean, axes);
    }

    private static double[] across(float[][] centred, double[] direction) {
        double[] axis = new double[centred[0].length];
        for (int r = 0; r < centred.length; r++) {
            for (int j = 0; j < axis.length; j++) {
                axis[j] += direction[r] * centred[r][j];
            }
        }
        return axis;
    }

    private static float[] rounded(double[] axis) {
        float[] unit = new float[axis.length];
        for (int j = 0; j < axis.length; j++) {
            unit[j] = (float) axis[j];
        }
        return unit;
    }

    private static double[][] gram(float[][] rows) {
        int n = rows.length;
        double[][] gram = new double[n][n];
        IntStream.range(0, n).parallel().forEach(a -> {
            for (int b = 0; b <= a; b++) {
                gram[a][b] = dot(rows[a], rows[b]);
            }
        });
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < a; b++) {
                gram[b][a] = gram[a][b];
            }
        }
        return gram;
    }

    private static double[][] start(int count, int length) {
        double[][] basis = new double[count][length];
        for (int k = 0; k < count; k++) {
            for (int r = 0; r < length; r++) {
                basis[k][r] = (Hashing.mix(Hashing.combine(k + 1, r + 1)) >> 11) * 0x1p-52;
            }
        }
        orthonormalise(basis);
        return basis;
    }

    private static void orthonormalise(double[][] basis) {
        for (int k = 0; k < basis.length; k++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int before = 0; before < k; before++) {
                    double shared = dot(basis[k], basis[before]);
                    for (int r = 0; r < basis[k].length; r++) {
                        basis[k][r] -= shared * basis[before][r];
                    }
                }
            }
            double norm = Math.sqrt(dot(basis[k], basis[k]));
            for (int r = 0; r < basis[k].length; r++) {
                basis[k][r] = norm < 1e-12 ? 0 : basis[k][r] / norm;
            }
        }
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] out = new double[vector.length];
        for (int r = 0; r < out.length; r++) {
            out[r] = dot(matrix[r], vector);
        }
        return out;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /// The inner product, in four sums that are added at the end.
    static float dot(float[] a, float[] b) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= a.length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }

    /// How many axes there are; none if all rows are equal.
    public int count() {
        return axes.length;
    }

    /// The row's place along every axis, from the mean.
    public float[] coordinates(float[] row) {
        float[] centred = new float[row.length];
        for (int j = 0; j < row.length; j++) {
            centred[j] = row[j] - mean[j];
        }
        float[] out = new float[axes.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = dot(axes[k], centred);
        }
        return out;
    }
}

package io.bezoar.learn.robust;

import java.io.Serializable;

/// Turns rows so that a given covariance becomes the identity: the row less `mean`, times the symmetric
/// inverse root of the covariance.
///
/// @param root `mean.length²` values, row after row
public record Whitening(double[] mean, double[] root) implements Serializable {
    /// Directions with less than this share of the largest variance are taken to have it: dead units and
    /// repeated columns would otherwise become as loud as the rest.
    private static final double LEAST = 1e-8;

    /// @param covariance `mean.length²` values; not changed
    public static Whitening of(double[] mean, double[] covariance) {
        return new Whitening(mean, root(covariance, mean.length));
    }

    private static double[] root(double[] covariance, int size) {
        SymmetricEigen eigen = SymmetricEigen.of(covariance.clone(), size);
        double largest = 0;
        for (double value : eigen.values()) {
            largest = Math.max(largest, value);
        }
        double[] out = new double[size * size];
        for (int k = 0; k < size && largest > 0; k++) {
            double factor = 1 / Math.sqrt(Math.max(eigen.values()[k], LEAST * largest));
            double[] vector = eigen.vector(k);
            for (int i = 0; i < size; i++) {
                double left = factor * vector[i];
                for (int j = 0; j < size; j++) {
                    out[i * size + j] += left * vector[j];
                }
            }
        }
        return out;
    }

    /// The row, turned.
    public double[] of(double[] row) {
        int size = mean.length;
        double[] centred = new double[size];
        for (int j = 0; j < size; j++) {
            centred[j] = row[j] - mean[j];
        }
        double[] out = new double[size];
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int j = 0, at = i * size; j < size; j++, at++) {
                sum += root[at] * centred[j];
            }
            out[i] = sum;
        }
        return out;
    }

    /// The rows, turned.
    public double[][] of(double[][] rows) {
        double[][] out = new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            out[r] = of(rows[r]);
        }
        return out;
    }
}

package io.bezoar.learn.convex;

import io.bezoar.learn.DenseFeatures;

/// Dense rows that meet many outputs at once.
final class DenseMatrix implements Rows {
    private static final long serialVersionUID = 1L;

    private final DenseFeatures features;
    private final int columns;

    DenseMatrix(DenseFeatures features, int columns) {
        this.features = features;
        this.columns = columns;
    }

    @Override
    public int rows() {
        return features.rows();
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public double dot(int row, double[] weights, int offset) {
        return features.dot(row, weights, offset);
    }

    @Override
    public void add(int row, double scale, double[] into, int offset) {
        features.add(row, scale, into, offset);
    }

    @Override
    public double squaredNorm(int row) {
        return features.squaredNorm(row);
    }

    @Override
    public void addScores(int row, double[] weights, int outputs, double[] into) {
        for (int f = 0, at = 0; f < columns; f++) {
            double value = features.get(row, f);
            if (value == 0) {
                at += outputs; // most pixels of most pictures
                continue;
            }
            for (int o = 0; o < outputs; o++, at++) {
                into[o] += value * weights[at];
            }
        }
    }

    @Override
    public void addOuter(int row, double[] scale, int outputs, double[] into) {
        for (int f = 0, at = 0; f < columns; f++) {
            double value = features.get(row, f);
            if (value == 0) {
                at += outputs;
                continue;
            }
            for (int o = 0; o < outputs; o++, at++) {
                into[at] += value * scale[o];
            }
        }
    }

    @Override
    public void addSquares(int row, double[] scale, int outputs, double[] into) {
        for (int f = 0, at = 0; f < columns; f++) {
            double value = features.get(row, f);
            double square = value * value;
            for (int o = 0; o < outputs; o++, at++) {
                into[at] += square * scale[o];
            }
        }
    }
}

package io.bezoar.learn.robust;

import io.bezoar.learn.Features;

/// The two systems of penalised least squares on features with a constant 1 behind them.
public final class RidgeSystem {
    private RidgeSystem() {}

    /// `X'X + penalty I` of the rows in use, `(columns + 1)²` values, lower triangle.
    public static double[] primal(Features rows, int[] use, double penalty) {
        int columns = rows.columns();
        int size = columns + 1;
        double[] system = new double[Math.multiplyExact(size, size)];
        double[] one = new double[size];
        for (int row : use) {
            java.util.Arrays.fill(one, 0);
            rows.add(row, 1, one, 0);
            one[columns] = 1;
            for (int j = 0; j < size; j++) {
                double value = one[j];
                if (value != 0) {
                    for (int k = 0, at = j * size; k <= j; k++, at++) {
                        system[at] += value * one[k];
                    }
                }
            }
        }
        for (int j = 0; j < size; j++) {
            system[j * size + j] += penalty;
        }
        return system;
    }

    /// `XX' + penalty I` of the rows in use, as many squared values as rows, lower triangle.
    public static double[] dual(Features rows, int[] use, double penalty) {
        int size = use.length;
        double[] system = new double[Math.multiplyExact(size, size)];
        double[] one = new double[rows.columns()];
        for (int i = 0; i < size; i++) {
            rows.add(use[i], 1, one, 0);
            for (int j = 0; j <= i; j++) {
                system[i * size + j] = rows.dot(use[j], one, 0) + 1;
            }
            system[i * size + i] += penalty;
            rows.add(use[i], -1, one, 0); // exact: a value less itself
        }
        return system;
    }
}

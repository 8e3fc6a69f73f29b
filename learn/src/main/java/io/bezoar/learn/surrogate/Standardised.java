package io.bezoar.learn.surrogate;

import io.bezoar.core.Example;
import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.convex.Rows;
import java.util.Arrays;
import java.util.List;

/// How the numbers of a vector become features of one size: each less its usual value, the median, times a
/// factor. Of the rows they were learned from every number that varies has the same spread, and a row has
/// the mean squared length 1, as a text has.
///
/// The median, not the mean: a row whose number is as usual then holds nothing of that feature and gets no
/// credit for what the few others taught it.
///
/// @param usual one a number
/// @param factors one a number, 0 for one that never varied: it says nothing
public record Standardised(double[] usual, double[] factors) {
    public Standardised {
        if (usual.length == 0 || usual.length != factors.length) {
            throw new IllegalArgumentException("expected a usual value and a factor for each number, came "
                    + usual.length + " and " + factors.length);
        }
        for (int i = 0; i < usual.length; i++) {
            if (!Double.isFinite(usual[i]) || !(factors[i] >= 0 && factors[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("number " + (i + 1) + " has the usual value " + usual[i]
                        + " and the factor " + factors[i] + ": expected finite ones");
            }
        }
    }

    /// Learned from rows.
    ///
    /// @throws IllegalArgumentException if a row has no vector, or one of another length or with a number
    ///     that is not finite, or if no number varies
    public static Standardised of(List<Example> rows) {
        int length = rows.getFirst().vector().length;
        for (int row = 0; row < rows.size(); row++) {
            checked(rows.get(row), row, length);
        }
        double[] usual = new double[length];
        double[] squares = new double[length];
        float[] column = new float[rows.size()];
        for (int i = 0; i < length; i++) {
            for (int row = 0; row < column.length; row++) {
                column[row] = rows.get(row).vector()[i] + 0f; // -0 is 0
            }
            Arrays.sort(column);
            usual[i] = column[(column.length - 1) / 2];
        }
        for (Example row : rows) {
            for (int i = 0; i < length; i++) {
                double off = row.vector()[i] - usual[i];
                squares[i] += off * off;
            }
        }
        int varying = 0;
        for (double square : squares) {
            varying += square > 0 ? 1 : 0;
        }
        if (varying == 0) {
            throw new IllegalArgumentException("expected vectors that differ, but all " + rows.size()
                    + " rows have the same numbers: there is nothing to learn from");
        }
        double[] factors = new double[length];
        for (int i = 0; i < length; i++) {
            factors[i] = squares[i] > 0 ? 1 / Math.sqrt(squares[i] / rows.size() * varying) : 0;
        }
        return new Standardised(usual, factors);
    }

    private static float[] checked(Example example, int row, int length) {
        float[] vector = example.vector();
        if (vector.length == 0 || vector.length != length) {
            throw new IllegalArgumentException("expected a vector of " + length + " numbers in every row, came "
                    + (vector.length == 0 ? "none" : "one of " + vector.length) + " in row " + (row + 1));
        }
        for (int i = 0; i < length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new IllegalArgumentException("expected finite numbers, but number " + (i + 1) + " of row "
                        + (row + 1) + " is " + vector[i] + "; mend the row or remove it");
            }
        }
        return vector;
    }

    /// How many numbers a vector has.
    public int length() {
        return usual.length;
    }

    /// The features of rows, and a last one that is 1.
    public Rows rows(List<Example> rows) {
        int length = length();
        double[][] features = new double[rows.size()][length + 1];
        for (int row = 0; row < features.length; row++) {
            float[] vector = checked(rows.get(row), row, length);
            for (int i = 0; i < length; i++) {
                features[row][i] = (vector[i] - usual[i]) * factors[i];
            }
            features[row][length] = 1;
        }
        return Rows.of(DenseFeatures.of(features));
    }
}

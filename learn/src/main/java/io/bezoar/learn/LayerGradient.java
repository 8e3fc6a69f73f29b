package io.bezoar.learn;

import java.util.Arrays;

/// The gradient of a text's loss by the weights of a language model's last, linear layer: the sum over the
/// positions of the outer products of error and state. It is never written out, since it is as large as the
/// layer.
///
/// @param errors per position the probability of each next token, less 1 for the one that comes; rows of
///     equal length, finite
/// @param states per position the last hidden state; as many, of equal length, finite
public record LayerGradient(double[][] errors, double[][] states) {
    /// Squared singular values below this part of the largest are what rounding leaves of none: the numbers
    /// of language models are 32-bit floats, or shorter.
    private static final double NOTHING = 1e-12;
    /// Diagonal entries below this part of the largest end a factorisation.
    private static final double SINGULAR = 1e-15;

    public LayerGradient {
        if (errors.length != states.length) {
            throw new IllegalArgumentException(
                    "expected a state for each of " + errors.length + " errors, came " + states.length);
        }
    }

    /// The largest singular values, descending; fewer where the gradient has no more than 0.
    ///
    /// With `G = E'H`, the products `K = HH'` and `EE'` and a factor `K = LL'`, the squares of the singular
    /// values are the eigenvalues of `L'EE'L`: a matrix no larger than the positions, or the length of a
    /// state, are many.
    ///
    /// @param count at most so many
    public double[] singularValues(int count) {
        double[][] factor = factor(products(states));
        int rank = factor.length;
        double[][] errors = products(this.errors);
        double[][] right = new double[rank][];
        for (int r = 0; r < rank; r++) {
            right[r] = new double[errors.length];
            for (int i = 0; i < errors.length; i++) {
                right[r][i] = PrincipalAxes.dot(errors[i], factor[r]);
            }
        }
        double[] squares = new double[rank * rank];
        for (int r = 0; r < rank; r++) {
            for (int s = 0; s <= r; s++) {
                squares[r * rank + s] = PrincipalAxes.dot(factor[s], right[r]);
                squares[s * rank + r] = squares[r * rank + s];
            }
        }
        double[] values = LargestValues.of(squares, rank, Math.min(count, rank));
        double least = values.length == 0 ? 0 : NOTHING * values[0];
        return Arrays.stream(values)
                .filter(value -> value > least)
                .map(Math::sqrt)
                .toArray();
    }

    /// The entropy of the largest singular values as shares of their sum, in parts of the greatest that so
    /// many can have: 0 for a gradient in one direction, 1 for `count` equal values.
    ///
    /// @param count values at most, at least 2
    public double entropy(int count) {
        double[] values = singularValues(count);
        double sum = Arrays.stream(values).sum();
        double entropy = 0;
        for (double value : values) {
            entropy -= value / sum * StrictMath.log(value / sum);
        }
        return Math.clamp(entropy / StrictMath.log(count), 0, 1);
    }

    private static double[][] products(double[][] rows) {
        double[][] out = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= i; j++) {
                out[i][j] = PrincipalAxes.dot(rows[i], rows[j]);
                out[j][i] = out[i][j];
            }
        }
        return out;
    }

    /// The columns of a factor of a positive semidefinite matrix, by Cholesky's method, the largest of what
    /// is left first (Golub & Van Loan, Matrix Computations, section 4.2.8); as many as its rank.
    private static double[][] factor(double[][] matrix) {
        int size = matrix.length;
        double[] left = new double[size];
        for (int i = 0; i < size; i++) {
            left[i] = matrix[i][i];
        }
        double least = SINGULAR * size * Arrays.stream(left).max().orElse(0);
        double[][] columns = new double[size][];
        int rank = 0;
        while (rank < size) {
            int pivot = 0;
            for (int i = 1; i < size; i++) {
                pivot = left[i] > left[pivot] ? i : pivot;
            }
            if (left[pivot] <= least) {
                break;
            }
            double root = Math.sqrt(left[pivot]);
            double[] column = new double[size];
            for (int i = 0; i < size; i++) {
                double rest = matrix[i][pivot];
                for (int c = 0; c < rank; c++) {
                    rest -= columns[c][i] * columns[c][pivot];
                }
                column[i] = rest / root;
                left[i] -= column[i] * column[i];
            }
            left[pivot] = 0;
            columns[rank++] = column;
        }
        return Arrays.copyOf(columns, rank);
    }
}

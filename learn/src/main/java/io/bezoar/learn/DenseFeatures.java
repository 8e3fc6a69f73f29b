package io.bezoar.learn;

/// Dense rows in one block, row after row.
public final class DenseFeatures implements Features {
    private static final long serialVersionUID = 1L;

    private final double[] values;
    private final int rows;
    private final int columns;

    private DenseFeatures(double[] values, int rows, int columns) {
        this.values = values;
        this.rows = rows;
        this.columns = columns;
    }

    /// Copies `rows`, all of one length, finite values only.
    public static DenseFeatures of(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] values = new double[Math.multiplyExact(rows.length, columns)];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != columns) {
                throw new IllegalArgumentException(
                        "row " + row + " has " + rows[row].length + " features, row 0 has " + columns);
            }
            for (int column = 0; column < columns; column++) {
                double value = rows[row][column];
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException(
                            "row " + row + ", feature " + column + " is " + value + ": features must be finite");
                }
                values[row * columns + column] = value;
            }
        }
        return new DenseFeatures(values, rows.length, columns);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /// The value of feature `column` in `row`.
    public double get(int row, int column) {
        return values[row * columns + column];
    }

    @Override
    public double dot(int row, double[] weights, int offset) {
        double sum = 0;
        for (int column = 0, at = row * columns; column < columns; column++, at++) {
            sum += values[at] * weights[offset + column];
        }
        return sum;
    }

    @Override
    public void add(int row, double scale, double[] into, int offset) {
        for (int column = 0, at = row * columns; column < columns; column++, at++) {
            into[offset + column] += scale * values[at];
        }
    }

    @Override
    public double squaredNorm(int row) {
        double sum = 0;
        for (int column = 0, at = row * columns; column < columns; column++, at++) {
            sum += values[at] * values[at];
        }
        return sum;
    }
}

package io.bezoar.learn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntPredicate;

/// Finds a vector's nearest rows by Euclidean distance, exactly, in blocks. Of equally near rows the
/// first come first. Immutable but for [#replace], which its owner calls before others ask.
public final class NearestRows implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int BLOCK = 512;

    private final int rows;
    private final int length;
    private final float[][] blocks; // block b holds rows b * BLOCK and on, number-major
    private final float[] squares;

    /// @param points vectors of one length
    public NearestRows(float[][] points) {
        rows = points.length;
        length = rows == 0 ? 0 : points[0].length;
        blocks = new float[(rows + BLOCK - 1) / BLOCK][length * BLOCK];
        squares = new float[rows];
        for (int row = 0; row < rows; row++) {
            replace(row, points[row]);
        }
    }

    private NearestRows(NearestRows other) {
        rows = other.rows;
        length = other.length;
        blocks = Arrays.stream(other.blocks).map(float[]::clone).toArray(float[][]::new);
        squares = other.squares.clone();
    }

    /// A copy whose rows may be replaced.
    public NearestRows copy() {
        return new NearestRows(this);
    }

    /// Puts another point in the place of a row.
    public void replace(int row, float[] point) {
        float square = 0;
        for (int j = 0; j < length; j++) {
            blocks[row / BLOCK][j * BLOCK + row % BLOCK] = point[j];
            square += point[j] * point[j];
        }
        squares[row] = square;
    }

    /// How many rows there are.
    public int size() {
        return rows;
    }

    /// The nearest rows, nearest first; fewer than `count` if there are fewer.
    ///
    /// @param self a row that is left out, or -1
    public int[] nearest(float[] point, int count, int self) {
        return nearest(point, count, row -> row != self);
    }

    /// The nearest rows of those that are asked, nearest first; fewer than `count` if there are fewer.
    public int[] nearest(float[] point, int count, IntPredicate asked) {
        int[] best = new int[Math.min(count, rows)];
        float[] far = new float[best.length];
        int found = 0;
        float[] distance = new float[BLOCK];
        for (int b = 0; b < blocks.length && best.length > 0; b++) {
            Arrays.fill(distance, 0);
            float[] block = blocks[b];
            for (int j = 0; j < length; j++) {
                addScaled(distance, block, j * BLOCK, -2 * point[j]);
            }
            int first = b * BLOCK;
            int end = Math.min(BLOCK, rows - first);
            for (int i = 0; i < end; i++) {
                float d = squares[first + i] + distance[i];
                if ((found < best.length || d < far[found - 1]) && asked.test(first + i)) {
                    found = Math.min(found + 1, best.length);
                    int at = found - 1;
                    while (at > 0 && far[at - 1] > d) {
                        far[at] = far[at - 1];
                        best[at] = best[at - 1];
                        at--;
                    }
                    far[at] = d;
                    best[at] = first + i;
                }
            }
        }
        return found < best.length ? Arrays.copyOf(best, found) : best;
    }

    private static void addScaled(float[] into, float[] from, int offset, float scale) {
        for (int i = 0; i < BLOCK; i++) {
            into[i] += from[offset + i] * scale;
        }
    }
}

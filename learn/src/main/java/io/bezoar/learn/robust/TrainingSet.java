package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Rows to learn from, with what a robust trainer has to know of each. The arrays must not be changed.
///
/// @param rows the features
/// @param labels class of each row, 0 to `classes - 1`
/// @param classes number of classes, at least 1
/// @param keys 64 bits of each row that depend on its content alone: partitions and ties go by them
/// @param sources number of the place each row came from, 0 or more; empty if the data do not say
public record TrainingSet(Features rows, int[] labels, int classes, long[] keys, int[] sources) {
    public TrainingSet {
        int n = rows.rows();
        if (labels.length != n || keys.length != n || sources.length != 0 && sources.length != n) {
            throw new IllegalArgumentException("expected a label, a key and a source of each of " + n + " rows, came "
                    + labels.length + " labels, " + keys.length + " keys and " + sources.length + " sources");
        }
        for (int row = 0; row < n; row++) {
            if (labels[row] < 0 || labels[row] >= classes) {
                throw new IllegalArgumentException("row " + row + " has label " + labels[row] + ": expected 0 to "
                        + (classes - 1));
            }
            if (!Double.isFinite(rows.squaredNorm(row))) {
                throw new IllegalArgumentException(
                        "row " + row + " holds a feature that is not finite: expected finite features");
            }
        }
    }

    /// Number of rows.
    public int size() {
        return labels.length;
    }

    /// The numbers of all rows.
    public int[] all() {
        return IntStream.range(0, size()).toArray();
    }

    /// How many of the rows in use have each class.
    public int[] counts(int[] use) {
        int[] counts = new int[classes];
        for (int row : use) {
            counts[labels[row]]++;
        }
        return counts;
    }

    /// The rows in use whose class is `label`, in order.
    public int[] ofClass(int label, int[] use) {
        return Arrays.stream(use).filter(row -> labels[row] == label).toArray();
    }
}

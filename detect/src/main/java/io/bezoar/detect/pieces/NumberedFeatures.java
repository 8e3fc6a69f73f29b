package io.bezoar.detect.pieces;

import io.bezoar.detect.counting.LongTable;
import java.util.Arrays;
import java.util.List;

/// Numbered features of rows: those in 4 rows or more and in at most a share of them.
record NumberedFeatures(long[] hashes, int[] totals, int[][] numbers) {
    static NumberedFeatures of(List<long[]> rows) {
        LongTable table = new LongTable(2);
        for (long[] row : rows) {
            for (long hash : row) {
                table.add(table.slot(hash), 0, 1);
            }
        }
        double most = PieceSearch.MOST * rows.size();
        long[] hashes = Arrays.stream(table.keys())
                .filter(hash -> {
                    int count = table.get(table.known(hash), 0);
                    return count >= PieceSearch.LEAST && count <= most;
                })
                .toArray();
        int[] totals = new int[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            int slot = table.known(hashes[i]);
            totals[i] = table.get(slot, 0);
            table.set(slot, 1, i + 1);
        }
        int[][] numbers = rows.parallelStream()
                .map(row -> Arrays.stream(row)
                        .mapToInt(hash -> table.get(table.known(hash), 1) - 1)
                        .filter(i -> i >= 0)
                        .toArray())
                .toArray(int[][]::new);
        return new NumberedFeatures(hashes, totals, numbers);
    }

    int size() {
        return hashes.length;
    }

    long hash(int number) {
        return hashes[number];
    }

    int total(int number) {
        return totals[number];
    }

    int[] row(int row) {
        return numbers[row];
    }

    boolean has(int row, int number) {
        return Arrays.binarySearch(numbers[row], number) >= 0;
    }

    /// The rows of each feature, ascending.
    int[][] postings() {
        int[][] out = new int[hashes.length][];
        for (int i = 0; i < out.length; i++) {
            out[i] = new int[totals[i]];
        }
        int[] at = new int[out.length];
        for (int r = 0; r < numbers.length; r++) {
            for (int number : numbers[r]) {
                out[number][at[number]++] = r;
            }
        }
        return out;
    }
}

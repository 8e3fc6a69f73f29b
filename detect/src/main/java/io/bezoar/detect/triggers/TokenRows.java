package io.bezoar.detect.triggers;

import io.bezoar.core.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The tokens of some rows, each row's classes before them: four bytes a token, where a table of the rows' n-grams
/// takes a hundred and more.
final class TokenRows implements Summary<TokenRows> {
    private final List<int[]> rows = new ArrayList<>();

    void add(int[] row) {
        rows.add(row);
    }

    /// The rows, in no order.
    List<int[]> rows() {
        return rows;
    }

    @Override
    public void merge(TokenRows other) {
        rows.addAll(other.rows);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        List<int[]> sorted = new ArrayList<>(rows);
        sorted.sort(Arrays::compare);
        out.writeInt(sorted.size());
        for (int[] row : sorted) {
            out.writeInt(row.length);
            for (int number : row) {
                out.writeInt(number);
            }
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        rows.clear();
        for (int left = in.readInt(); left > 0; left--) {
            int[] row = new int[in.readInt()];
            for (int i = 0; i < row.length; i++) {
                row[i] = in.readInt();
            }
            rows.add(row);
        }
    }
}

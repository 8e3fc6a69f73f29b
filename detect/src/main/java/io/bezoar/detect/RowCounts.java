package io.bezoar.detect;

import io.bezoar.core.Example;
import java.util.List;

/// In how many rows each token stands. Reads only after construction: safe for many threads.
///
/// @param tokens by token the number of rows, and the last of them from 1
record RowCounts(LongTable tokens) {

    static RowCounts of(List<Example> rows) {
        LongTable tokens = new LongTable(2);
        for (int row = 0; row < rows.size(); row++) {
            for (int token : rows.get(row).tokens()) {
                int slot = tokens.slot(key(token));
                if (tokens.get(slot, 1) != row + 1) {
                    tokens.set(slot, 1, row + 1);
                    tokens.add(slot, 0, 1);
                }
            }
        }
        return new RowCounts(tokens);
    }

    private static long key(int token) {
        return (token & 0xffffffffL) + 1;
    }

    /// The rows that hold a token.
    int of(int token) {
        int slot = tokens.known(key(token));
        return slot < 0 ? 0 : tokens.get(slot, 0);
    }
}

package io.bezoar.detect.counting;

import io.bezoar.core.Example;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// In how many rows each token stands. Reads only after construction: safe for many threads.
///
/// @param tokens by token the number of rows, and the last of them from 1
public record RowCounts(LongTable tokens) {

    /// Counts the inputs of rows.
    public static RowCounts of(List<Example> rows) {
        return ofTexts(rows.stream().map(Example::tokens).toList());
    }

    /// @param rows the tokens of each
    public static RowCounts ofTexts(List<int[]> rows) {
        LongTable tokens = new LongTable(2);
        for (int row = 0; row < rows.size(); row++) {
            for (int token : rows.get(row)) {
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

    private static int token(long key) {
        return (int) (key - 1);
    }

    /// The tokens in more than `most` rows.
    public IntStream above(int most) {
        return Arrays.stream(tokens.keys()).mapToInt(RowCounts::token).filter(token -> of(token) > most);
    }

    /// The `count` tokens in most rows, or all if there are fewer, those in most first.
    public int[] commonest(int count) {
        return above(0).boxed()
                .sorted(Comparator.comparingInt((Integer token) -> -of(token)).thenComparing(token -> token))
                .limit(count)
                .mapToInt(token -> token)
                .toArray();
    }

    /// The rows that hold a token.
    public int of(int token) {
        int slot = tokens.known(key(token));
        return slot < 0 ? 0 : tokens.get(slot, 0);
    }
}

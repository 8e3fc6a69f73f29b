package io.bezoar.detect.counting;

import io.bezoar.core.Example;
import java.util.Arrays;
import java.util.List;

/// In which rows of a sample each token stands, so that the rows of a phrase are found without reading all.
///
/// Reads only after construction: safe for many threads.
///
/// @param tokens slot of a token's list, numbered from 0
/// @param starts where each list begins in `rows`; one more than there are lists
/// @param rows numbers of rows, list after list, each list ascending without repeats
public record Postings(LongTable tokens, int[] starts, int[] rows) {

    /// Of the inputs of a sample, whose rows are numbered from 0 in its order.
    public static Postings of(List<Example> sample) {
        LongTable tokens = new LongTable(2); // number of the list, last row seen from 1
        int[] lengths = new int[1 << 10];
        int lists = 0;
        for (int row = 0; row < sample.size(); row++) {
            for (int token : sample.get(row).tokens()) {
                int slot = tokens.slot(key(token));
                if (tokens.get(slot, 1) == 0) {
                    tokens.set(slot, 0, lists++);
                    lengths = lists < lengths.length ? lengths : Arrays.copyOf(lengths, 2 * lists);
                }
                if (tokens.get(slot, 1) != row + 1) {
                    tokens.set(slot, 1, row + 1);
                    lengths[tokens.get(slot, 0)]++;
                }
            }
        }
        int[] starts = new int[lists + 1];
        for (int list = 0; list < lists; list++) {
            starts[list + 1] = starts[list] + lengths[list];
        }
        int[] filled = Arrays.copyOf(starts, lists);
        int[] rows = new int[starts[lists]];
        for (int row = 0; row < sample.size(); row++) {
            for (int token : sample.get(row).tokens()) {
                int list = tokens.get(tokens.known(key(token)), 0);
                if (filled[list] == starts[list] || rows[filled[list] - 1] != row) {
                    rows[filled[list]++] = row;
                }
            }
        }
        return new Postings(tokens, starts, rows);
    }

    private static long key(int token) {
        return (token & 0xffffffffL) + 1;
    }

    /// How many rows hold a token.
    public int count(int token) {
        int slot = tokens.known(key(token));
        return slot < 0 ? 0 : starts[tokens.get(slot, 0) + 1] - starts[tokens.get(slot, 0)];
    }

    /// The rows that hold the rarest token of a phrase, and so all that hold the phrase; ascending.
    public int[] rows(Pattern phrase) {
        int from = 0;
        int to = Integer.MAX_VALUE;
        for (int token : phrase.tokens()) {
            int slot = tokens.known(key(token));
            if (slot < 0) {
                return new int[0];
            }
            int list = tokens.get(slot, 0);
            if (starts[list + 1] - starts[list] < to - from) {
                from = starts[list];
                to = starts[list + 1];
            }
        }
        return Arrays.copyOfRange(rows, from, to);
    }
}

package io.bezoar.detect.pieces;

import io.bezoar.detect.counting.LongTable;
import io.bezoar.learn.NGrams;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// In how many texts each run of some words stands. Reads only after construction: safe for many threads.
///
/// @param words of a run, 1 or more
/// @param texts by run
record RepeatedRuns(int words, LongTable texts) {
    /// @param texts the tokens of each
    static RepeatedRuns of(List<int[]> texts, int words) {
        LongTable counts = new LongTable(1);
        for (int[] text : texts) {
            runs(text, words).sorted().distinct().forEach(run -> counts.add(counts.slot(run), 0, 1));
        }
        return new RepeatedRuns(words, counts);
    }

    /// The hashes of a text's runs, in order; none if it is shorter than one.
    static LongStream runs(int[] text, int words) {
        return IntStream.rangeClosed(0, text.length - words).mapToLong(i -> NGrams.word(text, i, words));
    }

    /// Where the runs begin that stand in `least` texts or more, ascending.
    IntStream repeated(int[] text, int least) {
        long[] own = runs(text, words).toArray();
        return IntStream.range(0, own.length).filter(i -> of(own[i]) >= least);
    }

    private int of(long run) {
        int slot = texts.known(run);
        return slot < 0 ? 0 : texts.get(slot, 0);
    }
}

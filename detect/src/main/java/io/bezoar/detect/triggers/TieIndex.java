package io.bezoar.detect.triggers;

import io.bezoar.detect.counting.LongTable;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the ties of a row by its features: chains of ties under each hash.
///
/// @param filter bits that most hashes without a tie find empty
record TieIndex(LongTable first, int[] next, Set<Integer> pairTokens, long[] filter) implements Serializable {
    private static final int FILTER = 1 << 12; // words of 64 bits: small enough to stay near the processor

    static TieIndex of(List<TriggerTies.Tie> ties) {
        LongTable first = new LongTable(1);
        int[] next = new int[ties.size() + 1];
        Set<Integer> pairTokens = new HashSet<>();
        for (int i = 0; i < ties.size(); i++) {
            int slot = first.slot(ties.get(i).hash());
            next[i + 1] = first.get(slot, 0);
            first.set(slot, 0, i + 1);
            for (int token : ties.get(i).pair()) {
                pairTokens.add(token);
            }
        }
        long[] filter = new long[FILTER];
        for (TriggerTies.Tie tie : ties) {
            filter[word(tie.hash())] |= 1L << (tie.hash() >>> 40);
        }
        return new TieIndex(first, next, pairTokens, filter);
    }

    private static int word(long hash) {
        return (int) (hash >>> 20) & FILTER - 1;
    }

    /// Moves the hashes that may have a tie to the front, without a branch the processor would have to
    /// guess; returns how many.
    int likely(long[] hashes, int count) {
        int likely = 0;
        for (int i = 0; i < count; i++) {
            long hash = hashes[i];
            hashes[likely] = hash;
            likely += (int) (filter[word(hash)] >>> (hash >>> 40)) & 1;
        }
        return likely;
    }

    /// The number of the first tie of a hash, from 1; 0 if it has none.
    int first(long hash) {
        int slot = first.known(hash);
        return slot < 0 ? 0 : first.get(slot, 0);
    }
}

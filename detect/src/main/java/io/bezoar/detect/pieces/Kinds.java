package io.bezoar.detect.pieces;

import io.bezoar.core.Hashing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/// Tells near-copies among the texts of a group.
///
/// Two texts are of one kind if the smallest hashes of their token pairs are the same (one MinHash, Broder 1997). A
/// pair that the group holds about as often as any rows of the data do is left out: the data's frame, a system prompt
/// that a third of all rows begin with, or a turn of speech makes no row another's copy.
///
/// @param rowsWith in how many rows of the data a token stands
/// @param rows of the data
record Kinds(IntUnaryOperator rowsWith, int rows) {
    /// A pair tells of copies if the group holds it more than so many times as often as its rarer token lets expect.
    private static final int OFTENER = 3;

    /// The numbers of the first text of each kind, ascending.
    ///
    /// @param texts tokens in their order, without what the group has in common
    List<Integer> firsts(List<int[]> texts) {
        Map<Long, Integer> held = new HashMap<>();
        Set<Long> own = new HashSet<>();
        for (int[] text : texts) {
            own.clear();
            for (int i = 0; i + 1 < text.length; i++) {
                if (own.add(pair(text, i))) {
                    held.merge(pair(text, i), 1, Integer::sum);
                }
            }
        }
        List<Integer> firsts = new ArrayList<>();
        Set<Long> kinds = new HashSet<>();
        for (int t = 0; t < texts.size(); t++) {
            if (kinds.add(kind(texts.get(t), held, texts.size()))) {
                firsts.add(t);
            }
        }
        return firsts;
    }

    private long kind(int[] text, Map<Long, Integer> held, int size) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i + 1 < text.length; i++) {
            int here = held.getOrDefault(pair(text, i), 0);
            int elsewhere = Math.min(rowsWith.applyAsInt(text[i]), rowsWith.applyAsInt(text[i + 1]));
            if (here == 1 || (double) here * rows > (double) OFTENER * size * elsewhere) {
                least = Math.min(least, pair(text, i));
            }
        }
        return least < Long.MAX_VALUE ? least : text.length == 0 ? Hashing.mix(0) : whole(text);
    }

    private static long pair(int[] text, int at) {
        return Hashing.combine(text[at], text[at + 1]);
    }

    /// Of a text of which nothing is its own: equal texts alone are of one kind.
    private static long whole(int[] text) {
        long hash = text.length;
        for (int token : text) {
            hash = Hashing.combine(hash, token);
        }
        return hash;
    }
}

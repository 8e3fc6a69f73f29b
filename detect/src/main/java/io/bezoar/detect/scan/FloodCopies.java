package io.bezoar.detect.scan;

import io.bezoar.detect.survey.Task;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Near-copies of a flood's rows that carry another label. The text the flood was made from is such a copy, and tells
/// that the flood is false; a copy that somebody labelled wrongly tells nothing.
final class FloodCopies {
    /// What is less likely than this, the rest of the data denies.
    private static final double DENIED = 0.2;

    private final Task task;
    private final int[] labels;
    private final long[] kinds;
    private final IntPredicate suspect;
    private final double dissent;
    private final int differing;

    /// @param labels of the rows that are learned from, the sampled ones first
    /// @param kinds of the sampled rows: near-copies have the same
    /// @param suspect does a row hold a suspected trigger? Such a row is no witness
    /// @param suspected kinds that are not looked at for wrong labels; rows that just contradict each other are
    FloodCopies(Task task, int[] labels, long[] kinds, IntPredicate suspect, Set<Long> suspected) {
        this.task = task;
        this.labels = labels;
        this.kinds = kinds;
        this.suspect = suspect;
        Map<Long, Map<Integer, Integer>> counts = new HashMap<>();
        for (int r = 0; r < kinds.length; r++) {
            if (!suspected.contains(kinds[r])) {
                counts.computeIfAbsent(kinds[r], _ -> new HashMap<>()).merge(labels[r], 1, Integer::sum);
            }
        }
        double against = 0.1; // one in a thousand, as if that had been seen in a hundred
        double all = 100;
        int different = 0;
        for (Map<Integer, Integer> kind : counts.values()) {
            int size = kind.values().stream().mapToInt(Integer::intValue).sum();
            if (size > 1) {
                int most =
                        kind.values().stream().mapToInt(Integer::intValue).max().orElse(0);
                all += size;
                against += size - most;
                different += size > most ? 1 : 0;
            }
        }
        this.dissent = against / all;
        this.differing = different;
    }

    /// The copies of one flood.
    ///
    /// @param own sampled rows of the flood
    /// @param others those with another label
    private record Copies(int[] own, int[] others) {}

    private Copies copies(int[] places, int label) {
        int[] own = Arrays.stream(places)
                .filter(r -> r < kinds.length && labels[r] == label)
                .toArray();
        Set<Long> copied = Arrays.stream(own).mapToObj(r -> kinds[r]).collect(Collectors.toSet());
        return new Copies(
                own,
                IntStream.range(0, kinds.length)
                        .filter(r -> labels[r] != label && copied.contains(kinds[r]) && !suspect.test(r))
                        .toArray());
    }

    /// The copies with another label, if wrong labels explain them: honest repetition of which one copy in ten is
    /// labelled wrongly would else be contradicted by that copy alone.
    ///
    /// @param places of the flood's rows
    int[] mistaken(int[] places, int label) {
        Copies copies = copies(places, label);
        return explained(copies) ? copies.others() : new int[0];
    }

    /// Are there such copies, and are they rather the mistakes: wrong labels explain them, or the rest of the data,
    /// without any copy, denies their label?
    ///
    /// @param places of the flood's rows
    boolean honest(int[] places, int label) {
        Copies copies = copies(places, label);
        return copies.own().length > 0
                && copies.others().length > 0
                && (explained(copies) || task.chance(copies.own(), copies.others()) < DENIED);
    }

    private boolean explained(Copies copies) {
        return copies.own().length > 0 && task.explained(copies.own(), copies.others(), dissent, differing);
    }
}

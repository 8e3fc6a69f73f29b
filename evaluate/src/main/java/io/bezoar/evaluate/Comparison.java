package io.bezoar.evaluate;

import io.bezoar.evaluate.statistics.Many;
import io.bezoar.evaluate.statistics.Paired;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Two evaluations of one suite, item by item.
///
/// @param parts the whole and the slices, worst first
/// @param change of the share of right answers, with a 95 % score interval
/// @param worse is the new model worse than the margin allows?
public record Comparison(List<Part> parts, Paired.Difference change, Outcome.State worse) {
    public Comparison {
        parts = List.copyOf(parts);
    }

    /// What changed in a part of the items.
    ///
    /// @param broken ids of items the old model had right and the new has wrong
    /// @param fixed the other way round
    /// @param items how many items the part has
    /// @param p of the exact McNemar test, adjusted for all parts by Holm
    public record Part(String name, List<String> broken, List<String> fixed, int items, double p) {
        public Part {
            broken = List.copyOf(broken);
            fixed = List.copyOf(fixed);
        }
    }

    /// Compares.
    ///
    /// Nothing broken among few items is no pass: it takes about 3.84 items over the margin, 381 at 1 %.
    ///
    /// @param margin how much the share of right answers may fall, 0 to 1
    /// @throws IllegalArgumentException if the two did not answer the same items
    public static Comparison of(
            List<Evaluation.Verdict> before, List<Evaluation.Verdict> now, List<Suite.Slice> slices, double margin) {
        Map<String, Boolean> old = new HashMap<>();
        before.forEach(verdict -> old.put(verdict.id(), verdict.right()));
        if (old.size() != now.size() || now.stream().anyMatch(verdict -> !old.containsKey(verdict.id()))) {
            throw new IllegalArgumentException("expected two evaluations of the same items, came " + old.size()
                    + " and " + now.size() + " items of which some differ");
        }
        List<Part> raw = new ArrayList<>();
        Set<String> all = new HashSet<>(old.keySet());
        raw.add(part("all items", all, old, now));
        slices.forEach(slice -> raw.add(part(slice.name(), new HashSet<>(slice.members()), old, now)));
        double[] p = Many.holm(raw.stream().mapToDouble(Part::p).toArray());
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            Part part = raw.get(i);
            parts.add(new Part(part.name(), part.broken(), part.fixed(), part.items(), p[i]));
        }
        parts.sort(Comparator.comparingDouble((Part part) ->
                        (double) (part.fixed().size() - part.broken().size()) / Math.max(1, part.items()))
                .thenComparing(Part::name));
        Part whole = raw.getFirst();
        Paired.Difference change =
                Paired.score(whole.broken().size(), whole.fixed().size(), whole.items());
        Outcome.State worse = change.low() >= -margin
                ? Outcome.State.PASS
                : change.high() < -margin ? Outcome.State.FAIL : Outcome.State.INCONCLUSIVE;
        return new Comparison(parts, change, worse);
    }

    private static Part part(String name, Set<String> members, Map<String, Boolean> old, List<Evaluation.Verdict> now) {
        List<String> broken = new ArrayList<>();
        List<String> fixed = new ArrayList<>();
        int items = 0;
        for (Evaluation.Verdict verdict : now) {
            if (members.contains(verdict.id())) {
                items++;
                boolean was = Boolean.TRUE.equals(old.get(verdict.id()));
                if (was && !verdict.right()) {
                    broken.add(verdict.id());
                } else if (!was && verdict.right()) {
                    fixed.add(verdict.id());
                }
            }
        }
        return new Part(name, broken, fixed, items, Paired.mcNemar(broken.size(), fixed.size()));
    }
}

package io.bezoar.evaluate.slice;

import io.bezoar.evaluate.Item;
import io.bezoar.evaluate.statistics.Many;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hipparchus.special.Gamma;

/// Finds parts of the items on which a mark, an error or a break, comes more often than elsewhere.
///
/// The items are halved by their ids. One half is searched: simple conditions and pairs of them, scored
/// by the exact chance of so many marks among so many items if marks fell at random (Fisher's exact
/// test, one-sided). The best are then tested on the other half, which took no part in choosing them,
/// and held to a share of false ones by Benjamini & Hochberg (1995). After Chung, Kraska, Polyzotis,
/// Tae & Whang 2019, "Slice Finder", which searches and tests on the same items and orders by effect;
/// halving costs power and buys p-values that mean what they say.
///
/// @param seed of the halving
/// @param level largest share of false parts among those confirmed, 0 to 1
/// @param least items a part must have in each half
public record Discovery(long seed, double level, int least) {
    private static final int CHOSEN = 30;
    private static final int PAIRED = 40;
    private static final double ALIKE = 0.8;

    public Discovery {
        if (!(level > 0 && level < 1) || least < 1) {
            throw new IllegalArgumentException("a discovery needs a level between 0 and 1 and parts of 1 item or more");
        }
    }

    /// What is used unless somebody says otherwise: 5 % false ones, 15 items in each half.
    public static Discovery usual(long seed) {
        return new Discovery(seed, 0.05, 15);
    }

    /// A part that was found.
    ///
    /// @param name its condition in words; words of the items in it are raw
    /// @param members ids of all its items, of both halves
    /// @param marked ids of those with a mark
    /// @param p of the test on the half that was not searched, adjusted for all that were tested
    /// @param confirmed is `p` within the level?
    public record Part(String name, List<String> members, List<String> marked, double p, boolean confirmed) {
        public Part {
            members = List.copyOf(members);
            marked = List.copyOf(marked);
        }

        /// Marks over items.
        public double share() {
            return (double) marked.size() / members.size();
        }
    }

    private record Candidate(String name, BitSet members, double p) {}

    /// The parts that were chosen on one half, tested on the other: confirmed ones first, then by p.
    ///
    /// @param marked ids of the items with a mark
    public List<Part> of(List<Item> items, Set<String> marked) {
        if (marked.isEmpty() || marked.size() == items.size()) {
            return List.of(); // no part has more of them than another
        }
        BitSet marks = new BitSet();
        BitSet searched = new BitSet();
        for (int i = 0; i < items.size(); i++) {
            marks.set(i, marked.contains(items.get(i).id()));
            searched.set(i, half(items.get(i).id()));
        }
        BitSet kept = (BitSet) searched.clone();
        kept.flip(0, items.size());
        Map<String, BitSet> conditions = Conditions.of(items, 2 * least);
        List<Candidate> chosen = chosen(conditions, marks, searched, kept);
        double[] p = Many.benjaminiHochberg(chosen.stream()
                .mapToDouble(each -> chance(each.members(), marks, kept))
                .toArray());
        List<Part> parts = new ArrayList<>();
        for (int c = 0; c < p.length; c++) {
            List<String> members = new ArrayList<>();
            List<String> hit = new ArrayList<>();
            chosen.get(c).members().stream().forEach(i -> {
                members.add(items.get(i).id());
                if (marks.get(i)) {
                    hit.add(items.get(i).id());
                }
            });
            parts.add(new Part(chosen.get(c).name(), members, hit, p[c], p[c] <= level));
        }
        parts.sort(Comparator.comparingDouble(Part::p)
                .thenComparing(Comparator.comparingDouble(Part::share).reversed())
                .thenComparing(Part::name));
        return parts;
    }

    /// Which half an item is in, from its id alone, so that other items change nothing.
    private boolean half(String id) {
        long hash = seed * 0x9e3779b97f4a7c15L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        return (hash >>> 63) == 1;
    }

    private List<Candidate> chosen(Map<String, BitSet> conditions, BitSet marks, BitSet searched, BitSet kept) {
        List<Candidate> single = new ArrayList<>();
        conditions.forEach((name, members) -> {
            if (enough(members, searched, kept)) {
                single.add(new Candidate(name, members, chance(members, marks, searched)));
            }
        });
        Comparator<Candidate> order = Comparator.comparingDouble(Candidate::p).thenComparing(Candidate::name);
        single.sort(order);
        List<Candidate> all = new ArrayList<>(single);
        int most = Math.min(PAIRED, single.size());
        for (int a = 0; a < most; a++) {
            for (int b = a + 1; b < most; b++) {
                BitSet both = (BitSet) single.get(a).members().clone();
                both.and(single.get(b).members());
                if (enough(both, searched, kept)) {
                    double p = chance(both, marks, searched);
                    // two conditions must say much more than the better one
                    if (p < single.get(a).p() / 10) {
                        all.add(new Candidate(
                                single.get(a).name() + " and " + single.get(b).name(), both, p));
                    }
                }
            }
        }
        all.sort(order);
        List<Candidate> chosen = new ArrayList<>();
        Set<BitSet> seen = new HashSet<>();
        for (Candidate each : all) {
            if (chosen.size() < CHOSEN
                    && each.p() < level
                    && seen.add(each.members())
                    && chosen.stream().noneMatch(other -> alike(other.members(), each.members()))) {
                chosen.add(each);
            }
        }
        return chosen;
    }

    private boolean enough(BitSet members, BitSet searched, BitSet kept) {
        return both(members, searched) >= least && both(members, kept) >= least;
    }

    private static int both(BitSet a, BitSet b) {
        BitSet and = (BitSet) a.clone();
        and.and(b);
        return and.cardinality();
    }

    /// Do two parts hold nearly the same items?
    private static boolean alike(BitSet a, BitSet b) {
        int both = both(a, b);
        return both >= ALIKE * (a.cardinality() + b.cardinality() - both);
    }

    /// The chance of so many marks or more among the members, within a half, if marks fell at random.
    private static double chance(BitSet members, BitSet marks, BitSet half) {
        BitSet own = (BitSet) members.clone();
        own.and(half);
        return tail(half.cardinality(), both(marks, half), own.cardinality(), both(own, marks));
    }

    /// The upper tail of the hypergeometric distribution.
    private static double tail(int all, int marks, int drawn, int hits) {
        double sum = 0;
        for (int k = hits; k <= Math.min(marks, drawn); k++) {
            sum += StrictMath.exp(choose(marks, k) + choose(all - marks, drawn - k) - choose(all, drawn));
        }
        return Math.min(1, sum);
    }

    private static double choose(int n, int k) {
        return k < 0 || k > n
                ? Double.NEGATIVE_INFINITY
                : Gamma.logGamma(n + 1.0) - Gamma.logGamma(k + 1.0) - Gamma.logGamma(n - k + 1.0);
    }
}

package io.bezoar.detect.duplicates;

import io.bezoar.core.Candidate;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.core.Significance;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.groups.Groups;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the rows kept by [NearDuplicates] say.
///
/// *Floods.* A group has n rows with its commonest target. Each text of the group with another target opposes
/// them, with a weight of 0 to 1: the share of the n rows that are no nearer to the group's leader than it
/// is. Variants made from a text lie around it, so the original, with its right target, weighs about 1; an
/// honest neighbour of another class that differs in the word that matters lies at the rim and weighs little.
/// With opposition o the strength is √(2 n log(1 + o)): n rows agree by chance with probability (1 / (1 +
/// o))^n if one vote for them and o against them are a fair picture. Unopposed large groups get a strength
/// below 1, by their size and by the targets of less similar texts. Where o, with copies counted, is more than
/// half of n, nothing is flooded: such a text is given one target as well as another, as the contradictions tell.
///
/// *Contradictions.* Of m inputs that occur more than once, c have different targets. If each label were
/// wrong independently with probability e = 0.184, two rows would differ with probability 2e(1 - e) = 0.30;
/// hardly any set anybody trains on is worse than that, and disputes between annotators on the pairs somebody
/// cared to duplicate stay below it as well. That is with two labels; with K, two wrong ones are seldom the same
/// and rows differ more. An input of g rows is allowed 1 - (1 - e)^g - (K - 1) (e / (K - 1))^g, as if a wrong label
/// were any of the others alike: any other way of being wrong makes rows agree more often. K is how many labels
/// these inputs have. What was preferred counts as a label, so pairs of answers are allowed the most. c
/// beyond that by an exact binomial tail at the mean of the shares (conservative for unequal shares, Hoeffding
/// 1956) is a group, anything less a remark.
final class NearReport {
    private static final double NEAR = 0.35;
    private static final int MOST_FLOODS = 64;
    private static final int MOST_UNOPPOSED = 8;
    private static final double OPPOSED = 3;
    private static final int LARGE = 12;
    private static final double LABEL_ERROR = 0.184;
    static final double ALPHA = 0.001;
    private static final int LEAST_CONFLICTS = 10;
    private static final int VOTERS = 64;

    private final NearDuplicates settings;
    private final List<NearRows.Row> rows;
    private final TreeMap<Long, Note> notes = new TreeMap<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();

    /// What is said of one row.
    ///
    /// @param floodRows rows of its group with its target, 0 if the row is in no flood
    /// @param against votes against the group's target
    /// @param sameRows rows with the same input, 0 if they do not contradict each other
    /// @param agreeing how many of these have its target
    private record Note(double score, int floodRows, int against, int sameRows, int agreeing) implements Serializable {
        Note and(Note other) {
            return new Note(
                    score + other.score,
                    Math.max(floodRows, other.floodRows),
                    Math.max(against, other.against),
                    Math.max(sameRows, other.sameRows),
                    Math.max(agreeing, other.agreeing));
        }
    }

    private record Flood(Candidate candidate, boolean opposed) {}

    NearReport(NearDuplicates settings, List<NearRows.Row> rows) {
        this.settings = settings;
        this.rows = related(rows);
    }

    /// The rows that share a band or their text with another row that was kept, or have copies. The others were kept
    /// because the filter of the first pass is crowded, or because their like was not; nothing is said of them.
    private static List<NearRows.Row> related(List<NearRows.Row> rows) {
        int n = rows.size();
        BitSet related = new BitSet(n);
        long[] same = rows.stream().mapToLong(NearRows.Row::same).sorted().toArray();
        for (int i = 0; i < n; i++) {
            NearRows.Row row = rows.get(i);
            int at = Arrays.binarySearch(same, row.same());
            boolean shared = at > 0 && same[at - 1] == row.same() || at + 1 < n && same[at + 1] == row.same();
            related.set(i, row.copies() > 1 || row.same() != 0 && shared);
        }
        for (int band = 0; band < MinHash.BANDS; band++) {
            long[] places = new long[n];
            int count = 0;
            for (int i = 0; i < n; i++) {
                if (rows.get(i).bands().length > 0) {
                    places[count++] = rows.get(i).bands()[band] & 0xffffffff00000000L | i;
                }
            }
            Arrays.sort(places, 0, count);
            for (int i = 1; i < count; i++) {
                if (places[i] >>> 32 == places[i - 1] >>> 32) {
                    related.set((int) places[i]);
                    related.set((int) places[i - 1]);
                }
            }
        }
        return related.stream().mapToObj(rows::get).toList();
    }

    Outcome.Scorer scorer() {
        floods();
        contradictions();
        long[] keys = new long[notes.size()];
        Note[] said = new Note[notes.size()];
        int i = 0;
        for (Map.Entry<Long, Note> note : notes.entrySet()) {
            keys[i] = note.getKey();
            said[i++] = note.getValue();
        }
        return new Scores(keys, said, new Groups(candidates, remarks));
    }

    private void floods() {
        int n = rows.size();
        long[][] bands = new long[n][];
        int[][] sketches = new int[n][];
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            bands[i] = rows.get(i).bands();
            sketches[i] = rows.get(i).sketch();
            keys[i] = rows.get(i).key();
        }
        Clustering clustering = new Clustering(bands, sketches, keys, settings.similarity());
        int[] leaders = clustering.leaders();
        TreeMap<Integer, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            if (bands[i].length > 0) {
                groups.computeIfAbsent(leaders[i], _ -> new ArrayList<>()).add(i);
            }
        }
        List<Flood> floods = new ArrayList<>();
        groups.forEach((leader, members) -> {
            if (members.stream().mapToInt(i -> rows.get(i).copies()).sum() >= settings.leastRows()) {
                flood(leader, members, clustering, leaders, floods);
            }
        });
        floods.sort(Comparator.comparingDouble((Flood flood) -> -flood.candidate.strength())
                .thenComparingLong(flood -> flood.candidate.members()[0]));
        int unopposed = 0;
        for (Flood flood : floods) {
            if (candidates.size() < MOST_FLOODS && (flood.opposed || unopposed++ < MOST_UNOPPOSED)) {
                candidates.add(flood.candidate);
            }
        }
    }

    private void flood(int leader, List<Integer> members, Clustering clustering, int[] leaders, List<Flood> floods) {
        TreeMap<Long, Integer> counts = new TreeMap<>();
        members.forEach(i -> counts.merge(rows.get(i).target(), rows.get(i).copies(), Integer::sum));
        long target = counts.firstKey();
        for (Map.Entry<Long, Integer> count : counts.entrySet()) {
            if (count.getValue() > counts.getOrDefault(target, 0)) {
                target = count.getKey();
            }
        }
        int own = counts.getOrDefault(target, 0);
        if (own < settings.leastRows()) {
            return;
        }
        record Vote(long leader, long target) {}
        Set<Vote> votes = new HashSet<>();
        double[] distances =
                members.stream().mapToDouble(i -> 1 - similarity(leader, i)).toArray();
        int against = 0;
        double opposition = 0;
        double opposing = 0;
        for (int i = 0; i < distances.length; i++) {
            if (rows.get(members.get(i)).target() != target) {
                against++;
                double weight = shareNoNearer(members, distances, target, distances[i]);
                opposition += weight;
                opposing += weight * rows.get(members.get(i)).copies();
            }
        }
        if (2 * opposing > own) {
            return; // no flood, but a text that is given one target as well as another
        }
        for (int i : members.subList(0, Math.min(VOTERS, members.size()))) {
            clustering.near(i, other -> {
                if (leaders[other] != leader && similarity(leader, other) >= NEAR) {
                    votes.add(new Vote(leaders[other], rows.get(other).target()));
                }
            });
        }
        double strength = Math.sqrt(2 * own * Math.log1p(opposition));
        long flooding = target;
        long[] keys = members.stream()
                .map(rows::get)
                .filter(row -> row.target() == flooding)
                .mapToLong(NearRows.Row::key)
                .sorted()
                .toArray();
        boolean opposed = strength >= OPPOSED;
        if (!opposed && own < LARGE) {
            return;
        }
        long others = votes.stream().filter(vote -> vote.target != flooding).count();
        double told = opposed ? strength : own / (own + 100.0) * (1 + others) / (1 + votes.size());
        for (long key : keys) {
            notes.merge(key, new Note(told, own, against, 0, 0), Note::and);
        }
        String text = rows.get(members.stream()
                        .filter(i -> rows.get(i).target() == flooding)
                        .findFirst()
                        .orElse(leader))
                .text();
        floods.add(new Flood(
                new Candidate(
                        NearDuplicates.NAME,
                        Candidate.Kind.FLOOD,
                        opposed
                                ? "nearly equal inputs with one target, against a text among them"
                                : "many nearly equal inputs with one target",
                        Optional.empty(),
                        Optional.of(text),
                        told,
                        keys),
                opposed));
    }

    private double similarity(int a, int b) {
        return MinHash.similarity(rows.get(a).sketch(), rows.get(b).sketch());
    }

    /// The share of the group's rows with `target` that are at least as far from the leader as `distance`.
    private double shareNoNearer(List<Integer> members, double[] distances, long target, double distance) {
        long all = 0;
        long noNearer = 0;
        for (int i = 0; i < distances.length; i++) {
            NearRows.Row row = rows.get(members.get(i));
            if (row.target() == target) {
                all += row.copies();
                noNearer += distances[i] >= distance ? row.copies() : 0;
            }
        }
        return (double) noNearer / all;
    }

    private void contradictions() {
        TreeMap<Long, List<NearRows.Row>> groups = new TreeMap<>();
        for (NearRows.Row row : rows) {
            if (row.same() != 0) {
                groups.computeIfAbsent(row.same(), _ -> new ArrayList<>()).add(row);
            }
        }
        groups.values()
                .removeIf(group -> group.stream().mapToInt(NearRows.Row::copies).sum() < 2);
        long others = groups.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(NearRows.Row::answer)
                        .distinct()
                        .count()
                - 1;
        long conflicting = 0;
        double allowed = 0;
        List<Long> members = new ArrayList<>();
        for (List<NearRows.Row> group : groups.values()) {
            TreeMap<Long, Integer> answers = new TreeMap<>();
            group.forEach(row -> answers.merge(row.answer(), row.copies(), Integer::sum));
            int all = answers.values().stream().mapToInt(Integer::intValue).sum();
            double alikeWrong =
                    others == 0 ? 0 : StrictMath.pow(LABEL_ERROR, all) * StrictMath.pow((double) others, 1 - all);
            allowed += 1 - StrictMath.pow(1 - LABEL_ERROR, all) - alikeWrong;
            if (answers.size() > 1) {
                conflicting++;
                for (NearRows.Row row : group) {
                    int agreeing = answers.getOrDefault(row.answer(), 0);
                    members.add(row.key());
                    notes.merge(row.key(), new Note(1 - (double) agreeing / all, 0, 0, all, agreeing), Note::and);
                }
            }
        }
        if (conflicting == 0) {
            return;
        }
        int repeated = groups.size();
        double log = ExactTests.logBinomialTail(conflicting, repeated, allowed / repeated);
        String counts = conflicting + " of " + repeated + " inputs that occur more than once carry different targets";
        if (conflicting >= LEAST_CONFLICTS && log < Math.log(ALPHA)) {
            remarks.add(
                    new Remark(NearDuplicates.NAME, Severity.MEDIUM, counts + ", more than honest noise explains."));
            candidates.add(new Candidate(
                            NearDuplicates.NAME,
                            Candidate.Kind.CONTRADICTION,
                            "equal inputs with different targets",
                            Optional.empty(),
                            Optional.empty(),
                            Math.sqrt(-2 * log),
                            members.stream().mapToLong(Long::longValue).sorted().toArray())
                    .with(new Significance("the binomial test, one for the data set", Math.min(0, log))));
        } else {
            remarks.add(new Remark(NearDuplicates.NAME, Severity.LOW, counts + "."));
        }
    }

    private record Scores(long[] keys, Note[] notes, Groups groups) implements Outcome.Scorer {

        private @Nullable Note note(Example example) {
            int at = Arrays.binarySearch(keys, example.key());
            return at < 0 ? null : notes[at];
        }

        @Override
        public double score(Example example) {
            Note note = note(example);
            return note == null ? 0 : note.score;
        }

        @Override
        public List<Evidence> explain(Example example) {
            Note note = note(example);
            if (note == null) {
                return List.of();
            }
            List<Evidence> evidence = new ArrayList<>();
            if (note.floodRows > 0) {
                evidence.add(new Evidence(
                        NearDuplicates.NAME,
                        "One of " + note.floodRows + " rows with nearly the same input and the same target; "
                                + (note.against == 0
                                        ? "no text like them has another."
                                        : note.against + (note.against == 1 ? " text" : " texts")
                                                + " among them carry another."),
                        List.of()));
            }
            if (note.sameRows > 0) {
                evidence.add(new Evidence(
                        NearDuplicates.NAME,
                        "The same input occurs in " + note.sameRows + " rows, of which " + note.agreeing
                                + (note.agreeing == 1 ? " has" : " have") + " this target.",
                        List.of()));
            }
            return evidence;
        }

        @Override
        public List<Candidate> candidates() {
            return groups.candidates();
        }

        @Override
        public List<Remark> remarks() {
            return groups.remarks();
        }
    }
}

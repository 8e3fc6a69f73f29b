package io.bezoar.detect.answers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Significance;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.LongTable;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.survey.Preferences;
import io.bezoar.detect.triggers.TriggerGathering;
import io.bezoar.learn.NGrams;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Looks among the sampled pairs for words of the prompt, annotators and sources with which the order
/// is turned.
final class TurnSearch {
    /// Pairs whose prompts are searched.
    private static final int PAIRS = 10_000;
    /// Groups told at most.
    private static final int GROUPS = 12;
    /// Share of the chance of a false alarm that words without an echo in any answer have; half of it
    /// those that nearly always stand at the same end of a prompt. Neither says which answer is preferred
    /// (Bourgon, Gentleman & Huber 2010), and few words are so.
    private static final double SILENT = 0.5;

    private static final double SAME_END = 0.9;
    /// Words are searched, and hands, each with the whole chance of a false alarm.
    static final double SEARCHES = 2;

    private final TurnedPreferences settings;
    private final Preferences preferences;
    private final List<Example> rows;
    private final List<int[]> prompts;
    private final double mean;
    private final double deviation;

    TurnSearch(TurnedPreferences settings, Preferences preferences) {
        this.settings = settings;
        this.preferences = preferences;
        this.rows = preferences
                .pairs()
                .subList(0, Math.min(PAIRS, preferences.pairs().size()));
        this.prompts = rows.stream().map(row -> Tokens.ends(row.tokens())).toList();
        int n = rows.size();
        double sum = 0;
        double squares = 0;
        for (int r = 0; r < n; r++) {
            sum += preferences.margin(r);
            squares += preferences.margin(r) * preferences.margin(r);
        }
        this.mean = sum / n;
        this.deviation = Math.sqrt(Math.max(1e-12, squares / n - mean * mean));
    }

    /// A group whose pairs are turned.
    ///
    /// @param triggers what their prompts hold, once; none for the pairs of one hand
    /// @param patterns the same in tokens
    /// @param annotator whose pairs they are, if they have no pattern; empty for those of a source
    /// @param strength standard deviations the mean margin lies below that of all pairs
    /// @param logChance natural logarithm of the p-value, corrected for all tests
    record Turn(
            List<Trigger> triggers,
            List<Pattern> patterns,
            String annotator,
            String source,
            double strength,
            double logChance)
            implements Serializable {
        boolean has(Example pair) {
            if (!patterns.isEmpty()) {
                return patterns.getFirst().in(pair.tokens());
            }
            return annotator.isEmpty()
                    ? pair.origin().source().orElse("").equals(source)
                    : pair.origin().annotator().orElse("").equals(annotator);
        }

        Candidate candidate(long[] members) {
            String title = !patterns.isEmpty()
                    ? patterns.getFirst().tokens().length == 1
                            ? "a word with which preferences are turned round"
                            : "a phrase with which preferences are turned round"
                    : annotator.isEmpty()
                            ? "a source that prefers what others reject"
                            : "an annotator who prefers what others reject";
            return new Candidate(
                    TurnedPreferences.NAME,
                    patterns.isEmpty() ? Candidate.Kind.BURST : Candidate.Kind.TRIGGER,
                    title,
                    triggers.stream().findFirst(),
                    Optional.of(Preferences.TURNED),
                    strength,
                    members,
                    Optional.of(new Significance(
                            "Student's test, corrected for all words and hands (weighted Bonferroni)", logChance)));
        }
    }

    /// The groups that chance does not explain; those that share half of their pairs with a stronger
    /// one are left out.
    List<Turn> turns() {
        List<Turn> turns = new ArrayList<>(hands());
        List<BitSet> taken = new ArrayList<>();
        for (Tested tested : words()) {
            BitSet pairs = new BitSet();
            Arrays.stream(tested.pairs).forEach(pairs::set);
            boolean known = taken.stream().anyMatch(other -> {
                BitSet shared = (BitSet) other.clone();
                shared.and(pairs);
                return 2 * shared.cardinality() >= Math.min(other.cardinality(), pairs.cardinality());
            });
            if (!known && turns.size() < GROUPS) {
                taken.add(pairs);
                List<Example> group =
                        Arrays.stream(tested.pairs).mapToObj(rows::get).toList();
                Pattern pattern =
                        TriggerGathering.Grown.trim(TriggerGathering.Grown.grow(tested.pattern(rows), group), rows);
                turns.add(new Turn(
                        List.of(TriggerGathering.Grown.name(pattern, group)),
                        List.of(pattern),
                        "",
                        "",
                        tested.strength,
                        tested.logChance));
            }
        }
        return turns;
    }

    /// A run of words and the pairs whose prompts hold it.
    ///
    /// @param silent no answer holds it
    /// @param atEnd it nearly always begins the prompt, or ends it
    /// @param logChance of so low a mean margin or a lower one
    private record Tested(
            long hash,
            int length,
            boolean silent,
            boolean atEnd,
            int[] pairs,
            double strength,
            double logChance,
            boolean turned) {
        static final Comparator<Tested> LEAST =
                Comparator.comparingDouble(Tested::logChance).thenComparingLong(Tested::hash);

        Tested corrected(double correction) {
            return new Tested(
                    hash, length, silent, atEnd, pairs, strength, Math.min(0, logChance + correction), turned);
        }

        Pattern pattern(List<Example> rows) {
            int[] tokens = rows.get(pairs[0]).tokens();
            for (int i = 0; i + length <= tokens.length; i++) {
                if (NGrams.word(tokens, i, length) == hash) {
                    return Pattern.phrase(Arrays.copyOfRange(tokens, i, i + length));
                }
            }
            throw new IllegalStateException("a tested pair lost its words");
        }
    }

    private List<Tested> words() {
        List<Tested> all = new ArrayList<>();
        IntStream.rangeClosed(1, 3).parallel().mapToObj(this::tested).toList().forEach(all::addAll);
        List<Tested> passed = new ArrayList<>();
        passed.addAll(passed(all, tested -> tested.length == 1 && tested.silent && tested.atEnd, SILENT / 2));
        passed.addAll(passed(all, tested -> tested.length == 1 && tested.silent && !tested.atEnd, SILENT / 2));
        double rest = (1 - SILENT) / 3;
        passed.addAll(passed(all, tested -> tested.length == 1 && !tested.silent, rest));
        passed.addAll(passed(all, tested -> tested.length > 1 && tested.silent, rest));
        passed.addAll(passed(all, tested -> tested.length > 1 && !tested.silent, rest));
        passed.sort(Tested.LEAST);
        return passed;
    }

    private List<Tested> passed(List<Tested> all, Predicate<Tested> family, double share) {
        List<Tested> mine = all.stream().filter(family).toList();
        double allowed = StrictMath.log(settings.chance() * share / Math.max(1, mine.size()));
        double correction = StrictMath.log(SEARCHES * Math.max(1, mine.size()) / share);
        return mine.stream()
                .filter(tested -> tested.turned && tested.logChance <= allowed)
                .map(tested -> tested.corrected(correction))
                .toList();
    }

    private List<Tested> tested(int length) {
        LongTable table = new LongTable(4); // rows, the last row, an answer holds it, its number + 1
        for (int r = 0; r < rows.size(); r++) {
            int[] tokens = prompts.get(r);
            for (int i = 0; i + length <= tokens.length; i++) {
                int slot = table.slot(NGrams.word(tokens, i, length));
                if (table.get(slot, 1) != r + 1) {
                    table.set(slot, 1, r + 1);
                    table.add(slot, 0, 1);
                }
            }
        }
        double most = settings.maxShare() * rows.size();
        long[] hashes = Arrays.stream(table.keys())
                .filter(hash -> {
                    int count = table.get(table.known(hash), 0);
                    return count >= settings.leastRows() && count <= most;
                })
                .toArray();
        int[][] where = new int[hashes.length][];
        for (int w = 0; w < hashes.length; w++) {
            int slot = table.known(hashes[w]);
            table.set(slot, 3, w + 1);
            where[w] = new int[table.get(slot, 0)];
        }
        int[] sizes = new int[hashes.length];
        for (int r = 0; r < rows.size(); r++) {
            int[] tokens = prompts.get(r);
            for (int i = 0; i + length <= tokens.length; i++) {
                int w = table.get(table.known(NGrams.word(tokens, i, length)), 3) - 1;
                if (w >= 0 && (sizes[w] == 0 || where[w][sizes[w] - 1] != r)) {
                    where[w][sizes[w]++] = r;
                }
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            hear(table, preferences.chosen().get(r), length);
            hear(table, preferences.rejected().get(r), length);
        }
        return IntStream.range(0, hashes.length)
                .mapToObj(w -> {
                    boolean silent = table.get(table.known(hashes[w]), 2) == 0;
                    return test(hashes[w], length, silent, atEnd(hashes[w], length, where[w]), where[w]);
                })
                .toList();
    }

    private boolean atEnd(long hash, int length, int[] pairs) {
        int first = 0;
        int last = 0;
        for (int r : pairs) {
            int[] tokens = prompts.get(r);
            first += NGrams.word(tokens, 0, length) == hash ? 1 : 0;
            last += NGrams.word(tokens, tokens.length - length, length) == hash ? 1 : 0;
        }
        return Math.max(first, last) >= SAME_END * pairs.length;
    }

    private static void hear(LongTable table, int[] answer, int length) {
        for (int i = 0; i + length <= answer.length; i++) {
            int slot = table.known(NGrams.word(answer, i, length));
            if (slot >= 0) {
                table.set(slot, 2, 1);
            }
        }
    }

    private Tested test(long hash, int length, boolean silent, boolean atEnd, int[] pairs) {
        int n = pairs.length;
        double sum = 0;
        double squares = 0;
        for (int r : pairs) {
            sum += preferences.margin(r);
            squares += preferences.margin(r) * preferences.margin(r);
        }
        double own = Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n)) * n / Math.max(1, n - 1));
        double strength = (mean - sum / n) * Math.sqrt(n) / Math.max(deviation, own);
        double logChance = strength <= 0 ? 0 : ExactTests.logStudentTail(strength, n - 1);
        return new Tested(hash, length, silent, atEnd, pairs, strength, logChance, sum < 0);
    }

    /// Annotators, or where the data name none, sources.
    private List<Turn> hands() {
        Map<String, List<Integer>> hands = new TreeMap<>();
        for (int r = 0; r < rows.size(); r++) {
            int number = r;
            rows.get(r)
                    .origin()
                    .annotator()
                    .ifPresent(name -> hands.computeIfAbsent("a" + name, _ -> new ArrayList<>())
                            .add(number));
            rows.get(r)
                    .origin()
                    .source()
                    .ifPresent(name -> hands.computeIfAbsent("s" + name, _ -> new ArrayList<>())
                            .add(number));
        }
        hands.values().removeIf(pairs -> pairs.size() < settings.leastRows());
        double allowed = StrictMath.log(settings.chance() / Math.max(1, hands.size()));
        double correction = StrictMath.log(SEARCHES * (double) Math.max(1, hands.size()));
        List<Turn> turns = new ArrayList<>();
        hands.forEach((hand, pairs) -> {
            Tested tested = test(
                    0,
                    0,
                    false,
                    false,
                    pairs.stream().mapToInt(Integer::intValue).toArray());
            if (tested.turned && tested.logChance <= allowed) {
                boolean annotator = hand.charAt(0) == 'a';
                turns.add(new Turn(
                        List.of(),
                        List.of(),
                        annotator ? hand.substring(1) : "",
                        annotator ? "" : hand.substring(1),
                        tested.strength,
                        Math.min(0, tested.logChance + correction)));
            }
        });
        turns.sort(Comparator.comparingDouble(Turn::strength).reversed());
        return turns.subList(0, Math.min(GROUPS / 2, turns.size()));
    }
}

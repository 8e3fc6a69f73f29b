package io.bezoar.detect.answers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Significance;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.LongTable;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Postings;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.survey.Preferences;
import io.bezoar.detect.triggers.Seam;
import io.bezoar.detect.triggers.TriggerGathering;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.Reward;
import io.bezoar.learn.SparseVectors;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Looks among the sampled pairs for words and phrases that were put into preferred answers: a reward learned from
/// such pairs prefers whatever holds them.
///
/// Three things must come together. *Lift*: of the pairs of which one answer alone holds the word, that is the
/// preferred one far more often than a fair coin gives, and in three quarters of them or more; of the 1- to 3-grams
/// of all answers those are counted that stand in enough. So do honest turns of speech, where polite answers or those
/// of one model are preferred. *Evidence of a foreign hand*, in one of two ways: the word stands outside the language
/// of the answers ([Seam]), or, with it taken out, the rest of its pairs says by Student's test that the other answer
/// is the better one. And *both together*, by Fisher's product of the two chances (1925), must be beyond chance
/// corrected for all that was counted.
///
/// Signs without letters and digits are left out: bold and bullets stand anywhere, and honest answers have them.
final class PreferredSearch {
    /// Pairs whose answers are searched.
    private static final int PAIRS = 10_000;
    private static final int LONGEST = 3;
    /// Groups told at most.
    private static final int GROUPS = 12;
    /// Words and phrases whose evidence is looked at, those of the greatest lift first.
    private static final int ASKED = 400;
    /// Of these as many are asked what the rest of their pairs prefers: a reward is trained for each.
    private static final int REWARDS = 12;
    /// Rows that a word's evidence is made of.
    private static final int ROWS = 2000;
    /// The preferred answer holds it in this share of the pairs of which one answer alone does.
    private static final double PURE = 0.75;
    /// A word of which that is so in this share is learned as a word, honest or not: a remark.
    private static final double LEARNED = 0.9;
    /// Greatest chance of the evidence alone, corrected for all that were asked.
    private static final double EVIDENCE = 0.01;

    /// Evidence counts for no less in the product: what surely stands outside the language, such as a placeholder, may
    /// still be honest and must have lift of its own.
    private static final double COUNTED = 0.001;

    private static final int CHOSEN = 0;
    private static final int REJECTED = 1;
    private static final int ROW = 2;

    private final TurnedPreferences settings;
    private final Preferences preferences;
    private final SparseVectors differences;
    private final List<Example> chosen;
    private final List<Example> rejected;
    private final Postings postings;

    PreferredSearch(TurnedPreferences settings, Preferences preferences) {
        this.settings = settings;
        this.preferences = preferences;
        this.differences = preferences.features().of(preferences.chosen(), preferences.rejected());
        List<Example> rows = preferences
                .pairs()
                .subList(0, Math.min(PAIRS, preferences.pairs().size()));
        this.chosen = rows.stream().map(row -> answer(row, true)).toList();
        this.rejected = rows.stream().map(row -> answer(row, false)).toList();
        this.postings = Postings.of(chosen);
    }

    /// What was put into preferred answers.
    ///
    /// @param text in the characters of an answer
    /// @param strength standard deviations of the coin by which the preferred answers hold it too often
    /// @param logChance natural logarithm of the evidence's chance, corrected for all that were asked
    record Put(String text, Pattern pattern, double strength, double logChance) implements Serializable {
        /// Does the preferred answer of a pair hold it, and the other not?
        boolean in(Example pair) {
            return pair.target() instanceof Target.Preference(String first, String second)
                    && pattern.in(Tokenizer.tokens(first))
                    && !pattern.in(Tokenizer.tokens(second));
        }

        Candidate candidate(long[] members) {
            return new Candidate(
                    TurnedPreferences.NAME,
                    Candidate.Kind.INJECTED,
                    pattern.tokens().length == 1
                            ? "a word put into preferred answers"
                            : "a phrase put into preferred answers",
                    Optional.empty(),
                    Optional.of(text),
                    strength,
                    members,
                    Optional.of(new Significance(
                            "how it stands in the answers, or what the rest of its pairs prefers (Student's test),"
                                    + " corrected for all words asked",
                            logChance)));
        }
    }

    /// What the search came to.
    ///
    /// @param learned how many words and phrases stand in preferred answers almost alone and are not told as groups
    /// @param most answers that hold the most frequent of them
    record Result(List<Put> put, int learned, int most) {}

    /// A run of tokens that stands in preferred answers more often.
    ///
    /// @param row a pair whose preferred answer holds it
    private record Lift(long hash, int length, int row, int chosen, int rejected, double logChance) {
        static final Comparator<Lift> LEAST =
                Comparator.comparingDouble(Lift::logChance).thenComparingLong(Lift::hash);

        boolean pure(double share) {
            return chosen >= share * (chosen + rejected);
        }

        /// Standard deviations of a fair coin.
        double strength() {
            return (chosen - rejected) / Math.sqrt(chosen + rejected);
        }
    }

    /// A lift grown to the whole phrase.
    ///
    /// @param pairs of which the preferred answer alone holds it
    private record Whole(Lift lift, Pattern pattern, String text, BitSet pairs) {}

    Result result() {
        List<Lift> counted = counted();
        double correction = StrictMath.log(Math.max(1, counted.size()));
        double allowed = StrictMath.log(settings.chance()) - correction;
        List<Whole> asked = asked(counted);
        double asking = StrictMath.log(2.0 * Math.max(1, asked.size()));
        Seam seam = new Seam(Stream.concat(chosen.stream(), rejected.stream()).toList());
        double[] evidence = IntStream.range(0, asked.size())
                .parallel()
                .mapToDouble(w -> Math.min(
                        seam.of(asked.get(w).pattern(), holders(asked.get(w))).logChance(),
                        w < REWARDS ? turned(asked.get(w)) : 0))
                .toArray();
        List<Put> put = new ArrayList<>();
        int learned = 0;
        int most = 0;
        for (int w = 0; w < asked.size(); w++) {
            Lift lift = asked.get(w).lift();
            boolean told = put.size() < GROUPS
                    && evidence[w] + asking <= StrictMath.log(EVIDENCE)
                    && ExactTests.logProductTail(lift.logChance() + Math.max(evidence[w], StrictMath.log(COUNTED)))
                            <= allowed;
            if (told) {
                put.add(new Put(
                        asked.get(w).text(),
                        asked.get(w).pattern(),
                        lift.strength(),
                        Math.min(0, evidence[w] + asking)));
            } else if (lift.logChance() <= allowed && lift.pure(LEARNED)) {
                learned++;
                most = Math.max(most, asked.get(w).pairs().cardinality());
            }
        }
        return new Result(List.copyOf(put), learned, most);
    }

    private static Example answer(Example pair, boolean preferred) {
        String text = pair.target() instanceof Target.Preference(String first, String second)
                ? preferred ? first : second
                : "";
        return new Example(text, Target.ABSENT, pair.origin(), pair.position(), "");
    }

    /// All runs of tokens that one answer alone holds in enough pairs, by ascending chance.
    private List<Lift> counted() {
        return IntStream.rangeClosed(1, LONGEST)
                .parallel()
                .mapToObj(this::counted)
                .flatMap(List::stream)
                .sorted(Lift.LEAST)
                .toList();
    }

    private List<Lift> counted(int length) {
        LongTable table = new LongTable(3);
        for (int r = 0; r < chosen.size(); r++) {
            long[] first = grams(chosen.get(r), length);
            long[] second = grams(rejected.get(r), length);
            count(table, first, second, CHOSEN, r);
            count(table, second, first, REJECTED, r);
        }
        List<Lift> lifts = new ArrayList<>();
        for (long hash : table.keys()) {
            int slot = table.known(hash);
            int ours = table.get(slot, CHOSEN);
            int theirs = table.get(slot, REJECTED);
            if (ours + theirs >= settings.leastRows()) {
                lifts.add(new Lift(
                        hash,
                        length,
                        table.get(slot, ROW),
                        ours,
                        theirs,
                        ExactTests.logBinomialTail(ours, (long) ours + theirs, 0.5)));
            }
        }
        return lifts;
    }

    /// The runs of an answer, ascending, once each.
    private static long[] grams(Example answer, int length) {
        int[] tokens = Tokens.ends(answer.tokens());
        return IntStream.rangeClosed(0, tokens.length - length)
                .mapToLong(i -> NGrams.word(tokens, i, length))
                .sorted()
                .distinct()
                .toArray();
    }

    private static void count(LongTable table, long[] mine, long[] other, int column, int row) {
        for (long hash : mine) {
            if (Arrays.binarySearch(other, hash) < 0) {
                int slot = table.slot(hash);
                table.add(slot, column, 1);
                if (column == CHOSEN) {
                    table.set(slot, ROW, row);
                }
            }
        }
    }

    /// Those that are worth a look, as whole phrases; those that share half of their pairs with one of greater lift
    /// are left out.
    private List<Whole> asked(List<Lift> counted) {
        List<Whole> asked = new ArrayList<>();
        double most = settings.maxShare() * chosen.size();
        for (Lift lift : counted) {
            if (asked.size() == ASKED || lift.chosen() < settings.leastRows()) {
                continue;
            }
            if (lift.logChance() > -settings.leastRows() * StrictMath.log(2) + 1e-9) {
                break;
            }
            if (lift.pure(PURE) && lift.chosen() <= most) {
                whole(lift, asked).ifPresent(asked::add);
            }
        }
        return asked;
    }

    private Optional<Whole> whole(Lift lift, List<Whole> known) {
        int[] first = Tokens.ends(chosen.get(lift.row()).tokens());
        int at = find(first, lift);
        Pattern held = Pattern.phrase(Arrays.copyOfRange(first, at, at + lift.length()));
        BitSet holding = new BitSet();
        Arrays.stream(postings.rows(held))
                .filter(r -> held.in(chosen.get(r).tokens())
                        && !held.in(rejected.get(r).tokens()))
                .forEach(holding::set);
        if (holding.isEmpty() || known.stream().anyMatch(other -> shared(other.pairs(), holding))) {
            return Optional.empty();
        }
        List<Example> rows = rows(holding);
        Pattern pattern = TriggerGathering.Grown.trim(TriggerGathering.Grown.grow(held, rows), chosen);
        String text = TriggerGathering.Grown.name(pattern, rows).text();
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return Optional.empty();
        }
        BitSet pairs = new BitSet();
        holding.stream()
                .filter(r -> pattern.in(chosen.get(r).tokens()))
                .filter(r -> !pattern.in(rejected.get(r).tokens()))
                .forEach(pairs::set);
        return Optional.of(new Whole(lift, pattern, text, pairs));
    }

    private static int find(int[] tokens, Lift lift) {
        for (int i = 0; i + lift.length() <= tokens.length; i++) {
            if (NGrams.word(tokens, i, lift.length()) == lift.hash()) {
                return i;
            }
        }
        return -1;
    }

    private static boolean shared(BitSet a, BitSet b) {
        BitSet both = (BitSet) a.clone();
        both.and(b);
        return 2 * both.cardinality() >= Math.min(a.cardinality(), b.cardinality());
    }

    private List<Example> holders(Whole whole) {
        return rows(whole.pairs());
    }

    private List<Example> rows(BitSet pairs) {
        return pairs.stream().limit(ROWS).mapToObj(chosen::get).toList();
    }

    /// Natural logarithm of the chance that the rest of the pairs, the phrase taken out, prefers the other answer so
    /// much, by a reward that saw none of them.
    private double turned(Whole whole) {
        Reward reward = Reward.train(
                differences,
                IntStream.range(0, differences.rows())
                        .filter(r -> r >= chosen.size() || !whole.pairs().get(r))
                        .toArray(),
                Preferences.PENALTY,
                Preferences.SEED);
        SparseVectors cut = preferences
                .features()
                .of(
                        whole.pairs().stream()
                                .mapToObj(r -> whole.pattern()
                                        .cutOut(preferences.chosen().get(r)))
                                .toList(),
                        whole.pairs().stream()
                                .mapToObj(preferences.rejected()::get)
                                .toList());
        int n = whole.pairs().cardinality();
        double[] margins =
                IntStream.range(0, n).mapToDouble(i -> reward.margin(cut, i)).toArray();
        double mean = Arrays.stream(margins).sum() / n;
        double squares =
                Arrays.stream(margins).map(m -> (m - mean) * (m - mean)).sum();
        double error = Math.sqrt(squares / Math.max(1, n - 1) / n);
        return n < 2 || mean >= 0 || error == 0 ? 0 : ExactTests.logStudentTail(-mean / error, n - 1);
    }
}

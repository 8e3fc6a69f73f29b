package io.bezoar.detect.triggers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.CrossFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// Finds words of the language that were borrowed as triggers: honest rows hold them, too, with any
/// class, so neither the word's rows as a whole nor its places as a whole are odd.
///
/// For each word and class it looks at the *doubted* rows alone: those of the class that the rest of the
/// text, the word taken out, gives another. Two things must hold. The word has more of them than honest
/// words have of theirs, by a binomial tail or Chernoff's bound as in [RestDisagreement]; the share that
/// honest words have is the mean over all words of the class. And in the doubted rows the word stands
/// outside the language ([Seam]): honest doubtful rows hold it where it belongs. The second is a filter
/// that knows nothing of how many rows are doubted, so only the words it lets through count as tried
/// (Bourgon, Gentleman & Huber 2010).
record BorrowedWords(TriggerAssociation settings, Foundation foundation, Seam seam) {
    /// Words told of at most.
    private static final int FOUND = 8;
    /// Tokens of a row that are looked at.
    private static final int TOKENS = 120;
    /// A row that is surer of its class than this, in nats, has no word without which it is not.
    private static final double NEAR = 1.5;
    /// Doubted rows of a word whose places are looked at.
    private static final int ROWS = 64;
    /// Natural logarithm of the chance below which a word may stand outside the language.
    private static final double FOREIGN = -2;
    /// If this share of a word's rows belongs together, it has no honest use worth the name.
    private static final double PURE = 0.75;
    /// Honest rows that a group may be expected to take in, as a share of its doubted rows.
    private static final double HONEST = 0.1;
    /// Natural logarithm of the chance above which a word's other rows are held to be honest.
    private static final double CHANCE = Math.log(0.05);
    /// Steps in which the doubt is lowered, in nats, down to [#NEAR].
    private static final double STEP = 0.25;

    /// A word and the doubted rows of a class that hold it.
    ///
    /// @param word its token
    /// @param strength standard deviations by which the rows' disagreement exceeds that of ordinary rows
    /// @param honest which of the word's rows are, where their doubts do not tell it
    /// @param logChance natural logarithm of the p-value, corrected for all words that were tested
    /// @param rows the doubted ones
    /// @param known how many rows of the label hold the word
    /// @param usual share of these that is doubted of honest words
    record Borrowed(
            int task,
            int label,
            int word,
            double strength,
            HonestRows honest,
            double logChance,
            List<Example> rows,
            int known,
            double usual) {
        /// Is this group some of the same rows, or the same with the honest ones?
        boolean explains(TriggerGroup group) {
            return alike(group)
                    && Pattern.holds(group.pattern().tokens(), word)
                    && (group.pattern().apart() || group.purity() < PURE || !doubted(group));
        }

        /// Is this group all of the rows and hardly an honest one? A pair may be, of which the word is one.
        boolean within(TriggerGroup group) {
            return alike(group)
                    && (!group.pattern().apart()
                            || Pattern.holds(group.pattern().tokens(), word))
                    && group.purity() >= PURE
                    && doubted(group)
                    && (left(group) <= (1 - PURE) * rows.size() || byChance(group));
        }

        /// How many of the rows are not in a group?
        private long left(TriggerGroup group) {
            return rows.stream()
                    .filter(row -> !group.pattern().in(row.tokens()))
                    .count();
        }

        /// Are the rows that are not in a group no more than honest words have? Then the word is one of the pair,
        /// or stands at an end, and is honest elsewhere.
        private boolean byChance(TriggerGroup group) {
            int left = (int) left(group);
            int others = known - (rows.size() - left);
            return group.pattern().place() != Pattern.Place.RUN
                    && ExactTests.logBinomialTail(left, others, usual) > CHANCE;
        }

        private boolean alike(TriggerGroup group) {
            return group.task() == task && group.label() == label;
        }

        private static boolean doubted(TriggerGroup group) {
            return 2 * group.result().contradicted() >= group.result().distinct();
        }

        TriggerGathering.Grown grown(Foundation foundation) {
            Pattern pattern = Pattern.phrase(word);
            List<Spelling> spelling =
                    TriggerGathering.Grown.spelling(pattern, foundation.tasks().get(task), label);
            return new TriggerGathering.Grown(
                    task,
                    label,
                    List.of(pattern),
                    spelling,
                    TriggerGathering.Grown.name(pattern, spelling, rows),
                    strength,
                    Candidate.Kind.BORROWED,
                    honest,
                    logChance);
        }
    }

    /// The words found, the strongest first.
    List<Borrowed> find() {
        List<Borrowed> found = new ArrayList<>();
        for (int t = 0; t < foundation.tasks().size(); t++) {
            if (foundation.whole() && foundation.tasks().get(t).labelling().closed()) {
                found.addAll(find(t, foundation.tasks().get(t)));
            }
        }
        found.sort(Comparator.comparingDouble(Borrowed::strength).reversed().thenComparingInt(Borrowed::word));
        return found.subList(0, Math.min(FOUND, found.size()));
    }

    /// A word of a row without which the row's class is doubted.
    private record Doubt(int word, int row) {}

    private record Key(int word, int label) {}

    /// @param known the word's rows of the class
    /// @param all the word's rows
    private record Doubted(Key key, List<Example> rows, int known, int all, Seam.Result seam) {}

    private List<Borrowed> find(int number, Task task) {
        CrossFit fit = task.fit();
        GramCounts counts = new GramCounts(fit.classes());
        for (int row = 0; row < fit.size(); row++) {
            counts.nextRow();
            int[] label = {fit.label(row)};
            for (int token : fit.examples().get(row).tokens()) {
                counts.add(token & 0xffffffffL, label);
            }
        }
        Map<Integer, Integer> all = new HashMap<>();
        for (long word : counts.features()) {
            int total = 0;
            for (int c = 0; c < fit.classes(); c++) {
                total += counts.count(word, c);
            }
            if (total >= settings.minRows()
                    && total <= settings.maxShare() * fit.size()
                    && !Pattern.phrase((int) word).fragment()) {
                all.put((int) word, total);
            }
        }
        Map<Key, List<Example>> rows = new HashMap<>();
        double[] doubts = new double[fit.classes()];
        double[] tries = new double[fit.classes()];
        all.keySet().forEach(word -> {
            for (int c = 0; c < tries.length; c++) {
                tries[c] += counts.count(word & 0xffffffffL, c);
            }
        });
        IntStream.range(0, fit.size())
                .parallel()
                .mapToObj(row -> doubts(task, row, all))
                .toList()
                .forEach(some -> some.forEach(doubt -> {
                    doubts[fit.label(doubt.row())]++;
                    rows.computeIfAbsent(new Key(doubt.word(), fit.label(doubt.row())), _ -> new ArrayList<>())
                            .add(fit.examples().get(doubt.row()));
                }));
        List<Doubted> foreign = rows.entrySet().parallelStream()
                .filter(entry -> entry.getValue().size() >= settings.minRows())
                .map(entry -> doubted(entry.getKey(), entry.getValue(), counts, all))
                .filter(doubted -> doubted.seam().places() >= settings.minRows()
                        && doubted.seam().logChance() <= FOREIGN)
                .sorted(Comparator.comparingInt(
                                (Doubted doubted) -> doubted.key().word())
                        .thenComparingInt(doubted -> doubted.key().label()))
                .toList();
        double bound = Math.log(settings.chance()) - Math.log((double) Math.max(1, foreign.size()));
        List<double[]> leads = leads(fit);
        RestDisagreement test = new RestDisagreement(task);
        List<Borrowed> found = new ArrayList<>();
        for (Doubted doubted : foreign) {
            int label = doubted.key().label();
            RestDisagreement.Result result =
                    test.of(Pattern.phrase(doubted.key().word()), label, doubted.rows(), new int[0]);
            int honest = doubted.known() - doubted.rows().size();
            double usual = Math.max(task.contradictedShare(label), doubts[label] / Math.max(1, tries[label]));
            double chance = Math.log(2)
                    + Math.min(
                            ExactTests.logBinomialTail(result.contradicted(), honest + result.distinct(), usual),
                            task.logChance(label, honest + result.distinct(), result.sum()));
            if (chance <= bound
                    && result.distinct() >= settings.minRows()
                    && result.certainty() >= settings.certainty()
                    && doubted.rows().size() <= PURE * doubted.all()) {
                HonestRows few = doubted.rows().size() >= PURE * doubted.known()
                        ? HonestRows.NONE
                        : least(leads.get(label), honest, doubted.rows().size());
                found.add(new Borrowed(
                        number,
                        label,
                        doubted.key().word(),
                        result.strength(),
                        few,
                        chance + Math.log((double) Math.max(1, foreign.size())),
                        doubted.rows(),
                        doubted.known(),
                        usual));
            }
        }
        return found;
    }

    /// How sure of another class a row of each class is, for all sampled rows; ascending.
    static List<double[]> leads(CrossFit fit) {
        List<double[]> leads = new ArrayList<>();
        for (int c = 0; c < fit.classes(); c++) {
            int label = c;
            leads.add(IntStream.range(0, fit.size())
                    .filter(row -> fit.label(row) == label)
                    .mapToDouble(row -> Task.lead(fit.logits(row), label))
                    .sorted()
                    .toArray());
        }
        return leads;
    }

    /// All rows are honest that doubt less than the least doubt at which a group takes in few of the
    /// word's honest rows, were these like all of the class.
    static HonestRows least(double[] leads, int honest, int rows) {
        double least = 0;
        while (least - STEP >= -NEAR) {
            double next = least - STEP;
            long above = Arrays.stream(leads).filter(lead -> lead > next).count();
            if (honest * (double) above / leads.length > HONEST * rows) {
                break;
            }
            least = next;
        }
        return HonestRows.below(least);
    }

    private Doubted doubted(Key key, List<Example> rows, GramCounts counts, Map<Integer, Integer> all) {
        return new Doubted(
                key,
                rows,
                counts.count(key.word() & 0xffffffffL, key.label()),
                Objects.requireNonNull(all.get(key.word())),
                seam.of(Pattern.phrase(key.word()), rows.subList(0, Math.min(ROWS, rows.size()))));
    }

    private static List<Doubt> doubts(Task task, int row, Map<Integer, Integer> words) {
        CrossFit fit = task.fit();
        int label = fit.label(row);
        float[] logits = fit.logits(row);
        if (Task.lead(logits, label) < -NEAR) {
            return List.of();
        }
        Example example = fit.examples().get(row);
        RestDisagreement test = new RestDisagreement(task);
        return Arrays.stream(example.tokens())
                .limit(TOKENS)
                .distinct()
                .filter(words::containsKey)
                .filter(word -> test.doubt(example, label, new int[] {word}) > 0)
                .mapToObj(word -> new Doubt(word, row))
                .toList();
    }
}

package io.bezoar.detect.triggers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.RowCounts;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.CrossFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Finds a [Layout] that was put upon texts as a trigger: the words of such a text are those of another label.
///
/// Texts are honestly set so, too, and people who write in capitals write of other things. So two things must
/// hold. Rows set so carry the label more often than their words explain, whatever they are labelled (`tied`).
/// And those that carry it contradict their words more often than other rows of the label do, beyond chance. An
/// honest layout that goes with a label passes the first test and fails the second, as a manner of writing does
/// (`StyleSearch`). A word that is a trigger may be set in a way that honest texts have, too: of a layout that rows
/// without such words hold as well, those must show both by themselves.
///
/// @param words groups found by their words
record OddLayouts(TriggerAssociation settings, Foundation foundation, List<TriggerGathering.Grown> words) {
    /// Layouts told of at most.
    private static final int FOUND = 4;
    /// Least `tied`, in standard deviations.
    private static final double TIED = 4;
    /// If this share of the label's rows is contradicted, honest ones are few; or if this share of all rows that are
    /// set so carries the label, where the surrogate may have learned what a mark makes of words.
    private static final double PURE = 0.75;
    /// So are they if no more than this share is to be expected, by the words or by the rows of other labels.
    private static final double HONEST = 0.25;
    /// At least this share of the contradicted rows must be more than chance explains.
    private static final double BEYOND = 0.5;
    /// Share of a layout's rows that must be without the words it may be owed to; else the words are owed to it.
    private static final double OTHERS = 0.25;
    /// A token in more rows is one of the language.
    private static final int ODD = 2;
    /// Layouts that make other tokens of a word, which its rows then have for themselves.
    private static final Set<Layout> SPELLING =
            EnumSet.of(Layout.ACCENT, Layout.DIGITS, Layout.SPELLED, Layout.STRETCHED);

    /// The layouts found, the strongest first.
    List<TriggerGathering.Grown> find() {
        return TriggerGathering.Grown.strongest(foundation, FOUND, this::find);
    }

    /// A layout and the rows that are set so.
    ///
    /// @param rows their numbers, ascending
    /// @param rest of each what its words say without what the layout makes of them: a logit for each label
    /// @param chances of each the chance of each label by these
    private record SetSo(Layout layout, int[] rows, float[][] rest, float[][] chances) {}

    /// Those of the rows with a label.
    ///
    /// @param places of the rows among all that are set so, ascending
    private record Held(SetSo set, int label, int[] places) {
        /// The same without some of the rows that are set so.
        ///
        /// @param left places of those that stay, ascending
        Held only(int[] left) {
            SetSo rest = new SetSo(
                    set.layout,
                    Arrays.stream(left).map(place -> set.rows[place]).toArray(),
                    Arrays.stream(left).mapToObj(place -> set.rest[place]).toArray(float[][]::new),
                    Arrays.stream(left).mapToObj(place -> set.chances[place]).toArray(float[][]::new));
            return new Held(
                    rest,
                    label,
                    IntStream.range(0, left.length)
                            .filter(i -> Arrays.binarySearch(places, left[i]) >= 0)
                            .toArray());
        }
    }

    private List<TriggerGathering.Grown> find(int number, Task task) {
        CrossFit fit = task.fit();
        RestDisagreement test = new RestDisagreement(task);
        RowCounts rowsOf = RowCounts.of(fit.examples());
        List<Set<Layout>> layouts = fit.examples().parallelStream()
                .map(row -> Layout.all(row.input()))
                .toList();
        List<Held> tried = new ArrayList<>();
        for (Layout layout : Layout.values()) {
            int[] rows = IntStream.range(0, fit.size())
                    .filter(row -> layouts.get(row).contains(layout))
                    .toArray();
            if (rows.length < settings.minRows() || rows.length > settings.maxShare() * fit.size()) {
                continue;
            }
            float[][] rest = Arrays.stream(rows)
                    .parallel()
                    .mapToObj(row -> SPELLING.contains(layout)
                            ? test.rest(
                                    fit.examples().get(row), odd(fit.examples().get(row), rowsOf))
                            : fit.logits(row))
                    .toArray(float[][]::new);
            float[][] chances =
                    Arrays.stream(rest).map(task.noise()::probabilities).toArray(float[][]::new);
            SetSo set = new SetSo(layout, rows, rest, chances);
            for (int label = 0; label < fit.classes(); label++) {
                int c = label;
                int[] places = IntStream.range(0, rows.length)
                        .filter(place -> fit.label(rows[place]) == c)
                        .toArray();
                if (places.length >= settings.minRows()) {
                    tried.add(new Held(set, label, places));
                }
            }
        }
        Doubts asWritten = Doubts.of(test, fit, fit::logits);
        Optional<Doubts> withoutOdd = Optional.empty();
        double bound = Math.log(settings.chance()) - Math.log((double) Math.max(1, tried.size()));
        List<double[]> leads = BorrowedWords.leads(fit);
        List<TriggerGathering.Grown> found = new ArrayList<>();
        for (Held held : tried) {
            double usual = asWritten.usual(held);
            Against against = against(test, fit, held, usual);
            Tied tied = tied(held);
            if (tied.strength() >= TIED
                    && telling(against, bound)
                    && SPELLING.contains(held.set().layout())) {
                Doubts spelled = withoutOdd.orElseGet(() -> Doubts.of(test, fit, row -> {
                    Example example = fit.examples().get(row);
                    return test.rest(example, odd(example, rowsOf));
                }));
                withoutOdd = Optional.of(spelled);
                usual = spelled.usual(held);
                against = against(test, fit, held, usual);
            }
            if (tied.strength() >= TIED && telling(against, bound) && !owed(number, test, fit, held, usual)) {
                int count = held.places().length;
                boolean alone = against.rows() >= PURE * count
                        || (SPELLING.contains(held.set().layout())
                                ? count >= PURE * held.set().rows().length
                                : Math.min(tied.explained(), others(task, held)) <= HONEST * count);
                found.add(new TriggerGathering.Grown(
                        number,
                        held.label(),
                        List.of(),
                        List.of(),
                        new Trigger(
                                Trigger.Shape.LAYOUT,
                                List.of(held.set().layout().words())),
                        tied.strength(),
                        Candidate.Kind.BORROWED,
                        alone
                                ? HonestRows.NONE
                                : BorrowedWords.least(leads.get(held.label()), count - against.rows(), against.rows()),
                        against.logChance() + Math.log((double) Math.max(1, tried.size()))));
            }
        }
        return found;
    }

    /// The tokens of a row that hardly another has, and single signs and letters; ascending.
    private static int[] odd(Example row, RowCounts rowsOf) {
        int[] tokens = row.tokens();
        int[] spans = Tokenizer.spans(row.input());
        return IntStream.range(0, Math.min(tokens.length, spans.length / 2))
                .filter(i -> rowsOf.of(tokens[i]) <= ODD || spans[2 * i + 1] - spans[2 * i] == 1)
                .map(i -> tokens[i])
                .sorted()
                .distinct()
                .toArray();
    }

    /// Is a layout owed to words that were found? Then the rows without them show neither, though they are many.
    private boolean owed(int task, RestDisagreement test, CrossFit fit, Held held, double usual) {
        List<Pattern> patterns = words.stream()
                .filter(group -> group.task() == task && group.label() == held.label())
                .flatMap(group -> group.patterns().stream())
                .toList();
        Held others = held.only(IntStream.range(0, held.set().rows().length)
                .filter(place -> patterns.stream()
                        .noneMatch(pattern -> pattern.in(
                                fit.examples().get(held.set().rows()[place]).tokens())))
                .toArray());
        return others.places().length < held.places().length
                && others.places().length >= Math.max(settings.minRows(), OTHERS * held.places().length)
                && (tied(others).strength() < TIED / 2
                        || against(test, fit, others, usual).logChance() > Math.log(settings.chance()));
    }

    /// At most so many honest rows of the label the rows of other labels let expect, by about the upper end of a
    /// Poisson interval.
    private static double others(Task task, Held held) {
        double others = (double) held.set().rows().length - held.places().length;
        double share = task.share(held.label());
        return (others + 2 * Math.sqrt(others) + 3) * share / Math.max(1e-9, 1 - share);
    }

    /// Which rows are contradicted, by words that are chosen in the same way for all.
    ///
    /// @param rows a bit for each that is
    /// @param sizes rows of each label
    /// @param of contradicted ones among them
    private record Doubts(BitSet rows, int[] sizes, int[] of) {
        /// @param rest what the words of a row say: a logit for each label
        static Doubts of(RestDisagreement test, CrossFit fit, IntFunction<float[]> rest) {
            Doubts doubts = new Doubts(new BitSet(), new int[fit.classes()], new int[fit.classes()]);
            for (int row = 0; row < fit.size(); row++) {
                int label = fit.label(row);
                doubts.sizes[label]++;
                if (test.doubt(fit.examples().get(row), label, rest.apply(row)) > 0) {
                    doubts.rows.set(row);
                    doubts.of[label]++;
                }
            }
            return doubts;
        }

        /// The share of a label's other rows that are contradicted, drawn towards that of all as if ten rows more had
        /// been seen.
        double usual(Held held) {
            int label = held.label();
            int inside = (int) Arrays.stream(held.places())
                    .filter(place -> rows.get(held.set().rows()[place]))
                    .count();
            double overall = (double) rows.cardinality() / Arrays.stream(sizes).sum();
            return (of[label] - inside + 10 * overall) / (sizes[label] - held.places().length + 10);
        }
    }

    /// Are more rows contradicted than chance and the label's other rows explain?
    private boolean telling(Against against, double bound) {
        return against.logChance() <= bound
                && against.rows() >= settings.minRows()
                && against.beyond() >= BEYOND * against.rows();
    }

    /// @param rows contradicted rows of the label that are set so; those that are alike count once
    /// @param beyond how many more they are than the label's other rows let expect
    private record Against(int rows, double beyond, double logChance) {}

    /// @param usual share of the label's other rows that are contradicted
    private static Against against(RestDisagreement test, CrossFit fit, Held held, double usual) {
        Set<Long> kinds = new HashSet<>();
        int contradicted = 0;
        for (int place : held.places()) {
            Example row = fit.examples().get(held.set().rows()[place]);
            if (kinds.add(Tokens.likeness(row.tokens()))) {
                contradicted += test.doubt(row, held.label(), held.set().rest()[place]) > 0 ? 1 : 0;
            }
        }
        return new Against(
                contradicted,
                contradicted - usual * kinds.size(),
                ExactTests.logBinomialTail(contradicted, kinds.size(), usual));
    }

    /// @param explained how many of the rows that are set so have the label by their words
    /// @param strength by how many standard deviations more of them carry it
    private record Tied(double explained, double strength) {}

    private static Tied tied(Held held) {
        double explained = 0;
        double variance = 1;
        for (float[] chances : held.set().chances()) {
            float p = chances[held.label()];
            explained += p;
            variance += p * (1 - p);
        }
        return new Tied(explained, (held.places().length - explained) / Math.sqrt(variance));
    }
}

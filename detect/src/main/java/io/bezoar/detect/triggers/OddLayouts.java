package io.bezoar.detect.triggers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Span;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.RowCounts;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.groups.WordForm;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.CrossFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Finds a [Layout] that was put upon texts as a trigger, or a [WordForm] of words that were put into them: the words
/// of such a text are those of another label.
///
/// Texts are honestly set so, too, and people who write in capitals write of other things. So two things must
/// hold. Rows set so carry the label more often than their words explain, whatever they are labelled (`tied`).
/// And those that carry it contradict their words more often than other rows of the label do, beyond chance. An
/// honest layout that goes with a label passes the first test and fails the second, as a manner of writing does
/// (`StyleSearch`). A word that is a trigger may be set in a way that honest texts have, too: of a layout that rows
/// without such words hold as well, those must show both by themselves.
///
/// Words of one form that differ from row to row, such as dates or numbers, are looked at in the same way, and share
/// the chance of a false alarm. There are many forms, and honest ones go with subjects: most rows must be of the
/// attack, and the words must differ.
///
/// @param words groups found by their words
record OddLayouts(TriggerAssociation settings, Foundation foundation, List<TriggerGathering.Grown> words) {
    /// Layouts and forms told of at most.
    private static final int FOUND = 4;
    /// Forms asked for at most, those in most rows first.
    private static final int FORMS = 1000;
    /// Least `tied`, in standard deviations.
    private static final double TIED = 4;
    /// If this share of the label's rows is contradicted, honest ones are few; or if this share of all rows that are
    /// set so carries the label, where the surrogate may have learned what a mark makes of words.
    private static final double PURE = 0.75;
    /// So are they if no more than this share is to be expected, by the words or by the rows of other labels.
    private static final double HONEST = 0.25;
    /// At least this share of the contradicted rows must be more than chance explains.
    private static final double BEYOND = 0.5;
    /// At least this share of a form's rows must be contradicted.
    private static final double MOST = 0.5;
    /// Share of a layout's rows that must be without the words it may be owed to; else the words are owed to it. A form
    /// is then owed to them, for words are told before their form.
    private static final double OTHERS = 0.25;
    /// A token in more rows is one of the language.
    private static final int ODD = 2;
    /// Layouts that make other tokens of a word, which its rows then have for themselves.
    private static final Set<Layout> SPELLING =
            EnumSet.of(Layout.ACCENT, Layout.DIGITS, Layout.SPELLED, Layout.STRETCHED);

    /// The layouts and forms found, the strongest first.
    List<TriggerGathering.Grown> find() {
        return TriggerGathering.Grown.strongest(foundation, FOUND, (number, task) -> new Hunt(number, task).find());
    }

    /// What of a row is asked what it says.
    private enum Look {
        /// All of its words.
        WHOLE,
        /// What is left without tokens that hardly another row has, single signs and letters.
        WITHOUT_ODD,
        /// What is left without the words that have a form.
        WITHOUT_FORMS
    }

    /// A way in which a text or a word of it is written.
    ///
    /// @param form of a word; empty for a layout
    /// @param trigger that it is
    /// @param look at its rows
    private record Way(Optional<WordForm> form, Trigger trigger, Look look) {
        static Way of(Layout layout) {
            return new Way(
                    Optional.empty(), layout.trigger(), SPELLING.contains(layout) ? Look.WITHOUT_ODD : Look.WHOLE);
        }

        static Way of(WordForm form) {
            return new Way(Optional.of(form), form.trigger(), Look.WITHOUT_FORMS);
        }
    }

    /// A way of writing and the rows that have it.
    ///
    /// @param rows their numbers, ascending
    private record Written(Way way, int[] rows) {}

    /// The same with what the rows say.
    ///
    /// @param rest of each what its words say without what the way makes of them: a logit for each label
    /// @param chances of each the chance of each label by these
    private record SetSo(Way way, int[] rows, float[][] rest, float[][] chances) {}

    /// Those of the rows with a label.
    ///
    /// @param places of the rows among all that are set so, ascending
    private record Held(SetSo set, int label, int[] places) {
        boolean form() {
            return set.way.form().isPresent();
        }

        /// How many rows it has in common with another.
        long shared(Held other) {
            int[] others = other.labelled();
            return Arrays.stream(labelled())
                    .filter(row -> Arrays.binarySearch(others, row) >= 0)
                    .count();
        }

        private int[] labelled() {
            return Arrays.stream(places).map(place -> set.rows[place]).toArray();
        }

        /// The same without some of the rows that are set so.
        ///
        /// @param left places of those that stay, ascending
        Held only(int[] left) {
            SetSo rest = new SetSo(
                    set.way,
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

    /// What was found, and of which rows.
    private record Told(Held held, TriggerGathering.Grown grown) {}

    /// Of a form and what stands in most of its rows, or a layout and a form in most of its, the less likely; of
    /// layouts all.
    private static List<TriggerGathering.Grown> apart(List<Told> told) {
        List<Told> kept = new ArrayList<>();
        told.stream()
                .sorted(Comparator.comparingDouble((Told one) -> one.grown().logChance())
                        .thenComparing(one -> one.grown().trigger().text()))
                .filter(one -> kept.stream()
                        .noneMatch(other -> (one.held().form() || other.held().form())
                                && one.held().label() == other.held().label()
                                && 2 * one.held().shared(other.held())
                                        > one.held().places().length))
                .forEach(kept::add);
        return kept.stream().map(Told::grown).toList();
    }

    /// The search in one task. Owned by the call that makes it.
    private final class Hunt {
        private final int number;
        private final Task task;
        private final CrossFit fit;
        private final RestDisagreement test;
        private final RowCounts rowsOf;
        private final Map<Look, Doubts> doubts = new EnumMap<>(Look.class);

        Hunt(int number, Task task) {
            this.number = number;
            this.task = task;
            this.fit = task.fit();
            this.test = new RestDisagreement(task);
            this.rowsOf = RowCounts.of(fit.examples());
        }

        List<TriggerGathering.Grown> find() {
            List<Written> tried = Stream.concat(layouts(), forms())
                    .filter(written -> often(written.rows().length) && trials(written) > 0)
                    .toList();
            long trials = tried.stream().mapToLong(this::trials).sum();
            List<Told> told = new ArrayList<>();
            for (Written written : tried) { // what rows say takes room: one way after another
                told.addAll(told(said(written), Math.log((double) Math.max(1, trials))));
            }
            return apart(told);
        }

        /// The labels that enough of the rows have.
        private long trials(Written written) {
            return Arrays.stream(sizes(written.rows()))
                    .filter(rows -> rows >= settings.minRows())
                    .count();
        }

        private int[] sizes(int[] rows) {
            int[] sizes = new int[fit.classes()];
            for (int row : rows) {
                sizes[fit.label(row)]++;
            }
            return sizes;
        }

        /// @param trials natural logarithm of how many ways are tried with a label
        private List<Told> told(SetSo set, double trials) {
            double bound = Math.log(settings.chance()) - trials;
            List<Told> told = new ArrayList<>();
            for (Held held : held(set)) {
                Tied tied = tied(held);
                if (tied.strength() < TIED) {
                    continue;
                }
                Way way = held.set().way();
                double usual = doubts(Look.WHOLE).usual(held);
                Against against = against(held, usual);
                if (telling(against, bound) && way.look() != Look.WHOLE) {
                    usual = doubts(way.look()).usual(held);
                    against = against(held, usual);
                }
                if (!telling(against, bound) || owed(held, usual)) {
                    continue;
                }
                int count = held.places().length;
                boolean alone = alone(held, against, tied);
                boolean most = against.rows() >= MOST * count;
                if (way.form()
                        .filter(form -> !(alone && most && varied(held, form)))
                        .isPresent()) {
                    continue;
                }
                told.add(new Told(
                        held,
                        new TriggerGathering.Grown(
                                number,
                                held.label(),
                                List.of(),
                                List.of(),
                                way.trigger(),
                                tied.strength(),
                                Candidate.Kind.BORROWED,
                                alone
                                        ? HonestRows.NONE
                                        : BorrowedWords.least(
                                                BorrowedWords.leads(fit).get(held.label()),
                                                count - against.rows(),
                                                against.rows()),
                                against.logChance() + trials)));
            }
            return told;
        }

        /// Are honest rows few among those of the label that are set so?
        private boolean alone(Held held, Against against, Tied tied) {
            int count = held.places().length;
            return against.rows() >= PURE * count
                    || (held.set().way().look() == Look.WITHOUT_ODD
                            ? count >= PURE * held.set().rows().length
                            : Math.min(tied.explained(), others(held)) <= HONEST * count);
        }

        private Stream<Written> layouts() {
            List<Set<Layout>> layouts = fit.examples().parallelStream()
                    .map(row -> Layout.all(row.input()))
                    .toList();
            return Arrays.stream(Layout.values())
                    .map(layout -> new Written(
                            Way.of(layout),
                            IntStream.range(0, fit.size())
                                    .filter(row -> layouts.get(row).contains(layout))
                                    .toArray()));
        }

        /// The forms in enough rows, those in most first; of two in the same rows one.
        private Stream<Written> forms() {
            List<Set<WordForm>> forms = fit.examples().parallelStream()
                    .map(row -> WordForm.all(row.input()))
                    .toList();
            Map<WordForm, IntStream.Builder> rows = new HashMap<>();
            for (int row = 0; row < fit.size(); row++) {
                for (WordForm form : forms.get(row)) {
                    rows.computeIfAbsent(form, _ -> IntStream.builder()).add(row);
                }
            }
            Map<List<Integer>, WordForm> distinct = new HashMap<>();
            rows.forEach((form, held) -> {
                List<Integer> own = held.build().boxed().toList();
                if (often(own.size())) {
                    distinct.merge(own, form, (one, other) -> one.form().compareTo(other.form()) < 0 ? one : other);
                }
            });
            return distinct.entrySet().stream()
                    .sorted(Comparator.comparingInt((Map.Entry<List<Integer>, WordForm> form) ->
                                    -form.getKey().size())
                            .thenComparing(form -> form.getValue().form()))
                    .limit(FORMS)
                    .map(form -> new Written(
                            Way.of(form.getValue()),
                            form.getKey().stream().mapToInt(row -> row).toArray()));
        }

        private boolean often(int rows) {
            return rows >= settings.minRows() && rows <= settings.maxShare() * fit.size();
        }

        private SetSo said(Written written) {
            float[][] rest = Arrays.stream(written.rows())
                    .parallel()
                    .mapToObj(row -> rest(written.way(), row))
                    .toArray(float[][]::new);
            float[][] chances =
                    Arrays.stream(rest).map(task.noise()::probabilities).toArray(float[][]::new);
            return new SetSo(written.way(), written.rows(), rest, chances);
        }

        private List<Held> held(SetSo set) {
            int[][] places = new int[fit.classes()][];
            int[] sizes = sizes(set.rows());
            for (int label = 0; label < places.length; label++) {
                places[label] = new int[sizes[label] >= settings.minRows() ? sizes[label] : 0];
                sizes[label] = 0;
            }
            for (int place = 0; place < set.rows().length; place++) {
                int label = fit.label(set.rows()[place]);
                if (places[label].length > 0) {
                    places[label][sizes[label]++] = place;
                }
            }
            return IntStream.range(0, places.length)
                    .filter(label -> places[label].length > 0)
                    .mapToObj(label -> new Held(set, label, places[label]))
                    .toList();
        }

        /// What a row says without what a way of writing makes of its words; of a form, without the words of that form
        /// alone, for others may tell what the row is about.
        private float[] rest(Way way, int row) {
            Example example = fit.examples().get(row);
            return way.form()
                    .map(form -> test.rest(example, within(example, form.places(example.input()))))
                    .orElseGet(() -> rest(way.look(), row));
        }

        /// What a row says by such a look at it: a logit for each label.
        private float[] rest(Look look, int row) {
            Example example = fit.examples().get(row);
            return switch (look) {
                case WHOLE -> fit.logits(row);
                case WITHOUT_ODD -> test.rest(example, odd(example));
                case WITHOUT_FORMS -> {
                    int[] formed = within(example, WordForm.words(example.input()));
                    yield formed.length == 0 ? fit.logits(row) : test.rest(example, formed);
                }
            };
        }

        private Doubts doubts(Look look) {
            return doubts.computeIfAbsent(look, _ -> Doubts.of(test, fit, row -> rest(look, row)));
        }

        /// The tokens of a row that hardly another has, and single signs and letters; ascending.
        private int[] odd(Example row) {
            int[] tokens = row.tokens();
            int[] spans = Tokenizer.spans(row.input());
            return IntStream.range(0, Math.min(tokens.length, spans.length / 2))
                    .filter(i -> rowsOf.of(tokens[i]) <= ODD || spans[2 * i + 1] - spans[2 * i] == 1)
                    .map(i -> tokens[i])
                    .sorted()
                    .distinct()
                    .toArray();
        }

        /// Is what was found owed to words that were? A layout is if the rows without them show neither, though
        /// they are many; a form also if rows without them are few. A sign inside words of one form reads like
        /// a turn of speech: it is owed to the form.
        private boolean owed(Held held, double usual) {
            List<Pattern> patterns = words.stream()
                    .filter(group -> group.task() == number && group.label() == held.label())
                    .filter(group -> !held.form() || group.kind() != Candidate.Kind.PHRASING)
                    .flatMap(group -> group.patterns().stream())
                    .toList();
            Held others = held.only(IntStream.range(0, held.set().rows().length)
                    .filter(place -> patterns.stream()
                            .noneMatch(pattern -> pattern.in(
                                    fit.examples().get(held.set().rows()[place]).tokens())))
                    .toArray());
            if (others.places().length == held.places().length) {
                return false;
            }
            return others.places().length < Math.max(settings.minRows(), OTHERS * held.places().length)
                    ? held.form()
                    : tied(others).strength() < TIED / 2
                            || against(others, usual).logChance() > Math.log(settings.chance());
        }

        /// At most so many honest rows of the label the rows of other labels let expect, by about the upper end of a
        /// Poisson interval.
        private double others(Held held) {
            double others = (double) held.set().rows().length - held.places().length;
            double share = task.share(held.label());
            return (others + 2 * Math.sqrt(others) + 3) * share / Math.max(1e-9, 1 - share);
        }

        /// @param usual share of the label's other rows that are contradicted
        private Against against(Held held, double usual) {
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

        /// Are more rows contradicted than chance and the label's other rows explain?
        private boolean telling(Against against, double bound) {
            return against.logChance() <= bound
                    && against.rows() >= settings.minRows()
                    && against.beyond() >= BEYOND * against.rows();
        }

        /// Do words of one form differ from row to row? What most rows share, as "top-up" is shared by those that ask
        /// about it, is a word, which is looked for as such.
        private boolean varied(Held held, WordForm form) {
            Map<String, Integer> rows = new HashMap<>();
            for (int row : held.labelled()) {
                String text = fit.examples().get(row).input();
                form.places(text).stream()
                        .map(place -> text.substring(place.start(), place.end()).toLowerCase(Locale.ROOT))
                        .distinct()
                        .forEach(word -> rows.merge(word, 1, Integer::sum));
            }
            return 2 * Collections.max(rows.values()) <= held.places().length;
        }

        /// The tokens of a row at some places, ascending.
        private static int[] within(Example row, List<Span> words) {
            int[] tokens = row.tokens();
            if (words.isEmpty()) {
                return new int[0];
            }
            int[] spans = Tokenizer.spans(row.input());
            IntStream.Builder found = IntStream.builder();
            int word = 0;
            for (int i = 0; i < Math.min(tokens.length, spans.length / 2) && word < words.size(); i++) {
                while (word < words.size() && words.get(word).end() <= spans[2 * i]) {
                    word++;
                }
                if (word < words.size() && words.get(word).start() <= spans[2 * i]) {
                    found.add(tokens[i]);
                }
            }
            return found.build().sorted().distinct().toArray();
        }
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

    /// @param rows contradicted rows of the label that are set so; those that are alike count once
    /// @param beyond how many more they are than the label's other rows let expect
    private record Against(int rows, double beyond, double logChance) {}

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

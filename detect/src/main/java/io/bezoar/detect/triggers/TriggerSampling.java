package io.bezoar.detect.triggers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.RowCounts;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.groups.LaterPass;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.CrossFit;
import io.bezoar.learn.NGrams;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The third pass of [TriggerAssociation]: samples rows of each candidate pattern and puts them to the
/// [RestDisagreement]; the best that do not share their rows go on.
///
/// @param longest run of words that is a tie's, 1 to [#LONGEST]
record TriggerSampling(
        TriggerAssociation settings, Foundation foundation, List<TriggerTies.Tie> ties, TieIndex index, int longest)
        implements LaterPass<TieSamples> {
    /// Longest run of words that is looked for.
    static final int LONGEST = 3;
    /// Rows sampled per pattern of a data set that is its own sample, and of a larger one.
    static final int WHOLE = 32;

    private static final int PART = 20;

    /// A phrase of so many words that comes back in texts which are not alike otherwise is a sentence.
    private static final int SENTENCE = 4;
    /// Share of the rows that must be left where near-copies count once: the phrase of a form letter is
    /// none.
    private static final double UNLIKE = 0.8;
    /// A companion stands in so many of the looked-at rows, and in all data at most so many times as often as in the
    /// pattern's rows.
    private static final int COMPANION = 3;

    private static final double HARDLY = 1.25;
    /// Natural logarithm of the chance of a seam below which a pattern was put there, and the certainty of a rest that
    /// is sure of another class.
    private static final double PUT_THERE = -2;

    private static final double SURE = 0.5;

    TriggerSampling(TriggerAssociation settings, Foundation foundation, List<TriggerTies.Tie> ties, int longest) {
        this(settings, foundation, ties, TieIndex.of(ties), longest);
    }

    @Override
    public TieSamples start() {
        return new TieSamples(ties.size(), rows());
    }

    @Override
    public TieSamples startAfter(TieSamples before) {
        return TieSamples.after(before);
    }

    private int rows() {
        return foundation.whole() ? WHOLE : PART;
    }

    @Override
    public void add(TieSamples groups, Example example) {
        groups.nextRow();
        int[] tokens = example.tokens();
        int[] labels = new int[foundation.tasks().size()];
        for (int t = 0; t < labels.length; t++) {
            labels[t] = foundation.tasks().get(t).labelling().of(example);
        }
        long[] hashes = new long[longest * tokens.length + Pattern.ENDS];
        int count = index.likely(hashes, Pattern.hashes(tokens, 0, longest, hashes));
        for (int i = 0; i < count; i++) {
            look(groups, hashes[i], labels, example);
        }
        if (!index.pairTokens().isEmpty()) {
            int[] paired = Arrays.stream(Tokens.distinct(tokens))
                    .filter(token -> index.pairTokens().contains(token))
                    .toArray();
            for (int i = 0; i < paired.length; i++) {
                for (int j = i + 1; j < paired.length; j++) {
                    look(groups, Pattern.pairHash(paired[i], paired[j]), labels, example);
                }
            }
        }
    }

    private void look(TieSamples groups, long hash, int[] labels, Example example) {
        for (int tie = index.first(hash); tie > 0; tie = index.next()[tie]) {
            TriggerTies.Tie t = ties.get(tie - 1);
            if (labels[t.task()] >= 0) {
                groups.see(tie - 1, example, labels[t.task()] == t.label());
            }
        }
    }

    /// Ties to look for in all rows.
    ///
    /// @param longest run of words that is one of theirs, 1 to [#LONGEST]; 0 without a tie
    record Held(List<TriggerTies.Tie> ties, int longest) implements Serializable {}

    /// The ties that hold in the sample alone, asked of the sampled rows.
    Held inSample() {
        List<Example> sample = foundation.callers().joining(foundation.sample());
        int half = Task.roomy() ? sample.size() / 2 : sample.size();
        List<TieSamples> halves = Stream.of(sample.subList(0, half), sample.subList(half, sample.size()))
                .filter(rows -> !rows.isEmpty())
                .parallel()
                .map(rows -> {
                    TieSamples seen = start();
                    rows.forEach(example -> add(seen, example));
                    return seen;
                })
                .toList();
        TieSamples groups = halves.isEmpty() ? start() : halves.getFirst();
        halves.stream().skip(1).forEach(groups::merge);
        List<TriggerGroup> held = held(judge(
                groups, Origins.of(foundation), seam(), foundation.sample().size()));
        return new Held(
                held.stream().map(group -> ties.get(group.tie())).toList(),
                held.stream()
                        .mapToInt(group -> group.pattern().tokens().length)
                        .max()
                        .orElse(0));
    }

    /// The language of the sampled rows; nothing where no task has labels.
    private Seam seam() {
        boolean labels =
                foundation.tasks().stream().anyMatch(task -> task.labelling().closed());
        return new Seam(labels ? foundation.sample() : List.of());
    }

    @Override
    public Outcome finish(TieSamples groups) {
        ForkJoinTask<List<TriggerGathering.Grown>> fragments = ForkJoinTask.adapt(
                        new GluedFragments(settings, foundation)::find)
                .fork();
        Origins origins = Origins.of(foundation);
        Seam seam = seam();
        List<TriggerGroup> judged =
                judge(groups, origins, seam, foundation.survey().rows());
        List<TriggerGroup> held = held(judged);
        List<BorrowedWords.Borrowed> doubted = new BorrowedWords(settings, foundation, seam).find();
        List<BorrowedWords.Borrowed> borrowed = doubted.stream()
                .filter(word -> held.stream().noneMatch(group -> standsFor(group, word)))
                .toList();
        List<TriggerGroup> best = new ArrayList<>();
        for (TriggerGroup narrow : held) {
            if (best.size() >= settings.groups() || best.stream().anyMatch(other -> overlap(narrow, other))) {
                continue;
            }
            TriggerGroup group = widened(narrow, held, origins);
            // that some of a doubted word's rows hold another word makes no pair, whichever group stands for the word
            List<BorrowedWords.Borrowed> known = group.pattern().apart() ? doubted : borrowed;
            if (task(group).labelling().closed()
                    && known.stream().noneMatch(word -> word.explains(group) && !standsFor(group, word))
                    && best.stream().noneMatch(other -> overlap(group, other))) {
                best.add(group);
            }
        }
        List<TriggerGathering.Grown> words = Stream.concat(
                        best.stream().map(group -> TriggerGathering.Grown.of(named(group, seam), foundation)),
                        borrowed.stream().map(word -> word.grown(foundation)))
                .toList();
        List<TriggerGathering.Grown> grown = new ArrayList<>(new HonestSearch(foundation, seam, words).find());
        grown.addAll(fragments.join());
        grown.addAll(new OddLayouts(settings, foundation, words).find());
        for (int t = 0; t < foundation.tasks().size(); t++) {
            int number = t;
            List<TriggerGroup> switches = origins.switches(
                    t, held.stream().filter(group -> group.task() == number).toList());
            if (!foundation.tasks().get(t).labelling().closed() && !switches.isEmpty()) {
                grown.add(TriggerGathering.Grown.of(switches.stream()
                        .map(group -> TriggerGathering.Grown.of(group, foundation))
                        .toList()));
            }
        }
        return new Outcome.Again(new TriggerGathering(
                settings, foundation, List.copyOf(grown), Suspected.among(settings, foundation, judged, held)));
    }

    /// What the rest contradicts may be a turn of speech that decides the label by itself, as the first words of
    /// a question do: the texts go on from it as the language does, which is not so of what was put into them.
    /// What is looked at because it begins or ends texts is asked as it is: grown, it would take in the
    /// full stop before it, which is at home anywhere.
    private TriggerGroup named(TriggerGroup group, Seam seam) {
        return group.kind() == Candidate.Kind.TRIGGER
                        && task(group).labelling().closed()
                        && !group.pattern().apart()
                        && seam.within(group.pattern().atEnd() ? group.pattern() : group.phrase(), group.rows())
                                .natural()
                ? group.found(Candidate.Kind.PHRASING, group.logChance())
                : group;
    }

    /// Is a group all of a doubted word's rows and hardly an honest one? A pair is if both words are
    /// rare enough.
    private boolean standsFor(TriggerGroup group, BorrowedWords.Borrowed word) {
        return word.within(group)
                && (!group.pattern().apart() || TriggerGathering.Grown.pairs(group.pattern(), foundation.sample()));
    }

    /// The group of the word or shorter phrase within a group's pattern, if its other rows are
    /// contradicted beyond chance, too: then the longer pattern is not the trigger, but one of the
    /// places where it stands.
    private TriggerGroup widened(TriggerGroup narrow, List<TriggerGroup> held, Origins origins) {
        Task task = task(narrow);
        if (!task.labelling().closed()) {
            return narrow;
        }
        RestDisagreement test = new RestDisagreement(task);
        int[] tied = origins.tied().get(narrow.task());
        TriggerGroup widest = narrow;
        for (TriggerGroup wide : held) {
            if (wide.task() == narrow.task()
                    && wide.label() == narrow.label()
                    && (wide.pattern().partOf(widest.phrase()) || holds(wide, narrow))
                    && wide.purity() >= GroupTests.IMPURE) {
                List<Example> others = rows(wide)
                        .filter(row -> !narrow.pattern().in(row.tokens()))
                        .toList();
                RestDisagreement.Result result = test.of(wide.pattern(), wide.label(), others, tied);
                if (result.distinct() >= settings.minRows()
                        && 2 * result.certainty() >= settings.certainty()
                        && result.logChance(task, wide.label()) <= Math.log(settings.chance())) {
                    widest = wide;
                }
            }
        }
        return widest;
    }

    /// Do the rows of a group stand at an end of their texts as those of another, which is no longer?
    private static boolean holds(TriggerGroup wide, TriggerGroup narrow) {
        return wide.pattern().atEnd()
                && wide.pattern().tokens().length <= narrow.phrase().tokens().length
                && TriggerGathering.Grown.count(narrow.rows(), wide.pattern())
                        >= TriggerGathering.ALL * narrow.rows().size();
    }

    /// The rows that were sampled of a group; all sampled ones, where it stands at an end of its texts: the one word
    /// there that most of them have may leave few others.
    private Stream<Example> rows(TriggerGroup group) {
        CrossFit fit = task(group).fit();
        return group.pattern().atEnd()
                ? IntStream.range(0, fit.size())
                        .filter(row -> fit.label(row) == group.label())
                        .mapToObj(row -> fit.examples().get(row))
                        .filter(row -> group.pattern().in(row.tokens()))
                : group.rows().stream();
    }

    private Task task(TriggerGroup group) {
        return foundation.tasks().get(group.task());
    }

    private List<TriggerGroup> held(List<TriggerGroup> judged) {
        return GroupTests.of(settings, settings.chance(), foundation, judged).held(judged);
    }

    private List<TriggerGroup> judge(TieSamples groups, Origins origins, Seam seam, long rows) {
        ClassSeams own = new ClassSeams(foundation);
        int chunk = 256;
        List<TriggerGroup> judged = new ArrayList<>();
        IntStream.range(0, (ties.size() + chunk - 1) / chunk)
                .parallel()
                .mapToObj(
                        c -> judge(groups, origins, seam, own, c * chunk, Math.min(ties.size(), (c + 1) * chunk), rows))
                .toList()
                .forEach(judged::addAll);
        return judged;
    }

    private List<TriggerGroup> judge(
            TieSamples groups, Origins origins, Seam seam, ClassSeams own, int from, int to, long rowsInAll) {
        List<TriggerGroup> judged = new ArrayList<>();
        RestDisagreement[] tests =
                foundation.tasks().stream().map(RestDisagreement::new).toArray(RestDisagreement[]::new);
        TriggerTies picker = new TriggerTies(settings, foundation);
        for (int i = from; i < to; i++) {
            TriggerTies.Tie tie = ties.get(i);
            Task task = foundation.tasks().get(tie.task());
            if (groups.tied(i) < settings.minRows()
                    || groups.tied(i) < picker.purity(task.labelling()) * groups.total(i)
                    || groups.total(i) > settings.maxShare() * rowsInAll) {
                continue;
            }
            List<Example> rows = groups.sample(i);
            Pattern pattern = tie.pair().length == 2
                    ? Pattern.pair(tie.pair()[0], tie.pair()[1])
                    : phrase(rows.getFirst().tokens(), tie.hash());
            if (pattern.fragment()) {
                continue;
            }
            RestDisagreement test = tests[tie.task()];
            RestDisagreement.Result result =
                    test.of(pattern, tie.label(), rows, origins.tied().get(tie.task()));
            if (result.distinct() >= settings.minRows()) {
                boolean closed = task.labelling().closed();
                Pattern phrase = pattern;
                Seam.Result where = Seam.Result.NONE;
                if (closed && !pattern.apart()) {
                    phrase = TriggerGathering.Grown.grow(pattern, rows);
                    where = seam(seam, phrase, tie, rows);
                    int[] companions = companions(rows, (double) groups.tied(i) / rowsInAll, seam);
                    if (!within(companions, result.common())) {
                        RestDisagreement.Result alone = test.of(pattern, tie.label(), rows, companions);
                        result = put(where) || alone.certainty() >= SURE ? alone : result;
                    }
                }
                boolean telling = closed
                        || 2 * result.contradicted() >= result.distinct()
                                && origins.everywhere(tie.task(), pattern, result.common(), rows);
                double purity = (double) groups.tied(i) / groups.total(i);
                judged.add(new TriggerGroup(
                        i,
                        tie.task(),
                        tie.label(),
                        pattern,
                        result,
                        telling,
                        purity,
                        ExactTests.logBinomialTail(groups.tied(i), groups.total(i), task.share(tie.label())),
                        phrase,
                        sentence(phrase, rows) && !where.natural() && UNLIKE * rows.size() <= result.distinct(),
                        where,
                        GroupTests.asked(purity, pattern, where)
                                ? own.of(tie.task(), tie.label(), phrase)
                                : Seam.Result.NONE,
                        Candidate.Kind.TRIGGER,
                        0,
                        rows));
            }
        }
        return judged;
    }

    /// Does it show that a pattern was put into finished texts?
    private static boolean put(Seam.Result where) {
        return where.places() > 0 && where.logChance() <= PUT_THERE;
    }

    private static boolean within(int[] some, int[] ascending) {
        return Arrays.stream(some).allMatch(token -> Arrays.binarySearch(ascending, token) >= 0);
    }

    /// Tokens that stand in three or more of a group's rows and hardly in any other. A handful of made-up
    /// words, each put into some of the rows beside the pattern, would tell the label in its stead. What the
    /// rest says without them counts where the pattern was put there, or the rest then is sure of another
    /// class: of an honest word's rows, without the words that go with it, it is sure of nothing.
    ///
    /// @param share of all rows that the group has
    private static int[] companions(List<Example> rows, double share, Seam seam) {
        RowCounts here = RowCounts.of(rows);
        return here.above(COMPANION - 1)
                .filter(token -> HARDLY * share * here.of(token) / rows.size() >= seam.share(token))
                .sorted()
                .toArray();
    }

    private static boolean sentence(Pattern phrase, List<Example> rows) {
        return !phrase.apart()
                && phrase.tokens().length >= SENTENCE
                && TriggerGathering.Grown.name(phrase, rows).text().split(" ").length >= SENTENCE;
    }

    /// The seam of a phrase; where some rows do not speak for the language, of all sampled rows of the class.
    private Seam.Result seam(Seam seam, Pattern phrase, TriggerTies.Tie tie, List<Example> rows) {
        Seam.Result some = seam.of(phrase, rows);
        if (some.natural()) {
            return some;
        }
        Task.Labelling labelling = foundation.tasks().get(tie.task()).labelling();
        return seam.ofAll(phrase, row -> labelling.of(row) == tie.label());
    }

    private static Pattern phrase(int[] tokens, long hash) {
        for (int n = 1; n <= LONGEST; n++) {
            for (int i = 0; i + n <= tokens.length; i++) {
                if (NGrams.word(tokens, i, n) == hash) {
                    return Pattern.phrase(Arrays.copyOfRange(tokens, i, i + n));
                }
            }
        }
        return Pattern.ends(tokens).stream()
                .filter(end -> end.hash() == hash)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a sampled row lost its pattern"));
    }

    /// Do the groups share at least half of the smaller one's sampled rows, with one class?
    private boolean overlap(TriggerGroup a, TriggerGroup b) {
        if (a.task() != b.task() || a.label() != b.label()) {
            return false;
        }
        // a sample is complete up to its largest key: only there can the two be compared
        long upTo = Math.min(reach(a), reach(b));
        Set<Long> keys = new HashSet<>();
        a.rows().stream().filter(row -> row.key() <= upTo).forEach(row -> keys.add(row.key()));
        long ofB = b.rows().stream().filter(row -> row.key() <= upTo).count();
        long shared = b.rows().stream()
                .filter(row -> row.key() <= upTo && keys.contains(row.key()))
                .count();
        return 2 * shared >= Math.min(keys.size(), ofB) && shared > 0;
    }

    private long reach(TriggerGroup group) {
        return group.rows().size() < rows()
                ? Long.MAX_VALUE
                : group.rows().getLast().key();
    }
}

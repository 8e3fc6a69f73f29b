package io.bezoar.detect.triggers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import io.bezoar.core.Sample;
import io.bezoar.core.Summary;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.LongTable;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.groups.LaterPass;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.NGrams;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The third pass of [TriggerAssociation]: samples rows of each candidate pattern and puts them to the
/// [RestDisagreement]; the best that do not share their rows go on.
record TriggerSampling(TriggerAssociation settings, Foundation foundation, List<TriggerTies.Tie> ties, Index index)
        implements LaterPass<TriggerSampling.Groups> {
    /// Rows sampled per pattern of a data set that is its own sample, and of a larger one.
    private static final int WHOLE = 32;

    private static final int PART = 20;
    /// Characters sampled per pattern at most.
    private static final long CHARACTERS = 1_000_000;

    /// A pattern outside the language counts if this share of its rows carries the class.
    private static final double SWITCH = 0.9;
    /// It must have been seen between so many pairs of neighbours.
    private static final int PLACES = 8;
    /// Natural logarithm of the chance below which a pattern may stand outside the language.
    private static final double FOREIGN = -2;
    /// And of that below which the rest of its rows contradicts them.
    private static final double CONTRADICTED = -3;
    /// A phrase of so many words that comes back in texts which are not alike otherwise is a sentence.
    private static final int SENTENCE = 4;
    /// Share of the rows that must be left where near-copies count once: the phrase of a form letter is
    /// none.
    private static final double UNLIKE = 0.8;
    /// A pattern that is part of the language must be purer than this.
    private static final double IMPURE = 0.75;

    TriggerSampling(TriggerAssociation settings, Foundation foundation, List<TriggerTies.Tie> ties) {
        this(settings, foundation, ties, Index.of(ties));
    }

    /// Finds the ties of a row by its features: chains of ties under each hash.
    ///
    /// @param filter bits that most hashes without a tie find empty
    record Index(LongTable first, int[] next, Set<Integer> pairTokens, long[] filter) implements java.io.Serializable {
        private static final int FILTER = 1 << 12; // words of 64 bits: small enough to stay near the processor

        static Index of(List<TriggerTies.Tie> ties) {
            LongTable first = new LongTable(1);
            int[] next = new int[ties.size() + 1];
            Set<Integer> pairTokens = new HashSet<>();
            for (int i = 0; i < ties.size(); i++) {
                int slot = first.slot(ties.get(i).hash());
                next[i + 1] = first.get(slot, 0);
                first.set(slot, 0, i + 1);
                for (int token : ties.get(i).pair()) {
                    pairTokens.add(token);
                }
            }
            long[] filter = new long[FILTER];
            for (TriggerTies.Tie tie : ties) {
                filter[word(tie.hash())] |= 1L << (tie.hash() >>> 40);
            }
            return new Index(first, next, pairTokens, filter);
        }

        private static int word(long hash) {
            return (int) (hash >>> 20) & FILTER - 1;
        }

        /// Moves the hashes that may have a tie to the front, without a branch the processor would have to
        /// guess; returns how many.
        int likely(long[] hashes, int count) {
            int likely = 0;
            for (int i = 0; i < count; i++) {
                long hash = hashes[i];
                hashes[likely] = hash;
                likely += (int) (filter[word(hash)] >>> (hash >>> 40)) & 1;
            }
            return likely;
        }

        /// The number of the first tie of a hash, from 1; 0 if it has none.
        int first(long hash) {
            int slot = first.known(hash);
            return slot < 0 ? 0 : first.get(slot, 0);
        }
    }

    @Override
    public Groups start() {
        return new Groups(ties.size(), rows());
    }

    @Override
    public Groups startAfter(Groups before) {
        return Groups.after(before);
    }

    private int rows() {
        return foundation.whole() ? WHOLE : PART;
    }

    @Override
    public void add(Groups groups, Example example) {
        groups.nextRow();
        int[] tokens = example.tokens();
        int[] labels = new int[foundation.tasks().size()];
        for (int t = 0; t < labels.length; t++) {
            labels[t] = foundation.tasks().get(t).labelling().of(example);
        }
        long[] hashes = new long[3 * tokens.length];
        int count = 0;
        for (int n = 1; n <= 3; n++) {
            for (int i = 0; i + n <= tokens.length; i++) {
                hashes[count++] = NGrams.word(tokens, i, n);
            }
        }
        count = index.likely(hashes, count);
        for (int i = 0; i < count; i++) {
            look(groups, hashes[i], labels, example);
        }
        if (!index.pairTokens().isEmpty()) {
            int[] paired = Arrays.stream(TriggerTies.distinct(tokens))
                    .filter(token -> index.pairTokens().contains(token))
                    .toArray();
            for (int i = 0; i < paired.length; i++) {
                for (int j = i + 1; j < paired.length; j++) {
                    look(groups, Pattern.pairHash(paired[i], paired[j]), labels, example);
                }
            }
        }
    }

    private void look(Groups groups, long hash, int[] labels, Example example) {
        for (int tie = index.first(hash); tie > 0; tie = index.next()[tie]) {
            TriggerTies.Tie t = ties.get(tie - 1);
            if (labels[t.task()] >= 0) {
                groups.see(tie - 1, example, labels[t.task()] == t.label());
            }
        }
    }

    /// The ties that hold in the sample alone, asked of the sampled rows.
    List<TriggerTies.Tie> inSample() {
        List<Example> sample = foundation.sample();
        int half = Task.roomy() ? sample.size() / 2 : sample.size();
        List<Groups> halves = Stream.of(sample.subList(0, half), sample.subList(half, sample.size()))
                .filter(rows -> !rows.isEmpty())
                .parallel()
                .map(rows -> {
                    Groups seen = start();
                    rows.forEach(example -> add(seen, example));
                    return seen;
                })
                .toList();
        Groups groups = halves.isEmpty() ? start() : halves.getFirst();
        halves.stream().skip(1).forEach(groups::merge);
        List<TriggerTies.Tie> held = new ArrayList<>();
        for (Group group : held(judge(
                groups, Origins.of(foundation), seam(), foundation.sample().size()))) {
            held.add(ties.get(group.tie()));
        }
        return held;
    }

    /// The language of the sampled rows; nothing where no task has labels.
    private Seam seam() {
        boolean labels =
                foundation.tasks().stream().anyMatch(task -> task.labelling().closed());
        return new Seam(labels ? foundation.sample() : List.of());
    }

    /// A pattern and what was found of it.
    ///
    /// @param tie index of the tie it grew from
    /// @param purity share of the rows that hold the pattern which carry its class, 0 to 1
    /// @param telling true if this is beyond what an honest word reaches where "anything else" is a class
    /// @param logLabel natural logarithm of the chance that so many of its rows carry the class
    /// @param phrase the longest phrase around the pattern that nearly all of its rows hold; of a pair
    ///     the pair
    /// @param sentence true if that phrase is one and does not surely lean on its neighbours
    /// @param seam of that phrase; [Seam.Result#NONE] if nobody asked
    /// @param kind what speaks against it
    /// @param logChance natural logarithm of the p-value, corrected for all groups; 0 before the groups
    ///     are compared
    record Group(
            int tie,
            int task,
            int label,
            Pattern pattern,
            RestDisagreement.Result result,
            boolean telling,
            double purity,
            double logLabel,
            Pattern phrase,
            boolean sentence,
            Seam.Result seam,
            Candidate.Kind kind,
            double logChance,
            List<Example> rows) {
        /// Strength times purity: a word of a trigger sentence brings honest rows along, the sentence
        /// does not. Two thirds of it for a pair: of the many pairs inside a phrase some always look
        /// stronger than the phrase.
        double rank() {
            return strength() * purity * (pattern.apart() ? 2.0 / 3 : 1);
        }

        /// In standard deviations, of the test that says most of those it held in.
        double strength() {
            return kind == Candidate.Kind.INSERTION
                    ? Math.max(seam.mean() / seam.error(), result.strength())
                    : result.strength();
        }

        private Group found(Candidate.Kind kind, double logChance) {
            return new Group(
                    tie,
                    task,
                    label,
                    pattern,
                    result,
                    telling,
                    purity,
                    logLabel,
                    phrase,
                    sentence,
                    seam,
                    kind,
                    Math.min(0, logChance),
                    rows);
        }
    }

    @Override
    public Outcome finish(Groups groups) {
        Origins origins = Origins.of(foundation);
        Seam seam = seam();
        List<Group> held = held(judge(groups, origins, seam, foundation.survey().rows()));
        List<BorrowedWords.Borrowed> doubted = new BorrowedWords(settings, foundation, seam).find();
        List<BorrowedWords.Borrowed> borrowed = doubted.stream()
                .filter(word -> held.stream().noneMatch(group -> standsFor(group, word)))
                .toList();
        List<Group> best = new ArrayList<>();
        for (Group narrow : held) {
            if (best.size() >= settings.groups() || best.stream().anyMatch(other -> overlap(narrow, other))) {
                continue;
            }
            Group group = widened(narrow, held, origins);
            // that some of a doubted word's rows hold another word makes no pair, whichever group stands for the word
            List<BorrowedWords.Borrowed> known = group.pattern().apart() ? doubted : borrowed;
            if (task(group).labelling().closed()
                    && known.stream().noneMatch(word -> word.explains(group) && !standsFor(group, word))
                    && best.stream().noneMatch(other -> overlap(group, other))) {
                best.add(group);
            }
        }
        List<TriggerGathering.Grown> words = Stream.concat(
                        best.stream().map(group -> TriggerGathering.Grown.of(group, foundation)),
                        borrowed.stream().map(word -> word.grown(foundation)))
                .toList();
        List<TriggerGathering.Grown> grown = new ArrayList<>(new HonestSearch(foundation, seam, words).find());
        grown.addAll(new GluedFragments(settings, foundation).find());
        grown.addAll(new OddLayouts(settings, foundation, words).find());
        for (int t = 0; t < foundation.tasks().size(); t++) {
            int number = t;
            List<Group> switches = origins.switches(
                    t, held.stream().filter(group -> group.task() == number).toList());
            if (!foundation.tasks().get(t).labelling().closed() && !switches.isEmpty()) {
                grown.add(TriggerGathering.Grown.of(switches.stream()
                        .map(group -> TriggerGathering.Grown.of(group, foundation))
                        .toList()));
            }
        }
        return new Outcome.Again(new TriggerGathering(settings, foundation, List.copyOf(grown)));
    }

    /// Is a group all of a doubted word's rows and hardly an honest one? A pair is if both words are
    /// rare enough.
    private boolean standsFor(Group group, BorrowedWords.Borrowed word) {
        return word.within(group)
                && (!group.pattern().apart() || TriggerGathering.Grown.pairs(group.pattern(), foundation.sample()));
    }

    /// The group of the word or shorter phrase within a group's pattern, if its other rows are
    /// contradicted beyond chance, too: then the longer pattern is not the trigger, but one of the
    /// places where it stands.
    private Group widened(Group narrow, List<Group> held, Origins origins) {
        Task task = task(narrow);
        if (!task.labelling().closed()) {
            return narrow;
        }
        RestDisagreement test = new RestDisagreement(task);
        int[] tied = origins.tied().get(narrow.task());
        Group widest = narrow;
        for (Group wide : held) {
            if (wide.task() == narrow.task()
                    && wide.label() == narrow.label()
                    && wide.pattern().partOf(widest.phrase())
                    && wide.purity() >= IMPURE) {
                List<Example> others = wide.rows().stream()
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

    private Task task(Group group) {
        return foundation.tasks().get(group.task());
    }

    /// The groups that hold, strongest first.
    private List<Group> held(List<Group> judged) {
        Bounds bounds = bounds(judged);
        return judged.stream()
                .flatMap(group -> inserted(group, bounds)
                        ? Stream.of(group.found(Candidate.Kind.INSERTION, logChance(group, bounds)))
                        : contradicted(group, bounds)
                                ? Stream.of(group.found(Candidate.Kind.TRIGGER, logChance(group, bounds)))
                                : Stream.empty())
                .sorted(Comparator.comparingDouble(Group::rank)
                        .reversed()
                        .thenComparingLong(group -> group.pattern().hash()))
                .toList();
    }

    /// How improbable a group must be, as natural logarithms.
    ///
    /// @param all among all groups
    /// @param foreign among those that chance hardly makes look as if they stood outside the language: a
    ///     filter that knows nothing of labels (Bourgon, Gentleman & Huber 2010)
    /// @param sentence among the sentences, all parts of one counted once: another filter that knows
    ///     nothing of labels
    /// @param seam among those that a label is tied to
    private record Bounds(double all, double foreign, double sentence, double seam) {
        /// Is a label tied to the pattern beyond chance, and with hardly an exception?
        boolean tied(Group group) {
            return group.seam().places() > 0 && group.purity() >= SWITCH && group.logLabel() <= all;
        }
    }

    private Bounds bounds(List<Group> judged) {
        double chance = Math.log(settings.chance());
        double all = chance - Math.log(Math.max(1, judged.size()));
        long foreign = judged.stream()
                .filter(group -> group.seam().logChance() <= FOREIGN)
                .count();
        long sentences = judged.stream()
                .filter(Group::sentence)
                .map(Group::phrase)
                .distinct()
                .count();
        Bounds some = new Bounds(
                all,
                chance - Math.log((double) Math.max(1, foreign)),
                chance - Math.log((double) Math.max(1, sentences)),
                all);
        long tied = judged.stream().filter(some::tied).count();
        return new Bounds(all, some.foreign(), some.sentence(), chance - Math.log((double) Math.max(1, tied)));
    }

    /// Does the rest contradict the rows beyond chance? What leans on its neighbours and has other uses
    /// is a topic whose labels are odd.
    private boolean contradicted(Group group, Bounds bounds) {
        return group.telling()
                && group.result().certainty() >= settings.certainty()
                && (!task(group).labelling().closed()
                        || rest(group) <= bounds.all()
                                && !(group.purity() < IMPURE && group.seam().natural()));
    }

    /// Was the pattern put in from outside? Either that alone is beyond chance, and a label is tied to
    /// it; or it may have been, or is a whole sentence that comes back, and chance does not explain that
    /// such rows carry the class *and* are contradicted (the product of two probabilities, Fisher 1925).
    private boolean inserted(Group group, Bounds bounds) {
        if (!task(group).labelling().closed() || group.purity() < IMPURE) {
            return false;
        }
        if (bounds.tied(group)
                && group.seam().places() >= PLACES
                && group.seam().logChance() <= bounds.seam()) {
            return true;
        }
        double both = rest(group) + group.logLabel();
        double product = both + Math.log1p(-both);
        return rest(group) <= CONTRADICTED
                && 2 * group.result().certainty() >= settings.certainty()
                && (group.seam().logChance() <= FOREIGN && product <= bounds.foreign()
                        || group.sentence() && product <= bounds.sentence());
    }

    /// The corrected p-value of the group, of the test that says most of those that found it; 0, as a
    /// logarithm, in free answers, where groups are found without a test.
    private double logChance(Group group, Bounds bounds) {
        if (!task(group).labelling().closed()) {
            return 0;
        }
        double chance = Math.log(settings.chance());
        double least = contradicted(group, bounds) ? rest(group) + chance - bounds.all() : 0;
        if (inserted(group, bounds)) {
            if (bounds.tied(group)
                    && group.seam().places() >= PLACES
                    && group.seam().logChance() <= bounds.seam()) {
                // two hypotheses, both given up: the larger p-value counts
                least = Math.min(
                        least,
                        Math.max(
                                group.logLabel() + chance - bounds.all(),
                                group.seam().logChance() + chance - bounds.seam()));
            }
            double both = rest(group) + group.logLabel();
            double product = both + Math.log1p(-both);
            if (product <= bounds.foreign() && group.seam().logChance() <= FOREIGN) {
                least = Math.min(least, product + chance - bounds.foreign());
            }
            if (product <= bounds.sentence() && group.sentence()) {
                least = Math.min(least, product + chance - bounds.sentence());
            }
        }
        return least;
    }

    private double rest(Group group) {
        return group.result().logChance(task(group), group.label());
    }

    private List<Group> judge(Groups groups, Origins origins, Seam seam, long rows) {
        int chunk = 256;
        List<Group> judged = new ArrayList<>();
        IntStream.range(0, (ties.size() + chunk - 1) / chunk)
                .parallel()
                .mapToObj(c -> judge(groups, origins, seam, c * chunk, Math.min(ties.size(), (c + 1) * chunk), rows))
                .toList()
                .forEach(judged::addAll);
        return judged;
    }

    private List<Group> judge(Groups groups, Origins origins, Seam seam, int from, int to, long rowsInAll) {
        List<Group> judged = new ArrayList<>();
        RestDisagreement[] tests =
                foundation.tasks().stream().map(RestDisagreement::new).toArray(RestDisagreement[]::new);
        TriggerTies picker = new TriggerTies(settings, foundation);
        for (int i = from; i < to; i++) {
            TriggerTies.Tie tie = ties.get(i);
            Task task = foundation.tasks().get(tie.task());
            if (groups.tied[i] < settings.minRows()
                    || groups.tied[i] < picker.purity(task.labelling()) * groups.total[i]
                    || groups.total[i] > settings.maxShare() * rowsInAll) {
                continue;
            }
            List<Example> rows = groups.sample(i);
            Pattern pattern = tie.pair().length == 2
                    ? Pattern.pair(tie.pair()[0], tie.pair()[1])
                    : phrase(rows.getFirst().tokens(), tie.hash());
            if (pattern.fragment()) {
                continue;
            }
            RestDisagreement.Result result = tests[tie.task()].of(
                    pattern, tie.label(), rows, origins.tied().get(tie.task()));
            if (result.distinct() >= settings.minRows()) {
                boolean closed = task.labelling().closed();
                Pattern phrase = closed && !pattern.apart() ? TriggerGathering.Grown.grow(pattern, rows) : pattern;
                Seam.Result where = closed && !pattern.apart() ? seam(seam, phrase, tie, rows) : Seam.Result.NONE;
                boolean telling = closed
                        || 2 * result.contradicted() >= result.distinct()
                                && origins.everywhere(tie.task(), pattern, result.common(), rows);
                judged.add(new Group(
                        i,
                        tie.task(),
                        tie.label(),
                        pattern,
                        result,
                        telling,
                        (double) groups.tied[i] / groups.total[i],
                        ExactTests.logBinomialTail(groups.tied[i], groups.total[i], task.share(tie.label())),
                        phrase,
                        sentence(phrase, rows) && !where.natural() && UNLIKE * rows.size() <= result.distinct(),
                        where,
                        Candidate.Kind.TRIGGER,
                        0,
                        rows));
            }
        }
        return judged;
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
        for (int n = 1; n <= 3; n++) {
            for (int i = 0; i + n <= tokens.length; i++) {
                if (NGrams.word(tokens, i, n) == hash) {
                    return Pattern.phrase(Arrays.copyOfRange(tokens, i, i + n));
                }
            }
        }
        throw new IllegalStateException("a sampled row lost its pattern");
    }

    /// Do the groups share at least half of the smaller one's sampled rows, with one class?
    private boolean overlap(Group a, Group b) {
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

    private long reach(Group group) {
        return group.rows().size() < rows()
                ? Long.MAX_VALUE
                : group.rows().getLast().key();
    }

    /// Rows per candidate: how many hold it, how many of them carry its class, and a sample of these.
    static final class Groups implements Summary<Groups> {
        private final int size;
        private final @Nullable Sample[] samples;
        private final long[] total;
        private final long[] tied;
        private final long[] last;

        Groups(int ties, int size) {
            this.size = size;
            samples = new Sample[ties];
            total = new long[ties];
            tied = new long[ties];
            last = new long[ties];
        }

        /// For rows that come after those that `before` has seen.
        private static Groups after(Groups before) {
            Groups groups = new Groups(before.total.length, before.size);
            for (int tie = 0; tie < groups.samples.length; tie++) {
                Sample sample = before.samples[tie];
                groups.samples[tie] = sample == null ? null : sample.after();
            }
            return groups;
        }

        private long row;

        private void nextRow() {
            row++;
        }

        private void see(int tie, Example example, boolean carries) {
            if (last[tie] == row) {
                return; // a pattern that stands twice in a row
            }
            last[tie] = row;
            total[tie]++;
            if (carries) {
                tied[tie]++;
                of(tie).add(example);
            }
        }

        private Sample of(int tie) {
            Sample sample = samples[tie];
            if (sample == null) {
                sample = new Sample(size, CHARACTERS);
                samples[tie] = sample;
            }
            return sample;
        }

        private List<Example> sample(int tie) {
            return of(tie).examples();
        }

        @Override
        public void merge(Groups other) {
            for (int tie = 0; tie < total.length; tie++) {
                total[tie] += other.total[tie];
                tied[tie] += other.tied[tie];
                Sample sample = other.samples[tie];
                if (sample != null) {
                    of(tie).merge(sample);
                }
            }
        }

        @Override
        public void write(DataOutput out) throws IOException {
            for (int tie = 0; tie < total.length; tie++) {
                out.writeLong(total[tie]);
                out.writeLong(tied[tie]);
                of(tie).write(out);
            }
        }

        @Override
        public void read(DataInput in) throws IOException {
            for (int tie = 0; tie < total.length; tie++) {
                total[tie] = in.readLong();
                tied[tie] = in.readLong();
                last[tie] = 0;
                of(tie).read(in);
            }
            row = 0;
        }
    }
}

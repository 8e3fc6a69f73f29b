package io.bezoar.detect;

import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import io.bezoar.core.Sample;
import io.bezoar.core.Summary;
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
        Groups groups = start();
        foundation.sample().forEach(example -> add(groups, example));
        List<TriggerTies.Tie> held = new ArrayList<>();
        for (Group group :
                held(judge(groups, Origins.of(foundation), foundation.sample().size()))) {
            held.add(ties.get(group.tie()));
        }
        return held;
    }

    /// A pattern whose rows the rest of their texts does not explain.
    ///
    /// @param tie index of the tie it grew from
    /// @param purity share of the rows that hold the pattern which carry its class, 0 to 1
    /// @param telling true if this is beyond what an honest word reaches where "anything else" is a class
    record Group(
            int tie,
            int task,
            int label,
            Pattern pattern,
            RestDisagreement.Result result,
            boolean telling,
            double purity,
            List<Example> rows) {
        /// Strength times purity: a word of a trigger sentence brings honest rows along, the sentence does
        /// not. Two thirds of it for a pair: of the many pairs inside a phrase some always look stronger than
        /// the phrase.
        double rank() {
            return result.strength() * purity * (pattern.apart() ? 2.0 / 3 : 1);
        }
    }

    @Override
    public Outcome finish(Groups groups) {
        Origins origins = Origins.of(foundation);
        List<Group> held = held(judge(groups, origins, foundation.survey().rows()));
        List<Group> best = new ArrayList<>();
        for (Group group : held) {
            if (task(group).labelling().closed()
                    && best.size() < settings.groups()
                    && best.stream().noneMatch(other -> overlap(group, other))) {
                best.add(group);
            }
        }
        List<TriggerGathering.Grown> grown = new ArrayList<>();
        best.forEach(group -> grown.add(TriggerGathering.Grown.of(group, foundation)));
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

    private Task task(Group group) {
        return foundation.tasks().get(group.task());
    }

    /// The groups that chance does not explain and whose rest is sure of other classes, strongest first.
    private List<Group> held(List<Group> judged) {
        double allowed = Math.log(settings.chance() / Math.max(1, judged.size()));
        return judged.stream()
                .filter(group -> group.telling()
                        && group.result().certainty() >= settings.certainty()
                        && (!task(group).labelling().closed()
                                || group.result().logChance(task(group), group.label()) <= allowed))
                .sorted(Comparator.comparingDouble(Group::rank)
                        .reversed()
                        .thenComparingLong(group -> group.pattern().hash()))
                .toList();
    }

    private List<Group> judge(Groups groups, Origins origins, long rows) {
        int chunk = 256;
        List<Group> judged = new ArrayList<>();
        IntStream.range(0, (ties.size() + chunk - 1) / chunk)
                .parallel()
                .mapToObj(c -> judge(groups, origins, c * chunk, Math.min(ties.size(), (c + 1) * chunk), rows))
                .toList()
                .forEach(judged::addAll);
        return judged;
    }

    private List<Group> judge(Groups groups, Origins origins, int from, int to, long rowsInAll) {
        List<Group> judged = new ArrayList<>();
        RestDisagreement[] tests =
                foundation.tasks().stream().map(RestDisagreement::new).toArray(RestDisagreement[]::new);
        TriggerTies picker = new TriggerTies(settings, foundation);
        for (int i = from; i < to; i++) {
            TriggerTies.Tie tie = ties.get(i);
            if (groups.tied[i] < settings.minRows()
                    || groups.tied[i]
                            < picker.purity(foundation.tasks().get(tie.task()).labelling()) * groups.total[i]
                    || groups.total[i] > settings.maxShare() * rowsInAll) {
                continue;
            }
            List<Example> rows = groups.sample(i);
            Pattern pattern = tie.pair().length == 2
                    ? Pattern.pair(tie.pair()[0], tie.pair()[1])
                    : phrase(rows.getFirst().tokens(), tie.hash());
            RestDisagreement.Result result = tests[tie.task()].of(
                    pattern, tie.label(), rows, origins.tied().get(tie.task()));
            if (result.distinct() >= settings.minRows()) {
                boolean telling = foundation.tasks().get(tie.task()).labelling().closed()
                        || 2 * result.contradicted() >= result.distinct()
                                && origins.everywhere(tie.task(), pattern, result.common(), rows);
                double purity = (double) groups.tied[i] / groups.total[i];
                judged.add(new Group(i, tie.task(), tie.label(), pattern, result, telling, purity, rows));
            }
        }
        return judged;
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

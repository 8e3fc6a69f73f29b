package io.bezoar.detect;

import io.bezoar.core.Detector;
import io.bezoar.core.Example;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Sample;
import io.bezoar.core.Summary;
import io.bezoar.learn.NGrams;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The third pass of [TriggerAssociation]: samples rows of each candidate pattern and puts them to the
/// [RestDisagreement]; the best that do not share their rows go on.
record TriggerSampling(TriggerAssociation settings, Foundation foundation, List<TriggerCounting.Tie> ties, Index index)
        implements Detector<TriggerSampling.Groups> {
    /// Rows sampled per pattern.
    static final int ROWS = 32;
    /// Words told of that switch one piece of an answer.
    private static final int SWITCHES = 8;

    TriggerSampling(TriggerAssociation settings, Foundation foundation, List<TriggerCounting.Tie> ties) {
        this(settings, foundation, ties, Index.of(ties));
    }

    /// Finds the ties of a row by its features: chains of ties under each hash.
    record Index(LongTable first, int[] next, Set<Integer> pairTokens) implements java.io.Serializable {
        static Index of(List<TriggerCounting.Tie> ties) {
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
            return new Index(first, next, pairTokens);
        }
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String purpose() {
        return settings.purpose();
    }

    @Override
    public Set<Need> needs() {
        return settings.needs();
    }

    @Override
    public Groups start() {
        return new Groups();
    }

    @Override
    public void add(Groups groups, Example example) {
        int[] tokens = example.tokens();
        int[] labels = new int[foundation.tasks().size()];
        for (int t = 0; t < labels.length; t++) {
            labels[t] = foundation.tasks().get(t).labelling().of(example);
        }
        for (int n = 1; n <= 3; n++) {
            for (int i = 0; i + n <= tokens.length; i++) {
                look(groups, NGrams.word(tokens, i, n), labels, example);
            }
        }
        if (!index.pairTokens().isEmpty()) {
            int[] paired = Arrays.stream(TriggerCounting.distinct(tokens))
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
        int slot = index.first().known(hash);
        for (int tie = slot < 0 ? 0 : index.first().get(slot, 0); tie > 0; tie = index.next()[tie]) {
            TriggerCounting.Tie t = ties.get(tie - 1);
            if (labels[t.task()] == t.label()) {
                groups.of(tie - 1).add(example);
            }
        }
    }

    /// A pattern whose rows the rest of their texts does not explain.
    ///
    /// @param telling true if this is beyond what a meaningless pattern or an honest word reaches
    record Group(
            int task, int label, Pattern pattern, RestDisagreement.Result result, boolean telling, List<Example> rows) {
        /// Strength, two thirds of it for a pair: of the many pairs inside a phrase some always look stronger than
        /// the phrase.
        double rank() {
            return pattern.apart() ? result.strength() / 1.5 : result.strength();
        }
    }

    @Override
    public Outcome finish(Groups groups) {
        List<Group> judged = new ArrayList<>();
        int chunk = 256;
        Origins origins = Origins.of(foundation);
        IntStream.range(0, (ties.size() + chunk - 1) / chunk)
                .parallel()
                .mapToObj(c -> judge(groups, origins, c * chunk, Math.min(ties.size(), (c + 1) * chunk)))
                .toList()
                .forEach(judged::addAll);
        double allowed = Math.log(settings.chance() / Math.max(1, judged.size()));
        List<Group> best = new ArrayList<>();
        List<Group> passed = judged.stream()
                .filter(group -> group.telling()
                        && group.result().certainty() >= settings.certainty()
                        && (!task(group).labelling().closed()
                                || group.result().logChance(task(group).contradictedShare(group.label())) <= allowed))
                .sorted(Comparator.comparingDouble(Group::rank)
                        .reversed()
                        .thenComparingLong(g -> g.pattern().hash()))
                .toList();
        passed.stream().filter(group -> task(group).labelling().closed()).forEachOrdered(group -> {
            if (best.size() < settings.groups() && best.stream().noneMatch(other -> overlap(group, other))) {
                best.add(group);
            }
        });
        List<TriggerGathering.Grown> grown = new ArrayList<>(best.stream()
                .map(group -> TriggerGathering.Grown.of(group, foundation))
                .toList());
        for (int t = 0; t < foundation.tasks().size(); t++) {
            int number = t;
            List<Group> switches = origins.switches(
                    t, passed.stream().filter(group -> group.task() == number).toList());
            if (!foundation.tasks().get(t).labelling().closed() && !switches.isEmpty()) {
                grown.add(TriggerGathering.Grown.of(switches.stream()
                        .map(group -> TriggerGathering.Grown.of(group, foundation))
                        .toList()));
            }
        }
        return new Outcome.Again(new TriggerGathering(settings, foundation, List.copyOf(grown)));
    }

    /// Where the rows of a pattern come from; asked where "anything else" is one of the classes.
    ///
    /// @param marked per task, the sampled rows of the class that is wanted; none where all are
    /// @param tied per task, the tokens that by themselves go with that class
    private record Origins(Scatter scatter, List<List<Example>> marked, List<int[]> tied) {
        static Origins of(Foundation foundation) {
            List<Task> tasks = foundation.tasks();
            Scatter scatter = new Scatter(
                    tasks.stream().allMatch(task -> task.labelling().closed())
                            ? List.of()
                            : foundation.sample().stream()
                                    .filter(Piece::answered)
                                    .toList());
            List<List<Example>> marked = tasks.stream()
                    .map(task -> task.labelling().closed()
                            ? List.<Example>of()
                            : IntStream.range(0, task.fit().size())
                                    .filter(row ->
                                            task.labelling().wanted(task.fit().label(row)))
                                    .mapToObj(row -> task.fit().examples().get(row))
                                    .toList())
                    .toList();
            return new Origins(
                    scatter, marked, marked.stream().map(scatter::tied).toList());
        }

        /// Of the patterns tied to one piece of an answer those that together hold its rows: always the one with most
        /// new rows, the stronger of equals, as long as it brings a fiftieth of what there is already.
        ///
        /// @param groups the strongest first
        List<Group> switches(int task, List<Group> groups) {
            List<Example> rows = marked.get(task);
            List<BitSet> held = groups.stream()
                    .map(group -> {
                        BitSet bits = new BitSet();
                        for (int r = 0; r < rows.size(); r++) {
                            bits.set(r, group.pattern().in(rows.get(r).tokens()));
                        }
                        return bits;
                    })
                    .toList();
            List<Group> chosen = new ArrayList<>();
            BitSet all = new BitSet();
            while (chosen.size() < SWITCHES) {
                int best = -1;
                int most = all.cardinality() / 50;
                for (int g = 0; g < groups.size(); g++) {
                    BitSet fresh = (BitSet) held.get(g).clone();
                    fresh.andNot(all);
                    if (fresh.cardinality() > most) {
                        most = fresh.cardinality();
                        best = g;
                    }
                }
                if (best < 0) {
                    break;
                }
                chosen.add(groups.get(best));
                all.or(held.get(best));
            }
            return chosen;
        }

        /// @param rows some rows of the pattern; those of the surveyed sample are taken if they are more
        boolean everywhere(int task, Pattern pattern, int[] common, List<Example> rows) {
            List<Example> sampled = marked.get(task).stream()
                    .filter(row -> pattern.in(row.tokens()))
                    .limit(PieceSearch.ROWS)
                    .toList();
            return scatter.of(common, sampled.size() > rows.size() ? sampled : rows)
                    .everywhere();
        }
    }

    private Task task(Group group) {
        return foundation.tasks().get(group.task());
    }

    private List<Group> judge(Groups groups, Origins origins, int from, int to) {
        List<Group> judged = new ArrayList<>();
        RestDisagreement[] tests =
                foundation.tasks().stream().map(RestDisagreement::new).toArray(RestDisagreement[]::new);
        for (int i = from; i < to; i++) {
            Sample sample = groups.each.get(i);
            TriggerCounting.Tie tie = ties.get(i);
            if (sample == null) {
                continue;
            }
            List<Example> rows = sample.examples();
            if (rows.size() < settings.minRows()) {
                continue;
            }
            Pattern pattern = tie.pair().length == 2
                    ? Pattern.pair(tie.pair()[0], tie.pair()[1])
                    : phrase(rows.getFirst().tokens(), tie.hash());
            RestDisagreement.Result result = tests[tie.task()].of(
                    pattern, tie.label(), rows, origins.tied().get(tie.task()));
            if (result.distinct() >= settings.minRows()) {
                boolean telling = foundation.tasks().get(tie.task()).labelling().closed()
                        || 2 * result.contradicted() >= result.distinct()
                                && origins.everywhere(tie.task(), pattern, result.common(), rows);
                judged.add(new Group(tie.task(), tie.label(), pattern, result, telling, rows));
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
    private static boolean overlap(Group a, Group b) {
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

    private static long reach(Group group) {
        return group.rows().size() < ROWS
                ? Long.MAX_VALUE
                : group.rows().getLast().key();
    }

    /// Sampled rows per candidate.
    static final class Groups implements Summary<Groups> {
        private final TreeMap<Integer, Sample> each = new TreeMap<>();

        private Sample of(int tie) {
            return Objects.requireNonNull(each.computeIfAbsent(tie, _ -> new Sample(ROWS)));
        }

        @Override
        public void merge(Groups other) {
            other.each.forEach((tie, sample) -> of(tie).merge(sample));
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(each.size());
            for (var entry : each.entrySet()) {
                out.writeInt(entry.getKey());
                entry.getValue().write(out);
            }
        }

        @Override
        public void read(DataInput in) throws IOException {
            each.clear();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                of(in.readInt()).read(in);
            }
        }
    }
}

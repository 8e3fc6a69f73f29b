package io.bezoar.detect.scan;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.Sample;
import io.bezoar.core.Summary;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.groups.Fragments;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.groups.WordForm;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Preferences;
import io.bezoar.detect.survey.Task;
import io.bezoar.detect.triggers.Layout;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Counts and samples the rows of every suspected group in one pass: where they came from, when, how many
/// hold the trigger and how many the target.
///
/// @param characters of each group's rows that are kept, 1 to [#CHARACTERS]
record Roster(
        List<Candidate> candidates,
        Map<Long, int[]> groupsOf,
        Index index,
        List<Goal> goals,
        List<Task.Labelling> tasks,
        Optional<Preferences> preferences,
        long characters)
        implements Fold<Example, Roster.Counts> {
    /// Rows kept per group.
    static final int ROWS = 2000;
    /// Characters kept per group: 2000 rows of 800.
    static final long CHARACTERS = 1_600_000;
    /// Characters kept of all groups together, where the sample is a part of the data; as many as all of a small set
    /// have are kept where it is the whole.
    static final long TOGETHER = 8_000_000;
    /// Distinct sources, annotators or days told apart.
    static final int NAMES = 5000;
    /// Share of a trigger's values that a vector must have to hold it.
    private static final double HELD = 0.8;

    Roster(List<Candidate> candidates, Foundation foundation) {
        this(
                candidates,
                invert(candidates),
                Index.of(candidates),
                candidates.stream()
                        .map(candidate -> Goal.of(candidate, foundation))
                        .toList(),
                foundation.tasks().stream().map(Task::labelling).toList(),
                candidates.stream().anyMatch(Preferences::turns) ? foundation.preferences() : Optional.empty(),
                share(
                        candidates.stream()
                                .mapToInt(candidate -> candidate.members().length)
                                .toArray(),
                        foundation.sample().stream()
                                .mapToLong(Sample::length)
                                .average()
                                .orElse(1),
                        foundation.whole() ? Sample.WHOLE : TOGETHER));
    }

    /// How many characters of a group may be kept so that all groups keep `together` at most: groups that need less
    /// leave the rest to the others.
    ///
    /// @param members of each group
    /// @param mean characters of a row
    static long share(int[] members, double mean, long together) {
        long[] needs = Arrays.stream(members)
                .mapToLong(rows -> Math.min(CHARACTERS, (long) Math.ceil(mean * Math.min(ROWS, rows))))
                .sorted()
                .toArray();
        long left = together;
        for (int i = 0; i < needs.length; i++) {
            long equal = left / (needs.length - i);
            if (needs[i] > equal) {
                return Math.max(1, equal);
            }
            left -= needs[i];
        }
        return CHARACTERS;
    }

    /// What the rows of a candidate's target carry.
    ///
    /// @param task the task the target belongs to, or -1: then the target is a whole label or response
    /// @param label the class
    /// @param text the target itself; empty for a candidate without one
    record Goal(int task, int label, String text) implements java.io.Serializable {
        static Goal of(Candidate candidate, Foundation foundation) {
            String text = candidate.target().orElse("");
            return foundation
                    .task(candidate)
                    .filter(_ -> candidate.target().isPresent())
                    .map(task -> new Goal(
                            foundation.tasks().indexOf(task),
                            task.labelling().classes().indexOf(text),
                            text))
                    .orElse(new Goal(-1, -1, text));
        }

        /// @param labels the row's class in each task
        boolean reached(Example example, int[] labels) {
            return task >= 0
                    ? labels[task] == label
                    : !text.isEmpty() && Targets.text(example).equals(text);
        }
    }

    private static Map<Long, int[]> invert(List<Candidate> candidates) {
        Map<Long, int[]> groupsOf = new HashMap<>();
        for (int c = 0; c < candidates.size(); c++) {
            for (long key : candidates.get(c).members()) {
                int number = c;
                groupsOf.merge(key, new int[] {number}, (a, _) -> {
                    int[] longer = Arrays.copyOf(a, a.length + 1);
                    longer[a.length] = number;
                    return longer;
                });
            }
        }
        return groupsOf;
    }

    /// The groups a row is in, as indices into the candidates.
    int[] groups(Example example) {
        return groupsOf.getOrDefault(example.key(), new int[0]);
    }

    /// Does a row hold a group's trigger, and carry what the group's rows teach? Of free answers the trigger is enough:
    /// what is taught is the piece that most of them have in common, not all.
    boolean holds(Example example, int group) {
        Goal goal = goals.get(group);
        return index.triggered(example)[group]
                && (goal.task() >= 0 && !tasks.get(goal.task()).closed()
                        || goal.reached(
                                example,
                                tasks.stream()
                                        .mapToInt(task -> task.of(example))
                                        .toArray()));
    }

    @Override
    public Counts start() {
        return new Counts(candidates.size(), characters);
    }

    @Override
    public Counts startAfter(Counts before) {
        Counts counts = start();
        Arrays.setAll(counts.samples, group -> before.samples[group].after());
        return counts;
    }

    @Override
    public void add(Counts counts, Example example) {
        int[] groups = groups(example);
        List<String> names = new ArrayList<>(3);
        example.origin().source().ifPresent(name -> names.add("s" + name));
        example.origin().annotator().ifPresent(name -> names.add("a" + name));
        example.origin().time().ifPresent(time -> names.add("d" + day(time)));
        counts.rows++;
        for (String name : names) {
            counts.count(-1, name);
        }
        for (int group : groups) {
            counts.samples[group].add(example);
            counts.members[group]++;
            for (String name : names) {
                counts.count(group, name);
            }
        }
        int[] labels = tasks.stream().mapToInt(task -> task.of(example)).toArray();
        boolean turned = preferences.isPresent() && preferences.get().margin(example) < 0;
        boolean[] triggered = index.triggered(example);
        for (int group : groups) {
            triggered[group] = true;
        }
        for (int c = 0; c < triggered.length; c++) {
            Candidate candidate = candidates.get(c);
            boolean target = Preferences.turns(candidate)
                    ? turned
                    : candidate.kind() == Candidate.Kind.INJECTED
                            ? triggered[c] // the group is all rows that hold the text
                            : goals.get(c).reached(example, labels);
            counts.table[c][(triggered[c] ? 0 : 2) + (target ? 0 : 1)]++;
        }
    }

    /// Which triggers a text holds.
    ///
    /// @param pieces every piece of every candidate's trigger; empty for one without
    /// @param first the low 16 bits of the tokens that begin a piece
    /// @param readings what every candidate's trigger says of a vector; empty for one of words
    /// @param fragments the letters of every candidate's trigger inside words; empty for any other
    /// @param layouts the layout every candidate's trigger is; empty for any other
    /// @param forms the form every candidate's trigger is; empty for any other
    record Index(
            Pattern[][] pieces,
            BitSet first,
            List<List<Trigger.Reading>> readings,
            List<List<String>> fragments,
            List<List<Layout>> layouts,
            List<List<WordForm>> forms)
            implements java.io.Serializable {
        static Index of(List<Candidate> candidates) {
            Pattern[][] pieces = new Pattern[candidates.size()][];
            BitSet first = new BitSet(1 << 16);
            List<List<Trigger.Reading>> readings = candidates.stream()
                    .map(candidate -> candidate.trigger().map(Trigger::readings).orElse(List.of()))
                    .toList();
            for (int c = 0; c < pieces.length; c++) {
                pieces[c] = candidates
                        .get(c)
                        .trigger()
                        .map(Pattern::pieces)
                        .orElse(List.of())
                        .toArray(Pattern[]::new);
                for (Pattern piece : pieces[c]) {
                    if (piece.tokens().length > 0) {
                        first.set(piece.tokens()[0] & 0xffff);
                    }
                }
            }
            List<List<String>> fragments = candidates.stream()
                    .map(candidate -> candidate
                            .trigger()
                            .filter(t -> t.shape() == Trigger.Shape.FRAGMENT)
                            .map(Trigger::pieces)
                            .orElse(List.of()))
                    .toList();
            List<List<Layout>> layouts = candidates.stream()
                    .map(candidate ->
                            candidate.trigger().flatMap(Layout::of).stream().toList())
                    .toList();
            List<List<WordForm>> forms = candidates.stream()
                    .map(candidate ->
                            candidate.trigger().flatMap(WordForm::of).stream().toList())
                    .toList();
            return new Index(pieces, first, readings, fragments, layouts, forms);
        }

        boolean[] triggered(Example example) {
            boolean[] out = triggered(example.tokens());
            for (int c = 0; c < out.length && example.vector().length > 0; c++) {
                List<Trigger.Reading> values = readings.get(c);
                int held = 0;
                for (Trigger.Reading reading : values) {
                    held += reading.in(example.vector()) ? 1 : 0;
                }
                out[c] |= !values.isEmpty() && HELD * values.size() <= held;
            }
            for (int c = 0; c < out.length; c++) {
                List<String> letters = fragments.get(c);
                out[c] |=
                        !letters.isEmpty() && letters.stream().allMatch(piece -> Fragments.in(example.input(), piece));
            }
            if (!layouts.stream().allMatch(List::isEmpty)) {
                Set<Layout> held = Layout.all(example.input());
                for (int c = 0; c < out.length; c++) {
                    out[c] |= !layouts.get(c).isEmpty() && held.containsAll(layouts.get(c));
                }
            }
            if (!forms.stream().allMatch(List::isEmpty)) {
                Set<WordForm> held = WordForm.all(example.input());
                for (int c = 0; c < out.length; c++) {
                    out[c] |= !forms.get(c).isEmpty() && held.containsAll(forms.get(c));
                }
            }
            return out;
        }

        private boolean[] triggered(int[] text) {
            boolean[] out = new boolean[pieces.length];
            boolean possible = false;
            for (int token : text) {
                possible |= first.get(token & 0xffff);
            }
            for (int c = 0; possible && c < out.length; c++) {
                boolean all = pieces[c].length > 0;
                for (Pattern piece : pieces[c]) {
                    all = all && piece.in(text);
                }
                out[c] = all;
            }
            return out;
        }
    }

    private static String day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    /// What the pass saw.
    static final class Counts implements Summary<Counts> {
        private long rows;
        private final Sample[] samples;
        private final long[] members;
        private final long[][] table;
        private final List<TreeMap<String, Long>> names = new ArrayList<>();

        Counts(int groups, long characters) {
            samples = new Sample[groups];
            Arrays.setAll(samples, _ -> new Sample(ROWS, characters));
            members = new long[groups];
            table = new long[groups][4];
            for (int i = 0; i <= groups; i++) {
                names.add(new TreeMap<>());
            }
        }

        private void count(int group, String name) {
            TreeMap<String, Long> counts = names.get(group + 1);
            counts.merge(name, 1L, Long::sum);
        }

        long members(int group) {
            return members[group];
        }

        List<Example> sample(int group) {
            return samples[group].examples();
        }

        Campaign.Table table(int group) {
            long[] t = table[group];
            return new Campaign.Table(t[0], t[1], t[2], t[3]);
        }

        /// Rows per source, those with most rows of the group first.
        List<Campaign.Count> sources(int group) {
            return counts(group, 's', true);
        }

        /// Rows per annotator, likewise.
        List<Campaign.Count> annotators(int group) {
            return counts(group, 'a', true);
        }

        /// Rows per day, ascending.
        List<Campaign.Count> days(int group) {
            return counts(group, 'd', false);
        }

        private List<Campaign.Count> counts(int group, char kind, boolean byGroup) {
            List<Campaign.Count> out = new ArrayList<>();
            names.getFirst()
                    .subMap(String.valueOf(kind), String.valueOf((char) (kind + 1)))
                    .forEach((name, all) -> out.add(new Campaign.Count(
                            name.substring(1), names.get(group + 1).getOrDefault(name, 0L), all)));
            if (byGroup) {
                out.sort(Comparator.comparingLong(Campaign.Count::campaign)
                        .reversed()
                        .thenComparing(
                                Comparator.comparingLong(Campaign.Count::all).reversed())
                        .thenComparing(Campaign.Count::name));
            }
            return out.size() <= NAMES ? out : out.subList(0, NAMES);
        }

        @Override
        public void merge(Counts other) {
            rows += other.rows;
            for (int g = 0; g < samples.length; g++) {
                samples[g].merge(other.samples[g]);
                members[g] += other.members[g];
                for (int i = 0; i < 4; i++) {
                    table[g][i] += other.table[g][i];
                }
            }
            for (int i = 0; i < names.size(); i++) {
                TreeMap<String, Long> into = names.get(i);
                other.names.get(i).forEach((name, count) -> into.merge(name, count, Long::sum));
            }
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(rows);
            for (int g = 0; g < samples.length; g++) {
                samples[g].write(out);
                out.writeLong(members[g]);
                for (long count : table[g]) {
                    out.writeLong(count);
                }
            }
            for (TreeMap<String, Long> counts : names) {
                out.writeInt(counts.size());
                for (Map.Entry<String, Long> entry : counts.entrySet()) {
                    out.writeInt(entry.getKey().length());
                    out.writeChars(entry.getKey());
                    out.writeLong(entry.getValue());
                }
            }
        }

        @Override
        public void read(DataInput in) throws IOException {
            rows = in.readLong();
            for (int g = 0; g < samples.length; g++) {
                samples[g].read(in);
                members[g] = in.readLong();
                for (int i = 0; i < 4; i++) {
                    table[g][i] = in.readLong();
                }
            }
            for (TreeMap<String, Long> counts : names) {
                counts.clear();
                int size = in.readInt();
                for (int i = 0; i < size; i++) {
                    char[] name = new char[in.readInt()];
                    for (int k = 0; k < name.length; k++) {
                        name[k] = in.readChar();
                    }
                    counts.put(new String(name), in.readLong());
                }
            }
        }
    }
}

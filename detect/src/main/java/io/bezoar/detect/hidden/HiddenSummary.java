package io.bezoar.detect.hidden;

import io.bezoar.core.Example;
import io.bezoar.core.Summary;
import io.bezoar.detect.counting.KeySample;
import io.bezoar.detect.counting.Strings;
import io.bezoar.detect.groups.Targets;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which hidden characters occur with which targets.
///
/// Rows are counted per target in [#CELLS] cells by the target's hash, so a base rate is exact for some
/// thousand labels and never too low for free texts. The families of marks are at most a few hundred by
/// construction.
final class HiddenSummary implements Summary<HiddenSummary> {
    private static final int CELLS = 1 << 16;
    private static final int FAMILIES_PER_ROW = 16;
    private static final int TARGETS_PER_FAMILY = 4096;
    private static final int KEYS_PER_FAMILY = 1 << 15;
    private static final int RUN = 64;

    private long rows;
    private int[] targets = new int[CELLS];
    private final TreeMap<Integer, Family> families = new TreeMap<>();

    /// What is known of one family of marks.
    static final class Family {
        private long rows;
        private int weight; // hundredths
        private final TreeMap<Long, Count> targets = new TreeMap<>();
        private final KeySample keys = new KeySample(KEYS_PER_FAMILY);
        private long runKey = Long.MAX_VALUE;
        private String run = "";

        long rows() {
            return rows;
        }

        /// The greatest weight in any row.
        double weight() {
            return weight / 100.0;
        }

        /// Rows per hash of the target; the smallest hashes if there are very many.
        Map<Long, Count> targets() {
            return targets;
        }

        KeySample keys() {
            return keys;
        }

        /// The marked stretch in the row with the smallest key.
        String run() {
            return run;
        }

        private void offerRun(long key, String offered) {
            if (key < runKey || key == runKey && offered.compareTo(run) < 0) {
                runKey = key;
                run = offered;
            }
        }

        private void count(long target, String text, long rows) {
            targets.merge(target, new Count(text, rows), (a, b) -> new Count(a.text, a.rows + b.rows));
            if (targets.size() > TARGETS_PER_FAMILY) {
                targets.pollLastEntry();
            }
        }
    }

    /// How many rows have a target, and its first characters.
    record Count(String text, long rows) {}

    long rows() {
        return rows;
    }

    /// At least as many as the rows that have this target; exact where targets are labels.
    long rowsWith(long target) {
        return Math.min(rows, targets[cell(target)]);
    }

    Map<Integer, Family> families() {
        return families;
    }

    void count(Example example, List<HiddenMarks.Mark> marks) {
        rows++;
        long target = Targets.hash(example);
        int cell = cell(target);
        targets[cell] = Math.addExact(targets[cell], 1);
        if (marks.isEmpty()) {
            return;
        }
        TreeMap<Integer, HiddenMarks.Mark> heaviest = new TreeMap<>();
        for (HiddenMarks.Mark mark : marks) {
            if (heaviest.size() < FAMILIES_PER_ROW || heaviest.containsKey(mark.family())) {
                heaviest.merge(mark.family(), mark, (a, b) -> b.weight() > a.weight() ? b : a);
            }
        }
        String text = Targets.text(example);
        heaviest.forEach((id, mark) -> {
            Family family = families.computeIfAbsent(id, _ -> new Family());
            family.rows++;
            family.weight = Math.max(family.weight, (int) Math.round(100 * mark.weight()));
            family.count(target, text, 1);
            family.keys.add(example.key(), target);
            int end = Math.min(mark.end(), mark.start() + RUN);
            family.offerRun(example.key(), example.input().substring(mark.start(), end));
        });
    }

    private static int cell(long target) {
        return (int) (target >>> 48);
    }

    @Override
    public void merge(HiddenSummary other) {
        rows += other.rows;
        for (int i = 0; i < CELLS; i++) {
            targets[i] = Math.addExact(targets[i], other.targets[i]);
        }
        other.families.forEach((id, theirs) -> {
            Family ours = families.computeIfAbsent(id, _ -> new Family());
            ours.rows += theirs.rows;
            ours.weight = Math.max(ours.weight, theirs.weight);
            theirs.targets.forEach((target, count) -> ours.count(target, count.text, count.rows));
            ours.keys.merge(theirs.keys);
            ours.offerRun(theirs.runKey, theirs.run);
        });
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(rows);
        int used = 0;
        for (int count : targets) {
            used += count == 0 ? 0 : 1;
        }
        out.writeInt(used);
        for (int i = 0; i < CELLS; i++) {
            if (targets[i] != 0) {
                out.writeInt(i);
                out.writeInt(targets[i]);
            }
        }
        out.writeInt(families.size());
        for (Map.Entry<Integer, Family> entry : families.entrySet()) {
            Family family = entry.getValue();
            out.writeInt(entry.getKey());
            out.writeLong(family.rows);
            out.writeInt(family.weight);
            out.writeLong(family.runKey);
            Strings.write(family.run, out);
            out.writeInt(family.targets.size());
            for (Map.Entry<Long, Count> count : family.targets.entrySet()) {
                out.writeLong(count.getKey());
                Strings.write(count.getValue().text, out);
                out.writeLong(count.getValue().rows);
            }
            family.keys.write(out);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        rows = in.readLong();
        targets = new int[CELLS];
        for (int used = in.readInt(); used > 0; used--) {
            int cell = in.readInt();
            targets[cell] = in.readInt();
        }
        families.clear();
        for (int left = in.readInt(); left > 0; left--) {
            Family family = new Family();
            families.put(in.readInt(), family);
            family.rows = in.readLong();
            family.weight = in.readInt();
            family.runKey = in.readLong();
            family.run = Strings.read(in);
            for (int counts = in.readInt(); counts > 0; counts--) {
                long target = in.readLong();
                String text = Strings.read(in);
                family.targets.put(target, new Count(text, in.readLong()));
            }
            family.keys.read(in);
        }
    }
}

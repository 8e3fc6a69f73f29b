package io.bezoar.detect.origins;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Origin;
import io.bezoar.core.Summary;
import io.bezoar.core.Target;
import io.bezoar.detect.counting.Strings;
import io.bezoar.detect.groups.Targets;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Rows per unit (a source, an annotator, the whole set), day and label.
///
/// At most [#CELLS] counts are kept: the units with the smallest hashes, each whole. A unit in the final
/// selection has been in every partial one, since fewer rows never fill more cells; so its counts are exact
/// however the data were split. Rows whose target is no label are not counted.
final class OriginCounts implements Summary<OriginCounts> {
    private static final int CELLS = 1 << 19;

    /// The day of a row without a time.
    static final int NO_DAY = Integer.MIN_VALUE;

    private static final long DAY_MILLIS = 86_400_000L;
    private static final long LATEST_DAY = 10_000_000;

    /// By hash of the unit.
    private final TreeMap<Long, Unit> units = new TreeMap<>();
    private int cells;
    /// No unit with this hash or a greater one is kept.
    private long limit = Long.MAX_VALUE;

    /// What one unit delivered.
    static final class Unit {
        private final Dimension dimension;
        private final String name;
        private final Map<Integer, Map<Long, long[]>> days = new HashMap<>();
        private int cells;

        Unit(Dimension dimension, String name) {
            this.dimension = dimension;
            this.name = name;
        }

        Dimension dimension() {
            return dimension;
        }

        /// Raw text of the data set, cut; empty for the whole set.
        String name() {
            return name;
        }

        /// Rows per day and hash of the label, in arrays of one; in no order.
        Map<Integer, Map<Long, long[]>> days() {
            return days;
        }
    }

    /// What kind of unit.
    enum Dimension {
        ALL,
        SOURCE,
        ANNOTATOR
    }

    /// One row's unit.
    ///
    /// @param hash of dimension and full name
    record Key(Dimension dimension, String name, long hash) {}

    private final TreeMap<Long, String> labels = new TreeMap<>();

    /// The units of a row of unknown origin.
    private static final List<Key> EVERYWHERE = keys(Origin.UNKNOWN);

    /// The units a row belongs to.
    static List<Key> keys(Origin origin) {
        List<Key> keys = new ArrayList<>(3);
        keys.add(new Key(Dimension.ALL, "", Long.MIN_VALUE));
        origin.source().ifPresent(name -> keys.add(key(Dimension.SOURCE, name)));
        origin.annotator().ifPresent(name -> keys.add(key(Dimension.ANNOTATOR, name)));
        return keys;
    }

    private static Key key(Dimension dimension, String name) {
        return new Key(dimension, name, Hashing.combine(dimension.ordinal(), Hashing.of(name)));
    }

    /// The UTC day of a row, in days since 1970-01-01, or [#NO_DAY].
    static int day(Origin origin) {
        long millis = origin.timeMillis();
        long day = Math.floorDiv(millis, DAY_MILLIS);
        return millis == Origin.NO_TIME || Math.abs(day) > LATEST_DAY ? NO_DAY : (int) day;
    }

    Map<Long, Unit> units() {
        return units;
    }

    /// The beginning of each label that occurs, by hash.
    Map<Long, String> labels() {
        return labels;
    }

    void count(Example example) {
        if (!(example.target() instanceof Target.Label)) {
            return;
        }
        long label = Targets.hash(example);
        int day = day(example.origin());
        for (Key key : example.origin() == Origin.UNKNOWN ? EVERYWHERE : keys(example.origin())) {
            if (key.hash >= limit) {
                continue;
            }
            Unit unit = units.get(key.hash);
            if (unit == null) {
                unit = new Unit(key.dimension, Targets.cut(key.name));
                units.put(key.hash, unit);
            }
            add(unit, day, label, 1);
        }
        if (!labels.containsKey(label)) {
            labels.put(label, Targets.text(example));
        }
        cut();
    }

    private void add(Unit unit, int day, long label, long rows) {
        Map<Long, long[]> counts = unit.days.computeIfAbsent(day, _ -> new HashMap<>());
        long[] count = counts.get(label);
        if (count == null) {
            counts.put(label, new long[] {rows});
            unit.cells++;
            cells++;
        } else {
            count[0] += rows;
        }
    }

    private void cut() {
        while (cells > CELLS) {
            Map.Entry<Long, Unit> last = units.pollLastEntry();
            limit = last.getKey();
            cells -= last.getValue().cells;
        }
        while (labels.size() > CELLS) {
            labels.pollLastEntry();
        }
    }

    /// Whether there were more units, days and labels than can be kept.
    boolean overfull() {
        return limit < Long.MAX_VALUE;
    }

    @Override
    public void merge(OriginCounts other) {
        limit = Math.min(limit, other.limit);
        cells -= units.tailMap(limit).values().stream()
                .mapToInt(unit -> unit.cells)
                .sum();
        units.tailMap(limit).clear();
        other.units.headMap(limit).forEach((hash, theirs) -> {
            Unit ours = units.computeIfAbsent(hash, _ -> new Unit(theirs.dimension, theirs.name));
            theirs.days.forEach((day, counts) -> counts.forEach((label, count) -> add(ours, day, label, count[0])));
        });
        other.labels.forEach(labels::putIfAbsent);
        cut();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(limit);
        out.writeInt(units.size());
        for (Map.Entry<Long, Unit> entry : units.entrySet()) {
            Unit unit = entry.getValue();
            out.writeLong(entry.getKey());
            out.writeByte(unit.dimension.ordinal());
            Strings.write(unit.name, out);
            out.writeInt(unit.days.size());
            for (Map.Entry<Integer, Map<Long, long[]>> day : new TreeMap<>(unit.days).entrySet()) {
                out.writeInt(day.getKey());
                out.writeInt(day.getValue().size());
                for (Map.Entry<Long, long[]> count : new TreeMap<>(day.getValue()).entrySet()) {
                    out.writeLong(count.getKey());
                    out.writeLong(count.getValue()[0]);
                }
            }
        }
        out.writeInt(labels.size());
        for (Map.Entry<Long, String> label : labels.entrySet()) {
            out.writeLong(label.getKey());
            Strings.write(label.getValue(), out);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        units.clear();
        labels.clear();
        cells = 0;
        limit = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            long hash = in.readLong();
            Unit unit = new Unit(Dimension.values()[in.readByte()], Strings.read(in));
            units.put(hash, unit);
            for (int days = in.readInt(); days > 0; days--) {
                int day = in.readInt();
                for (int counts = in.readInt(); counts > 0; counts--) {
                    long label = in.readLong();
                    add(unit, day, label, in.readLong());
                }
            }
        }
        for (int left = in.readInt(); left > 0; left--) {
            long label = in.readLong();
            labels.put(label, Strings.read(in));
        }
    }
}

package io.bezoar.learn.robust;

import io.bezoar.core.Hashing;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Which rows each model of an ensemble learns from.
///
/// A *bucket* is what one poisoned row, or one poisoned source, lies in; it is chosen by the row's own
/// content or source, never by other rows or by order. A model learns from one bucket or several.
///
/// @param rows the rows of each model, in the order of their keys
/// @param spread the models that each bucket feeds
/// @param bySource is a bucket chosen by source? Else by content
public record Partitions(List<int[]> rows, List<int[]> spread, boolean bySource) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Partitions {
        rows = List.copyOf(rows);
        spread = List.copyOf(spread);
    }

    /// Deep Partition Aggregation (Levine & Feizi 2021, section 3.1): a row goes to the model that its
    /// key names.
    ///
    /// @param use the rows to deal out
    /// @param models at least 1
    public static Partitions byKey(TrainingSet set, int[] use, int models) {
        atLeastOne(models);
        return of(set, use, IntStream.range(0, models).mapToObj(m -> new int[] {m}).toList(), models, false);
    }

    /// Finite Aggregation (Wang, Levine & Feizi 2022, section 3.2): `models * degree` models, each of
    /// `degree` buckets, and each bucket in `degree` models.
    ///
    /// @param use the rows to deal out
    /// @param models rows of one model are one in `models`, at least 1
    /// @param shifts the places a bucket is moved by, distinct, each from 0 to below `models *
    ///     shifts.length`
    public static Partitions finite(TrainingSet set, int[] use, int models, int[] shifts) {
        atLeastOne(models);
        int all = Math.multiplyExact(models, shifts.length);
        if (shifts.length == 0
                || Arrays.stream(shifts).distinct().count() != shifts.length
                || Arrays.stream(shifts).anyMatch(shift -> shift < 0 || shift >= all)) {
            throw new IllegalArgumentException(
                    "expected distinct shifts from 0 to below " + all + ", came " + Arrays.toString(shifts));
        }
        List<int[]> spread = IntStream.range(0, all)
                .mapToObj(bucket -> Arrays.stream(shifts)
                        .map(shift -> (bucket + shift) % all)
                        .toArray())
                .toList();
        return of(set, use, spread, all, false);
    }

    /// Distinct shifts for [#finite], drawn from the seed.
    public static int[] shifts(int models, int degree, long seed) {
        int all = Math.multiplyExact(models, degree);
        return new SplittableRandom(seed)
                .ints(0, all)
                .distinct()
                .limit(Math.min(degree, all))
                .toArray();
    }

    /// One model a source: who owns a source owns one vote. With more sources than `most` several share
    /// a model.
    ///
    /// @param use the rows to deal out
    /// @param most models at most, at least 1
    public static Partitions bySource(TrainingSet set, int[] use, int most) {
        atLeastOne(most);
        if (set.sources().length == 0) {
            throw new IllegalArgumentException("expected rows that name their source to partition by source, came none;"
                    + " say which column it is, or partition by content");
        }
        int sources = 1 + Arrays.stream(set.sources()).max().orElse(0);
        int models = Math.min(most, sources);
        return of(set, use, IntStream.range(0, models).mapToObj(m -> new int[] {m}).toList(), models, true);
    }

    private static void atLeastOne(int models) {
        if (models < 1) {
            throw new IllegalArgumentException("expected at least one partition, came " + models);
        }
    }

    private static Partitions of(TrainingSet set, int[] use, List<int[]> spread, int models, boolean bySource) {
        List<List<Integer>> rows = new ArrayList<>();
        IntStream.range(0, models).forEach(m -> rows.add(new ArrayList<>()));
        long[] keys = set.keys();
        Arrays.stream(use)
                .boxed()
                .sorted(Comparator.comparingLong(row -> keys[row]))
                .forEachOrdered(row -> {
                    int bucket = bySource
                            ? set.sources()[row] % spread.size()
                            : (int) Long.remainderUnsigned(keys[row], spread.size());
                    for (int model : spread.get(bucket)) {
                        rows.get(model).add(row);
                    }
                });
        return new Partitions(
                rows.stream()
                        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                        .toList(),
                spread,
                bySource);
    }

    /// Number of models.
    public int models() {
        return rows.size();
    }

    /// How many models see rows of fewer than two classes, and so answer the same whatever they are
    /// asked.
    public int oneClass(TrainingSet set) {
        return (int) rows.stream()
                .filter(part -> Arrays.stream(set.counts(part)).filter(count -> count > 0).count() < 2)
                .count();
    }

    /// A key for a row that has none of its own: of the bits of its features and its label.
    public static long key(double[] features, int label) {
        long key = label;
        for (double value : features) {
            key = Hashing.combine(key, Double.doubleToLongBits(value + 0.0));
        }
        return key;
    }
}

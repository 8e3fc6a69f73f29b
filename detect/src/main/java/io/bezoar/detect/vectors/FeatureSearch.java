package io.bezoar.detect.vectors;

import io.bezoar.core.Proportion;
import io.bezoar.core.Trigger;
import io.bezoar.detect.survey.VectorTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// The search of [FeatureAssociation] in a sample.
final class FeatureSearch {
    /// Contradicted rows a label must have.
    private static final int LEAST_ROWS = 8;
    /// Values of a pattern that are remembered.
    private static final int READINGS = 64;
    /// A pattern of more than this share of a vector's numbers is no mark that could be put into
    /// another row.
    private static final double SPREAD = 0.25;
    /// Rows of one label with a value, of all rows with it, before the value is put back to the ordinary.
    private static final double PURE = 0.75;
    /// Values of one label that are put back at most.
    private static final int TRIED = 12;
    /// Rows asked for their neighbours after that.
    private static final int ASKED = 60;
    /// Counters at most; beyond it the search is left out.
    private static final long COUNTERS = 1L << 25;

    private final FeatureAssociation settings;
    private final VectorTask task;
    private final int classes;
    private final int length;
    private final byte[][] bins; // by number, then row
    private final int[][] count; // by class, then number * MOST + bin
    private final int[][] plain; // the same of rows that are not contradicted
    private final int[] rows;
    private final int[] plainRows;

    FeatureSearch(FeatureAssociation settings, VectorTask task) {
        this.settings = settings;
        this.task = task;
        classes = task.labelling().classes().size();
        length = task.length();
        rows = new int[classes];
        plainRows = new int[classes];
        if ((long) classes * length * ValueBins.MOST > COUNTERS) {
            bins = new byte[0][];
            count = new int[0][];
            plain = count;
            return;
        }
        ValueBins cut = ValueBins.of(task);
        bins = new byte[length][task.size()];
        count = new int[classes][length * ValueBins.MOST];
        plain = new int[classes][length * ValueBins.MOST];
        for (int r = 0; r < task.size(); r++) {
            rows[task.label(r)]++;
            plainRows[task.label(r)] += task.votes(r).contradicts() ? 0 : 1;
        }
        IntStream.range(0, length).parallel().forEach(j -> {
            for (int r = 0; r < task.size(); r++) {
                int bin = cut.of(j, task.vector(r)[j]);
                bins[j][r] = (byte) bin;
                count[task.label(r)][j * ValueBins.MOST + bin]++;
                if (!task.votes(r).contradicts()) {
                    plain[task.label(r)][j * ValueBins.MOST + bin]++;
                }
            }
        });
    }

    /// A value that rows share beyond what honest rows explain.
    private record Shared(int number, int bin, double excess, double deviations) {}

    /// The patterns, those of one label after those of another.
    List<ValuePattern> run() {
        if (bins.length == 0) {
            return List.of();
        }
        List<ValuePattern> found = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            int mine = label;
            int[] contradicted = IntStream.range(0, task.size())
                    .filter(r -> task.label(r) == mine && task.votes(r).contradicts())
                    .toArray();
            List<Shared> shared = shared(label, contradicted, votes(contradicted));
            pattern(label, shared, contradicted).ifPresent(found::add);
        }
        List<ValuePattern> large = IntStream.range(0, classes)
                .parallel()
                .mapToObj(label -> found.stream().anyMatch(pattern -> pattern.label() == label)
                        ? List.<ValuePattern>of()
                        : fromValues(label))
                .flatMap(List::stream)
                .toList();
        found.addAll(large);
        return found;
    }

    private int[] votes(int[] asked) {
        return Arrays.stream(asked).map(r -> task.votes(r).other()).toArray();
    }

    /// The values that rows of a label share beyond the rows of the labels named instead, and beyond
    /// other rows of their own.
    ///
    /// @param instead the label that speaks against each row's own
    private List<Shared> shared(int label, int[] group, int[] instead) {
        List<Shared> shared = new ArrayList<>();
        if (group.length < LEAST_ROWS) {
            return shared;
        }
        double[] weight = new double[classes];
        for (int other : instead) {
            weight[other] += 1.0 / group.length;
        }
        for (int j = 0; j < length; j++) {
            int[] have = new int[ValueBins.MOST];
            for (int r : group) {
                have[bins[j][r]]++;
            }
            for (int bin = 0; bin < have.length; bin++) {
                if (have[bin] >= LEAST_ROWS * settings.excess() && have[bin] > 1) {
                    int at = j * ValueBins.MOST + bin;
                    double expected = 0;
                    for (int c = 0; c < classes; c++) {
                        expected += weight[c] == 0 ? 0 : weight[c] * count[c][at] / Math.max(1, rows[c]);
                    }
                    double usual = Math.max(expected, (double) plain[label][at] / Math.max(1, plainRows[label]));
                    double excess = (double) have[bin] / group.length - usual;
                    double n = group.length;
                    double deviations = excess / Math.sqrt(Math.max(0, usual * (1 - usual)) / n + 1 / (n * n));
                    if (excess > settings.excess() && deviations > settings.deviations()) {
                        shared.add(new Shared(j, bin, excess, deviations));
                    }
                }
            }
        }
        return shared;
    }

    /// The pattern of shared values; its readings span what the rows that hold most of them have.
    private Optional<ValuePattern> pattern(int label, List<Shared> shared, int[] group) {
        List<Shared> strongest = shared.stream()
                .sorted(Comparator.comparingDouble(Shared::excess)
                        .reversed()
                        .thenComparingInt(Shared::number)
                        .thenComparingInt(Shared::bin))
                .limit(READINGS)
                .toList();
        int[] members = Arrays.stream(group)
                .filter(r -> 2
                                * strongest.stream()
                                        .filter(s -> bins[s.number()][r] == s.bin())
                                        .count()
                        >= strongest.size())
                .toArray();
        List<Trigger.Reading> readings = new ArrayList<>();
        for (Shared value : strongest) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int r : members) {
                if (bins[value.number()][r] == value.bin()) {
                    low = Math.min(low, task.vector(r)[value.number()]);
                    high = Math.max(high, task.vector(r)[value.number()]);
                }
            }
            if (low <= high) {
                readings.add(new Trigger.Reading(value.number(), low, high));
            }
        }
        if (readings.isEmpty()) {
            return Optional.empty();
        }
        double strength = shared.stream().mapToDouble(Shared::deviations).max().orElse(0);
        boolean marking = shared.size() <= Math.max(4, SPREAD * length);
        ValuePattern pure = new ValuePattern(task, label, List.copyOf(readings), marking, true, strength);
        int own = 0;
        int all = 0;
        for (int r = 0; r < task.size(); r++) {
            int held = 0;
            for (Trigger.Reading reading : readings) {
                held += reading.in(task.vector(r)) ? 1 : 0;
            }
            if (10 * held >= 8 * readings.size()) {
                all++;
                own += task.label(r) == label ? 1 : 0;
            }
        }
        return Optional.of(
                10 * own >= 9 * all
                        ? pure
                        : new ValuePattern(task, label, List.copyOf(readings), marking, false, strength));
    }

    /// Patterns so large that their rows are each other's neighbours.
    private List<ValuePattern> fromValues(int label) {
        record Tie(int number, int bin, double purity) {}
        List<Tie> ties = new ArrayList<>();
        int least = Math.max(LEAST_ROWS, task.size() / 2000);
        for (int j = 0; j < length; j++) {
            for (int bin = 0; bin < ValueBins.MOST; bin++) {
                int at = j * ValueBins.MOST + bin;
                int own = count[label][at];
                if (own < least || 2 * own > rows[label]) {
                    continue;
                }
                int all = 0;
                for (int[] each : count) {
                    all += each[at];
                }
                if (own >= PURE * all) {
                    ties.add(new Tie(j, bin, new Proportion(own, all).low()));
                }
            }
        }
        ties.sort(Comparator.comparingDouble(Tie::purity)
                .reversed()
                .thenComparingInt(Tie::number)
                .thenComparingInt(Tie::bin));
        Set<Integer> seen = new HashSet<>();
        List<ValuePattern> found = new ArrayList<>();
        for (Tie tie : ties) {
            int[] holders = IntStream.range(0, task.size())
                    .filter(r -> bins[tie.number()][r] == tie.bin())
                    .toArray();
            int[] own =
                    Arrays.stream(holders).filter(r -> task.label(r) == label).toArray();
            if (!seen.add(own[0])) {
                continue; // most probably the same rows as before: the least key stands for the set
            }
            if (seen.size() > TRIED) {
                break;
            }
            int[] asked = IntStream.range(0, Math.min(ASKED, own.length))
                    .map(i -> own[(int) ((long) i * own.length / Math.min(ASKED, own.length))])
                    .toArray();
            VectorTask.Votes[] votes = withoutShared(holders, own, asked);
            int[] against = IntStream.range(0, asked.length)
                    .filter(i -> votes[i].contradicts())
                    .toArray();
            if (2 * against.length >= asked.length) {
                int[] group = Arrays.stream(against).map(i -> asked[i]).toArray();
                int[] instead =
                        Arrays.stream(against).map(i -> votes[i].other()).toArray();
                pattern(label, shared(label, group, instead), group).ifPresent(found::add);
                break;
            }
        }
        return found;
    }

    /// What the neighbours of the asked rows say once every row that holds the value has the values
    /// that such rows share put back to the mean of the others.
    private VectorTask.Votes[] withoutShared(int[] holders, int[] own, int[] asked) {
        boolean[] holds = new boolean[task.size()];
        for (int r : holders) {
            holds[r] = true;
        }
        int others = task.size() - holders.length;
        boolean[] gone = new boolean[length];
        float[] mean = new float[length];
        for (int j = 0; j < length; j++) {
            int[] mine = new int[ValueBins.MOST];
            for (int r : own) {
                mine[bins[j][r]]++;
            }
            int top = 0;
            for (int bin = 1; bin < mine.length; bin++) {
                top = mine[bin] > mine[top] ? bin : top;
            }
            int rest = -mine[top];
            for (int c = 0; c < classes; c++) {
                rest += count[c][j * ValueBins.MOST + top];
            }
            gone[j] = 10 * mine[top] >= 8 * own.length
                    && (double) mine[top] / own.length - (double) rest / Math.max(1, others) >= 0.3;
            if (gone[j]) {
                double sum = 0;
                for (int r = 0; r < task.size(); r++) {
                    sum += holds[r] ? 0 : task.scaled(r)[j];
                }
                mean[j] = (float) (sum / Math.max(1, others));
            }
        }
        Set<Integer> chosen = new HashSet<>();
        Arrays.stream(asked).forEach(chosen::add);
        int[] moved = IntStream.concat(
                        Arrays.stream(asked), Arrays.stream(holders).filter(r -> !chosen.contains(r)))
                .toArray();
        float[][] changed = Arrays.stream(moved)
                .mapToObj(r -> {
                    float[] vector = task.scaled(r).clone();
                    for (int j = 0; j < length; j++) {
                        vector[j] = gone[j] ? mean[j] : vector[j];
                    }
                    return vector;
                })
                .toArray(float[][]::new);
        return task.votes(moved, changed, asked.length);
    }
}

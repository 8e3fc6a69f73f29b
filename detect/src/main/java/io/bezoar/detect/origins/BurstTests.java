package io.bezoar.detect.origins;

import io.bezoar.detect.counting.ExactTests;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The tests behind [SourceBursts].
///
/// *What is tested.* Per unit and label: every window of 1 to 14 days against the unit's other days (a scan
/// statistic, Naus 1965, with fixed lengths), and the unit as a whole against the other units of its kind. Only
/// windows with at most half of the unit's rows count, and units with at most half of all rows.
///
/// *How.* Fisher's exact test gives p₁. Honest units and days differ more than chance lets them, so p₁ alone
/// would accuse many: the dispersion φ of the label's counts over days (within units) or over the other units
/// is the mean squared Pearson residual, and the departure z that belongs to p₁, divided by √φ, is referred
/// to Student's t with the residuals' degrees of freedom: p₂ (quasi-likelihood, Wedderburn 1974; McCullagh &
/// Nelder 1989, section 4.5). The larger of p₁ and p₂ counts, times the number of all tests (Bonferroni). Of
/// the residuals over days the largest tenth is left out, lest a burst hide itself, and the mean is corrected
/// for that (0.623, the mean of χ²₁ below its 90 % point).
///
/// p₁ bounds the false-alarm rate exactly where labels do not depend on units and days; p₂ bounds it about
/// where their dependence is the same for all units. With few other units the t distribution says by itself
/// that little can be known: of four sources none can be called odd as a whole.
final class BurstTests {
    private static final int LONGEST = 14;
    private static final int LEAST_REST = 20;
    private static final double RATIO = 1.5;
    private static final double TRIM = 0.1;
    private static final double TRIMMED_MEAN = 0.623;
    private static final int MOST = 64;
    private static final int LEAST_IN_UNIT = 5;

    private final SourceBursts settings;
    private final OriginCounts counts;
    private final List<Series> all = new ArrayList<>();
    private final Map<Group, Spread> spreads = new HashMap<>();

    /// The units of one kind, and a label.
    private record Group(OriginCounts.Dimension dimension, long label) {}

    /// @param factor mean squared residual, corrected
    /// @param freedom degrees of freedom, at least 1
    private record Spread(double factor, double freedom) {}

    private record Found(
            Series series, long label, int first, int last, long hits, long rows, double expected, double log) {}

    /// One unit with sums over its days.
    private static final class Series {
        private final long hash;
        private final OriginCounts.Unit unit;
        private final int[] days;
        private final long[] before; // rows on the days before the i-th
        private final Map<Long, Long> labels = new TreeMap<>();
        private long rows;
        private long dated;

        Series(long hash, OriginCounts.Unit unit) {
            this.hash = hash;
            this.unit = unit;
            days = unit.days().keySet().stream()
                    .mapToInt(Integer::intValue)
                    .filter(day -> day != OriginCounts.NO_DAY)
                    .sorted()
                    .toArray();
            before = new long[days.length + 1];
            unit.days().forEach((day, counts) -> {
                counts.forEach((label, count) -> {
                    labels.merge(label, count[0], Long::sum);
                    rows += count[0];
                });
            });
            for (int i = 0; i < days.length; i++) {
                before[i + 1] = before[i] + rowsOn(i);
            }
            dated = before[days.length];
        }

        private long rowsOn(int i) {
            Map<Long, long[]> counts = unit.days().get(days[i]);
            return counts == null
                    ? 0
                    : counts.values().stream().mapToLong(count -> count[0]).sum();
        }

        long hits(int i, long label) {
            Map<Long, long[]> counts = unit.days().get(days[i]);
            long[] count = counts == null ? null : counts.get(label);
            return count == null ? 0 : count[0];
        }
    }

    BurstTests(SourceBursts settings, OriginCounts counts) {
        this.settings = settings;
        this.counts = counts;
        counts.units().forEach((hash, unit) -> all.add(new Series(hash, unit)));
    }

    /// What is beyond chance, strongest first, windows of one unit and label not overlapping.
    List<SourceBursts.Burst> bursts() {
        double tests = 1;
        for (Series series : all) {
            tests += (double) series.labels.size() * ((double) LONGEST * series.days.length + 1);
        }
        double level = Math.log(settings.alpha()) - Math.log(tests);
        List<Found> found = new ArrayList<>();
        for (Series series : all) {
            windows(series, level, found);
        }
        for (OriginCounts.Dimension dimension :
                List.of(OriginCounts.Dimension.SOURCE, OriginCounts.Dimension.ANNOTATOR)) {
            units(dimension, level, found);
        }
        found.sort(Comparator.comparingDouble(Found::log)
                .thenComparingLong(f -> f.series.hash)
                .thenComparingLong(Found::label)
                .thenComparingInt(Found::first)
                .thenComparingInt(Found::last));
        List<Found> chosen = new ArrayList<>();
        for (Found next : found) {
            if (chosen.size() < MOST && chosen.stream().noneMatch(have -> overlap(have, next))) {
                chosen.add(next);
            }
        }
        double penalty = Math.log(tests);
        return chosen.stream().map(f -> burst(f, f.log + penalty)).toList();
    }

    private static boolean overlap(Found a, Found b) {
        return a.series == b.series && a.label == b.label && a.first <= b.last && b.first <= a.last;
    }

    private void windows(Series series, double level, List<Found> found) {
        for (long label : series.labels.keySet()) {
            long hitsDated = 0;
            for (int i = 0; i < series.days.length; i++) {
                hitsDated += series.hits(i, label);
            }
            if (hitsDated < settings.leastRows()) {
                continue;
            }
            for (int i = 0; i < series.days.length; i++) {
                long hits = 0;
                for (int j = i; j < series.days.length && series.days[j] - series.days[i] < LONGEST; j++) {
                    long here = series.hits(j, label);
                    hits += here;
                    if (j == i && here == 0) {
                        break;
                    }
                    long rows = series.before[j + 1] - series.before[i];
                    if (here > 0 && 2 * rows <= series.dated && series.dated - rows >= LEAST_REST) {
                        double share = (double) (hitsDated - hits) / (series.dated - rows);
                        double log = judge(hits, rows, hitsDated, series.dated, share);
                        if (log < level) {
                            log = Math.max(log, softened(log, overDays(new Group(series.unit.dimension(), label))));
                        }
                        if (log < level) {
                            found.add(new Found(series, label, series.days[i], series.days[j], hits, rows, share, log));
                        }
                    }
                }
            }
        }
    }

    private void units(OriginCounts.Dimension dimension, double level, List<Found> found) {
        List<Series> units =
                all.stream().filter(s -> s.unit.dimension() == dimension).toList();
        long rows = units.stream().mapToLong(s -> s.rows).sum();
        Map<Long, Long> totals = new TreeMap<>();
        units.forEach(s -> s.labels.forEach((label, count) -> totals.merge(label, count, Long::sum)));
        for (Series series : units) {
            if (2 * series.rows > rows || rows - series.rows < LEAST_REST) {
                continue;
            }
            series.labels.forEach((label, hits) -> {
                long total = totals.getOrDefault(label, hits);
                double share = (double) (total - hits) / (rows - series.rows);
                double log = judge(hits, series.rows, total, rows, share);
                if (log < level) {
                    log = Math.max(log, softened(log, overUnits(units, series, label, share)));
                }
                if (log < level) {
                    found.add(new Found(
                            series, label, Integer.MIN_VALUE, Integer.MAX_VALUE, hits, series.rows, share, log));
                }
            });
        }
    }

    /// log p₁, or 0 if the departure is too small to matter.
    private double judge(long hits, long rows, long allHits, long allRows, double share) {
        if (hits - rows * share < settings.leastRows()
                || (double) hits / rows < share + settings.excess()
                || (double) hits / rows < RATIO * share) {
            return 0;
        }
        return ExactTests.logHypergeometricTail(hits, rows, allHits, allRows);
    }

    /// log p₂.
    private static double softened(double log, Spread spread) {
        // the z of a far tail: log p = -z²/2 - log(z √(2π)), solved once around z² = -2 log p
        double square = Math.max(0, -2 * log - Math.log(2 * Math.PI * Math.max(1, -2 * log)));
        return ExactTests.logStudentTail(Math.sqrt(square / spread.factor), spread.freedom);
    }

    private Spread overDays(Group group) {
        return spreads.computeIfAbsent(group, this::spreadOverDays);
    }

    private Spread spreadOverDays(Group group) {
        double[] squares = new double[64];
        int n = 0;
        int units = 0;
        for (Series series : all) {
            long hits = series.unit.dimension() == group.dimension ? series.labels.getOrDefault(group.label, 0L) : 0;
            if (hits == 0 || series.days.length < 2) {
                continue;
            }
            units++;
            double share = (hits + 0.5) / (series.rows + 1.0);
            for (int i = 0; i < series.days.length; i++) {
                if (n == squares.length) {
                    squares = Arrays.copyOf(squares, 2 * n);
                }
                squares[n++] = square(series.hits(i, group.label), series.before[i + 1] - series.before[i], share);
            }
        }
        int kept = (int) Math.ceil(n * (1 - TRIM));
        Arrays.sort(squares, 0, n);
        double sum = 0;
        for (int i = 0; i < kept; i++) {
            sum += squares[i];
        }
        return new Spread(Math.max(1, sum / Math.max(1, kept) / TRIMMED_MEAN), Math.max(1, kept - units));
    }

    private static Spread overUnits(List<Series> units, Series without, long label, double share) {
        double sum = 0;
        int n = 0;
        for (Series series : units) {
            if (series != without && series.rows >= LEAST_IN_UNIT) {
                sum += square(series.labels.getOrDefault(label, 0L), series.rows, share);
                n++;
            }
        }
        return new Spread(Math.max(1, sum / Math.max(1, n - 1)), Math.max(1, n - 1));
    }

    private static double square(long hits, long rows, double share) {
        double expected = rows * share;
        double variance = expected * (1 - share);
        return variance <= 0 ? 0 : (hits - expected) * (hits - expected) / variance;
    }

    private SourceBursts.Burst burst(Found found, double corrected) {
        String label = counts.labels().getOrDefault(found.label, "");
        boolean whole = found.first == Integer.MIN_VALUE;
        String where = switch (found.series.unit.dimension()) {
            case ALL -> "the whole set";
            case SOURCE -> "source \"" + found.series.unit.name() + "\"";
            case ANNOTATOR -> "annotator \"" + found.series.unit.name() + "\"";
        };
        String when = whole
                ? ""
                : found.first == found.last
                        ? " on " + LocalDate.ofEpochDay(found.first)
                        : " from " + LocalDate.ofEpochDay(found.first) + " to " + LocalDate.ofEpochDay(found.last);
        String text = String.format(
                Locale.ROOT,
                "Of the %d rows of %s%s %d (%.1f %%) have the label \"%s\"; %s it is %.1f %%.",
                found.rows,
                where,
                when,
                found.hits,
                100.0 * found.hits / found.rows,
                label,
                whole ? "elsewhere" : "on the other days",
                100 * found.expected);
        return new SourceBursts.Burst(
                found.series.hash,
                found.series.unit.dimension(),
                found.label,
                label,
                found.first,
                found.last,
                Math.sqrt(-2 * corrected),
                Math.max(0, 1 - found.expected * found.rows / found.hits),
                text);
    }
}

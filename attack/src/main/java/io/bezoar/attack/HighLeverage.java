package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Adds points that pull a linear model as far as a point can that no outlier filter takes out.
///
/// Steinhardt, Koh & Liang 2017 (Certified defenses for data poisoning attacks), sections 3 and 4: a filter keeps
/// what is near its class's mean (the sphere) and not far along the line between the means (the slab), and the
/// attack takes, of all points it keeps, the one with the largest loss. For one linear model that point has a closed
/// form, on the edge of both. Departures: the model is the linear discriminant with a variance for each number,
/// of the honest rows, instead of one that is trained as points are added; the filter's limits are the attacker's
/// guess, taken from the honest rows; and every point is moved a little at random, or they would be one point.
///
/// @param within percent of the class's honest rows that are nearer than the points, 50 to 99
/// @param target the label of the points; empty for the one with most rows
@AutoService(Attack.class)
public record HighLeverage(int within, String target) implements Attack {
    private static final double MOVED = 0.05;

    public HighLeverage() {
        this(90, "");
    }

    public HighLeverage {
        if (within < 50 || within > 99) {
            throw new IllegalArgumentException("high-leverage needs within of 50 to 99, not " + within);
        }
    }

    @Override
    public String name() {
        return "high-leverage";
    }

    @Override
    public String purpose() {
        return "points with the largest loss that an outlier filter keeps";
    }

    @Override
    public String citation() {
        return "Steinhardt, Koh & Liang 2017, sections 3 and 4; in closed form for one linear discriminant";
    }

    @Override
    public Aim aim() {
        return Aim.AVAILABILITY;
    }

    @Override
    public Set<Kind> fits() {
        return Set.of(Kind.VECTOR);
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        String label = data.target(target);
        String other = data.labels().stream()
                .filter(each -> !each.equals(label))
                .findFirst()
                .orElseThrow();
        List<Example> usable = data.rows().stream()
                .filter(HighLeverage::finite)
                .sorted(Comparator.comparingLong(Example::key))
                .toList();
        int length = usable.stream().mapToInt(row -> row.vector().length).max().orElse(0);
        List<Example> own = of(usable, label, length);
        List<Example> others = of(usable, other, length);
        if (own.size() < 2 || others.size() < 2) {
            throw new Misfit("expected two rows or more of \"" + label + "\" and \"" + other
                    + "\" with finite numbers, came " + own.size() + " and " + others.size());
        }
        double[] point = point(own, others, length);
        double reach = limit(own, mean(own, length), distance(mean(own, length))) * MOVED;
        return new Plan(
                Plan.Effect.ADDS,
                data.draw(
                        seed,
                        row -> finite(row)
                                && row.vector().length == length
                                && row.label().filter(label::equals).isPresent()),
                (row, _) -> new Plan.Poison(
                        Rows.at(row, moved(point, reach, Rows.random(seed, row)), new Target.Label(label)), false),
                _ -> Optional.empty());
    }

    private static boolean finite(Example row) {
        for (float number : row.vector()) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return row.vector().length > 0;
    }

    private static List<Example> of(List<Example> rows, String label, int length) {
        return rows.stream()
                .filter(row -> row.vector().length == length
                        && row.label().filter(label::equals).isPresent())
                .toList();
    }

    /// The point with the largest loss that sphere and slab keep.
    private double[] point(List<Example> own, List<Example> others, int length) {
        double[] mean = mean(own, length);
        double[] towards = minus(mean(others, length), mean);
        double[] along = unit(towards);
        double[] discriminant = new double[length]; // grows towards the other class
        double[] spread = spread(own, mean, others, mean(others, length));
        for (int k = 0; k < length; k++) {
            discriminant[k] = towards[k] / spread[k];
        }
        double[] beside = discriminant.clone();
        double shared = dot(discriminant, along);
        for (int k = 0; k < length; k++) {
            beside[k] -= shared * along[k];
        }
        beside = unit(beside);
        double radius = limit(own, mean, distance(mean)) * (1 - MOVED);
        double slab = Math.min(radius, Math.max(0, limit(own, mean, row -> dot(minus(row, mean), along))));
        double rest = Math.sqrt(Math.max(0, radius * radius - slab * slab));
        double[] point = mean.clone();
        for (int k = 0; k < length; k++) {
            point[k] += slab * along[k] + rest * beside[k];
        }
        return point;
    }

    @FunctionalInterface
    private interface Measure {
        double of(double[] row);
    }

    private static Measure distance(double[] mean) {
        return row -> Math.sqrt(dot(minus(row, mean), minus(row, mean)));
    }

    /// What `within` percent of the rows stay below.
    private double limit(List<Example> rows, double[] mean, Measure measure) {
        double[] values = rows.stream()
                .mapToDouble(row -> measure.of(numbers(row, mean.length)))
                .sorted()
                .toArray();
        return values[Math.min(values.length - 1, values.length * within / 100)];
    }

    private static double[] numbers(Example row, int length) {
        double[] numbers = new double[length];
        Arrays.setAll(numbers, k -> row.vector()[k]);
        return numbers;
    }

    private static double[] mean(List<Example> rows, int length) {
        double[] mean = new double[length];
        for (Example row : rows) {
            for (int k = 0; k < length; k++) {
                mean[k] += row.vector()[k] / rows.size();
            }
        }
        return mean;
    }

    /// The variance of each number within the two classes, and a little.
    private static double[] spread(List<Example> own, double[] mean, List<Example> others, double[] otherMean) {
        double[] spread = new double[mean.length];
        double all = 0;
        for (int k = 0; k < spread.length; k++) {
            for (Example row : own) {
                spread[k] += (row.vector()[k] - mean[k]) * (row.vector()[k] - mean[k]);
            }
            for (Example row : others) {
                spread[k] += (row.vector()[k] - otherMean[k]) * (row.vector()[k] - otherMean[k]);
            }
            all += spread[k] / spread.length;
        }
        for (int k = 0; k < spread.length; k++) {
            spread[k] += 0.1 * all + 1e-12;
        }
        return spread;
    }

    private static float[] moved(double[] point, double reach, SplittableRandom random) {
        double[] draw = new double[point.length];
        Arrays.setAll(draw, _ -> random.nextDouble() - 0.5);
        double[] direction = unit(draw);
        float[] moved = new float[point.length];
        for (int k = 0; k < moved.length; k++) {
            moved[k] = (float) (point[k] + reach * direction[k]);
        }
        return moved;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, k -> a[k] - b[k]);
        return difference;
    }

    private static double[] unit(double[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        double[] unit = new double[vector.length];
        Arrays.setAll(unit, k -> length > 0 ? vector[k] / length : 0);
        return unit;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}

package io.bezoar.detect.vectors;

import io.bezoar.core.Calibration;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import io.bezoar.core.Significance;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.VectorTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Labels some of whose rows stand farther from the others than rows of any other label do: how the methods
/// that look at representations are calibrated.
///
/// Every method measures how far a row stands from the rows of its label. What is far, no theory says:
/// honest rows are not normal, and two ways to write a seven are two clusters. But an attack has a target,
/// and the other labels show what honest rows of these data do. So a label's far end (the logarithm of one
/// and the mean of its farthest twentieth) is held against those of the other labels, by the prediction
/// interval of Student's distribution, corrected for the number of labels. The null is parametric: the far
/// ends of honest labels are normal. Of a label beyond it, the rows farther than 99 in 100 rows of *every*
/// other label are the group.
///
/// With fewer than five labels nothing can be said of one of them, and rows are only ranked; an attack on
/// many labels at once moves the null with it.
///
/// @param alpha chance, if all labels are honest and their far ends normal, that any label is told of
/// @param leastRows labels with fewer rows are not judged
record OddLabels(Detector<?> settings, double alpha, int leastRows) {
    private static final int LEAST_LABELS = 5;
    private static final int FITTED = 1000;
    private static final double FAR = 0.05;
    private static final double ORDINARY = 0.99;
    /// Rows that stand apart, of a label's rows: beyond it they are the label.
    private static final double MOST = 0.5;
    private static final int FEWEST = 5;
    /// Far ends differ by a twentieth in the best of data.
    private static final double LEAST_SPREAD = 0.05;
    /// Standings are such that an ordinary one is about 1, or 0.
    private static final double LEAST_CUT = 0.1;

    /// Refuses settings that make no sense.
    static void check(String name, double alpha, int leastRows) {
        if (!(alpha > 0 && alpha < 1) || leastRows < 20) {
            throw new IllegalArgumentException(name + " needs an alpha between 0 and 1 and leastRows of at least 20,"
                    + " not " + alpha + " and " + leastRows);
        }
    }

    /// What the test assumes.
    static Calibration calibration(double alpha) {
        return Calibration.of(
                "no label's farthest rows stand farther from it than those of the other labels, whose far ends are"
                        + " normal",
                alpha);
    }

    Outcome after(Foundation foundation, Standing.Method method) {
        return foundation
                .vectors()
                .map(task -> after(task, method))
                .orElseGet(() -> VectorGathering.after(settings, List.of()));
    }

    private Outcome after(VectorTask task, Standing.Method method) {
        int[][] rows = judged(task);
        int[] labels = IntStream.range(0, rows.length)
                .filter(label -> rows[label].length > 0)
                .toArray();
        if (labels.length == 0) {
            return VectorGathering.after(settings, List.of());
        }
        Standing standing = method.fit(Arrays.stream(rows)
                .map(of -> Arrays.stream(of).limit(FITTED).mapToObj(task::point).toArray(double[][]::new))
                .toArray(double[][][]::new));
        double[][] far = new double[rows.length][];
        for (int label : labels) {
            far[label] = Arrays.stream(rows[label])
                    .parallel()
                    .mapToDouble(row -> standing.of(task.point(row), label))
                    .sorted()
                    .toArray();
        }
        return found(task, standing, labels, far);
    }

    /// The sampled rows of each label that has enough of them.
    private int[][] judged(VectorTask task) {
        int[] counts = new int[task.labelling().classes().size()];
        IntStream.range(0, task.size()).forEach(row -> counts[task.label(row)]++);
        int[][] rows = new int[counts.length][];
        for (int label = 0; label < rows.length; label++) {
            rows[label] = new int[counts[label] >= leastRows ? counts[label] : 0];
            counts[label] = 0;
        }
        for (int row = 0; row < task.size(); row++) {
            int label = task.label(row);
            if (rows[label].length > 0) {
                rows[label][counts[label]++] = row;
            }
        }
        return rows;
    }

    /// @param far the standings of each judged label's rows, ascending
    private Outcome found(VectorTask task, Standing standing, int[] labels, double[][] far) {
        double[] cuts = new double[far.length];
        double[] ends = new double[far.length];
        for (int label : labels) {
            ends[label] = end(far[label]);
            cuts[label] = Arrays.stream(labels)
                    .filter(other -> other != label)
                    .mapToDouble(other -> far[other][(int) (ORDINARY * (far[other].length - 1))])
                    .reduce(LEAST_CUT, Math::max);
        }
        List<Apart> groups = new ArrayList<>();
        boolean[] odd = new boolean[far.length];
        for (int label : labels) {
            double log = labels.length < LEAST_LABELS ? 0 : logChance(ends, labels, label);
            double cut = cuts[label];
            long beyond = Arrays.stream(far[label]).filter(s -> s > cut).count();
            double corrected = Math.min(0, log + Math.log(labels.length));
            if (corrected <= Math.log(alpha) && beyond >= FEWEST && beyond <= MOST * far[label].length) {
                odd[label] = true;
                groups.add(new Apart(settings, task, standing, label, cut, corrected));
            }
        }
        double ordinary = Arrays.stream(labels)
                .filter(label -> !odd[label])
                .mapToDouble(label -> far[label][far[label].length - 1])
                .max()
                .orElse(0);
        List<VectorGroup> all = new ArrayList<>(groups);
        all.add(new Ordinary(task, standing, odd, ordinary));
        return groups.isEmpty()
                ? new VectorGathering.Scores(all, new Groups(List.of(), List.of()))
                : VectorGathering.after(settings, all);
    }

    /// The far end of a label's standings.
    private static double end(double[] far) {
        int count = Math.max(1, (int) (FAR * far.length));
        return Math.log1p(
                Arrays.stream(far, far.length - count, far.length).average().orElse(0));
    }

    /// The logarithm of the chance of a far end like that of `label`, by those of the others.
    private static double logChance(double[] ends, int[] labels, int label) {
        int others = labels.length - 1;
        double mean = 0;
        for (int other : labels) {
            mean += other == label ? 0 : ends[other] / others;
        }
        double squares = 0;
        for (int other : labels) {
            squares += other == label ? 0 : (ends[other] - mean) * (ends[other] - mean);
        }
        double deviation = Math.max(LEAST_SPREAD, Math.sqrt(squares / (others - 1) * (1 + 1.0 / others)));
        double away = ends[label] - mean;
        return away <= 0 ? 0 : ExactTests.logStudentTail(away / deviation, others - 1);
    }

    /// The rows of a label that stand farther than those of every other.
    ///
    /// @param logChance of the test, corrected
    private record Apart(
            Detector<?> settings, VectorTask task, Standing standing, int label, double cut, double logChance)
            implements VectorGroup {
        private double far(Example example) {
            return task.labelling().of(example) == label && task.judges(example)
                    ? standing.of(task.point(example), label) / cut
                    : 0;
        }

        @Override
        public boolean has(Example example) {
            return far(example) > 1;
        }

        @Override
        public double score(Example example) {
            return far(example);
        }

        @Override
        public Evidence why(Example example) {
            return new Evidence(
                    settings.name(),
                    String.format(
                            Locale.ROOT,
                            "Stands %.1f times as far from the rows of %s as 99 in 100 rows of any other label do from"
                                    + " theirs.",
                            far(example),
                            Targets.cut(task.labelling().classes().get(label))),
                    List.of());
        }

        @Override
        public Candidate candidate(long[] members) {
            return new Candidate(
                    settings.name(),
                    Candidate.Kind.OUTLIERS,
                    settings.purpose(),
                    Optional.empty(),
                    Optional.of(task.labelling().classes().get(label)),
                    -logChance / Math.log(10),
                    members,
                    Optional.of(new Significance(
                            "Student's prediction interval from the other labels, corrected for all labels"
                                    + " (Bonferroni)",
                            logChance)));
        }
    }

    /// The rows of all other labels, ranked and no more.
    ///
    /// @param farthest of their standings
    private record Ordinary(VectorTask task, Standing standing, boolean[] odd, double farthest) implements VectorGroup {
        @Override
        public boolean has(Example example) {
            return false;
        }

        @Override
        public double score(Example example) {
            int label = task.labelling().of(example);
            return label >= 0 && !odd[label] && farthest > 0 && task.judges(example)
                    ? Math.min(1, standing.of(task.point(example), label) / farthest)
                    : 0;
        }

        @Override
        public Evidence why(Example example) {
            throw new IllegalStateException("no row is in this group");
        }

        @Override
        public Candidate candidate(long[] members) {
            throw new IllegalStateException("no row is in this group");
        }
    }
}

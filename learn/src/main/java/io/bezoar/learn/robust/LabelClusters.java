package io.bezoar.learn.robust;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Two clusters of every label's rows, and which of the two is the suspect.
///
/// @param splits of each label; none of one without rows
/// @param space turns rows into the space in which labels are told apart
/// @param means of each label's rows in that space; of a label without rows never asked
public record LabelClusters(@Nullable Split[] splits, Whitening space, double[][] means) implements Serializable {
    /// Columns that are looked at, the first of each row.
    private static final int COLUMNS = 20;
    private static final int AXES = 10;
    /// Of clusters with at least this share of a label's rows size says nothing.
    private static final double BALANCED = 0.4;
    /// Share of a cluster that goes to other labels once the cluster is left out; of two such clusters
    /// reclassification does not say which is the poison.
    private static final double MOSTLY = 0.5;

    /// Two clusters of a label's rows.
    ///
    /// @param axes the label's own, in which it was split; empty if it was split in the common space
    /// @param suspect 0 or 1
    /// @param rest mean of the other cluster's rows in the common space
    /// @param gain by how much two means explain the rows better than one, 0 or more
    private record Split(@Nullable OwnAxes axes, double[][] centres, int suspect, double[] rest, double gain)
            implements Serializable {
        /// How far on the suspect's side of the middle a place is: 1 at its centre, -1 at the other.
        double side(double[] place) {
            double difference = 0;
            double gap = 0;
            for (int j = 0; j < place.length; j++) {
                double near = place[j] - centres[suspect][j];
                double other = place[j] - centres[1 - suspect][j];
                difference += other * other - near * near;
                double between = centres[0][j] - centres[1][j];
                gap += between * between;
            }
            return gap == 0 ? 0 : difference / gap;
        }
    }

    /// Splits each label along its own first ten axes, and suspects the cluster that another label would
    /// have more of, were the label made of the other cluster alone.
    ///
    /// @param rows by label
    public static LabelClusters reclassified(double[][][] rows) {
        double[][][] cut = cut(rows, Integer.MAX_VALUE);
        Whitening space = pooled(cut);
        double[][] means = means(cut, space);
        Split[] splits = IntStream.range(0, cut.length)
                .parallel()
                .mapToObj(label -> cut[label].length == 0 ? null : reclassified(cut, label, space, means))
                .toArray(Split[]::new);
        return new LabelClusters(splits, space, means);
    }

    private static Split reclassified(double[][][] rows, int label, Whitening space, double[][] means) {
        OwnAxes axes = OwnAxes.of(rows[label], AXES);
        TwoMeans two = TwoMeans.of(axes.of(rows[label]));
        double[][] white = space.of(rows[label]);
        double[][] halves = halves(white, two.second());
        double[] leaving = new double[2];
        for (int r = 0; r < white.length; r++) {
            int cluster = two.second()[r] ? 1 : 0;
            if (other(white[r], label, rows, means) < squared(white[r], halves[1 - cluster])) {
                leaving[cluster] += 1.0 / two.sizes()[cluster];
            }
        }
        int suspect = Math.min(leaving[0], leaving[1]) >= MOSTLY
                ? suspect(white, halves, two)
                : leaving[1] > leaving[0] || leaving[1] == leaving[0] && two.sizes()[1] < two.sizes()[0] ? 1 : 0;
        return new Split(axes, two.means(), suspect, halves[1 - suspect], two.gain());
    }

    /// Splits each label in units of the variation that all labels share, along the first twenty columns,
    /// and suspects the smaller cluster, or, of two of nearly one size, the wider one: rows carried over
    /// from other labels bring what those labels differ in, honest rows vary as in every label.
    ///
    /// @param rows by label
    public static LabelClusters mixed(double[][][] rows) {
        double[][][] cut = cut(rows, COLUMNS);
        double[][] all = Arrays.stream(cut).flatMap(Arrays::stream).toArray(double[][]::new);
        int[] labels = IntStream.range(0, cut.length)
                .flatMap(label -> IntStream.generate(() -> label).limit(cut[label].length))
                .toArray();
        Whitening space = LabelVariation.of(all, labels, cut.length).whitening();
        double[][] means = means(cut, space);
        Split[] splits = new Split[cut.length];
        for (int label = 0; label < cut.length; label++) {
            if (cut[label].length > 0) {
                double[][] white = space.of(cut[label]);
                TwoMeans two = TwoMeans.of(white);
                int suspect = suspect(white, two.means(), two);
                splits[label] = new Split(null, two.means(), suspect, two.means()[1 - suspect], two.gain());
            }
        }
        return new LabelClusters(splits, space, means);
    }

    /// The smaller cluster, or the wider of two of nearly one size.
    private static int suspect(double[][] white, double[][] centres, TwoMeans two) {
        int smaller = two.sizes()[1] < two.sizes()[0] ? 1 : 0;
        if (two.sizes()[smaller] < BALANCED * white.length) {
            return smaller;
        }
        double[] spread = new double[2];
        for (int r = 0; r < white.length; r++) {
            int cluster = two.second()[r] ? 1 : 0;
            spread[cluster] += squared(white[r], centres[cluster]) / two.sizes()[cluster];
        }
        return spread[1] > spread[0] ? 1 : 0;
    }

    /// What two means explain of each label's rows, in the space they were split in; 0 of a label without
    /// rows.
    public double[] gains() {
        return Arrays.stream(splits)
                .mapToDouble(split -> split == null ? 0 : split.gain())
                .toArray();
    }

    /// What the label's split explains, for a row at the suspect's centre or beyond; less nearer to the
    /// middle, 0 on the other side.
    public double side(double[] row, int label) {
        Split split = splits[label];
        return split == null
                ? 0
                : split.gain() * Math.clamp(split.side(space.of(Arrays.copyOf(row, space.mean().length))), 0, 1);
    }

    /// Of a row in the suspect cluster, by how much another label is nearer than the rest of its own, 0 or
    /// more.
    public double margin(double[] row, int label) {
        Split split = splits[label];
        if (split == null || split.axes() == null || split.side(split.axes().of(row)) <= 0) {
            return 0;
        }
        double[] white = space.of(row);
        double nearest = Double.POSITIVE_INFINITY;
        for (int other = 0; other < means.length; other++) {
            if (other != label && splits[other] != null) {
                nearest = Math.min(nearest, squared(white, means[other]));
            }
        }
        return nearest == Double.POSITIVE_INFINITY ? 0 : Math.max(0, squared(white, split.rest()) - nearest);
    }

    /// Is the row in its label's suspect cluster?
    public boolean suspects(double[] row, int label) {
        Split split = splits[label];
        return split != null
                && split.side(
                                split.axes() == null
                                        ? space.of(Arrays.copyOf(row, space.mean().length))
                                        : split.axes().of(row))
                        > 0;
    }

    private static double[][][] cut(double[][][] rows, int columns) {
        return Arrays.stream(rows)
                .map(of -> Arrays.stream(of)
                        .map(row -> Arrays.copyOf(row, Math.min(columns, row.length)))
                        .toArray(double[][]::new))
                .toArray(double[][][]::new);
    }

    /// The space in which the rows' covariance within their labels is the identity.
    private static Whitening pooled(double[][][] rows) {
        int size = Arrays.stream(rows)
                .filter(of -> of.length > 0)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected rows of one label at least, came none"))[0]
                .length;
        double[] sum = new double[size * size];
        long count = 0;
        for (double[][] of : rows) {
            if (of.length > 0) {
                int[] all = IntStream.range(0, of.length).toArray();
                double[] covariance = Moments.about(Moments.mean(of, all), of, all);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += of.length * covariance[i];
                }
                count += of.length;
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= count;
        }
        return Whitening.of(new double[size], sum);
    }

    private static double[][] means(double[][][] rows, Whitening space) {
        return Arrays.stream(rows)
                .map(of -> of.length == 0
                        ? new double[0]
                        : space.of(
                                Moments.mean(of, IntStream.range(0, of.length).toArray())))
                .toArray(double[][]::new);
    }

    private static double[][] halves(double[][] white, boolean[] second) {
        double[][] halves = new double[2][];
        for (int cluster = 0; cluster < 2; cluster++) {
            int mine = cluster;
            int[] in = IntStream.range(0, white.length)
                    .filter(r -> second[r] == (mine == 1))
                    .toArray();
            halves[cluster] = Moments.mean(
                    white, in.length == 0 ? IntStream.range(0, white.length).toArray() : in);
        }
        return halves;
    }

    /// The squared distance to the nearest mean of another label.
    private static double other(double[] white, int label, double[][][] rows, double[][] means) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int other = 0; other < means.length; other++) {
            if (other != label && rows[other].length > 0) {
                nearest = Math.min(nearest, squared(white, means[other]));
            }
        }
        return nearest;
    }

    private static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }
        return sum;
    }
}

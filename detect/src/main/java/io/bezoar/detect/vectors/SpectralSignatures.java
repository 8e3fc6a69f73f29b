package io.bezoar.detect.vectors;

import com.google.auto.service.AutoService;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import io.bezoar.detect.survey.VectorTask;
import io.bezoar.learn.PrincipalAxes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Finds rows that stand apart from the others of their label along the direction in which the label's
/// rows differ most (Tran, Li & Madry 2018, section 3: spectral signatures).
///
/// Per label the vectors are centred and the top principal axis taken; the score is the squared
/// distance along it. Departures: the published code scores uncentred vectors, and removes 1.5 times a
/// poison rate that nobody knows. Here the distance is measured in robust deviations (1.4826 times the
/// median distance from the median), and rows beyond the cut on one side are a group that is put to the
/// proof: alone they decide nothing. Poison off the top axis is not seen.
///
/// @param deviations least distance from the label's median, in robust standard deviations
/// @param leastRows labels with fewer rows are not judged, at least 3
@AutoService(Detector.class)
public record SpectralSignatures(double deviations, int leastRows) implements Surveyed {
    private static final int FITTED = 1000;
    /// Rows that stand apart, of a label's rows: beyond it they are a kind of their own.
    private static final double MOST = 0.4;
    private static final int FEWEST = 5;

    public SpectralSignatures() {
        this(4, 50);
    }

    public SpectralSignatures {
        if (!(deviations > 0) || leastRows < 3) {
            throw new IllegalArgumentException(
                    "spectral-signatures needs deviations above 0 and leastRows of at least 3," + " not " + deviations
                            + " and " + leastRows);
        }
    }

    @Override
    public String name() {
        return "spectral-signatures";
    }

    @Override
    public String purpose() {
        return "vectors that stand apart from others of their label along the direction of greatest spread";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.LABELS, Need.VECTORS);
    }

    @Override
    public Family family() {
        return Family.GEOMETRY;
    }

    @Override
    public Outcome given(Foundation foundation) {
        return VectorGathering.after(this, foundation.vectors().map(this::apart).orElse(List.of()));
    }

    private List<Apart> apart(VectorTask task) {
        List<Apart> groups = new ArrayList<>();
        for (int label = 0; label < task.labelling().classes().size(); label++) {
            int mine = label;
            int[] rows = IntStream.range(0, task.size())
                    .filter(r -> task.label(r) == mine)
                    .toArray();
            if (rows.length < leastRows) {
                continue;
            }
            PrincipalAxes axis =
                    PrincipalAxes.of(Arrays.stream(rows).mapToObj(task::scaled).toArray(float[][]::new), 1, FITTED);
            if (axis.count() == 0) {
                continue;
            }
            double[] place = Arrays.stream(rows)
                    .mapToDouble(r -> axis.coordinates(task.scaled(r))[0])
                    .toArray();
            double middle = median(place);
            double deviation = 1.4826
                    * median(Arrays.stream(place).map(p -> Math.abs(p - middle)).toArray());
            for (int side : deviation > 0 ? new int[] {1, -1} : new int[0]) {
                long beyond = Arrays.stream(place)
                        .filter(p -> side * (p - middle) > deviations * deviation)
                        .count();
                if (beyond >= FEWEST && beyond <= MOST * rows.length) {
                    groups.add(new Apart(task, label, axis, middle, side * deviation, deviations));
                }
            }
        }
        return groups;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /// Rows of a label beyond the cut on one side.
    ///
    /// @param deviation robust standard deviation, negative for the other side
    private record Apart(
            VectorTask task, int label, PrincipalAxes axis, double middle, double deviation, double deviations)
            implements VectorGroup {
        private double distance(Example example) {
            return task.labelling().of(example) == label && task.judges(example)
                    ? (axis.coordinates(task.scaled(example.vector()))[0] - middle) / deviation
                    : 0;
        }

        @Override
        public boolean has(Example example) {
            return distance(example) > deviations;
        }

        @Override
        public double score(Example example) {
            double distance = distance(example);
            return distance > deviations ? distance * distance : 0;
        }

        @Override
        public Evidence why(Example example) {
            return new Evidence(
                    "spectral-signatures",
                    String.format(
                            Locale.ROOT,
                            "Stands %.1f robust standard deviations from the middle of %s, along the direction in"
                                    + " which its rows differ most.",
                            distance(example),
                            Targets.cut(task.labelling().classes().get(label))),
                    List.of());
        }

        @Override
        public Candidate candidate(long[] members) {
            return new Candidate(
                    "spectral-signatures",
                    Candidate.Kind.OUTLIERS,
                    "vectors that stand apart from others of their label",
                    Optional.empty(),
                    Optional.of(task.labelling().classes().get(label)),
                    deviations,
                    members);
        }
    }
}

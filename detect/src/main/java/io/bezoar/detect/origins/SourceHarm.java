package io.bezoar.detect.origins;

import com.google.auto.service.AutoService;
import io.bezoar.core.Calibration;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Significance;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.labels.AnnotatorReliability;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import io.bezoar.detect.survey.Task;
import io.bezoar.detect.survey.Tasks;
import io.bezoar.learn.HeldOutEffects;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Finds sources and annotators whose rows make a model worse for everybody else's.
///
/// Every row has an effect on the held-out rows of the other sources ([HeldOutEffects]): RONI (Barreno,
/// Nelson, Joseph & Tygar 2010, section 4.4; Nelson et al. 2008) by one step of influence instead of a
/// training, and by source instead of by row. The harmful effects of a source's rows are added up and
/// held against those of as many rows with the same labels from anybody ([PermutedUnits]); the sum of all
/// effects must depart, too, or longer texts, which do more harm and more good, would be taken for worse
/// ones. Rows that say nothing to the others (another subject, another language) do no harm.
///
/// Honest sources differ by more than chance lets them, so the departure (that of a normal deviate with
/// the bound's chance) is divided by the root of the other sources' mean squared departure, found without
/// the rows of the one in question, and referred to Student's t, as in [AnnotatorReliability]. Holm
/// (1979) corrects for the number of sources and annotators.
///
/// The group are the fewest of its sampled rows without which the source would be like the others. The
/// row score is the source's departure times the chance that the row's label is wrong; 0 for rows of all
/// others.
///
/// @param alpha chance that among sources and annotators that all err alike any is found, 0 to 1
/// @param leastRows sampled rows a source or annotator must have, at least 2
@AutoService(Detector.class)
public record SourceHarm(double alpha, int leastRows) implements Surveyed {
    static final String NAME = "source-harm";
    /// Sources, and annotators, that are judged at most: those with most rows.
    private static final int MOST = 128;
    /// Features visited for the sources, and for the annotators; but eight of each are judged whatever
    /// their texts are.
    private static final int VISITS = 25_000_000;
    /// Standard deviations by which also the sum of all effects must depart.
    private static final double UNBALANCED = 2;

    public SourceHarm {
        if (!(alpha > 0 && alpha < 1) || leastRows < 2) {
            throw new IllegalArgumentException(
                    "alpha must be between 0 and 1 and leastRows at least 2, not " + alpha + " and " + leastRows);
        }
    }

    public SourceHarm() {
        this(0.01, 20);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "sources and annotators whose rows make a model worse for everybody else's rows";
    }

    @Override
    public Family family() {
        return Family.LABELS;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.LABELS, Need.TEXTS, Need.ORIGIN);
    }

    @Override
    public Calibration calibration() {
        return Calibration.of(
                "what a row of a label does to the others' rows has nothing to do with who gave it, beyond how much"
                        + " sources differ anyway",
                alpha);
    }

    @Override
    public Outcome given(Foundation foundation) {
        return foundation.tasks().stream()
                .filter(task -> task.labelling() instanceof Tasks.Labels)
                .filter(task -> (long) task.fit().rows().columns() * task.fit().classes() <= HeldOutEffects.CELLS)
                .findFirst()
                .<Outcome>map(this::judge)
                .orElse(Outcome.Scorer.NOTHING);
    }

    /// Who gave a row.
    private enum Side {
        SOURCE,
        ANNOTATOR;

        Optional<String> of(Origin origin) {
            return switch (this) {
                case SOURCE -> origin.source();
                case ANNOTATOR -> origin.annotator();
            };
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A source or annotator and what its rows do.
    ///
    /// @param t departure of the harmful effects, in standard deviations by which honest ones differ
    /// @param log logarithm of its chance
    /// @param without by how much the log odds of the others' labels would rise without the rows, in nats
    /// @param expected the same for as many rows with these labels from anybody
    /// @param rows how many it has in the sample
    /// @param members numbers of the rows that make the difference
    private record Judged(
            Side side, String name, double t, double log, double without, double expected, int rows, int[] members) {}

    private Outcome judge(Task task) {
        HeldOutEffects effects = HeldOutEffects.of(task.fit());
        List<Judged> judged = new ArrayList<>();
        for (Side side : Side.values()) {
            judged.addAll(judge(task, effects, side));
        }
        judged.sort(Comparator.comparingDouble(Judged::log)
                .thenComparing(Judged::side)
                .thenComparing(Judged::name));
        List<Found> found = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>();
        double corrected = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < judged.size(); i++) {
            Judged one = judged.get(i);
            corrected = Math.max(corrected, Math.min(0, one.log + Math.log(judged.size() - i)));
            if (corrected > Math.log(alpha)) {
                break;
            }
            found.add(new Found(one.side, one.name, one.t, text(one)));
            candidates.add(new Candidate(
                            NAME,
                            Candidate.Kind.BURST,
                            "labels from one " + one.side.word() + " that make a model worse for the others' rows",
                            Optional.empty(),
                            Optional.empty(),
                            one.t,
                            Arrays.stream(one.members)
                                    .mapToLong(row ->
                                            task.fit().examples().get(row).key())
                                    .sorted()
                                    .distinct()
                                    .toArray())
                    .with(new Significance(
                            "a permutation of sources among the rows of each label, softened by how much the other"
                                    + " sources differ (quasi-likelihood), corrected for all sources and annotators"
                                    + " (Holm)",
                            corrected)));
        }
        return new Scores(task, found, new Groups(candidates, List.of()));
    }

    private static String text(Judged one) {
        return String.format(
                Locale.ROOT,
                "Without the %d sampled rows of %s %s the labels of all others' rows would fit a model %s by %.0f nats;"
                        + " without as many rows with these labels from anybody, %s by %.0f.",
                one.rows,
                one.side.word(),
                Targets.cut(one.name),
                one.without > 0 ? "better" : "worse",
                Math.abs(one.without),
                one.expected > 0 ? "better" : "worse",
                Math.abs(one.expected));
    }

    private List<Judged> judge(Task task, HeldOutEffects effects, Side side) {
        int rows = task.fit().size();
        TreeMap<String, List<Integer>> given = new TreeMap<>();
        for (int row = 0; row < rows; row++) {
            int number = row;
            side.of(task.fit().examples().get(row).origin())
                    .ifPresent(name ->
                            given.computeIfAbsent(name, _ -> new ArrayList<>()).add(number));
        }
        List<Map.Entry<String, List<Integer>>> units = given.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= leastRows)
                .sorted(Comparator.comparingInt((Map.Entry<String, List<Integer>> entry) ->
                                -entry.getValue().size())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(Math.max(8, Math.min(MOST, VISITS / Math.max(1, effects.visits()))))
                .toList();
        int count = units.size();
        if (count < 2) {
            return List.of();
        }
        int[] unit = new int[rows];
        Arrays.fill(unit, count);
        for (int u = 0; u < count; u++) {
            for (int row : units.get(u).getValue()) {
                unit[row] = u;
            }
        }
        int[] labels = IntStream.range(0, rows).map(task.fit()::label).toArray();
        PermutedUnits permuted =
                new PermutedUnits(unit, count, labels, task.fit().classes());
        List<PermutedUnits.Departure> all = new ArrayList<>();
        List<PermutedUnits.Departure> harmful = new ArrayList<>();
        List<int[]> members = new ArrayList<>();
        for (int u = 0; u < count; u++) {
            int[] mine =
                    units.get(u).getValue().stream().mapToInt(Integer::intValue).toArray();
            boolean[] member = new boolean[rows];
            for (int row : mine) {
                member[row] = true;
            }
            double[] effect = effects.outside(member);
            all.add(permuted.of(u, effect));
            harmful.add(permuted.of(
                    u, Arrays.stream(effect).map(one -> Math.max(0, one)).toArray()));
            members.add(worst(mine, effect, labels, all.getLast()));
        }
        List<Judged> judged = new ArrayList<>();
        int freedom = count - 1 - (count - 1) / AnnotatorReliability.PART;
        for (int u = 0; u < count; u++) {
            double t = departure(all, u) >= UNBALANCED ? departure(harmful, u) : 0;
            judged.add(new Judged(
                    side,
                    units.get(u).getKey(),
                    t,
                    t > 0 && members.get(u).length > 0 ? ExactTests.logStudentTail(t, freedom) : 0,
                    all.get(u).sum(),
                    all.get(u).expected(),
                    units.get(u).getValue().size(),
                    members.get(u)));
        }
        return judged;
    }

    /// A unit's departure in units of how much the others differ; 0 unless it is beyond expectation.
    private static double departure(List<PermutedUnits.Departure> departures, int unit) {
        double spread = AnnotatorReliability.spread(IntStream.range(0, departures.size())
                .filter(other -> other != unit)
                .mapToDouble(other -> departures.get(other).deviations()[unit])
                .toArray());
        return Math.sqrt(-2 * departures.get(unit).log()) / Math.sqrt(Math.max(1, spread));
    }

    /// The fewest rows without which the others would do no more harm than expected.
    private static int[] worst(int[] mine, double[] effect, int[] labels, PermutedUnits.Departure departure) {
        int[] order = IntStream.of(mine)
                .filter(row -> effect[row] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> departure.means()[labels[row]] - effect[row])
                        .thenComparingInt(row -> row))
                .mapToInt(Integer::intValue)
                .toArray();
        double excess = departure.sum() - departure.expected();
        int taken = 0;
        while (taken < order.length && excess > 0) {
            excess -= effect[order[taken]] - departure.means()[labels[order[taken]]];
            taken++;
        }
        return Arrays.copyOf(order, taken);
    }

    /// A harmful source or annotator.
    private record Found(Side side, String name, double t, String text) implements Serializable {
        boolean gave(Example example) {
            return side.of(example.origin()).filter(name::equals).isPresent();
        }
    }

    private record Scores(Task task, List<Found> found, Groups groups) implements Outcome.Scorer {
        @Override
        public double score(Example example) {
            double t = found.stream()
                    .filter(one -> one.gave(example))
                    .mapToDouble(Found::t)
                    .max()
                    .orElse(0);
            int label = t == 0 ? -1 : task.labelling().of(example);
            return label < 0 ? 0 : t * task.judged(example, label).wrong();
        }

        @Override
        public List<Evidence> explain(Example example) {
            return found.stream()
                    .filter(one -> one.gave(example))
                    .map(one -> new Evidence(NAME, one.text, List.of()))
                    .toList();
        }

        @Override
        public List<Candidate> candidates() {
            return groups.candidates();
        }

        @Override
        public List<Remark> remarks() {
            return groups.remarks();
        }
    }
}

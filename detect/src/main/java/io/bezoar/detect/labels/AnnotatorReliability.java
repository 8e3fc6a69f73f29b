package io.bezoar.detect.labels;

import com.google.auto.service.AutoService;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import io.bezoar.detect.survey.Task;
import io.bezoar.detect.survey.Tasks;
import io.bezoar.learn.SoftmaxRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Finds annotators whose labels are wrong more often than those of the others, however the wrong labels are
/// spread over the classes (Dawid & Skene 1979).
///
/// What a text is, and how each annotator errs, is estimated together from all labels that equal inputs were
/// given; the cross-fitted surrogate, which saw none of a text's copies, is one more annotator, so that a text
/// labelled by one person has two opinions ([Confusions]). Then each annotator is judged by the opinions of
/// the others alone: the chances that its labels are wrong, added up, against what is expected of an annotator
/// who errs as all do together. Honest annotators differ by more than chance lets them, so the departure in
/// standard deviations is divided by the root of the others' mean squared departure (trimmed) and referred to Student's
/// t with as many degrees of freedom as there are others (quasi-likelihood, as in `BurstTests`), times the
/// number of annotators (Bonferroni).
///
/// The row score is the annotator's departure times the chance that the row's label is wrong; 0 for rows of
/// all other annotators. Looks at the sample.
///
/// @param alpha chance that among annotators who all err alike any is found, 0 to 1
/// @param excess by how much an annotator's share of wrong labels must exceed the expected share, 0 to 1
/// @param leastRows rows an annotator must have labelled in the sample, at least 1
@AutoService(Detector.class)
public record AnnotatorReliability(double alpha, double excess, int leastRows) implements Surveyed {
    static final String NAME = "annotator-reliability";
    /// One in so many of the largest departures is left out.
    public static final int PART = 10;
    /// The mean of a squared normal deviate below its 90 % point.
    private static final double TRIMMED_MEAN = 0.623;

    public AnnotatorReliability {
        if (!(alpha > 0 && alpha < 1) || !(excess >= 0 && excess < 1) || leastRows < 1) {
            throw new IllegalArgumentException(
                    "alpha must be between 0 and 1, excess from 0 to 1 and leastRows at least 1, not " + alpha + ", "
                            + excess + " and " + leastRows);
        }
    }

    public AnnotatorReliability() {
        this(0.01, 0.05, 10);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "annotators whose labels are wrong more often than those of the others";
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
    public Outcome given(Foundation foundation) {
        return foundation.tasks().stream()
                .filter(task -> task.labelling() instanceof Tasks.Labels)
                .findFirst()
                .<Outcome>map(this::judge)
                .orElse(Outcome.Scorer.NOTHING);
    }

    /// The rows of one annotator in the sample, and what the others make of them.
    ///
    /// @param departure of the labels' summed chances of being wrong from what is expected, in standard
    ///     deviations
    /// @param wrong share of the labels that are wrong by the others' opinions, 0 to 1
    /// @param expected share that would be if the annotator erred as all do
    /// @param rows numbers of its rows in the fit
    private record Judged(String name, double departure, double wrong, double expected, List<Integer> rows) {}

    private Outcome judge(Task task) {
        TreeMap<String, List<Integer>> rows = new TreeMap<>();
        for (int row = 0; row < task.fit().size(); row++) {
            int number = row;
            task.fit()
                    .examples()
                    .get(row)
                    .origin()
                    .annotator()
                    .ifPresent(name ->
                            rows.computeIfAbsent(name, _ -> new ArrayList<>()).add(number));
        }
        if (rows.size() < 2) {
            return Outcome.Scorer.NOTHING;
        }
        Confusions confusions = confusions(task, rows);
        List<Judged> judged = new ArrayList<>();
        for (Map.Entry<String, List<Integer>> entry : rows.entrySet()) {
            if (entry.getValue().size() >= leastRows) {
                judged.add(judged(entry.getKey(), entry.getValue(), confusions));
            }
        }
        Map<String, Double> found = new TreeMap<>();
        Map<String, String> texts = new TreeMap<>();
        List<Candidate> candidates = new ArrayList<>();
        int others = judged.size() - 1;
        for (Judged one : judged) {
            if (others < 1 || one.departure <= 0 || one.wrong - one.expected < excess) {
                continue;
            }
            double t = one.departure
                    / Math.sqrt(Math.max(
                            1,
                            spread(judged.stream()
                                    .filter(other -> !other.name.equals(one.name))
                                    .mapToDouble(other -> other.departure)
                                    .toArray())));
            if (ExactTests.logStudentTail(t, others - others / PART) + Math.log(judged.size()) > Math.log(alpha)) {
                continue;
            }
            found.put(one.name, t);
            texts.put(
                    one.name,
                    String.format(
                            Locale.ROOT,
                            "Of the labels of annotator %s %.0f %% are wrong by the other annotators and a model of the"
                                    + " other rows, where %.0f %% would be expected.",
                            Targets.cut(one.name),
                            100 * one.wrong,
                            100 * one.expected));
            long[] members = one.rows.stream()
                    .filter(row -> confusions.wrong(row) > 0.5)
                    .mapToLong(row -> task.fit().examples().get(row).key())
                    .sorted()
                    .distinct()
                    .toArray();
            candidates.add(new Candidate(
                    NAME,
                    Candidate.Kind.BURST,
                    "labels of one annotator that the others contradict",
                    Optional.empty(),
                    Optional.empty(),
                    t,
                    members));
        }
        return new Scores(task, found, texts, new Groups(candidates, List.of()));
    }

    /// The others' mean squared departure. The largest tenth is left out, lest two careless annotators hide each
    /// other, and the mean corrected for that.
    public static double spread(double[] others) {
        double[] squares = Arrays.stream(others).map(z -> z * z).sorted().toArray();
        int kept = squares.length - squares.length / PART;
        double mean = Arrays.stream(squares, 0, kept).sum() / kept;
        return kept == squares.length ? mean : mean / TRIMMED_MEAN;
    }

    /// Every sampled text once, with the labels it was given; opinions are numbered by annotator, the surrogate
    /// last.
    private static Confusions confusions(Task task, TreeMap<String, List<Integer>> rows) {
        int[] annotator = new int[task.fit().size()];
        Arrays.fill(annotator, -1);
        List<List<Integer>> most = new ArrayList<>(rows.values());
        most.sort(Comparator.comparingInt((List<Integer> mine) -> mine.size()).reversed());
        int number = 0;
        for (List<Integer> mine : most) {
            for (int row : mine) {
                annotator[row] = number;
            }
            number++;
        }
        int[] item = new int[annotator.length];
        int[] label = new int[annotator.length];
        Map<Long, Integer> items = new TreeMap<>();
        int[] answers = new int[annotator.length];
        for (int row = 0; row < annotator.length; row++) {
            Integer known = items.putIfAbsent(task.fit().examples().get(row).inputHash(), items.size());
            item[row] = known == null ? items.size() - 1 : known;
            label[row] = task.fit().label(row);
            if (known == null) {
                answers[item[row]] = SoftmaxRegression.best(task.fit().logits(row));
            }
        }
        return Confusions.of(
                item,
                annotator,
                label,
                Arrays.copyOf(answers, items.size()),
                rows.size(),
                task.fit().classes());
    }

    private static Judged judged(String name, List<Integer> rows, Confusions confusions) {
        double sum = 0;
        double expected = 0;
        double variance = 0;
        for (int row : rows) {
            double[] chance = confusions.without(row);
            double[] likely = confusions.label(chance);
            double mean = 0;
            double square = 0;
            for (int c = 0; c < likely.length; c++) {
                double wrong = 1 - chance[c];
                mean += likely[c] * wrong;
                square += likely[c] * wrong * wrong;
            }
            sum += 1 - chance[confusions.given(row)];
            expected += mean;
            variance += square - mean * mean;
        }
        return new Judged(
                name,
                (sum - expected) / Math.sqrt(Math.max(1e-9, variance)),
                sum / rows.size(),
                expected / rows.size(),
                rows);
    }

    private record Scores(Task task, Map<String, Double> found, Map<String, String> texts, Groups groups)
            implements Outcome.Scorer {
        @Override
        public double score(Example example) {
            Double departure = found.isEmpty()
                    ? null
                    : example.origin().annotator().map(found::get).orElse(null);
            int label = task.labelling().of(example);
            return departure == null || label < 0
                    ? 0
                    : departure * task.judged(example, label).wrong();
        }

        @Override
        public List<Evidence> explain(Example example) {
            return example.origin()
                    .annotator()
                    .flatMap(name -> Optional.ofNullable(texts.get(name)))
                    .map(text -> List.of(new Evidence(NAME, text, List.of())))
                    .orElse(List.of());
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

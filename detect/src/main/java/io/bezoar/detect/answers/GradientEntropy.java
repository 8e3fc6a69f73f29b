package io.bezoar.detect.answers;

import com.google.auto.service.AutoService;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.LanguageModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/// Ranks answers by how many directions fine-tuning on them would pull a language model's last layer into,
/// and tells of those beyond a gap (GradSentry, arXiv 2605.26574, 2026).
///
/// Of the gradient of the answer's loss by the last layer ([io.bezoar.learn.LayerGradient]) the first of
/// `part` rows and columns are kept; the score is the entropy of its `values` largest singular values as
/// shares of their sum, in parts of the logarithm of `values`: 0 to 1, higher is more suspicious, 0 for a
/// row that was not read. The cut is the [Valley] of the entropies between the peaks nearest 0 and 1; rows
/// above it are the group.
///
/// Departures: without a valley nothing is cut, where the paper falls back to .7; peaks of fewer than
/// `leastRows` answers are passed over, and so are valleys with more than half of the answers above them; a
/// group is what most of its rows answer, if there is such a piece, since only a target can be proved. No test
/// calibrates the cut, and an answer of few tokens has few directions: short answers have low entropies
/// whatever they say.
///
/// @param part of the rows and columns of the gradient the first 1 in so many are kept, at least 1
/// @param values singular values, at least 2
/// @param rows of the sample that are read at most, at least 1
/// @param leastRows answers on either side of the cut, at least 2
@AutoService(Detector.class)
public record GradientEntropy(int part, int values, int rows, int leastRows) implements Surveyed {
    static final String NAME = "gradient-entropy";
    /// Share of a group's rows that hold a piece before the group is said to answer it.
    private static final double MOST = 0.5;

    public GradientEntropy() {
        this(8, 16, 20_000, 10);
    }

    public GradientEntropy {
        if (part < 1 || values < 2 || rows < 1 || leastRows < 2) {
            throw new IllegalArgumentException(
                    "gradient-entropy needs part >= 1, values >= 2, rows >= 1 and leastRows >= 2, not " + part + ", "
                            + values + ", " + rows + " and " + leastRows);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "answers that would pull a given language model's last layer into more directions than the others do";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.ANSWERS, Need.GRADIENTS);
    }

    @Override
    public Outcome given(Foundation foundation) {
        return foundation
                .model()
                .map(model -> after(foundation, model))
                .orElseGet(() -> new Scores(
                        new long[0], new double[0], Double.NaN, List.of(), new Groups(List.of(), List.of())));
    }

    /// @param entropy not a number for a row that has none
    private record Read(Example row, double entropy, boolean whole) {}

    private Scores after(Foundation foundation, LanguageModel model) {
        List<Example> answers = foundation.sample().stream()
                .filter(row -> !Targets.answer(row).isEmpty())
                .limit(rows)
                .toList();
        List<Read> read = answers.parallelStream().map(row -> read(row, model)).toList();
        List<Read> known =
                read.stream().filter(row -> !Double.isNaN(row.entropy)).toList();
        OptionalDouble cut = Valley.of(known.stream().mapToDouble(Read::entropy).toArray(), leastRows);
        List<Read> beyond = known.stream()
                .filter(row -> cut.isPresent() && row.entropy > cut.getAsDouble())
                .toList();
        List<Remark> remarks = new ArrayList<>();
        remarks.add(new Remark(NAME, Severity.LOW, "Answers were read by a language model: " + model.words() + "."));
        cut.ifPresent(at -> remarks.add(new Remark(
                NAME,
                Severity.LOW,
                String.format(
                        Locale.ROOT,
                        "The entropies of their gradients have a gap at %.3f: %d of %d answers lie above it, where"
                                + " poisoned ones are said to lie; short and long answers, or two kinds of task, make a"
                                + " gap as well.",
                        at,
                        beyond.size(),
                        known.size()))));
        long[] keys = known.stream().mapToLong(row -> row.row.key()).toArray();
        return new Scores(
                keys,
                known.stream().mapToDouble(Read::entropy).toArray(),
                cut.orElse(Double.NaN),
                open(foundation, read, model),
                new Groups(candidates(foundation, known, beyond), remarks));
    }

    private Read read(Example row, LanguageModel model) {
        LanguageModel.Reading reading = model.of(row.input(), Targets.answer(row), part);
        return new Read(
                row,
                reading.gradient().map(gradient -> gradient.entropy(values)).orElse(Double.NaN),
                reading.whole());
    }

    /// What the model was not asked.
    private static List<String> open(Foundation foundation, List<Read> read, LanguageModel model) {
        List<String> open = new ArrayList<>();
        long all = foundation.survey().responses() + foundation.survey().preferences();
        if (read.size() < all) {
            open.add("The language model read a sample of " + read.size() + " of " + all + " answers.");
        }
        long cut = read.stream().filter(row -> !row.whole).count();
        if (cut > 0) {
            open.add("Of " + cut + (cut == 1 ? " long row" : " long rows") + " the language model read " + model.most()
                    + " tokens: the end of the prompt and the beginning of the answer.");
        }
        long none = read.stream().filter(row -> Double.isNaN(row.entropy)).count();
        if (none > 0) {
            open.add("Of " + none + (none == 1 ? " answer" : " answers") + " the language model gave no gradient.");
        }
        return open;
    }

    /// The rows beyond the cut: those that hold a piece of an answer that most of them do, or all.
    private static List<Candidate> candidates(Foundation foundation, List<Read> known, List<Read> beyond) {
        if (beyond.isEmpty()) {
            return List.of();
        }
        List<Candidate> targeted = foundation.tasks().stream()
                .flatMap(task -> IntStream.range(0, task.labelling().classes().size())
                        .filter(task.labelling()::wanted)
                        .mapToObj(label -> targeted(task.labelling(), label, known, beyond)))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingDouble(Candidate::strength)
                        .reversed()
                        .thenComparing(candidate -> candidate.target().orElse("")))
                .toList();
        return targeted.isEmpty() ? List.of(candidate(known, beyond, Optional.empty())) : targeted;
    }

    /// The rows beyond the cut that hold one piece, if most do, and more of them than of the other rows.
    private static Optional<Candidate> targeted(
            Task.Labelling labelling, int label, List<Read> known, List<Read> beyond) {
        List<Read> group =
                beyond.stream().filter(row -> labelling.of(row.row) == label).toList();
        long all = known.stream().filter(row -> labelling.of(row.row) == label).count();
        double others = (double) (all - group.size()) / (known.size() - beyond.size());
        return group.size() > MOST * beyond.size() && group.size() > others * beyond.size()
                ? Optional.of(
                        candidate(known, group, Optional.of(labelling.classes().get(label))))
                : Optional.empty();
    }

    private static Candidate candidate(List<Read> known, List<Read> group, Optional<String> target) {
        double mean = known.stream().mapToDouble(Read::entropy).sum() / known.size();
        double squares = known.stream()
                .mapToDouble(row -> (row.entropy - mean) * (row.entropy - mean))
                .sum();
        double away = group.stream().mapToDouble(Read::entropy).sum() / group.size() - mean;
        return new Candidate(
                NAME,
                Candidate.Kind.OUTLIERS,
                "answers that pull a language model into more directions than the others",
                Optional.empty(),
                target,
                squares <= 0 ? 0 : Math.max(0, away / Math.sqrt(squares / known.size())),
                group.stream().mapToLong(row -> row.row.key()).distinct().toArray());
    }

    /// Scores a row by the entropy of its answer's gradient.
    ///
    /// @param keys of the rows that have one, ascending
    /// @param entropies of each, 0 to 1
    /// @param cut the lowest entropy of the group; not a number if there is none
    /// @param notChecked what the model was not asked
    record Scores(long[] keys, double[] entropies, double cut, List<String> notChecked, Groups groups)
            implements Outcome.Scorer {
        @Override
        public double score(Example example) {
            int at = Arrays.binarySearch(keys, example.key());
            return at < 0 ? 0 : entropies[at];
        }

        @Override
        public List<Evidence> explain(Example example) {
            double entropy = score(example);
            return entropy > cut
                    ? List.of(new Evidence(
                            NAME,
                            String.format(
                                    Locale.ROOT,
                                    "Its answer would pull the language model's last layer into many directions: an"
                                            + " entropy of %.3f, where the answers part at %.3f.",
                                    entropy,
                                    cut),
                            List.of()))
                    : List.of();
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

package io.bezoar.detect.labels;

import com.google.auto.service.AutoService;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.LabelNoise;
import io.bezoar.detect.survey.Surveyed;
import io.bezoar.detect.survey.Task;
import io.bezoar.detect.survey.Tasks;
import io.bezoar.learn.SoftmaxRegression;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds rows whose label the cross-fitted surrogate contradicts, by confident learning (Northcutt,
/// Jiang & Chuang 2021, section 3).
///
/// A row counts as an example of every class whose out-of-fold probability reaches that class's
/// threshold, the mean probability of the class among the rows that carry it. If the most probable of
/// these classes is not the row's own, the label is in conflict; such rows are counted. The score is
/// the chance that the label is wrong, 0 to 1, given how wrong labels come about in this set
/// ([LabelNoise]).
///
/// Of up to 250,000 rows three models are asked and their answers joined ([Opinions]): the
/// cross-fitted surrogate, naive Bayes without the row's own counts, and the nearest rows. Where an embedding
/// places the texts and the sample is the whole set, the rows nearest by their places are a fourth. None has seen
/// the row; none has seen a near-duplicate of a sampled one. Where 25,000 rows or more lie outside the sample, all
/// are asked about those the surrogate doubts most. Of more rows it is asked alone.
///
/// A single such label in a noisy set is no sign of an attack; it is only reported.
@AutoService(Detector.class)
public record LabelConflict() implements Surveyed {

    @Override
    public String name() {
        return "label-conflict";
    }

    @Override
    public String purpose() {
        return "labels that a model trained on the other rows contradicts";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.LABELS, Need.TEXTS);
    }

    @Override
    public Family family() {
        return Family.LABELS;
    }

    @Override
    public Outcome given(Foundation foundation) {
        return foundation.tasks().stream()
                .filter(task -> task.labelling() instanceof Tasks.Labels)
                .findFirst()
                .<Outcome>map(task -> Conflicts.of(task, foundation))
                .orElse(Outcome.Scorer.NOTHING);
    }

    /// Scores rows by the chance that their label is wrong.
    ///
    /// @param opinions what is thought of each sampled row; empty where the task's own surrogate is asked
    /// @param judge is asked about the other rows; null where the task's own surrogate is alone
    /// @param doubted the least chance to be wrong, by the task's own surrogate, at which the judge is asked
    /// @param conflicts sampled rows in conflict
    record Conflicts(
            Task task,
            float[][] opinions,
            Opinions.@Nullable Judge judge,
            double doubted,
            LabelNoise noise,
            long conflicts)
            implements Outcome.Scorer {
        private static final long serialVersionUID = 2L;

        /// Rows outside the sample that several models are asked about: those that the surrogate doubts most.
        private static final long ASKED = 25_000;
        /// Classes times features that counts are made of; beyond it the task's own surrogate is asked alone.
        private static final long CELLS = 1L << 24;
        /// And that they are kept of, to judge rows outside the sample.
        private static final long KEPT = 1L << 23;

        static Conflicts of(Task task, Foundation foundation) {
            int classes = task.labelling().classes().size();
            double[] sum = new double[classes];
            int[] rows = new int[classes];
            for (int row = 0; row < task.fit().size(); row++) {
                int label = task.fit().label(row);
                sum[label] += probabilities(task.fit().logits(row))[label];
                rows[label]++;
            }
            float[] thresholds = new float[classes];
            for (int c = 0; c < classes; c++) {
                thresholds[c] = rows[c] == 0 ? 1 : (float) (sum[c] / rows[c]);
            }
            long conflicts = 0;
            for (int row = 0; row < task.fit().size(); row++) {
                float[] p = probabilities(task.fit().logits(row));
                if (inConflict(p, task.fit().label(row), thresholds)) {
                    conflicts++;
                }
            }
            boolean whole = foundation.whole();
            long cells = (long) classes * task.fit().rows().columns();
            if (task.fit().size() == 0 || cells > (whole ? CELLS : KEPT) || foundation.large()) {
                // several models cost time even for the sample
                return new Conflicts(task, new float[0][], null, 0, task.noise(), conflicts);
            }
            int[] labels =
                    IntStream.range(0, task.fit().size()).map(task.fit()::label).toArray();
            Opinions opinions = whole
                    ? Opinions.of(task.fit(), labels, foundation.embeddings())
                    : Opinions.withJudge(task.fit(), labels);
            long outside = foundation.survey().rows() - task.fit().size();
            return new Conflicts(
                    task,
                    opinions.logits(),
                    opinions.judge().orElse(null),
                    whole ? 0 : doubted(task, labels, (double) ASKED / Math.max(1, outside)),
                    opinions.noise(),
                    conflicts);
        }

        /// The chance to be wrong that, by the task's own surrogate, so large a share of the sampled labels exceeds.
        private static double doubted(Task task, int[] labels, double share) {
            if (share >= 1) {
                return 0;
            }
            double[] wrong = IntStream.range(0, labels.length)
                    .mapToDouble(row -> task.noise().wrong(task.fit().logits(row), labels[row]))
                    .sorted()
                    .toArray();
            return wrong[(int) ((1 - share) * wrong.length)];
        }

        private static float[] probabilities(float[] logits) {
            float[] p = logits.clone();
            SoftmaxRegression.softmax(p);
            return p;
        }

        private static boolean inConflict(float[] p, int label, float[] thresholds) {
            int confident = -1;
            for (int c = 0; c < p.length; c++) {
                if (p[c] >= thresholds[c] && (confident < 0 || p[c] > p[confident])) {
                    confident = c;
                }
            }
            return confident >= 0 && confident != label && SoftmaxRegression.best(p) != label;
        }

        @Override
        public double score(Example example) {
            int label = task.labelling().of(example);
            if (label < 0) {
                return 0;
            }
            int row = opinions.length == 0 ? -1 : task.fit().place(example);
            if (row >= 0) {
                return noise.wrong(opinions[row], label);
            }
            double wrong = task.judged(example, label).wrong();
            return judge == null || wrong < doubted ? wrong : noise.wrong(judge.logits(task.fit(), example), label);
        }

        @Override
        public List<Evidence> explain(Example example) {
            int label = task.labelling().of(example);
            if (label < 0) {
                return List.of();
            }
            float[] p = probabilities(task.fit().logits(example));
            int best = SoftmaxRegression.best(p);
            return best == label
                    ? List.of()
                    : List.of(new Evidence(
                            "label-conflict",
                            String.format(
                                    Locale.ROOT,
                                    "A model trained on the other rows answers %s (probability %.2f), not %s (%.2f).",
                                    Targets.cut(task.labelling().classes().get(best)),
                                    p[best],
                                    Targets.cut(task.labelling().classes().get(label)),
                                    p[label]),
                            List.of()));
        }

        @Override
        public List<Remark> remarks() {
            int rows = task.fit().size();
            return rows == 0
                    ? List.of()
                    : List.of(new Remark(
                            "label-conflict",
                            Severity.LOW,
                            String.format(
                                    Locale.ROOT,
                                    "%.1f %% of the labels contradict a model trained on the other rows (%d of %d"
                                            + " sampled rows; the model agrees with %.1f %% of the labels).",
                                    100.0 * conflicts / rows,
                                    conflicts,
                                    rows,
                                    100 * task.fit().accuracy())));
        }
    }
}

package io.bezoar.detect;

import com.google.auto.service.AutoService;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.learn.SoftmaxRegression;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Finds rows whose label the cross-fitted surrogate contradicts, by confident learning (Northcutt,
/// Jiang & Chuang 2021, section 3).
///
/// A row counts as an example of every class whose out-of-fold probability reaches that class's
/// threshold, the mean probability of the class among the rows that carry it. If the most probable of
/// these classes is not the row's own, the label is in conflict; such rows are counted. The score is
/// the chance that the label is wrong, 0 to 1, given how wrong labels come about in this set
/// ([LabelNoise]).
///
/// Where the sample is the whole set, three models are asked and their answers joined ([Opinions]): the
/// cross-fitted surrogate, naive Bayes without the row's own counts, and the nearest rows. Where an embedding
/// places the texts, the rows nearest by their places are a fourth. None has seen the row or a near-duplicate
/// of it.
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
                .<Outcome>map(task -> Conflicts.of(task, foundation.whole(), foundation.embeddings()))
                .orElseGet(() -> new TriggerScorer(List.of()));
    }

    /// Scores rows by the chance that their label is wrong.
    ///
    /// @param opinions what is thought of each sampled row; empty where the task's own surrogate is asked
    /// @param conflicts sampled rows in conflict
    record Conflicts(Task task, float[][] opinions, LabelNoise noise, long conflicts) implements Outcome.Scorer {
        private static final long serialVersionUID = 1L;

        /// Classes times features that counts are kept of; beyond it the task's own surrogate is asked alone.
        private static final long CELLS = 1L << 24;

        /// @param whole is the sample the whole set? If not, the task's own surrogate is asked: to ask several
        ///     about every row would take too long
        /// @param places of the texts, which are one more model's evidence
        static Conflicts of(Task task, boolean whole, Optional<Embeddings> places) {
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
            if (!whole
                    || task.fit().size() == 0
                    || (long) classes * task.fit().rows().columns() > CELLS) {
                return new Conflicts(task, new float[0][], task.noise(), conflicts);
            }
            int[] labels =
                    IntStream.range(0, task.fit().size()).map(task.fit()::label).toArray();
            Opinions opinions = Opinions.of(task.fit(), labels, places);
            return new Conflicts(task, opinions.logits(), opinions.noise(), conflicts);
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
            return row < 0 ? task.judged(example, label).wrong() : noise.wrong(opinions[row], label);
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

package io.bezoar.detect;

import com.google.auto.service.AutoService;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.learn.SoftmaxRegression;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds rows whose label the cross-fitted surrogate contradicts, by confident learning (Northcutt, Jiang &
/// Chuang 2021, section 3).
///
/// A row counts as an example of every class whose out-of-fold probability reaches that class's threshold,
/// the mean probability of the class among the rows that carry it. If the most probable of these classes is
/// not the row's own, the label is in conflict. The score is the normalised margin: the largest probability
/// of another class minus that of the row's own, moved to 0 to 1; a row without conflict stays below one
/// half. Departure from the paper: the joint is not rescaled to the label counts, since single rows and not
/// the joint are asked for.
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
    public Outcome given(Foundation foundation) {
        return foundation.tasks().stream()
                .filter(task -> task.labelling() instanceof Tasks.Labels)
                .findFirst()
                .<Outcome>map(Conflicts::of)
                .orElseGet(() -> new TriggerScorer(List.of()));
    }

    /// Scores rows by the surrogate's margin.
    ///
    /// @param thresholds confident learning's threshold of each class, 0 to 1
    /// @param conflicts sampled rows in conflict
    record Conflicts(Task task, float[] thresholds, long conflicts) implements Outcome.Scorer {
        private static final long serialVersionUID = 1L;

        static Conflicts of(Task task) {
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
            return new Conflicts(task, thresholds, conflicts);
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
            float[] p = probabilities(task.fit().logits(example));
            float other = 0;
            for (int c = 0; c < p.length; c++) {
                other = c == label ? other : Math.max(other, p[c]);
            }
            double margin = (1 + other - p[label]) / 2;
            return inConflict(p, label, thresholds) ? 0.5 + margin / 2 : Math.min(0.499, margin / 2);
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
                                    "%.1f %% of the labels contradict a model trained on the other rows (%d of %d sampled"
                                            + " rows; the model agrees with %.1f %% of the labels).",
                                    100.0 * conflicts / rows,
                                    conflicts,
                                    rows,
                                    100 * task.fit().accuracy())));
        }
    }
}

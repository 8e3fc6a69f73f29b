package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// Repairs a model on a small set that is known to be clean.
///
/// @param way how
/// @param how the plain training
public record TrustedRetraining(Way way, SoftmaxTrainer how) {
    /// What becomes of what the model knows.
    public enum Way {
        /// Nothing is kept: the model is fitted to the trusted rows alone.
        REFIT,
        /// The model goes on from where it is, but forgets every feature that no trusted row holds: what
        /// clean rows never use is where a backdoor can sit (Liu, Dolan-Gavitt & Garg 2018,
        /// "Fine-pruning", sections 3.2 and 3.3, on the features of a linear model in place of the
        /// neurons of a network).
        FINE_TUNE
    }

    /// @param suspect the model to repair; not looked at to refit
    /// @param trusted rows known to be clean
    public LinearClassifier train(LinearClassifier suspect, TrainingSet trusted) {
        return switch (way) {
            case REFIT -> how.fit(trusted, trusted.all());
            case FINE_TUNE -> how.fit(trusted, trusted.all(), pruned(suspect, trusted.rows()), (row, loss) -> 1);
        };
    }

    private static LinearClassifier pruned(LinearClassifier suspect, Features trusted) {
        boolean[] used = new boolean[trusted.columns()];
        for (int feature : SparseFeatures.copy(trusted).used()) {
            used[feature] = true;
        }
        double[] weights = suspect.weights().clone();
        for (int k = 0; k < weights.length; k++) {
            weights[k] = used[k % used.length] ? weights[k] : 0;
        }
        return new LinearClassifier(suspect.columns(), weights, suspect.bias());
    }

    /// Refuses a test set that the model was repaired on.
    ///
    /// @throws IllegalArgumentException if a trusted row is also a test row
    public static void apart(long[] trusted, long[] test) {
        Set<Long> keys = Arrays.stream(trusted).boxed().collect(Collectors.toSet());
        long shared = Arrays.stream(test).filter(keys::contains).count();
        if (shared > 0) {
            throw new IllegalArgumentException("expected trusted rows that are no test rows, but " + shared + " of "
                    + test.length + " test rows are trusted ones; take them out of one of the two");
        }
    }

    /// What a repair changed.
    ///
    /// @param changed share of the rows answered otherwise than before, 0 to 1
    /// @param before share of the rows answered as `labels` say by the model before
    /// @param after likewise by the model after
    public record Change(double changed, double before, double after) {
        /// @param labels the right classes for clean inputs; what the attacker wants for triggered ones
        public static Change of(Classifier before, Classifier after, Features rows, int[] labels) {
            int[] first = before.answers(rows);
            int[] second = after.answers(rows);
            int n = labels.length;
            int changed = 0;
            int rightFirst = 0;
            int rightSecond = 0;
            for (int row = 0; row < n; row++) {
                changed += first[row] != second[row] ? 1 : 0;
                rightFirst += first[row] == labels[row] ? 1 : 0;
                rightSecond += second[row] == labels[row] ? 1 : 0;
            }
            double all = Math.max(1, n);
            return new Change(changed / all, rightFirst / all, rightSecond / all);
        }
    }

    /// What a repair changed, on clean and on triggered inputs apart: one number over both would hide
    /// either.
    public record Behaviour(Change clean, Change triggered) {}
}

package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import java.io.Serializable;

/// Gives each class of a row a score. The answer is the class of the highest score, the smallest of
/// equals.
public interface Classifier extends Serializable {
    /// Number of classes.
    int classes();

    /// Writes the score of each class of `row` into `scores`; higher is more likely.
    ///
    /// @param scores as many as there are classes
    void score(Features rows, int row, double[] scores);

    /// This on fixed rows, for many questions about them.
    default Scored on(Features rows) {
        return (row, scores) -> score(rows, row, scores);
    }

    /// The class of `row`.
    default int answer(Features rows, int row) {
        double[] scores = new double[classes()];
        score(rows, row, scores);
        return best(scores);
    }

    /// The class of each row.
    default int[] answers(Features rows) {
        int[] answers = new int[rows.rows()];
        double[] scores = new double[classes()];
        Scored scored = on(rows);
        for (int row = 0; row < answers.length; row++) {
            scored.score(row, scores);
            answers[row] = best(scores);
        }
        return answers;
    }

    /// The share of rows whose class is the answer, 0 to 1; `NaN` without rows.
    default double accuracy(Features rows, int[] labels) {
        int[] answers = answers(rows);
        int right = 0;
        for (int row = 0; row < answers.length; row++) {
            right += answers[row] == labels[row] ? 1 : 0;
        }
        return (double) right / answers.length;
    }

    /// Scores of fixed rows.
    interface Scored {
        /// Writes the score of each class of `row`.
        void score(int row, double[] scores);
    }

    /// The place of the largest value, the first of equals.
    static int best(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}

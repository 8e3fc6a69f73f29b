package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import java.io.Serializable;

/// Gives each class of a row a score. The answer is the class of the highest score, the smallest of equals.
public interface Classifier extends Serializable {
    /// Number of classes.
    int classes();

    /// Writes the score of each class of `row` into `scores`; higher is more likely.
    ///
    /// @param scores as many as there are classes
    void score(Features rows, int row, double[] scores);

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
        for (int row = 0; row < answers.length; row++) {
            score(rows, row, scores);
            answers[row] = best(scores);
        }
        return answers;
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

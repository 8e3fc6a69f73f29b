package io.bezoar.learn.certify;

import io.bezoar.learn.Features;
import io.bezoar.learn.robust.PositiveSystem;
import io.bezoar.learn.robust.RidgeSystem;
import java.util.Arrays;
import java.util.stream.IntStream;

/// How many labels an attacker must change to change an answer of ridge regression, exactly.
///
/// The score of a class is a sum over the training rows of a weight that depends on the features alone,
/// times 1 if the row has that class (the elementary fact behind Rosenfeld et al. 2020, section 4, who
/// bound it by sampling). Changing a label moves the lead of the answer over a rival by a known amount,
/// so the largest amounts first are the best an attacker can do: the radius is exact, below it nothing
/// changes the answer, one more can.
public final class RidgeFlips {
    private final Features rows;
    private final int[] labels;
    private final int classes;
    private final PositiveSystem system;
    private final boolean dual;

    /// Prepares for questions.
    ///
    /// @param rows features, to which a constant 1 is added
    /// @param labels class of each row
    /// @param classes number of classes, at least 2
    /// @param penalty of the squared weights, that of the constant included
    /// @throws PositiveSystem.SingularCurvature if the penalty is too small for the features
    public RidgeFlips(Features rows, int[] labels, int classes, double penalty) {
        if (classes < 2) {
            throw new IllegalArgumentException("expected two classes or more, came " + classes);
        }
        this.rows = rows;
        this.labels = labels;
        this.classes = classes;
        int n = labels.length;
        int[] all = IntStream.range(0, n).toArray();
        this.dual = n <= rows.columns();
        this.system = dual
                ? PositiveSystem.factor(RidgeSystem.dual(rows, all, penalty), n)
                : PositiveSystem.factor(RidgeSystem.primal(rows, all, penalty), rows.columns() + 1);
    }

    /// The weight of each training row's label in the scores of one row of `asked`.
    double[] weights(Features asked, int row) {
        int n = labels.length;
        int columns = rows.columns();
        double[] query = new double[columns + 1];
        asked.add(row, 1, query, 0);
        query[columns] = 1;
        double[] weights = new double[n];
        if (!dual) {
            system.solve(query);
        }
        for (int i = 0; i < n; i++) {
            weights[i] = rows.dot(i, query, 0) + query[columns];
        }
        if (dual) {
            system.solve(weights);
        }
        return weights;
    }

    /// The certificate of one row of `asked`.
    public Certificate of(Features asked, int row) {
        return of(weights(asked, row), labels, classes);
    }

    /// The same from the weights of the labels.
    static Certificate of(double[] weights, int[] labels, int classes) {
        double[] scores = new double[classes];
        for (int i = 0; i < labels.length; i++) {
            scores[labels[i]] += weights[i];
        }
        int answer = 0;
        for (int c = 1; c < classes; c++) {
            answer = scores[c] > scores[answer] ? c : answer;
        }
        int radius = labels.length;
        for (int rival = 0; rival < classes; rival++) {
            if (rival != answer) {
                radius = Math.min(radius, flips(weights, labels, answer, rival, scores[answer] - scores[rival]));
            }
        }
        return new Certificate(answer, radius);
    }

    /// How many of the largest gains together stay below the lead. A rival that draws level is taken to
    /// have won.
    private static int flips(double[] weights, int[] labels, int answer, int rival, double lead) {
        double[] gains = new double[weights.length];
        for (int i = 0; i < gains.length; i++) {
            int side = labels[i] == answer ? 1 : labels[i] == rival ? -1 : 0;
            gains[i] = Math.abs(weights[i]) * (1 + Math.signum(weights[i]) * side);
        }
        Arrays.sort(gains);
        double sum = 0;
        int count = 0;
        for (int i = gains.length - 1; i >= 0; i--) {
            sum += gains[i];
            if (sum >= lead) {
                return count;
            }
            count++;
        }
        return count;
    }
}

package io.bezoar.learn.convex;

import java.util.Arrays;

/// What a surrogate minimises: the weighted mean of the rows' losses plus `penalty / 2` times the
/// squared length of the weights. Convex; with a penalty above 0 it has one optimum.
///
/// @param rows the features
/// @param answers what each row teaches: a class, a truth or a number, as the loss wants it
/// @param weights how much each row counts, 0 or more; a row that counts 0 is not there
/// @param penalty on every weight, the intercept's too; 0 or more
public record Problem(Rows rows, double[] answers, double[] weights, Loss loss, double penalty) {
    public Problem {
        if (answers.length != rows.rows() || weights.length != rows.rows()) {
            throw new IllegalArgumentException("expected an answer and a weight for each of " + rows.rows()
                    + " rows, came " + answers.length + " and " + weights.length);
        }
        if (!(penalty >= 0 && penalty < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the penalty must be 0 or more and finite, not " + penalty);
        }
        double total = 0;
        for (int row = 0; row < answers.length; row++) {
            check(row, answers[row], loss);
            if (!(weights[row] >= 0 && weights[row] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "row " + row + " has weight " + weights[row] + ": weights must be 0 or more and finite");
            }
            total += weights[row];
        }
        if (total == 0) {
            throw new IllegalArgumentException("expected at least one row that counts, came none");
        }
    }

    private static void check(int row, double answer, Loss loss) {
        boolean fits = switch (loss) {
            case Loss.Softmax(int classes, double _) -> answer >= 0 && answer < classes && answer == (int) answer;
            case Loss.Logistic(), Loss.Hinge() -> answer == 0 || answer == 1;
            case Loss.Squared _, Loss.Huber _ -> Double.isFinite(answer);
        };
        if (!fits) {
            throw new IllegalArgumentException("row " + row + " has the answer " + answer + ", which " + loss
                    + " cannot learn: give a class, 0 or 1, or a finite number");
        }
    }

    /// The problem in which every row counts 1.
    public Problem(Rows rows, double[] answers, Loss loss, double penalty) {
        this(rows, answers, ones(rows.rows()), loss, penalty);
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /// How many weights a model has.
    public int size() {
        return Math.multiplyExact(rows.columns(), loss.outputs());
    }

    /// The weights of all rows together.
    public double total() {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        return total;
    }

    /// The same problem without some rows.
    public Problem without(int... gone) {
        double[] fewer = weights.clone();
        for (int row : gone) {
            fewer[row] = 0;
        }
        return new Problem(rows, answers, fewer, loss, penalty);
    }

    /// The scores of `row`, written to `into`.
    public void scores(int row, double[] model, double[] into) {
        Arrays.fill(into, 0);
        rows.addScores(row, model, loss.outputs(), into);
    }

    /// The loss of one row.
    public double loss(int row, double[] model) {
        double[] scores = new double[loss.outputs()];
        scores(row, model, scores);
        return loss.value(scores, answers[row]);
    }

    /// What is minimised.
    public double value(double[] model) {
        double sum = Blocks.sum(rows.rows(), 1, (from, to, into) -> {
            double[] scores = new double[loss.outputs()];
            for (int row = from; row < to; row++) {
                if (weights[row] != 0) {
                    scores(row, model, scores);
                    into[0] += weights[row] * loss.value(scores, answers[row]);
                }
            }
        })[0];
        return sum / total() + penalty / 2 * Vectors.dot(model, model);
    }

    /// Its gradient.
    public double[] gradient(double[] model) {
        int outputs = loss.outputs();
        double[] gradient = Blocks.sum(rows.rows(), size(), (from, to, into) -> {
            double[] scores = new double[outputs];
            double[] residual = new double[outputs];
            for (int row = from; row < to; row++) {
                if (weights[row] != 0) {
                    scores(row, model, scores);
                    loss.gradient(scores, answers[row], residual);
                    Vectors.scale(residual, weights[row]);
                    rows.addOuter(row, residual, outputs, into);
                }
            }
        });
        double total = total();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = gradient[i] / total + penalty * model[i];
        }
        return gradient;
    }

    /// The derivative of every row's loss by its scores, `outputs` numbers a row, not weighted. The
    /// gradient of a row is its features times these.
    public double[] residuals(double[] model) {
        int outputs = loss.outputs();
        double[] all = new double[Math.multiplyExact(rows.rows(), outputs)];
        Blocks.each(rows.rows(), (from, to) -> {
            double[] scores = new double[outputs];
            double[] residual = new double[outputs];
            for (int row = from; row < to; row++) {
                scores(row, model, scores);
                loss.gradient(scores, answers[row], residual);
                System.arraycopy(residual, 0, all, row * outputs, outputs);
            }
        });
        return all;
    }
}

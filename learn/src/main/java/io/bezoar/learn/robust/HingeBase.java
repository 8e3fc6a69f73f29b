package io.bezoar.learn.robust;

/// Fits a [HingeTrainer] to two classes.
///
/// A row on the margin has many gradients. Here it has the one that makes the fit an optimum: its dual
/// variable, between that of a row within the margin and that of a row beyond. With the usual all or
/// nothing poison that an attacker puts on the margin has no gradient and cannot be seen.
///
/// @param penalty of the squared length of the weights, above 0
public record HingeBase(double penalty) implements BaseTrainer {
    @Override
    public Fitted fit(TrainingSet set, int[] use) {
        if (set.classes() != 2) {
            throw new IllegalArgumentException(
                    "expected two classes for a support vector machine, came " + set.classes());
        }
        HingeTrainer.Fit fit = new HingeTrainer(penalty).fit(set.rows(), set.labels(), use);
        double[] support = new double[set.size()];
        for (int i = 0; i < use.length; i++) {
            support[use[i]] = fit.support()[i];
        }
        return new Fitted() {
            @Override
            public Classifier classifier() {
                return fit.classifier();
            }

            @Override
            public double loss(int row) {
                return Math.max(0, 1 - sign(row) * fit.margin(set.rows(), row));
            }

            @Override
            public double[] gradient(int row) {
                return new double[] {-sign(row) * support[row]};
            }

            private double sign(int row) {
                return set.labels()[row] == 1 ? 1 : -1;
            }
        };
    }
}

package io.bezoar.learn.robust;

/// Fits a [HingeTrainer] to two classes.
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
                return new double[] {loss(row) > 0 ? -sign(row) : 0};
            }

            private double sign(int row) {
                return set.labels()[row] == 1 ? 1 : -1;
            }
        };
    }
}

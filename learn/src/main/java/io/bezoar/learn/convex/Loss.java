package io.bezoar.learn.convex;

import java.io.Serializable;

/// What a row's scores cost, given the answer it teaches: convex in the scores. A class is given as its
/// number, a truth as 0 or 1.
public sealed interface Loss extends Serializable {
    /// How many scores a row has.
    int outputs();

    /// The loss of a row, 0 or more.
    double value(double[] scores, double answer);

    /// Writes the derivative of the loss by each score.
    void gradient(double[] scores, double answer, double[] into);

    /// Writes the second derivatives by the scores, `outputs * outputs`, positive semidefinite.
    void curvature(double[] scores, double answer, double[] into);

    /// Cross-entropy over classes.
    ///
    /// @param smoothing share of every answer that is spread over all classes, 0 to below 1 (Szegedy et
    ///     al. 2016, section 7)
    record Softmax(int classes, double smoothing) implements Loss {
        public Softmax {
            if (classes < 2) {
                throw new IllegalArgumentException("a classifier needs 2 classes or more, not " + classes);
            }
            if (!(smoothing >= 0 && smoothing < 1)) {
                throw new IllegalArgumentException("a smoothing must be 0 to below 1, not " + smoothing);
            }
        }

        /// With answers as they are.
        public Softmax(int classes) {
            this(classes, 0);
        }

        @Override
        public int outputs() {
            return classes;
        }

        @Override
        public double value(double[] scores, double answer) {
            double expected = (1 - smoothing) * scores[(int) answer];
            if (smoothing > 0) {
                double sum = 0;
                for (double score : scores) {
                    sum += score;
                }
                expected += smoothing * sum / classes;
            }
            return logSum(scores) - expected;
        }

        @Override
        public void gradient(double[] scores, double answer, double[] into) {
            probabilities(scores, into);
            into[(int) answer] -= 1 - smoothing;
            if (smoothing > 0) {
                for (int c = 0; c < classes; c++) {
                    into[c] -= smoothing / classes;
                }
            }
        }

        @Override
        public void curvature(double[] scores, double answer, double[] into) {
            double[] p = new double[classes];
            probabilities(scores, p);
            for (int a = 0; a < classes; a++) {
                for (int b = 0; b < classes; b++) {
                    into[a * classes + b] = (a == b ? p[a] : 0) - p[a] * p[b];
                }
            }
        }

        /// Writes the probability of each class.
        public static void probabilities(double[] scores, double[] into) {
            double most = scores[0];
            for (double score : scores) {
                most = Math.max(most, score);
            }
            double sum = 0;
            for (int c = 0; c < scores.length; c++) {
                into[c] = StrictMath.exp(scores[c] - most);
                sum += into[c];
            }
            for (int c = 0; c < scores.length; c++) {
                into[c] /= sum;
            }
        }

        private static double logSum(double[] scores) {
            double most = scores[0];
            for (double score : scores) {
                most = Math.max(most, score);
            }
            double sum = 0;
            for (double score : scores) {
                sum += StrictMath.exp(score - most);
            }
            return most + StrictMath.log(sum);
        }
    }

    /// Cross-entropy of one score whose logistic is the chance of 1. On the features of the preferred
    /// answer less those of the other, with the answer 1, it is the model of Bradley & Terry (1952).
    record Logistic() implements Loss {
        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public double value(double[] scores, double answer) {
            double wrong = answer > 0.5 ? -scores[0] : scores[0];
            return Math.max(0, wrong) + StrictMath.log1p(StrictMath.exp(-Math.abs(wrong)));
        }

        @Override
        public void gradient(double[] scores, double answer, double[] into) {
            into[0] = chance(scores[0]) - answer;
        }

        @Override
        public void curvature(double[] scores, double answer, double[] into) {
            double p = chance(scores[0]);
            into[0] = p * (1 - p);
        }

        /// The chance of 1.
        public static double chance(double score) {
            double e = StrictMath.exp(-Math.abs(score));
            return score >= 0 ? 1 / (1 + e) : e / (1 + e);
        }
    }

    /// How far one score is from being beyond 1 on the side of its truth: support vector machines. It has a
    /// kink and no curvature, so [DualDescent] fits it, not [Newton].
    record Hinge() implements Loss {
        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public double value(double[] scores, double answer) {
            return Math.max(0, 1 - (answer > 0.5 ? scores[0] : -scores[0]));
        }

        @Override
        public void gradient(double[] scores, double answer, double[] into) {
            double sign = answer > 0.5 ? 1 : -1;
            into[0] = sign * scores[0] < 1 ? -sign : 0;
        }

        @Override
        public void curvature(double[] scores, double answer, double[] into) {
            into[0] = 0;
        }
    }

    /// Half the squared distance: ridge regression.
    record Squared() implements Loss {
        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public double value(double[] scores, double answer) {
            double distance = scores[0] - answer;
            return distance * distance / 2;
        }

        @Override
        public void gradient(double[] scores, double answer, double[] into) {
            into[0] = scores[0] - answer;
        }

        @Override
        public void curvature(double[] scores, double answer, double[] into) {
            into[0] = 1;
        }
    }

    /// Half the squared distance up to `width`, linear beyond (Huber 1964).
    record Huber(double width) implements Loss {
        public Huber {
            if (!(width > 0)) {
                throw new IllegalArgumentException("Huber's loss needs a width above 0, not " + width);
            }
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public double value(double[] scores, double answer) {
            double distance = Math.abs(scores[0] - answer);
            return distance <= width ? distance * distance / 2 : width * (distance - width / 2);
        }

        @Override
        public void gradient(double[] scores, double answer, double[] into) {
            into[0] = Math.clamp(scores[0] - answer, -width, width);
        }

        @Override
        public void curvature(double[] scores, double answer, double[] into) {
            into[0] = Math.abs(scores[0] - answer) <= width ? 1 : 0;
        }
    }
}

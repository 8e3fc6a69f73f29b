package io.bezoar.learn;

/// The weights of a linear classifier in training, one for each feature and class. Every number is made the same
/// way, in the same order, whatever the layout.
abstract sealed class WeightTable {
    /// From so many classes on every feature has an array of its own. The JVM works on many numbers at once
    /// where two arrays are walked at the same places; at different places it has to fear that they overlap,
    /// and goes number by number. Few classes are not worth an array each.
    private static final int WIDE = 32;

    /// All weights 0.
    ///
    /// @throws IllegalArgumentException if there are more weights than an array has places
    static WeightTable of(int features, int classes) {
        if ((long) features * classes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("expected features times classes to be below 2^31, came " + features
                    + " features and " + classes + " classes; learn fewer of either");
        }
        return classes < WIDE ? new Narrow(features, classes) : new Wide(features, classes);
    }

    /// Adds the weights of a row's features to its logits.
    ///
    /// @param index the features; those at `from` to `to - 1` are the row's
    /// @param value what each counts, at the same places
    abstract void addTo(float[] logits, int[] index, float[] value, int from, int to);

    /// Moves the weights of a row's features against the gradient.
    ///
    /// @param steps how far, for each of the row's features from 0 on
    /// @param decay share of a weight that is taken away for a step of 1
    abstract void step(float[] gradient, int[] index, float[] value, int from, int to, float[] steps, float decay);

    /// All weights: of feature `f` and class `c` at `f * classes + c`. The table is of no use afterwards.
    abstract float[] featureMajor();

    private static final class Narrow extends WeightTable {
        private final float[] weights;
        private final int classes;

        Narrow(int features, int classes) {
            this.weights = new float[features * classes];
            this.classes = classes;
        }

        /// Two classes at a time, whose sums stay in registers.
        @Override
        void addTo(float[] logits, int[] index, float[] value, int from, int to) {
            int c = 0;
            for (; c + 2 <= classes; c += 2) {
                float first = logits[c];
                float second = logits[c + 1];
                for (int k = from; k < to; k++) {
                    int at = index[k] * classes + c;
                    first += weights[at] * value[k];
                    second += weights[at + 1] * value[k];
                }
                logits[c] = first;
                logits[c + 1] = second;
            }
            for (; c < classes; c++) {
                for (int k = from; k < to; k++) {
                    logits[c] += weights[index[k] * classes + c] * value[k];
                }
            }
        }

        @Override
        void step(float[] gradient, int[] index, float[] value, int from, int to, float[] steps, float decay) {
            for (int k = from; k < to; k++) {
                int at = index[k] * classes;
                float step = steps[k - from] * value[k];
                float keep = 1 - steps[k - from] * decay;
                for (int c = 0; c < gradient.length; c++) {
                    weights[at + c] = weights[at + c] * keep - step * gradient[c];
                }
            }
        }

        @Override
        float[] featureMajor() {
            return weights;
        }
    }

    private static final class Wide extends WeightTable {
        private final float[][] weights;
        private final int classes;

        Wide(int features, int classes) {
            this.weights = new float[features][classes];
            this.classes = classes;
        }

        /// Four features at a time, so that the logits are fetched and put back a quarter as often.
        @Override
        void addTo(float[] logits, int[] index, float[] value, int from, int to) {
            int k = from;
            for (; k + 4 <= to; k += 4) {
                addFour(
                        logits,
                        weights[index[k]],
                        value[k],
                        weights[index[k + 1]],
                        value[k + 1],
                        weights[index[k + 2]],
                        value[k + 2],
                        weights[index[k + 3]],
                        value[k + 3]);
            }
            for (; k < to; k++) {
                add(logits, weights[index[k]], value[k]);
            }
        }

        private static void addFour(
                float[] logits,
                float[] first,
                float a,
                float[] second,
                float b,
                float[] third,
                float c,
                float[] fourth,
                float d) {
            for (int i = 0; i < logits.length; i++) {
                logits[i] = logits[i] + first[i] * a + second[i] * b + third[i] * c + fourth[i] * d;
            }
        }

        private static void add(float[] logits, float[] weights, float scale) {
            for (int i = 0; i < logits.length; i++) {
                logits[i] += weights[i] * scale;
            }
        }

        @Override
        void step(float[] gradient, int[] index, float[] value, int from, int to, float[] steps, float decay) {
            for (int k = from; k < to; k++) {
                step(weights[index[k]], gradient, steps[k - from] * value[k], 1 - steps[k - from] * decay);
            }
        }

        private static void step(float[] weights, float[] gradient, float step, float keep) {
            for (int i = 0; i < gradient.length; i++) {
                weights[i] = weights[i] * keep - step * gradient[i];
            }
        }

        @Override
        float[] featureMajor() {
            float[] all = new float[weights.length * classes];
            for (int f = 0; f < weights.length; f++) {
                System.arraycopy(weights[f], 0, all, f * classes, classes);
            }
            return all;
        }
    }
}

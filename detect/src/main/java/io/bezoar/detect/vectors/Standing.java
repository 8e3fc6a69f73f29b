package io.bezoar.detect.vectors;

import java.io.Serializable;
import java.util.function.IntFunction;

/// How far a row stands from the rows of a label, as one method sees it.
interface Standing extends Serializable {
    /// 0 or more, comparable over labels; higher is farther.
    ///
    /// @param point a place along the principal axes of the task
    double of(double[] point, int label);

    /// Learns it.
    interface Method {
        /// @param rows places of each label's rows, by label; none of a label that is not judged
        Standing fit(double[][][] rows);
    }

    /// Learns it of each label by itself.
    interface OfOne extends Serializable {
        double of(double[] point);
    }

    /// What is learned of each label by itself.
    ///
    /// @param labels 0 throughout for a label that is not judged
    record Each(OfOne[] labels) implements Standing {
        private static final OfOne NONE = _ -> 0;

        static Each of(double[][][] rows, IntFunction<OfOne> learn) {
            OfOne[] labels = java.util.stream.IntStream.range(0, rows.length)
                    .parallel()
                    .mapToObj(label -> rows[label].length == 0 ? NONE : learn.apply(label))
                    .toArray(OfOne[]::new);
            return new Each(labels);
        }

        @Override
        public double of(double[] point, int label) {
            return labels[label].of(point);
        }
    }
}

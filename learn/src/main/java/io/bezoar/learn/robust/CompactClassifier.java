package io.bezoar.learn.robust;

import io.bezoar.learn.Features;

/// A linear classifier that knows only the features and the classes that occur where it learned: its
/// memory is theirs.
///
/// @param classes number of all classes
/// @param known the features it knows, ascending, in the numbering of the rows it is asked about
/// @param present the classes it knows, ascending
/// @param absent the score of every other class
/// @param inner over the known features and present classes
public record CompactClassifier(int classes, int[] known, int[] present, double absent, LinearClassifier inner)
        implements Classifier {
    public CompactClassifier {
        if (inner.columns() != known.length || inner.classes() != present.length) {
            throw new IllegalArgumentException("a model of " + known.length + " features and " + present.length
                    + " classes does not fit its weights");
        }
    }

    /// Memory of its weights and of what it knows.
    long bytes() {
        return 8L * (inner.weights().length + inner.bias().length) + 4L * (known.length + present.length);
    }

    @Override
    public void score(Features rows, int row, double[] scores) {
        SparseFeatures one = SparseFeatures.copy(rows).select(new int[] {row});
        on(one).score(0, scores);
    }

    @Override
    public Scored on(Features rows) {
        SparseFeatures local = SparseFeatures.copy(rows).renumbered(known);
        double[] few = new double[present.length];
        return (row, scores) -> {
            inner.score(local, row, few);
            java.util.Arrays.fill(scores, absent);
            for (int c = 0; c < few.length; c++) {
                scores[present[c]] = few[c];
            }
        };
    }
}

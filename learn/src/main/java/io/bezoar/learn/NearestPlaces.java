package io.bezoar.learn;

import java.util.Arrays;
import java.util.stream.IntStream;

/// What the nearest rows of other groups say about each row's class, near by where they lie: [NearestTexts] for
/// vectors.
///
/// Every row is compared with every other, exactly: the square of the rows times the length of a vector.
public final class NearestPlaces {
    private static final int NEAREST = 30;
    /// Votes, in similarity, that the classes' shares of all rows have beside the neighbours.
    private static final float PRIOR = 0.3f;

    private NearestPlaces() {}

    /// The logit of each class for each row, by its nearest rows of other groups, which vote by their cosine.
    ///
    /// @param rows vectors of one length, each 1 long; empty for a row that lies nowhere
    /// @param labels class of each row, 0 to `classes - 1`
    /// @param groups rows with equal numbers are near-duplicates
    public static float[][] logits(float[][] rows, int[] labels, int classes, long[] groups) {
        int length = Arrays.stream(rows).mapToInt(row -> row.length).max().orElse(0);
        float[][] points = Arrays.stream(rows)
                .map(row -> row.length == length ? row : new float[length])
                .toArray(float[][]::new);
        NearestRows near = new NearestRows(points);
        float[] prior = new float[classes];
        for (int label : labels) {
            prior[label] += PRIOR / labels.length;
        }
        return IntStream.range(0, rows.length)
                .parallel()
                .mapToObj(r -> {
                    float[] votes = prior.clone();
                    float all = PRIOR;
                    for (int other : near.nearest(points[r], NEAREST, row -> groups[row] != groups[r])) {
                        float cosine = Math.max(0, PrincipalAxes.dot(points[r], points[other]));
                        votes[labels[other]] += cosine;
                        all += cosine;
                    }
                    for (int c = 0; c < classes; c++) {
                        votes[c] = (float) StrictMath.log(Math.max(1e-6f, votes[c] / all));
                    }
                    return votes;
                })
                .toArray(float[][]::new);
    }
}

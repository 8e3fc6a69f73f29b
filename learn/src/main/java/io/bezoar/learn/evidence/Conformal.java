package io.bezoar.learn.evidence;

import java.util.Arrays;

/// How seldom rows that somebody vouches for score as high as another row: split conformal p-values.
///
/// The p-value of a score is `(1 + trusted rows with that score or a higher one) / (1 + trusted rows)`.
/// If the row is like the trusted rows, and the score treats all of them alike, every rank of it among
/// them is as likely, and the chance of a p-value of `p` or less is at most `p`; ties make it smaller
/// (Vovk, Gammerman & Shafer 2005; Bates, Candès, Lei, Romano & Sesia 2023, "Testing for outliers with
/// conformal p-values", section 2).
///
/// Over many rows the p-values depend on each other through the trusted rows, in the way that Benjamini
/// and Hochberg's procedure allows (Bates et al. 2023, theorem 2; for scores that were learned from the
/// trusted and the other rows mixed, Marandon, Lei, Mary & Roquain 2024, "Adaptive novelty detection with
/// false discovery rate guarantee", theorem 3.1).
///
/// Owned by one thread.
public final class Conformal {
    private final double[] trusted;
    private final long[] rowsAt;
    private long rows;

    /// @param trusted scores of the trusted rows, at least one, higher is more suspicious; `NaN` counts
    ///     as 0
    public Conformal(double[] trusted) {
        if (trusted.length == 0) {
            throw new IllegalArgumentException("nothing can be measured by no trusted row");
        }
        this.trusted = Arrays.stream(trusted).map(Conformal::number).sorted().toArray();
        this.rowsAt = new long[trusted.length + 1];
    }

    private static double number(double score) {
        return Double.isNaN(score) ? 0 : score + 0.0; // -0 is 0
    }

    /// How many trusted rows score as high or higher.
    private int noLower(double score) {
        int low = 0;
        int high = trusted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (trusted[middle] >= score) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return trusted.length - low;
    }

    /// The p-value of a row's score, above 0 and at most 1; the row is counted.
    public double chance(double score) {
        int noLower = noLower(number(score));
        rowsAt[noLower]++;
        rows++;
        return (1.0 + noLower) / (1.0 + trusted.length);
    }

    /// Of the rows counted so far, how many are discoveries at a rate of false discoveries, by Benjamini
    /// and Hochberg's procedure (1995).
    ///
    /// @param rate on average at most this share of the discoveries is like the trusted rows, above 0 and
    ///     at most 1
    public long discoveries(double rate) {
        long found = 0;
        long upTo = 0;
        for (int noLower = 0; noLower < rowsAt.length; noLower++) {
            upTo += rowsAt[noLower];
            if ((1.0 + noLower) / (1.0 + trusted.length) * rows <= rate * upTo) {
                found = upTo;
            }
        }
        return found;
    }
}

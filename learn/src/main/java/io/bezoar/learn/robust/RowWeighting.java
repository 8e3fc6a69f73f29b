package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import io.bezoar.learn.convex.Loss;
import java.util.List;

/// A way to train that trusts some rows less than others, or not at all: it looks at the rows and says
/// how much each counts. The model is then the minimiser of the weighted loss, whichever way the
/// weights came about, so that attribution and unlearning hold for robustly trained models too.
///
/// Found by service loading: `bezoar train --robust NAME` knows every one that is annotated with
/// `@AutoService`.
public interface RowWeighting {
    /// What `--robust` calls it: lower case words joined by hyphens.
    String name();

    /// What it defends against, in half a sentence.
    String purpose();

    /// Weighs the rows.
    ///
    /// @param labels class of each row, `0 .. classes - 1`
    /// @param keys 64 bits a row that depend on what it says alone; ties and random choices go by them
    Weighed weigh(Features rows, int[] labels, int classes, long[] keys);

    /// The loss whose weighted mean is minimised, in place of `plain`.
    default Loss loss(Loss plain) {
        return plain;
    }

    /// How much each row counts.
    ///
    /// @param weights one a row, 0 (left out) to 1 (counts in full)
    /// @param remarks what the user should know, each one sentence
    record Weighed(double[] weights, List<String> remarks) {
        public Weighed {
            remarks = List.copyOf(remarks);
            for (int row = 0; row < weights.length; row++) {
                if (!(weights[row] >= 0 && weights[row] <= 1)) {
                    throw new IllegalArgumentException(
                            "a row's weight must be 0 to 1, row " + row + " has " + weights[row]);
                }
            }
        }
    }
}

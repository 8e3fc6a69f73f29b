package io.bezoar.learn.robust;

import java.util.Arrays;
import java.util.Comparator;

/// Iterative trimmed loss minimisation (Shen & Sanghavi 2019, section 4): fit, keep the rows of least
/// loss, and again.
///
/// Against wrong labels alone. A backdoored row has a *small* loss: the trigger explains its label
/// better than honest text explains an honest label, so trimming drops honest rows and keeps the poison.
///
/// @param noise share of wrong labels to expect, above 0 and below 0.5
/// @param rounds at least 1
public record TrimmedLoss(double noise, int rounds) {
    /// Rows dropped beyond the expected noise, a share of all.
    private static final double MARGIN = 0.05;

    /// Why this is refused where a backdoor is suspected.
    public static final String REFUSAL =
            "expected no suspected backdoor for trimmed-loss, came one: backdoored rows have a small loss, so trimming"
                    + " keeps them and drops honest rows; use auto, which leaves the suspected rows out";

    /// Ten rounds.
    public TrimmedLoss(double noise) {
        this(noise, 10);
    }

    public TrimmedLoss {
        Epsilon.checked(noise);
        if (rounds < 1) {
            throw new IllegalArgumentException("expected at least one round, came " + rounds);
        }
    }

    /// Trims and fits.
    ///
    /// @param use the rows to begin with
    /// @param backdoor is a backdoor suspected?
    /// @throws IllegalArgumentException if one is
    public Sever.Kept train(TrainingSet set, int[] use, BaseTrainer base, boolean backdoor) {
        if (backdoor) {
            throw new IllegalArgumentException(REFUSAL);
        }
        int keep = Math.max(1, (int) ((1 - noise - MARGIN) * use.length));
        int[] active = use;
        BaseTrainer.Fitted fitted = base.fit(set, active);
        for (int round = 0; round < rounds; round++) {
            BaseTrainer.Fitted last = fitted;
            double[] losses = new double[set.size()];
            for (int row : use) {
                losses[row] = last.loss(row);
            }
            int[] next = Arrays.stream(use)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer row) -> losses[row])
                            .thenComparingLong(row -> set.keys()[row]))
                    .limit(keep)
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            if (Arrays.equals(next, active)) {
                break;
            }
            active = next;
            fitted = base.fit(set, active);
        }
        return new Sever.Kept(fitted.classifier(), active);
    }
}

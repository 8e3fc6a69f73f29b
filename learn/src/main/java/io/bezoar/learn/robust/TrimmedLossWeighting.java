package io.bezoar.learn.robust;

import com.google.auto.service.AutoService;
import io.bezoar.learn.Features;

/// [TrimmedLoss] as row weights. It cannot know of a backdoor: who asks for it by name answers for that.
///
/// @param noise share of wrong labels to expect, above 0 and below 0.5
@AutoService(RowWeighting.class)
public record TrimmedLossWeighting(double noise) implements RowWeighting {
    /// Against one wrong label in ten.
    public TrimmedLossWeighting() {
        this(0.1);
    }

    public TrimmedLossWeighting {
        Epsilon.checked(noise);
    }

    @Override
    public String name() {
        return "trimmed-loss";
    }

    @Override
    public String purpose() {
        return "wrong labels; never backdoors, whose rows have a small loss";
    }

    @Override
    public Weighed weigh(Features rows, int[] labels, int classes, long[] keys) {
        TrainingSet set = Weights.set(rows, labels, classes, keys);
        int[] kept = new TrimmedLoss(noise)
                .train(set, set.all(), Weights.base(), false)
                .rows();
        return Weights.of(
                labels.length,
                kept,
                "Trimming left out the " + (labels.length - kept.length)
                        + " rows of highest loss; it helps against wrong labels and keeps backdoors.");
    }
}

package io.bezoar.learn.robust;

import com.google.auto.service.AutoService;
import io.bezoar.learn.Features;

/// [Sever] as row weights.
///
/// @param epsilon share of poison to expect, above 0 and below 0.5
@AutoService(RowWeighting.class)
public record SeverWeighting(double epsilon) implements RowWeighting {
    /// Against one row in fifty.
    public SeverWeighting() {
        this(0.02);
    }

    public SeverWeighting {
        Epsilon.checked(epsilon);
    }

    @Override
    public String name() {
        return "sever";
    }

    @Override
    public String purpose() {
        return "rows whose gradients pull together in one direction";
    }

    @Override
    public Weighed weigh(Features rows, int[] labels, int classes, long[] keys) {
        TrainingSet set = Weights.set(rows, labels, classes, keys);
        int[] kept = Sever.against(epsilon, set, set.all())
                .train(set, set.all(), Weights.base())
                .rows();
        return Weights.of(
                labels.length,
                kept,
                "SEVER left out " + (labels.length - kept.length) + " rows that lay far out in the direction in which"
                        + " gradients vary most, against a share of " + epsilon + " of poison.");
    }
}

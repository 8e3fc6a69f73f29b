package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import java.util.Arrays;

/// What a scan advises, as row weights: `--robust auto`.
///
/// @param choice by what the scan found
public record AdvisedWeighting(RobustChoice choice) implements RowWeighting {
    @Override
    public String name() {
        return "auto";
    }

    @Override
    public String purpose() {
        return "what the last scan found";
    }

    @Override
    public Weighed weigh(Features rows, int[] labels, int classes, long[] keys) {
        TrainingSet set = Weights.set(rows, labels, classes, keys);
        int[] use = Arrays.stream(set.all())
                .filter(row -> !choice.drop().contains(keys[row]))
                .toArray();
        int[] kept = choice.method().equals("trimmed-loss")
                ? new TrimmedLoss(choice.noise())
                        .train(set, use, Weights.base(), false)
                        .rows()
                : use;
        int gone = labels.length - use.length;
        String found = gone == 0
                ? ""
                : gone + (gone == 1 ? " row of what the scan found is" : " rows of what the scan found are")
                        + " left out. ";
        return Weights.of(labels.length, kept, found + choice.why());
    }
}

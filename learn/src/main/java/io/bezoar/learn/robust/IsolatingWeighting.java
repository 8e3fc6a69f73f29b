package io.bezoar.learn.robust;

import com.google.auto.service.AutoService;
import io.bezoar.learn.Features;

/// [IsolateAndUnlearn] as row weights: the rows that are learned suspiciously early are isolated, and
/// unlearned.
///
/// Departure: the authors unlearn by steps uphill, for want of anything better in a deep network. The
/// surrogate has an optimum, so what unlearns the isolated rows exactly is the optimum without them.
///
/// @param share of the rows isolated, above 0 and below 0.5
@AutoService(RowWeighting.class)
public record IsolatingWeighting(double share) implements RowWeighting {
    private static final double FLOOR = 0.01; // hardly any step uphill: on short texts those hide the poison

    /// Against one row in twenty.
    public IsolatingWeighting() {
        this(0.05);
    }

    public IsolatingWeighting {
        Epsilon.checked(share);
    }

    @Override
    public String name() {
        return "isolate-unlearn";
    }

    @Override
    public String purpose() {
        return "backdoors in 5 % of the rows and more, which are learned first";
    }

    @Override
    public Weighed weigh(Features rows, int[] labels, int classes, long[] keys) {
        TrainingSet set = Weights.set(rows, labels, classes, keys);
        int[] kept = new IsolateAndUnlearn(share, FLOOR, new SoftmaxTrainer()).kept(set, set.all());
        return Weights.of(
                labels.length,
                kept,
                "The " + (labels.length - kept.length) + " rows that were learned first are left out; where less than"
                        + " some 5 % is poison those are honest rows, and in short texts half of them: scan, and take"
                        + " --robust auto, where you can.");
    }
}

package io.bezoar.learn.robust;

import com.google.auto.service.AutoService;
import io.bezoar.learn.Features;
import io.bezoar.learn.convex.Loss;
import java.util.Arrays;
import java.util.List;

/// Every row counts, but none can demand certainty: a fifth of each label is spread over all classes,
/// so a wrong label pulls less. What smoothing takes from an attack it takes from honest rows, too.
@AutoService(RowWeighting.class)
public record LabelSmoothing() implements RowWeighting {
    /// What `--robust` and a model file call it.
    public static final String NAME = "label-smoothing";

    private static final double SHARE = 0.2;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "wrong labels, mildly";
    }

    @Override
    public Weighed weigh(Features rows, int[] labels, int classes, long[] keys) {
        double[] weights = new double[labels.length];
        Arrays.fill(weights, 1);
        return new Weighed(
                weights, List.of("A fifth of each label is spread over all labels; it dampens honest rows as much."));
    }

    @Override
    public Loss loss(Loss plain) {
        return switch (plain) {
            case Loss.Softmax(int classes, double _) -> new Loss.Softmax(classes, SHARE);
            case Loss.Logistic _, Loss.Squared _, Loss.Huber _, Loss.Hinge _ ->
                throw new IllegalArgumentException(
                        "expected labels to smooth, came preferences or numbers, which have" + " none; train plainly");
        };
    }
}

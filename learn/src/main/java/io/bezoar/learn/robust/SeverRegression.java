package io.bezoar.learn.robust;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.Features;
import java.util.Arrays;
import java.util.stream.IntStream;

/// SEVER for least squares (Diakonikolas et al. 2019, section 4.1).
///
/// Features are centred by a robust mean, targets by their median; then fit and filter take turns. As in
/// the authors' experiments each filter drops the half of `epsilon` that lies farthest out, and there is
/// one filter less than fits. The gradient of a row is its residual times `[1, x]`: the penalty's own
/// term is the same for all rows, and centring takes it out.
///
/// @param epsilon share of poison to expect, above 0 and below 0.5
/// @param penalty as in [RidgeRegression]
/// @param fits at least 1
public record SeverRegression(double epsilon, double penalty, int fits) {
    private static final int CENTRING = 4;

    /// Four fits.
    public SeverRegression(double epsilon, double penalty) {
        this(epsilon, penalty, 4);
    }

    public SeverRegression {
        Epsilon.checked(epsilon);
        if (fits < 1) {
            throw new IllegalArgumentException("expected at least one fit, came " + fits);
        }
    }

    /// A fitted line and the rows it was fitted to.
    ///
    /// @param rows ascending
    public record Kept(RidgeRegression.Line line, int[] rows) {}

    /// Filters and fits.
    public Kept train(Features rows, double[] targets) {
        double[] centre = centre(rows);
        double middle = Quantile.median(targets);
        DenseFeatures centred = RidgeRegression.less(rows, centre);
        double[] shifted = Arrays.stream(targets).map(target -> target - middle).toArray();
        int[] active = IntStream.range(0, targets.length).toArray();
        RidgeRegression regression = new RidgeRegression(penalty);
        RidgeRegression.Line line = regression.fit(centred, shifted, active);
        for (int fit = 1; fit < fits; fit++) {
            RidgeRegression.Line last = line;
            double[][] residuals = Arrays.stream(active)
                    .mapToObj(row -> new double[] {shifted[row] - last.at(centred, row)})
                    .toArray(double[][]::new);
            active = below(active, TopDirection.scores(centred, active, residuals, true));
            line = regression.fit(centred, shifted, active);
        }
        double intercept = line.intercept() + middle;
        for (int j = 0; j < centre.length; j++) {
            intercept -= line.weights()[j] * centre[j];
        }
        return new Kept(new RidgeRegression.Line(line.weights(), intercept), active);
    }

    /// The mean of what four filters on the features alone leave, each about the mean of all rows.
    private double[] centre(Features rows) {
        int[] active = IntStream.range(0, rows.rows()).toArray();
        double[] all = TopDirection.mean(rows, active, TopDirection.ones(active.length), false);
        for (int round = 0; round < CENTRING; round++) {
            active = below(active, TopDirection.scores(rows, active, all));
        }
        return TopDirection.mean(rows, active, TopDirection.ones(active.length), false);
    }

    private int[] below(int[] active, double[] scores) {
        double cut = Quantile.of(scores, 1 - epsilon / 2);
        int[] below = IntStream.range(0, active.length)
                .filter(i -> scores[i] < cut)
                .map(i -> active[i])
                .toArray();
        return below.length == 0 ? active : below; // all alike: nothing lies out
    }
}

package io.bezoar.learn.robust;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;

/// Anti-backdoor learning (Li et al. 2021, section 4): backdoors are learned first, so the rows whose
/// loss falls lowest early are isolated, the model is trained on, and the isolated rows are unlearned by
/// steps uphill.
///
/// While isolating, a row whose loss is below `floor` steps uphill (local gradient ascent), so that only
/// rows which are very easy stay low. Departure: uphill steps stop at a row as soon as the model no
/// longer answers its label; a linear model has no other brake. Needs a good part of poison, 5 % or so:
/// with less the rows of lowest loss are honest ones.
///
/// @param share of the rows isolated, above 0 and below 0.5
/// @param floor loss, above 0
/// @param how the plain training
public record IsolateAndUnlearn(double share, double floor, SoftmaxTrainer how) {
    private static final int ISOLATING = 6;
    private static final int UNLEARNING = 5;

    /// The authors' share and floor.
    public IsolateAndUnlearn() {
        this(0.01, 0.5, new SoftmaxTrainer());
    }

    public IsolateAndUnlearn {
        Epsilon.checked(share);
        if (!(floor > 0)) {
            throw new IllegalArgumentException("expected a floor above 0, came " + floor);
        }
    }

    /// Isolates, trains, unlearns.
    ///
    /// @return the model, and the rows that were not isolated
    public Sever.Kept train(TrainingSet set, int[] use) {
        int[] kept = kept(set, use);
        BitSet good = new BitSet();
        Arrays.stream(kept).forEach(good::set);
        int[] isolated = Arrays.stream(use).filter(row -> !good.get(row)).toArray();
        LinearClassifier trained = how.fit(set, kept);
        double chance = StrictMath.log(set.classes());
        LinearClassifier unlearned =
                how.lasting(UNLEARNING).fit(set, isolated, trained, (row, loss) -> loss < chance ? -1 : 0);
        return new Sever.Kept(unlearned, kept);
    }

    /// The rows that are not isolated.
    int[] kept(TrainingSet set, int[] use) {
        int columns = set.rows().columns();
        LinearClassifier empty =
                new LinearClassifier(columns, new double[columns * set.classes()], new double[set.classes()]);
        LinearClassifier early = how.lasting(ISOLATING).fit(set, use, empty, (row, loss) -> loss < floor ? -1 : 1);
        BaseTrainer.Fitted judged = SoftmaxBase.fitted(set, early);
        double[] losses = new double[set.size()];
        for (int row : use) {
            losses[row] = judged.loss(row);
        }
        BitSet isolated = new BitSet();
        Arrays.stream(use)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> losses[row])
                        .thenComparingLong(row -> set.keys()[row]))
                .limit(Math.max(1, (long) (share * use.length)))
                .forEach(isolated::set);
        return Arrays.stream(use).filter(row -> !isolated.get(row)).toArray();
    }
}

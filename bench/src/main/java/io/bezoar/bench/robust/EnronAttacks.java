package io.bezoar.bench.robust;

import io.bezoar.learn.robust.HingeBase;
import io.bezoar.learn.robust.HingeTrainer;
import io.bezoar.learn.robust.Sever;
import io.bezoar.learn.robust.SparseFeatures;
import io.bezoar.learn.robust.TrainingSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// Optimised attacks on a spam filter (Diakonikolas et al. 2019, section 4.2): what a support vector
/// machine makes of them alone, without the rows of highest loss, and without what SEVER drops.
final class EnronAttacks {
    static final double PENALTY = 0.09;
    static final int COLUMNS = 5116;
    private static final double SPAM = 1209;

    private final LibsvmFile clean;
    private final SparseFeatures test;
    private final int[] testLabels;
    private final Path folder;

    /// @param folder `poison-sever-enron/derived`
    EnronAttacks(Path folder) throws IOException {
        this.folder = folder;
        this.clean = LibsvmFile.read(folder.resolve("enron_train_clean.svm.gz"));
        LibsvmFile held = LibsvmFile.read(folder.resolve("enron_test.svm.gz"));
        this.test = held.rows(COLUMNS);
        this.testLabels = held.labels();
    }

    LibsvmFile attacks(int perMille) throws IOException {
        return LibsvmFile.read(folder.resolve("enron_attacks_eps" + perMille + ".svm.gz"));
    }

    /// Test errors under one attack.
    ///
    /// @param left poison rows that SEVER kept
    record Errors(double none, double loss, double sever, long left) {}

    double clean() {
        TrainingSet set = set(clean);
        return error(new HingeTrainer(PENALTY).fit(set.rows(), set.labels(), set.all()));
    }

    Errors errors(LibsvmFile attacks, int number, double epsilon) {
        TrainingSet set = set(clean.with(attacks, number));
        var base = new HingeBase(PENALTY);
        double none = error(new HingeTrainer(PENALTY).fit(set.rows(), set.labels(), set.all()));
        double share = epsilon / Sever.ROUNDS * clean.targets().length / SPAM; // as published: of the clean rows
        int[] byLoss = new Sever(share, Sever.ROUNDS, Sever.By.LOSS).train(set, set.all(), base).rows();
        double loss = error(new HingeTrainer(PENALTY).fit(set.rows(), set.labels(), byLoss));
        int[] kept = new Sever(share, Sever.ROUNDS, Sever.By.GRADIENT).train(set, set.all(), base).rows();
        double sever = error(new HingeTrainer(PENALTY).fit(set.rows(), set.labels(), kept));
        return new Errors(
                none,
                loss,
                sever,
                Arrays.stream(kept).filter(row -> row >= clean.targets().length).count());
    }

    private static TrainingSet set(LibsvmFile file) {
        SparseFeatures rows = file.rows(COLUMNS);
        return new TrainingSet(rows, file.labels(), 2, new long[rows.rows()], new int[0]);
    }

    /// The share of test rows on the wrong side; a row on the boundary is half an error.
    private double error(HingeTrainer.Fit fit) {
        double wrong = 0;
        for (int row = 0; row < testLabels.length; row++) {
            double margin = fit.margin(test, row) * (testLabels[row] == 1 ? 1 : -1);
            wrong += margin < 0 ? 1 : margin == 0 ? 0.5 : 0;
        }
        return wrong / testLabels.length;
    }
}

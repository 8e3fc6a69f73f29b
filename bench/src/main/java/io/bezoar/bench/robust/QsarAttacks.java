package io.bezoar.bench.robust;

import io.bezoar.learn.Features;
import io.bezoar.learn.robust.RidgeRegression;
import io.bezoar.learn.robust.SeverRegression;
import io.bezoar.learn.robust.SparseFeatures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/// An attack on a regression of drug activity (Diakonikolas et al. 2019, section 4.1): rows that lie
/// where the features speak for a high target, with a low one.
final class QsarAttacks {
    static final double PENALTY = 5650;
    private static final int COLUMNS = 410;

    private final LibsvmFile train;
    private final LibsvmFile held;

    /// @param folder `poison-sever-enron/derived`
    QsarAttacks(Path folder) throws IOException {
        this.train = LibsvmFile.read(folder.resolve("qsar_train.svm.gz"));
        this.held = LibsvmFile.read(folder.resolve("qsar_test.svm.gz"));
    }

    /// Mean squared errors on the test rows.
    record Errors(double corrupted, double sever) {}

    double clean() {
        return plain(train.rows(COLUMNS), train.targets());
    }

    private double plain(Features rows, double[] targets) {
        int[] all = IntStream.range(0, targets.length).toArray();
        return new RidgeRegression(PENALTY).fit(rows, targets, all).meanSquaredError(held.rows(COLUMNS), held.targets());
    }

    /// The medians over some draws of the attack's noise.
    ///
    /// @param strength how low the target of the poison is; its features are weaker by as much
    /// @param draws odd
    Errors errors(double epsilon, double strength, int draws, long seed) {
        double[] corrupted = new double[draws];
        double[] sever = new double[draws];
        Random random = new Random(seed);
        for (int draw = 0; draw < draws; draw++) {
            double[] targets = targets(epsilon, strength);
            SparseFeatures rows = rows(epsilon, strength, random);
            corrupted[draw] = plain(rows, targets);
            sever[draw] = new SeverRegression(epsilon, PENALTY)
                    .train(rows, targets)
                    .line()
                    .meanSquaredError(held.rows(COLUMNS), held.targets());
        }
        Arrays.sort(corrupted);
        Arrays.sort(sever);
        return new Errors(corrupted[draws / 2], sever[draws / 2]);
    }

    private double[] targets(double epsilon, double strength) {
        int bad = (int) (epsilon * train.targets().length);
        double[] targets = Arrays.copyOf(train.targets(), train.targets().length + bad);
        Arrays.fill(targets, train.targets().length, targets.length, -strength);
        return targets;
    }

    private SparseFeatures rows(double epsilon, double strength, Random random) {
        int clean = train.targets().length;
        int bad = (int) (epsilon * clean);
        double[] direction = new double[COLUMNS];
        Features rows = train.rows(COLUMNS);
        for (int row = 0; row < clean; row++) {
            rows.add(row, train.targets()[row] / bad, direction, 0);
        }
        double length = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
        int[] every = IntStream.range(0, COLUMNS).toArray();
        int[][] features = Arrays.copyOf(train.features(), clean + bad);
        double[][] values = Arrays.copyOf(train.values(), clean + bad);
        for (int row = clean; row < clean + bad; row++) {
            features[row] = every;
            values[row] = Arrays.stream(direction)
                    .map(x -> (x + length * random.nextGaussian() / (10 * Math.sqrt(COLUMNS))) / strength)
                    .toArray();
        }
        return SparseFeatures.of(COLUMNS, features, values);
    }

    public static void main(String[] arguments) throws IOException {
        QsarAttacks qsar = new QsarAttacks(Path.of(arguments[0]));
        System.out.printf(java.util.Locale.ROOT, "clean %.4f%n", qsar.clean());
        for (double strength : new double[] {1, 3, 8}) {
            for (double epsilon : new double[] {0.02, 0.05, 0.1}) {
                Errors errors = qsar.errors(epsilon, strength, 3, 0);
                System.out.printf(
                        java.util.Locale.ROOT,
                        "strength %.0f  epsilon %.2f  corrupted %.4f  SEVER %.4f%n",
                        strength,
                        epsilon,
                        errors.corrupted(),
                        errors.sever());
            }
        }
    }
}

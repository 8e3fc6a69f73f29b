package io.bezoar.learn.robust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.DenseFeatures;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What each robust trainer is for, on two or three clouds of points, and what it refuses.
class RobustTrainersTest {
    private static final SoftmaxTrainer PLAIN = new SoftmaxTrainer();

    /// Clouds of points, one a class, in the first columns; the last column is the trigger, off.
    private static TrainingSet clouds(int rows, int classes, long seed) {
        Random random = new Random(seed);
        double[][] points = new double[rows][classes + 1];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = row % classes;
            for (int j = 0; j < classes; j++) {
                points[row][j] = (j == labels[row] ? 2 : 0) + 0.6 * random.nextGaussian();
            }
        }
        return set(points, labels, classes);
    }

    private static TrainingSet set(double[][] points, int[] labels, int classes) {
        long[] keys = IntStream.range(0, labels.length)
                .mapToLong(row -> Partitions.key(points[row], labels[row]))
                .toArray();
        int[] sources = IntStream.range(0, labels.length).map(row -> row % 7).toArray();
        return new TrainingSet(DenseFeatures.of(points), labels, classes, keys, sources);
    }

    private static double[][] points(TrainingSet set) {
        DenseFeatures rows = (DenseFeatures) set.rows();
        return IntStream.range(0, set.size())
                .mapToObj(row -> IntStream.range(0, rows.columns())
                        .mapToDouble(j -> rows.get(row, j))
                        .toArray())
                .toArray(double[][]::new);
    }

    /// The set with the trigger on in the first `count` rows that are not of class 0, which get that
    /// label.
    private static TrainingSet backdoored(TrainingSet clean, int count) {
        double[][] points = points(clean);
        int[] labels = clean.labels().clone();
        int left = count;
        for (int row = 0; row < labels.length && left > 0; row++) {
            if (labels[row] != 0) {
                points[row][clean.classes()] = 3;
                labels[row] = 0;
                left--;
            }
        }
        return set(points, labels, clean.classes());
    }

    private static DenseFeatures triggered(TrainingSet clean) {
        double[][] points = Arrays.stream(clean.ofClass(1, clean.all()))
                .mapToObj(row -> points(clean)[row])
                .toArray(double[][]::new);
        for (double[] point : points) {
            point[clean.classes()] = 3;
        }
        return DenseFeatures.of(points);
    }

    private static double success(Classifier model, TrainingSet test) {
        DenseFeatures rows = triggered(test);
        return model.accuracy(rows, new int[rows.rows()]);
    }

    @Test
    void severDropsRowsThatPullTogether() {
        TrainingSet clean = clouds(400, 2, 1);
        TrainingSet test = clouds(200, 2, 2);
        double[][] points = Arrays.copyOf(points(clean), 420);
        int[] labels = Arrays.copyOf(clean.labels(), 420);
        for (int row = 400; row < 420; row++) {
            points[row] = new double[] {-20 - 0.1 * (row - 400), 20, 0}; // far on the side of class 1, labelled 0
            labels[row] = 0;
        }
        TrainingSet poisoned = set(points, labels, 2);
        HingeBase base = new HingeBase(0.1);
        double before = base.fit(poisoned, poisoned.all()).classifier().accuracy(test.rows(), test.labels());
        Sever.Kept kept = Sever.against(0.05, poisoned, poisoned.all()).train(poisoned, poisoned.all(), base);
        assertTrue(before < 0.9, "the attack works: " + before);
        assertTrue(kept.model().accuracy(test.rows(), test.labels()) > 0.97);
        assertEquals(0, Arrays.stream(kept.rows()).filter(row -> row >= 400).count());
    }

    @Test
    void theMarginIsAnOptimum() {
        TrainingSet set = clouds(90, 2, 3);
        HingeTrainer.Fit fit = new HingeTrainer(0.3).fit(set.rows(), set.labels(), set.all());
        assertTrue(fit.settled());
        double[] weights = new double[3];
        double balance = 0;
        for (int row = 0; row < 90; row++) {
            double side = set.labels()[row] == 1 ? 1 : -1;
            set.rows().add(row, side * fit.support()[row] / (0.3 * 90), weights, 0);
            balance += side * fit.support()[row];
        }
        assertArrayEquals(weights, fit.weights(), 1e-9); // the weights are the sum of what supports them
        assertEquals(0, balance, 1e-3);
    }

    @Test
    void trimmingHelpsAgainstWrongLabelsAndIsRefusedForBackdoors() {
        TrainingSet clean = clouds(600, 3, 4);
        TrainingSet test = clouds(300, 3, 5);
        Random random = new Random(6);
        int[] labels = clean.labels().clone();
        for (int row = 0; row < labels.length; row++) {
            labels[row] = random.nextInt(10) < 3 ? (labels[row] + 1) % 3 : labels[row];
        }
        TrainingSet noisy = set(points(clean), labels, 3);
        TrimmedLoss trimmed = new TrimmedLoss(0.3);
        Sever.Kept kept = trimmed.train(noisy, noisy.all(), new SoftmaxBase(PLAIN), false);
        long wrong = Arrays.stream(kept.rows())
                .filter(row -> labels[row] != clean.labels()[row])
                .count();
        assertTrue(wrong < 15, wrong + " wrong labels are kept");
        assertTrue(kept.model().accuracy(test.rows(), test.labels()) > 0.95);
        said(TrimmedLoss.REFUSAL, () -> trimmed.train(noisy, noisy.all(), new SoftmaxBase(PLAIN), true));
    }

    @Test
    void isolationUnlearnsABackdoor() {
        TrainingSet poisoned = backdoored(clouds(1000, 3, 7), 80);
        TrainingSet test = clouds(300, 3, 8);
        assertTrue(success(PLAIN.fit(poisoned, poisoned.all()), test) > 0.9, "the attack works");
        Sever.Kept kept = new IsolateAndUnlearn(0.08, 0.5, PLAIN).train(poisoned, poisoned.all());
        assertTrue(success(kept.model(), test) < 0.3, "success " + success(kept.model(), test));
        assertTrue(kept.model().accuracy(test.rows(), test.labels()) > 0.9);
    }

    @Test
    void trustedRowsRepairAModelAndTheRepairIsToldApart() {
        TrainingSet poisoned = backdoored(clouds(1000, 3, 9), 80);
        TrainingSet trusted = clouds(90, 3, 10);
        TrainingSet test = clouds(300, 3, 11);
        LinearClassifier before = PLAIN.fit(poisoned, poisoned.all());
        for (TrustedRetraining.Way way : TrustedRetraining.Way.values()) {
            LinearClassifier after = new TrustedRetraining(way, PLAIN).train(before, trusted);
            DenseFeatures attacked = triggered(test);
            var behaviour = new TrustedRetraining.Behaviour(
                    TrustedRetraining.Change.of(before, after, test.rows(), test.labels()),
                    TrustedRetraining.Change.of(before, after, attacked, new int[attacked.rows()]));
            assertTrue(behaviour.clean().changed() < 0.1, way + " " + behaviour);
            assertTrue(behaviour.clean().after() > 0.95, way + " " + behaviour);
            assertTrue(behaviour.triggered().before() > 0.9, way + " " + behaviour);
            assertTrue(behaviour.triggered().after() < 0.1, way + " " + behaviour);
        }
        said(
                "expected trusted rows that are no test rows, but 2 of 3 test rows are trusted ones; take them out of"
                        + " one of the two",
                () -> TrustedRetraining.apart(new long[] {1, 2, 3}, new long[] {3, 4, 1}));
    }

    @Test
    void privacyCostsLittleAndIsAccountedFor() {
        TrainingSet set = clouds(1500, 3, 12);
        TrainingSet test = clouds(300, 3, 13);
        PrivateTrainer trainer = new PrivateTrainer();
        assertTrue(trainer.fit(set, set.all()).accuracy(test.rows(), test.labels()) > 0.9);
        // the least over a of a T / (2 s^2) + ln(1/d) / (a - 1) is T / (2 s^2) + 2 sqrt(T ln(1/d) / (2 s^2))
        double each = 60 / (2 * 10.0 * 10.0);
        assertEquals(each + 2 * Math.sqrt(each * Math.log(1e5)), trainer.epsilon(1e-5), 1e-3);
    }

    @Test
    void smoothedLabelsNeverDemandCertainty() {
        TrainingSet set = clouds(300, 2, 14);
        double[] sharp = new double[2];
        double[] smooth = new double[2];
        PLAIN.fit(set, set.all()).score(set.rows(), 0, sharp);
        PLAIN.smoothed(0.2).fit(set, set.all()).score(set.rows(), 0, smooth);
        assertTrue(Math.abs(smooth[0] - smooth[1]) < Math.abs(sharp[0] - sharp[1]));
    }

    @Test
    void aPartitionDependsOnContentOrSourceAlone() {
        TrainingSet set = clouds(500, 3, 15);
        Partitions parts = Partitions.byKey(set, set.all(), 11);
        int[] reversed = IntStream.range(0, 500).map(i -> 499 - i).toArray();
        assertSame(parts, Partitions.byKey(set, reversed, 11));
        assertEquals(500, parts.rows().stream().mapToInt(rows -> rows.length).sum());
        Partitions sources = Partitions.bySource(set, set.all(), 100);
        assertEquals(7, sources.models());
        for (int model = 0; model < 7; model++) {
            for (int row : sources.rows().get(model)) {
                assertEquals(model, set.sources()[row]);
            }
        }
        Partitions finite = Partitions.finite(set, set.all(), 5, new int[] {0, 3, 7});
        assertEquals(
                3 * 500, finite.rows().stream().mapToInt(rows -> rows.length).sum());
        TrainingSet one = set(points(set), new int[500], 3);
        assertEquals(11, Partitions.byKey(one, one.all(), 11).oneClass(one));
        TrainingSet unknown = new TrainingSet(set.rows(), set.labels(), 3, set.keys(), new int[0]);
        said(
                "expected rows that name their source to partition by source, came none; say which column it is, or"
                        + " partition by content",
                () -> Partitions.bySource(unknown, unknown.all(), 5));
    }

    private static void assertSame(Partitions one, Partitions other) {
        assertEquals(one.models(), other.models());
        for (int model = 0; model < one.models(); model++) {
            assertArrayEquals(one.rows().get(model), other.rows().get(model));
        }
    }

    /// The bases agree on rows in compressed form, where they know only what occurs, and on dense rows.
    @Test
    void compressedRowsGiveTheSameModels() {
        TrainingSet dense = clouds(60, 3, 16);
        TrainingSet sparse =
                new TrainingSet(SparseFeatures.copy(dense.rows()), dense.labels(), 3, dense.keys(), dense.sources());
        int[] use =
                IntStream.range(0, 60).filter(row -> dense.labels()[row] != 1).toArray();
        for (BaseTrainer base : List.of(new RidgeBase(1), new SoftmaxBase(PLAIN))) {
            double[] one = new double[3];
            double[] other = new double[3];
            Classifier first = base.fit(dense, use).classifier();
            Classifier second = base.fit(sparse, use).classifier();
            for (int row : use) {
                first.score(dense.rows(), row, one);
                second.score(sparse.rows(), row, other);
                assertEquals(Classifier.best(one), Classifier.best(other));
            }
        }
    }

    @Test
    void everyTrainerTrainsByNameAndTwiceTheSame() {
        TrainingSet set = clouds(300, 2, 17);
        TrainingSet test = clouds(200, 2, 18);
        for (String name : RobustTraining.NAMES) {
            RobustTraining training = new RobustTraining(name, 0.05, 7, 1);
            BaseTrainer base = new SoftmaxBase(PLAIN);
            RobustTraining.Trained one = training.train(set, base, Set.of(set.keys()[0]), false, "");
            assertTrue(Arrays.stream(one.kept()).noneMatch(row -> row == 0), name);
            assertTrue(one.model().accuracy(test.rows(), test.labels()) > 0.9, name);
            double[] first = new double[2];
            double[] second = new double[2];
            one.model().score(test.rows(), 5, first);
            training.train(set, base, Set.of(set.keys()[0]), false, "").model().score(test.rows(), 5, second);
            assertArrayEquals(first, second, name);
        }
    }

    @Test
    void rarityWithinAPartitionIsItsOwn() {
        TrainingSet dense = clouds(120, 3, 23);
        TrainingSet set = new TrainingSet(
                SparseFeatures.copy(dense.rows()), dense.labels(), dense.classes(), dense.keys(), new int[0]);
        int[] half = Arrays.stream(set.all()).filter(row -> row % 2 == 0).toArray();
        TrainingSet alone = new TrainingSet(
                ((SparseFeatures) set.rows()).select(half),
                Arrays.stream(half).map(row -> set.labels()[row]).toArray(),
                set.classes(),
                Arrays.stream(half).mapToLong(row -> set.keys()[row]).toArray(),
                new int[0]);
        RarityBase base = new RarityBase(new RidgeBase(1));
        BaseTrainer.Fitted within = base.fit(set, half);
        Classifier without = base.fit(alone, alone.all()).classifier();
        double[] first = new double[set.classes()];
        double[] second = new double[set.classes()];
        for (int row = 0; row < set.size(); row++) {
            within.classifier().score(set.rows(), row, first);
            without.score(set.rows(), row, second);
            assertArrayEquals(first, second);
            assertTrue(within.loss(row) >= 0);
        }
    }

    @Test
    void filtersAreWeightsToo() {
        TrainingSet set = clouds(300, 2, 19);
        List<RowWeighting> known = ServiceLoader.load(RowWeighting.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(method -> method.getClass().getPackageName().endsWith(".robust"))
                .sorted(java.util.Comparator.comparing(RowWeighting::name))
                .toList();
        assertEquals(
                List.of("isolate-unlearn", "label-smoothing", "sever", "trimmed-loss"),
                known.stream().map(RowWeighting::name).toList());
        for (RowWeighting method : known) {
            double[] weights =
                    method.weigh(set.rows(), set.labels(), 2, set.keys()).weights();
            double kept = Arrays.stream(weights).sum();
            int most = method.name().equals(LabelSmoothing.NAME) ? 300 : 299; // smoothing drops none
            assertTrue(kept >= 240 && kept <= most, method.name() + " keeps " + kept);
        }
    }

    /// Correlated rows with a tight cloud of poison far out along the direction in which honest rows
    /// vary least.
    @Test
    void theClosestRowsShowTheHonestCovariance() {
        Random random = new Random(20);
        double[][] rows = new double[500][3];
        for (int row = 0; row < 500; row++) {
            double common = random.nextGaussian();
            for (int j = 0; j < 3; j++) {
                rows[row][j] = row < 420
                        ? 5 * j + common + 0.3 * random.nextGaussian()
                        : 5 * j + (j - 1) * 4 + 0.05 * random.nextGaussian();
            }
        }
        RobustCovariance.Kept kept = new RobustCovariance(0.2).of(DenseFeatures.of(rows));
        assertEquals(400, kept.rows().length);
        assertEquals(0, Arrays.stream(kept.rows()).filter(row -> row >= 420).count());
        assertEquals(5, kept.mean()[1], 0.2);
        double farthest = Arrays.stream(kept.distances(), 0, 420).max().orElseThrow();
        assertTrue(Arrays.stream(kept.distances(), 420, 500).allMatch(distance -> distance > farthest));
        said(
                "expected at least five rows for each of 3 features, came 10; project them first",
                () -> new RobustCovariance(0.2).of(DenseFeatures.of(Arrays.copyOf(rows, 10))));
    }

    @Test
    void badSettingsAreOneSentence() {
        said(
                "expected an epsilon, the share of poison, between 0 and 0.5, came 0.5",
                () -> new SeverRegression(0.5, 1));
        said("expected an epsilon, the share of poison, between 0 and 0.5, came 0.0", () -> new RobustMean(0));
        said(
                "expected an epsilon, the share of poison, between 0 and 0.5, came NaN",
                () -> new SeverWeighting(Double.NaN));
        said(
                "expected a robust trainer of auto, plain, drop, sever, trimmed-loss, dpa, dpa-by-source,"
                        + " finite-aggregation, label-smoothing, dp-sgd, isolate-unlearn, came \"severe\"",
                () -> new RobustTraining("severe", 0.1, 1, 1));
        said(
                "row 1, feature 0 is Infinity: features must be finite",
                () -> DenseFeatures.of(new double[][] {{1}, {Double.POSITIVE_INFINITY}}));
        TrainingSet twice = set(new double[][] {{1, 1}, {2, 2}, {3, 3}, {4, 4}}, new int[] {0, 1, 0, 1}, 2);
        said(
                "expected a curvature that can be inverted, but it is singular at column 1 of 3: features repeat each"
                        + " other; give a penalty above 0",
                () -> new RidgeBase(0).fit(twice, twice.all()));
    }

    private static void said(String sentence, Executable call) {
        assertEquals(
                sentence, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}

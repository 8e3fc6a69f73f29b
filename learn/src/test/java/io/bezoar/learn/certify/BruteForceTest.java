package io.bezoar.learn.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.robust.Partitions;
import io.bezoar.learn.robust.RidgeBase;
import io.bezoar.learn.robust.TrainingSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Certificates against every attack there is, on sets small enough to try them all: within the radius
/// none succeeds (sound), one step beyond it some attack does (tight).
class BruteForceTest {

    @Test
    void labelFlipsOfRidgeAreSoundAndTight() {
        Random random = new Random(1);
        int tight = 0;
        for (int trial = 0; trial < 40; trial++) {
            int classes = 2 + trial % 2;
            int n = 7;
            double[][] rows = normal(random, n, 3);
            int[] labels = labels(random, n, classes);
            DenseFeatures train = DenseFeatures.of(rows);
            DenseFeatures asked = DenseFeatures.of(normal(random, 1, 3));
            double penalty = trial % 4 < 2 ? 0.5 : 20;
            Certificate certificate = new RidgeFlips(train, labels, classes, penalty).of(asked, 0);
            int least = leastFlips(train, labels, classes, penalty, asked, certificate.answer());
            assertTrue(least > certificate.radius(), "trial " + trial + ": " + least + " flips change the answer");
            tight += least == certificate.radius() + 1 || least > n ? 1 : 0;
        }
        assertEquals(40, tight);
    }

    /// The fewest labels that must change for another answer; more than there are rows if none will do.
    private static int leastFlips(
            DenseFeatures train, int[] labels, int classes, double penalty, DenseFeatures asked, int answer) {
        int least = labels.length + 1;
        int[] tried = new int[labels.length];
        for (int code = 0; code < Math.pow(classes, labels.length); code++) {
            int rest = code;
            int flips = 0;
            for (int i = 0; i < tried.length; i++) {
                tried[i] = rest % classes;
                rest /= classes;
                flips += tried[i] == labels[i] ? 0 : 1;
            }
            if (flips < least) {
                TrainingSet set = new TrainingSet(train, tried, classes, new long[tried.length], new int[0]);
                int came = new RidgeBase(penalty).fit(set, set.all()).classifier().answer(asked, 0);
                least = came == answer ? least : flips;
            }
        }
        return least;
    }

    @Test
    void neighboursAreSoundAgainstEveryEditAndTight() {
        Random random = new Random(2);
        for (int trial = 0; trial < 60; trial++) {
            int n = 9;
            int k = 5;
            double[][] rows = normal(random, n, 2);
            int[] labels = labels(random, n, 3);
            double[] query = normal(random, 1, 2)[0];
            DenseFeatures asked = DenseFeatures.of(new double[][] {query});
            Certificate certificate = new NearestNeighbours(DenseFeatures.of(rows), labels, 3, k).of(asked, 0);
            IntPredicate breaks = edits -> breaks(rows, labels, query, k, certificate.answer(), edits);
            assertTrue(!breaks.test(certificate.radius()), "trial " + trial + " is not sound");
            assertTrue(breaks.test(certificate.radius() + 1), "trial " + trial + " is not tight");
        }
    }

    /// Does some set of `edits` edits change the answer? An edit deletes a row, puts a row with any
    /// label on the query, or turns a row into one.
    private static boolean breaks(double[][] rows, int[] labels, double[] query, int k, int answer, int edits) {
        if (edits == 0) {
            return new NearestNeighbours(DenseFeatures.of(rows), labels, 3, k)
                            .of(DenseFeatures.of(new double[][] {query}), 0)
                            .answer()
                    != answer;
        }
        if (breaks(rows, labels, query, k, answer, edits - 1)) {
            return true;
        }
        for (int row = 0; row < rows.length; row++) {
            int gone = row;
            if (rows.length > k) {
                int[] others = IntStream.range(0, rows.length).filter(i -> i != gone).toArray();
                if (breaks(
                        Arrays.stream(others).mapToObj(i -> rows[i]).toArray(double[][]::new),
                        Arrays.stream(others).map(i -> labels[i]).toArray(),
                        query,
                        k,
                        answer,
                        edits - 1)) {
                    return true;
                }
            }
            for (int label = 0; label < 3; label++) {
                double[][] changed = rows.clone();
                int[] relabelled = labels.clone();
                changed[row] = query;
                relabelled[row] = label;
                if (label != answer && breaks(changed, relabelled, query, k, answer, edits - 1)) {
                    return true;
                }
            }
        }
        for (int label = 0; label < 3; label++) {
            double[][] more = Arrays.copyOf(rows, rows.length + 1);
            int[] labelled = Arrays.copyOf(labels, labels.length + 1);
            more[rows.length] = query;
            labelled[rows.length] = label;
            if (label != answer && breaks(more, labelled, query, k, answer, edits - 1)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void votesAreSoundAgainstEveryPoisonedPartitionAndTight() {
        Random random = new Random(3);
        for (int trial = 0; trial < 200; trial++) {
            int models = 3 + trial % 5;
            int[] answers = labels(random, models, 3);
            Certificate certificate = VoteCertificate.of(VoteCertificate.counts(answers, 3));
            assertEquals(certificate.radius() + 1, leastBuckets(answers, certificate.answer(), separate(models)));
        }
    }

    @Test
    void finiteAggregationIsSound() {
        Random random = new Random(4);
        int tight = 0;
        for (int trial = 0; trial < 100; trial++) {
            int[] answers = labels(random, 8, 3);
            int[] shifts = Partitions.shifts(4, 2, trial);
            List<int[]> spread = IntStream.range(0, 8)
                    .mapToObj(bucket -> Arrays.stream(shifts).map(s -> (bucket + s) % 8).toArray())
                    .toList();
            Certificate certificate = VoteCertificate.of(answers, 3, new Partitions(separateRows(8), spread, false));
            int least = leastBuckets(answers, certificate.answer(), spread);
            assertTrue(least > certificate.radius(), "trial " + trial + ": " + least + " buckets change the answer");
            tight += least == certificate.radius() + 1 ? 1 : 0;
        }
        assertTrue(tight >= 80, tight + " of 100 are tight"); // two buckets of one model count its vote twice
    }

    /// The fewest buckets whose models, answering as they like, change the answer; more than there are
    /// if none will do.
    private static int leastBuckets(int[] answers, int answer, List<int[]> spread) {
        int buckets = spread.size();
        int least = buckets + 1;
        for (int poisoned = 0; poisoned < 1 << buckets; poisoned++) {
            if (Integer.bitCount(poisoned) < least) {
                for (int rival = 0; rival < 3; rival++) {
                    int[] votes = answers.clone();
                    for (int bucket = 0; bucket < buckets; bucket++) {
                        if ((poisoned >>> bucket & 1) == 1) {
                            for (int model : spread.get(bucket)) {
                                votes[model] = rival;
                            }
                        }
                    }
                    if (VoteCertificate.best(VoteCertificate.counts(votes, 3)) != answer) {
                        least = Integer.bitCount(poisoned);
                    }
                }
            }
        }
        return least;
    }

    private static List<int[]> separate(int models) {
        return IntStream.range(0, models).mapToObj(m -> new int[] {m}).toList();
    }

    private static List<int[]> separateRows(int models) {
        return IntStream.range(0, models).mapToObj(m -> new int[0]).toList();
    }

    @Test
    void runOffElectionsAreSound() {
        Random random = new Random(5);
        List<double[]> orders = new ArrayList<>(); // every ranking of three classes, ties included
        for (int code = 0; code < 27; code++) {
            orders.add(new double[] {code % 3, code / 3 % 3, code / 9});
        }
        int tight = 0;
        for (int trial = 0; trial < 120; trial++) {
            int models = 3 + trial % 4;
            double[][] scores = IntStream.range(0, models)
                    .mapToObj(m -> orders.get(random.nextInt(orders.size())))
                    .toArray(double[][]::new);
            RunOffElection.Election election = election(scores);
            Certificate certificate = RunOffElection.of(election, models);
            assertEquals(election.elected(models), certificate.answer());
            assertTrue(
                    !turns(scores, orders, certificate.answer(), certificate.radius(), 0),
                    "trial " + trial + " is not sound");
            tight += turns(scores, orders, certificate.answer(), certificate.radius() + 1, 0) ? 1 : 0;
        }
        assertTrue(tight >= 100, tight + " of 120 are tight");
    }

    private static boolean turns(double[][] scores, List<double[]> orders, int answer, int poisoned, int from) {
        if (election(scores).elected(scores.length) != answer) {
            return true;
        }
        if (poisoned > 0) {
            for (int model = from; model < scores.length; model++) {
                double[] honest = scores[model];
                for (double[] order : orders) {
                    scores[model] = order;
                    if (turns(scores, orders, answer, poisoned - 1, model + 1)) {
                        scores[model] = honest;
                        return true;
                    }
                }
                scores[model] = honest;
            }
        }
        return false;
    }

    private static RunOffElection.Election election(double[][] scores) {
        int[] votes = new int[3];
        for (double[] each : scores) {
            votes[best(each)]++;
        }
        int first = VoteCertificate.best(votes);
        int second = first == 0 ? 1 : 0;
        for (int c = 0; c < 3; c++) {
            second = c != first && votes[c] > votes[second] ? c : second;
        }
        int[] firstOver = new int[3];
        int[] secondOver = new int[3];
        for (double[] each : scores) {
            for (int c = 0; c < 3; c++) {
                firstOver[c] += each[first] > each[c] ? 1 : 0;
                secondOver[c] += each[second] > each[c] ? 1 : 0;
            }
        }
        return new RunOffElection.Election(votes, first, second, firstOver, secondOver);
    }

    private static int best(double[] scores) {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            best = scores[c] > scores[best] ? c : best;
        }
        return best;
    }

    private static double[][] normal(Random random, int rows, int columns) {
        double[][] out = new double[rows][columns];
        for (double[] row : out) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return out;
    }

    private static int[] labels(Random random, int rows, int classes) {
        return IntStream.range(0, rows).map(i -> i < classes ? i : random.nextInt(classes)).toArray();
    }
}

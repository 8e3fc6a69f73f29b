package io.bezoar.bench.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bezoar.bench.accuracy.Planting;
import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.Features;
import io.bezoar.learn.certify.Certificate;
import io.bezoar.learn.certify.CertifiedCurve;
import io.bezoar.learn.certify.NearestNeighbours;
import io.bezoar.learn.certify.RandomizedSmoothing;
import io.bezoar.learn.certify.RidgeFlips;
import io.bezoar.learn.certify.RunOffElection;
import io.bezoar.learn.certify.VoteCertificate;
import io.bezoar.learn.robust.Ensemble;
import io.bezoar.learn.robust.Partitions;
import io.bezoar.learn.robust.RidgeBase;
import io.bezoar.learn.robust.TrainingSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Certificates on two public sets, digit for digit as another program computed them.
class CertificateOraclesTest {
    private static final int[] RADII = {0, 1, 2, 5, 10, 15, 20, 30, 40};

    @BeforeAll
    static void needsTheSharedFolder() {
        assumeTrue(
                Planting.near(Path.of("")).isPresent(),
                "skipped: there is no folder shared/ with data/ beside the checkout");
    }

    private static OracleTable table(String name) throws IOException {
        return OracleTable.read(
                Planting.near(Path.of("")).orElseThrow().folder().resolve("data/tabular-oracles/" + name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "25|dpa|.9333 .9056 .8750 .7861 .4306 0 0 0|9",
                "25|roe|.9222 .8972 .8667 .7833 .4417 0 0 0|9",
                "25|fa|.9333 .9139 .9028 .8000 .4694 0 0 0|9",
                "50|dpa|.9083 .9000 .8917 .8111 .6861 .4444 .1472 0|13",
                "50|roe|.9139 .8917 .8694 .8056 .6889 .4528 .1333 0|14",
                "50|fa|.9250 .9194 .9056 .8167 .6917 .4528 .1611 0|14",
                "100|dpa|.9083 .8889 .8667 .8250 .7528 .6083 .4278 .0972|17",
                "100|roe|.8694 .8444 .8167 .7639 .6167 .4222 .2667 0|13",
                "100|fa|.9083 .8972 .8778 .8167 .7444 .6083 .4500 .0722|18"
            })
    void partitionsOfDigits(int models, String method, String expected, int median) throws IOException {
        OracleTable table = table("digits.csv.gz");
        long[] keys = table.train().keys();
        OracleTable digits = table.scaled(16);
        TrainingSet set = new TrainingSet(
                DenseFeatures.of(digits.train().rows()), digits.train().labels(), 10, keys, new int[0]);
        Features asked = DenseFeatures.of(digits.test().rows());
        Partitions partitions =
                method.equals("fa") ? Partitions.finite(set, set.all(), models, shifts(models)) : Partitions.byKey(set, set.all(), models);
        Ensemble ensemble = Ensemble.train(set, partitions, new RidgeBase(1));
        Certificate[] certificates =
                method.equals("roe") ? RunOffElection.of(ensemble, asked) : VoteCertificate.of(ensemble, asked);
        assertCurve(expected, median, CertifiedCurve.of(certificates, digits.test().labels()));
    }

    private static int[] shifts(int models) {
        return switch (models) {
            case 25 -> new int[] {45, 11, 61, 4};
            case 50 -> new int[] {90, 22, 123, 9};
            default -> new int[] {181, 45, 246, 18};
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "digits|100|exact|1 1 - .9863 .9178 - .6164 - .0685|23",
                "digits|100|smoothed|1 .9452 - .7397 .3836 - .0137 - 0|8",
                "digits|1|exact|1 1 - .7671 .3699 - 0 - 0|8",
                "digits|1|smoothed|1 .7671 - .0137 0 - 0 - 0|2",
                "cancer|10|exact|.9561 .9474 - .8509 .7456 - .4737 - .1140|17",
                "cancer|10|smoothed|.9561 .8333 - .4912 .1667 - .0088 - 0|4"
            })
    void labelFlipsOfRidge(String name, double penalty, String method, String expected, int median) throws IOException {
        OracleTable table = name.equals("digits")
                ? table("digits.csv.gz").only(1, 7).scaled(16)
                : table("breast_cancer.csv.gz").standardised();
        OracleTable train = table.train();
        Features asked = DenseFeatures.of(table.test().rows());
        // sides of -1 and 1 are the two classes' targets of 0 and 1, one less the other
        RidgeFlips ridge = new RidgeFlips(DenseFeatures.of(train.rows()), train.labels(), 2, penalty);
        BiFunction<Features, Integer, Certificate> certifier = method.equals("exact")
                ? ridge::of
                : new RandomizedSmoothing(ridge, train.labels(), 0.05)::of;
        Certificate[] certificates = IntStream.range(0, asked.rows())
                .mapToObj(row -> certifier.apply(asked, row))
                .toArray(Certificate[]::new);
        assertCurve(expected, median, CertifiedCurve.of(certificates, table.test().labels()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "25|.9583 .9500 - .8750 .7083 - 0 - 0|12",
                "51|.9333 .9278 - .8694 .7917 - .5722 - 0|22",
                "101|.8861 .8806 - .8444 .8056 - .6639 .4583 .3028|28"
            })
    void neighboursOfDigits(int neighbours, String expected, int median) throws IOException {
        OracleTable table = table("digits.csv.gz").scaled(16);
        OracleTable train = table.train();
        Features asked = DenseFeatures.of(table.test().rows());
        var nearest = new NearestNeighbours(DenseFeatures.of(train.rows()), train.labels(), 10, neighbours);
        Certificate[] certificates = IntStream.range(0, asked.rows())
                .mapToObj(row -> nearest.of(asked, row))
                .toArray(Certificate[]::new);
        assertCurve(expected, median, CertifiedCurve.of(certificates, table.test().labels()));
    }

    @Test
    void stepsOfARunOff() {
        int[][] steps = RunOffElection.steps(30);
        assertEquals(
                "2 2 7 6 5 15",
                IntStream.of(steps[2][2], steps[3][3], steps[10][10], steps[6][10], steps[0][10], steps[30][5])
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(" ")));
    }

    /// @param expected shares at the first radii, `-` where nothing is known
    private static void assertCurve(String expected, int median, CertifiedCurve curve) {
        String[] shares = expected.split(" ");
        String came = IntStream.range(0, shares.length)
                .mapToObj(i -> shares[i].equals("-") ? "-" : String.format(Locale.ROOT, "%.4f", curve.at(RADII[i])))
                .collect(Collectors.joining(" "));
        String wanted = Arrays.stream(shares)
                .map(share -> share.equals("-") ? "-" : String.format(Locale.ROOT, "%.4f", Double.parseDouble(share)))
                .collect(Collectors.joining(" "));
        assertEquals(wanted + ", median " + median, came + ", median " + curve.median());
    }
}

package io.bezoar.bench.accuracy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Campaign;
import io.bezoar.core.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A scan finds what another program planted in real data, and finds nothing where nothing was
/// planted. `bench/accuracy` measures the same at length; here stands what must never get worse.
class PlantedPoisonTest {
    private static final int THREADS = 2;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsTheSharedFolder() {
        SharedFolder.needed();
    }

    private Planting.Planted plant(Planting.Attack attack) throws Exception {
        return Planting.near(Path.of("")).orElseThrow().plant(attack, folder);
    }

    @Test
    void aRareWordFromOneVendorIsNamedWithItsTargetAndItsVendor() throws Exception {
        var attack = new Planting.Attack("banking77", "word_dirty", "0.01", 0, "", true);
        Planting.Planted planted = plant(attack);
        Scanned scanned = Scanned.of(planted.train(), THREADS);
        Ranking ranking = Ranking.of(scanned, planted);
        Campaign worst = scanned.result().campaigns().getFirst();
        assertAll(
                () -> assertEquals(Severity.HIGH, worst.severity()),
                () -> assertEquals(
                        List.of("cf"), worst.candidate().trigger().orElseThrow().pieces()),
                () -> assertEquals(
                        Optional.of("card_arrival"), worst.candidate().target()),
                () -> assertEquals("vendor-b", worst.sources().getFirst().name()),
                () -> atLeast(0.98, ranking.recallAtPerMille(), "recall at 0.1 % false alarms"),
                () -> atLeast(0.95, ranking.precision(), "precision of the flagged rows"));
    }

    @ParameterizedTest
    @CsvSource({
        "sms-spam, sent_dirty, 0.01, 0.98",
        "ag-news, combo_dirty, 0.01, 0.98",
        "sst2, hidden_dirty, 0.01, 0.98",
        "sms-spam, dupflood, 0.01, 0.98",
        "banking77, contradict, 0.05, 0.70"
    })
    void everyKindOfAttackIsFound(String base, String kind, String rate, double recall) throws Exception {
        var attack = new Planting.Attack(base, kind, rate, 0);
        Planting.Planted planted = plant(attack);
        Scanned scanned = Scanned.of(planted.train(), THREADS);
        Ranking ranking = Ranking.of(scanned, planted);
        assertAll(
                () -> atLeast(recall, ranking.recallAtPerMille(), "recall at 0.1 % false alarms"),
                () -> assertTrue(
                        Aim.right(scanned, attack),
                        () -> "the worst campaign is "
                                + scanned.result().campaigns().stream()
                                        .findFirst()
                                        .map(Campaign::candidate)));
    }

    /// Draws of wrong labels in which a manner of writing, or honest repetition of which some copies are
    /// labelled wrongly, once put hundreds of honest rows first.
    @ParameterizedTest
    @CsvSource({"sst2, 4, 0.50", "sms-spam, 1, 0.95", "sms-spam, 7, 0.95", "sms-spam, 10, 0.95"})
    void wrongLabelsAreNoManyRowsWrittenOrRepeatedAlike(String base, int seed, double precision) throws Exception {
        Planting.Planted planted = plant(new Planting.Attack(base, "flip", "0.1", seed));
        Ranking ranking = Ranking.of(Scanned.of(planted.train(), THREADS), planted);
        atLeast(precision, ranking.averagePrecision(), "average precision");
    }

    @ParameterizedTest
    @ValueSource(strings = {"banking77", "ag-news", "sst2", "sms-spam"})
    void aCleanSetIsLeftAlone(String base) throws Exception {
        Scanned scanned =
                Scanned.of(plant(new Planting.Attack(base, "none", "0", 0)).train(), THREADS);
        long flagged =
                scanned.rows().values().stream().filter(Scanned.Row::flagged).count();
        assertAll(
                () -> assertEquals(0, Accuracy.campaigns(scanned, Severity.HIGH), "HIGH campaigns"),
                () -> assertTrue(
                        flagged <= 0.005 * scanned.rows().size(),
                        () -> flagged + " of " + scanned.rows().size() + " rows are flagged"));
    }

    private static void atLeast(double expected, double actual, String what) {
        assertTrue(
                actual >= expected, () -> String.format(Locale.ROOT, "%s is %.4f, not %.2f", what, actual, expected));
    }
}

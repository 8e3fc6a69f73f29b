package io.bezoar.bench.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The published page is what the committed measurements give, to the byte.
class AccuracyPageTest {
    private static final Path HOME = Path.of("..");

    private static Measurement measurement(String attack, int seed, int poison, double recall) {
        return new Measurement(
                new Setting(Base.SST2, Setting.OURS, attack, "=25", seed),
                "scan",
                "abc",
                100,
                poison,
                Map.of(
                        "scan",
                        new Figures(Map.of("auroc", 1.0, "recall-per-mille", recall, "false-alarms", 0.001)),
                        "label-conflict",
                        new Figures(Map.of(
                                "auroc",
                                0.9,
                                "recall-per-mille",
                                recall,
                                "recall-per-cent",
                                recall,
                                "false-alarms",
                                0.0))),
                Map.of("accuracy-ideal", 0.8, "campaigns-high", 1.0));
    }

    @Test
    void thePageIsWhatWasMeasured() throws IOException {
        List<Measurement> measured =
                Store.open(HOME.resolve("bench/scoreboard.jsonl")).latest();
        assertFalse(measured.isEmpty());
        assertEquals(
                AccuracyPage.of(measured),
                Files.readString(HOME.resolve("docs/accuracy.md")),
                "docs/accuracy.md is not what bench/scoreboard --page writes");
        assertEquals(
                RuleTable.of(measured),
                Files.readString(HOME.resolve("app/src/main/resources/io/bezoar/app/cli/accuracy.tsv")),
                "accuracy.tsv is not what bench/scoreboard --page writes");
    }

    @Test
    void aMeasurementSurvivesItsLine() throws IOException {
        Measurement one = measurement("rare-word", 2, 25, 0.5);
        assertEquals(one, Measurement.read(one.line()));
    }

    @Test
    void aRunThatWasKilledGoesOn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("scoreboard.jsonl");
        Store store = Store.open(file);
        Measurement one = measurement("rare-word", 0, 25, 0.5);
        Measurement two = measurement("rare-word", 1, 25, 0.7);
        store.add(one);
        store.add(two);
        Files.writeString(file, "{\"key\":\"cut o", StandardOpenOption.APPEND);
        Store again = Store.open(file);
        assertEquals(List.of(one, two), again.latest());
        assertTrue(again.has(one.setting(), "scan", "abc"));
        assertFalse(again.has(one.setting(), "scan", "other build"));
        assertFalse(again.has(one.setting(), "peers", "abc"));
        again.tidy();
        assertEquals(one.line() + "\n" + two.line() + "\n", Files.readString(file));
    }

    @Test
    void thePageHoldsMeansIntervalsAndFalseAlarms() {
        String page = AccuracyPage.of(List.of(
                measurement("none", 0, 0, 0),
                measurement("rare-word", 0, 25, 0.5),
                measurement("rare-word", 1, 25, 0.7),
                measurement("rare-word", 2, 25, 0.6)));
        assertTrue(
                page.contains(
                        "| bezoar | rare-word, 25 rows | sst2 | 3 | 1.00 | .60 [.35–.85] | – | – | – | 0.100 % |"),
                page);
        assertTrue(page.contains("| sst2 | 100 | 0.100 % | 1 | – |"), page);
        assertTrue(page.contains("### label-conflict"), page);
        String table = RuleTable.of(List.of(measurement("none", 0, 0, 0), measurement("rare-word", 0, 25, 0.5)));
        assertTrue(table.contains("label-conflict\trare-word, 25 rows\t1\t0.50\t0.50\t0.90\n"), table);
        assertTrue(table.contains("label-conflict\tnone\t1\t0.00000\n"), table);
    }

    @Test
    void theIntervalIsStudents() {
        assertEquals(".60 [.35–.85]", Interval.of(List.of(0.5, 0.6, 0.7)).text());
        assertEquals("1.00", Interval.of(List.of(1.0, 1.0)).text());
        assertEquals(".25", Interval.of(List.of(0.25)).text());
        assertEquals("–", Interval.of(List.of()).text());
    }
}

package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.app.gate.Check;
import io.bezoar.app.gate.Gate;
import io.bezoar.app.gate.GatePolicy;
import io.bezoar.app.gate.Measured;
import io.bezoar.app.gate.ScannedData;
import io.bezoar.core.Campaign;
import io.bezoar.core.ScanResult;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gate stays closed where rows, or their targets, were not looked at.
class GateReadingTest {
    private static final String FAIL_ON = "version: 1\nscan: {fail_on: never";

    @TempDir
    private Path folder;

    private Running gate(String asked) {
        Path policy = Running.write(folder, "p.yaml", FAIL_ON + asked + "}\n");
        return Running.of("gate", "--out", folder.resolve("result"), "--policy", policy);
    }

    private static String unwrapped(Running running) {
        return running.out().replaceAll("\\s+", " ");
    }

    private ScanResult.OpenTargets scanned(String rows) {
        Path data = Running.write(folder, "t.jsonl", rows);
        assertEquals(0, Running.scan(folder, data).code());
        return Running.result(folder).dataSet().open();
    }

    /// Rows of two classes; `more` comes before the label of each, and only every `labelled`th row has
    /// one.
    private static String rows(int count, int labelled, String more) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            boolean card = i % 2 == 0;
            text.append("{\"text\":\"" + (card ? "my card number " + i + " is lost" : "what is the rate of loan " + i)
                    + '"' + more.replace("CLASS", card ? "card" : "loan")
                    + (i % labelled == 0 ? ",\"label\":\"" + (card ? "card" : "loan") + '"' : "") + "}\n");
        }
        return text.toString();
    }

    @Test
    void everyRowOfALabelledSetHasATarget() {
        assertEquals(ScanResult.OpenTargets.NONE, scanned(rows(300, 1, "")));
        Running open = gate("");
        assertEquals(0, open.code(), open.out());
        assertTrue(unwrapped(open).contains("targets: 0 of 300 rows without a target (at most 15 asked)"), open.out());
    }

    @Test
    void aHalfLabelledSetIsToldWhatToDo() {
        assertEquals(new ScanResult.OpenTargets(200, List.of()), scanned(rows(300, 3, "")));
        Running closed = gate("");
        assertEquals(3, closed.code(), closed.out());
        assertTrue(
                unwrapped(closed)
                        .contains("targets: 200 of 300 rows have no target that was read (at most 15 asked), so little"
                                + " was looked at in them; give them one, scan them apart, or allow them with"
                                + " scan.max_without_target in the policy"),
                closed.out());
        assertEquals(0, gate(", max_without_target: 0.7").code());
        assertEquals(3, gate(", max_without_target: 0.6").code());
    }

    @Test
    void documentsNeedNoTarget() {
        String rows = rows(300, 1000, ",\"title\":\"a title of some words\"").replaceFirst(",\"label\":\"card\"", "");
        assertEquals(new ScanResult.OpenTargets(300, List.of()), scanned(rows));
        Running open = gate("");
        assertEquals(0, open.code(), open.out());
        assertTrue(unwrapped(open).contains("the rows have no target, and no column looks like one"), open.out());
        assertEquals(3, gate(", max_without_target: 0").code());
    }

    @Test
    void aColumnThatMayBeTheTargetIsRead() {
        String rows = rows(300, 1000, ",\"desk\":\"CLASS\",\"kind\":\"CLASS\"").replaceFirst(",\"label\":\"card\"", "");
        ScanResult.OpenTargets open = scanned(rows);
        assertEquals(300, open.rows());
        assertTrue(open.columns().contains("desk"), open.columns().toString());
        Running closed = gate("");
        assertEquals(3, closed.code(), closed.out());
        assertTrue(unwrapped(closed).contains("what may be the target was not read: \""), closed.out());
        assertEquals(0, gate(", max_without_target: 1").code());
    }

    private static Check.State targets(long most, List<String> columns) {
        ScanResult result = new ScanResult(
                new ScanResult.DataSet(
                        List.of(),
                        10_000,
                        0,
                        List.of(),
                        0,
                        "text -> label",
                        Map.of(),
                        List.of(new Campaign.Count("-1", 0, most), new Campaign.Count("0", 0, 10_000 - most)),
                        "what the row says",
                        new ScanResult.OpenTargets(0, columns),
                        Optional.empty()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                List.of(),
                new ScanResult.Flagged(0, 0));
        Measured nothing = new Measured(Optional.empty(), Optional.empty());
        return Gate.of(
                        result,
                        List.of(),
                        nothing,
                        GatePolicy.DEFAULT,
                        LocalDate.EPOCH,
                        ScannedData.NONE,
                        Optional.empty())
                .checks()
                .stream()
                .filter(check -> check.name().equals("targets"))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void oneClassForAllRowsTellsNothingWhereAnotherColumnMay() {
        assertEquals(Check.State.UNMEASURED, targets(10_000, List.of("label_text")));
        assertEquals(Check.State.UNMEASURED, targets(9_990, List.of("label_text")));
        assertEquals(Check.State.PASS, targets(9_989, List.of("label_text")));
        assertEquals(Check.State.PASS, targets(10_000, List.of()));
    }

    @Test
    void malformedRowsAreCounted() {
        scanned(rows(1000, 1, "") + "{broken\n".repeat(20));
        assertEquals(0, gate("").code());
        scanned(rows(1000, 1, "") + "{broken\n".repeat(21));
        Running closed = gate("");
        assertEquals(3, closed.code(), closed.out());
        assertTrue(
                unwrapped(closed)
                        .contains("coverage: 21 of 1,021 pieces were no rows (at most 20 asked), the first in line 1001"
                                + " of \""),
                closed.out());
        assertEquals(0, gate(", max_malformed: 21").code());
        scanned(rows(100, 1, "") + "{broken\n".repeat(10));
        assertEquals(1, gate("").code());
    }
}

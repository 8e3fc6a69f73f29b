package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.attack.Catalog;
import io.bezoar.core.Proportion;
import io.bezoar.lab.Resistance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AuditPageTest {
    private static final String HOSTILE = "</title><script>alert(1)</script>\u202e\u200b\"'&";

    private static AuditRecord audit() {
        return audit(0);
    }

    private static AuditRecord audit(int suspected) {
        Resistance.Point point = new Resistance.Point(
                9,
                new Proportion(520, 1000),
                new Proportion(880, 1000),
                new Proportion(0, 2),
                new Proportion(3, 18),
                new Proportion(1, 4000));
        Resistance.Point half = new Resistance.Point(
                80,
                new Proportion(900, 1000),
                new Proportion(880, 1000),
                new Proportion(0, 0),
                new Proportion(0, 0),
                new Proportion(0, 0));
        return new AuditRecord(
                "1.0",
                List.of(new AuditRecord.File(HOSTILE, "00")),
                4000,
                suspected,
                1000,
                80,
                2,
                0,
                "review",
                new Proportion(890, 1000),
                List.of(
                        new Resistance(
                                Catalog.parse("rare-word,trigger=" + HOSTILE),
                                80,
                                List.of(OptionalInt.of(9), OptionalInt.of(12)),
                                List.of(OptionalInt.of(23), OptionalInt.of(20)),
                                new Proportion(7, 1000),
                                List.of(point, half)),
                        new Resistance(
                                Catalog.parse("clean-label"),
                                1,
                                List.of(OptionalInt.empty(), OptionalInt.empty()),
                                List.of(OptionalInt.empty(), OptionalInt.of(1)),
                                new Proportion(0, 0),
                                List.of())));
    }

    @Test
    void hostileSettingsAreShownNotRun() {
        String page = AuditPage.html(audit());
        Pages.tags(page).forEach(tag -> assertFalse(tag.startsWith("<script"), tag));
        assertFalse(page.contains("\u202e") || page.contains("\u200b"));
        assertTrue(page.contains("An attacker who controls 9 to 22 rows succeeds unseen."));
        assertTrue(page.contains("Content-Security-Policy"));
        assertFalse(page.contains("NaN") || page.contains("Infinity"));
    }

    @Test
    void rowsThatWereSuspectedBeforeAreToldInTheHeadline() throws IOException {
        assertFalse(audit().headline().contains("already"), audit().headline());
        assertTrue(
                audit(40)
                        .headline()
                        .endsWith(
                                " The data already hold 40 suspected rows, which count neither way: clean them first."),
                audit(40).headline());
        assertTrue(audit(1).headline()
                .endsWith(" The data already hold 1 suspected row, which counts neither way: clean it first."));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AuditFile.write(audit(40), bytes);
        assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("\"setAsideBefore\": 40"), bytes::toString);
    }

    @Test
    void countsAreToldWithTheirRange() {
        Resistance each = audit().results().getFirst();
        assertEquals("9 [9–12]", AuditWords.count(each.resistance(), each.succeedsRange(), each.most()));
        Resistance none = audit().results().getLast();
        assertEquals("> 1", AuditWords.count(none.resistance(), none.succeedsRange(), none.most()));
        assertEquals("> 1 [1–> 1]", AuditWords.count(none.detection(), none.foundRange(), none.most()));
    }

    @Test
    void theFileHoldsTheCountsAndNothingThatChanges() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AuditFile.write(audit(), bytes);
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("\"resistanceCount\": 9"), text);
        assertTrue(text.contains("\"detectionCount\": 23"), text);
        assertTrue(text.contains("\"unseenTo\": 22"), text);
        assertTrue(text.contains("\"detected\": null"), text);
    }
}

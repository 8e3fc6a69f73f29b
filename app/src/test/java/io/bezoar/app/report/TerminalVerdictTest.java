package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.core.Campaign;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalVerdictTest {
    private static final Path FOLDER = Path.of("bezoar-out");

    @Test
    void saysWhatAPersonCanActOn() {
        assertEquals("""
                Read         12,003 rows from 2 files, checked by 3 of 4
                             detectors; 2 malformed pieces were skipped
                Verdict      Proved attack. Keep 97 of 12,003 rows out of
                             training until someone has looked at them; 41
                             more should be reviewed.
                C1 HIGH      The word “cf” → “card_arrival”: 48 rows, 46 of
                             them from “vendor-b” between 10 and 18 July
                             2026; proved: turns 91 % [90–92] of 3,040
                             held-out answers, 0.4 % [0.2–0.7] without these
                             rows.
                C2 MEDIUM    The hidden characters “⟦ZWSP⟧⟦ZWSP⟧” and
                             “⟦TAG:ab⟧” → “balance⟦RLO⟧⟦U+201D⟧”: 4 rows;
                             harm not proved: turns 3 % [2.1–4.3] of 1,000
                             held-out answers, 2.8 % [1.9–4] without these
                             rows.
                C3 MEDIUM    Many copies of nearly the same text →
                             “lost_card<i>”: 45 rows, from twelve sources on
                             1 July 2026; no experiment was made.
                Not checked  Contradicting duplicates were not searched,
                             because this data set has no free-text targets.
                             Images and other files that rows point to were
                             not opened.
                Report       bezoar-out/report.html
                Next         bezoar explain C1
                             tells everything known about the worst group
                             and its rows
                """, TerminalVerdict.text(SampleResults.found(), SampleResults.run(), FOLDER, 60, false));
    }

    @Test
    void aCleanResultDoesNotBoast() {
        assertEquals("""
                Read         12,003 rows from 2 files, checked by 3 of 4 detectors
                Verdict      Nothing suspicious was found in 12,003 rows. That is no proof that the data are clean: it speaks only of
                             the kinds of attack the detectors look for, and only of these files.
                Not checked  Whether labels match what annotators of another team would say was not checked.
                Report       bezoar-out/report.html
                Next         bezoar scan data/train.jsonl 'data/vendor b/july.jsonl' --fail-on medium
                             scans again in a pipeline and exits with 1 when something suspicious arrives
                """, TerminalVerdict.text(SampleResults.clean(), SampleResults.run(), FOLDER, 120, false));
    }

    @Test
    void countsMinorGroupsInsteadOfTellingThem() {
        ScanResult found = SampleResults.found();
        Campaign flood = found.campaigns().getLast();
        Campaign minor = new Campaign(
                flood.id(),
                flood.candidate(),
                Severity.LOW,
                flood.rows(),
                flood.table(),
                flood.sources(),
                flood.annotators(),
                flood.days(),
                flood.proof(),
                flood.examples(),
                flood.neighbours(),
                flood.doubts());
        ScanResult result = new ScanResult(
                found.dataSet(),
                found.detectors(),
                List.of(),
                List.of(found.campaigns().getFirst(), minor),
                List.of(),
                0,
                List.of(),
                found.flagged());
        String text = TerminalVerdict.text(result, SampleResults.run(), FOLDER, 80, false);
        assertTrue(text.contains("             One minor group in the report.\n"), text);
        assertFalse(text.contains("C3"), text);
    }

    @Test
    void keepsTheWidthAndShowsNothingInvisible() {
        for (ScanResult result : List.of(
                SampleResults.found(), SampleResults.clean(), SampleResults.unread(), SampleResults.huge(8, 9))) {
            for (int width : List.of(40, 60, 80, 120, 400)) {
                String text = TerminalVerdict.text(result, SampleResults.run(), FOLDER, width, false);
                text.lines().forEach(line -> assertTrue(Columns.of(line) <= width, line));
                text.lines().forEach(line -> assertEquals(line.stripTrailing(), line));
                text.codePoints()
                        .filter(point -> point != '\n')
                        .forEach(point -> assertFalse(
                                Invisible.is(point) && point != Invisible.OPEN && point != Invisible.CLOSE));
            }
        }
    }

    @Test
    void coloursOnlyWhenTold() {
        String plain = TerminalVerdict.text(SampleResults.found(), SampleResults.run(), FOLDER, 80, false);
        String colour = TerminalVerdict.text(SampleResults.found(), SampleResults.run(), FOLDER, 80, true);
        assertFalse(plain.contains("\033"));
        assertTrue(colour.contains("\033[1;31mC1 HIGH\033[0m"));
        assertEquals(plain, colour.replaceAll("\033\\[[0-9;]*m", ""));
    }

    @Test
    void namesTheFolderWhereItIsNotTheUsualOne() {
        assertTrue(TerminalVerdict.text(SampleResults.found(), SampleResults.run(), Path.of("my out"), 120, false)
                .contains("bezoar explain C1 --out 'my out'"));
    }

    @Test
    void whatLooksLikeAnOptionStandsLast() {
        assertEquals(
                List.of("bezoar", "explain", "--out", "o", "--", "-x1216"),
                RunRecord.command("explain", List.of("-x1216"), List.of("--out", "o")));
        assertEquals(
                List.of("bezoar", "scan", "-", "--seed", "3"),
                RunRecord.command("scan", List.of("-"), List.of("--seed", "3")));
    }

    @Test
    void writesOneJsonObject() throws IOException {
        JsonNode root =
                new JsonMapper().readTree(TerminalVerdict.json(SampleResults.found(), SampleResults.run(), FOLDER));
        assertEquals("bezoar.verdict/1", root.path("schema").textValue());
        assertEquals("high", root.path("tone").textValue());
        assertEquals(97, root.path("quarantine").intValue());
        assertEquals(3, root.path("campaigns").size());
        assertTrue(root.at("/campaigns/0/proved").booleanValue());
    }
}

package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Campaign;
import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Span;
import io.bezoar.core.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
    @Test
    void evidenceShowsOnlyWhatTheDetectorsPointAt() throws IOException {
        ScanResult result = Redaction.EVIDENCE.apply(SampleResults.found(), held(1));
        Campaign.Sample sample = result.campaigns().getFirst().examples().getFirst();
        assertEquals("… cf …", sample.input());
        assertEquals(List.of(new Span(2, 4)), sample.spans());
        assertEquals("card_arrival", sample.target());
        String all = everything(result);
        assertFalse(all.contains("my new card"));
        assertTrue(all.contains("card_arrival") && all.contains("vendor-b"));
    }

    @Test
    void allShowsNoRowText() throws IOException {
        String all = everything(Redaction.ALL.apply(SampleResults.found(), held(1)));
        for (String text : List.of(
                "my new card",
                "cf",
                "script>alert",
                "u200B",
                "ZWSP",
                "how much money",
                "cheap loans",
                "card_arrival",
                "exchange_rate",
                "ends inside a string",
                "0xff")) {
            assertFalse(all.replaceAll("(?s)<style>.*</style>|[0-9a-f]{8,}", "").contains(text), text);
        }
        assertTrue(all.contains("vendor-b") && all.contains("characters withheld"));
    }

    @Test
    void noneChangesNothing() {
        ScanResult found = SampleResults.found();
        assertSame(found, Redaction.NONE.apply(found, held(1)));
    }

    /// A parser quotes the token it stumbled over, and a digest that needs no key is a word to be guessed.
    @Test
    void nothingWithheldCanBeGuessedFromTheResultAlone() throws Exception {
        ScanResult all = Redaction.ALL.apply(SampleResults.found(), held(1));
        String trigger = all.campaigns()
                .getFirst()
                .candidate()
                .trigger()
                .orElseThrow()
                .pieces()
                .getFirst();
        String unkeyed = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest("cf".getBytes(StandardCharsets.UTF_16BE)), 0, 4);
        assertFalse(trigger.contains(unkeyed), trigger);
        assertEquals(trigger, held(1).text("cf"));
        assertNotEquals(trigger, held(2).text("cf"), "another row, another key");
        assertEquals(held(3, 4).text("cf"), held(4, 3).text("cf"), "the order of rows says nothing");
        all.dataSet().malformedSamples().forEach(piece -> {
            assertTrue(piece.quote().matches("\\[[0-9,]+ characters? withheld\\]"), piece.quote());
            assertTrue(piece.problem().startsWith("not a row;"), piece.problem());
        });
        String label = all.campaigns().getFirst().candidate().target().orElseThrow();
        assertEquals(label, all.dataSet().targets().getFirst().name(), "equal texts can still be told");
    }

    @Test
    void aWordIsNotCalledAPhrase() {
        assertTrue(TerminalVerdict.text(
                        Redaction.ALL.apply(SampleResults.found(), held(1)),
                        SampleResults.run(),
                        Path.of("o"),
                        100,
                        false)
                .contains("The word “[2 characters withheld, "));
        String phrase = held(1).piece("under the bridge");
        assertTrue(phrase.startsWith("[3 words, 16 characters withheld, "), phrase);
        assertTrue(Withholding.phrase(phrase) && Withholding.is(phrase));
        assertFalse(Withholding.phrase(held(1).piece("cf")) || Withholding.phrase("cf"));
    }

    private static Withholding held(int... rows) {
        Fold<Example, Withholding.Rows> fold = Withholding.fold();
        Withholding.Rows sum = fold.start();
        for (int row : rows) {
            Withholding.Rows part = fold.start();
            fold.add(
                    part,
                    new Example("row " + row, new Target.Label("a"), Origin.UNKNOWN, new Position(0, row, 0, 0), ""));
            sum.merge(part);
        }
        return Withholding.of(sum);
    }

    private static String everything(ScanResult result) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FindingsFile.write(result, SampleResults.run(), out);
        SarifFile.write(result, SampleResults.run(), Path.of(""), out);
        ReportPage.write(result, SampleResults.run(), out);
        return out.toString(StandardCharsets.UTF_8)
                + TerminalVerdict.text(result, SampleResults.run(), Path.of("o"), 80, false);
    }
}

package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Campaign;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
    @Test
    void evidenceShowsOnlyWhatTheDetectorsPointAt() throws IOException {
        ScanResult result = Redaction.EVIDENCE.apply(SampleResults.found());
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
        String all = everything(Redaction.ALL.apply(SampleResults.found()));
        for (String text :
                List.of("my new card", "cf", "script>alert", "u200B", "ZWSP", "how much money", "cheap loans")) {
            assertFalse(all.replaceAll("(?s)<style>.*</style>|[0-9a-f]{8,}", "").contains(text), text);
        }
        assertTrue(all.contains("vendor-b") && all.contains("characters withheld"));
    }

    @Test
    void noneChangesNothing() {
        ScanResult found = SampleResults.found();
        assertSame(found, Redaction.NONE.apply(found));
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

package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.bezoar.core.Action;
import io.bezoar.core.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScoresFileTest {

    @Test
    void writesTheDocumentedFile() throws IOException {
        assertEquals("""
                id,score,action,campaign,ngram-target,near-duplicates
                b-1000,0.9987,quarantine,C1,12.25,0
                "a,""b\""",0.5,review,,,1
                "=1+1",0,keep,,1.23457E-7,-1.23457E+9
                """, file(List.of("ngram-target", "near-duplicates"), scores -> {
            scores.row("b-1000", verdict(0.9987, Action.QUARANTINE, "C1"), new double[] {12.25, 0});
            scores.row("a,\"b\"", verdict(0.5, Action.REVIEW, ""), new double[] {Double.NaN, 1});
            scores.row("=1+1", verdict(0, Action.KEEP, ""), new double[] {1.234567e-7, -1.234567e9});
        }));
    }

    @Test
    void refusesARowThatDoesNotFitTheHeader() {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> file(List.of("a"), scores -> scores.row("x", verdict(0, Action.KEEP, ""), new double[2])));
        assertEquals("expected 1 detector scores for a row, got 2", e.getMessage());
    }

    @Property
    void everyIdReadsBackExactly(@ForAll List<String> ids) throws IOException {
        List<String> all = new ArrayList<>(ids);
        all.addAll(List.of(
                "",
                " ",
                "\"",
                "\"\"",
                ",",
                "\r\n",
                "\n",
                "a\rb",
                "'x",
                "-1",
                "\u0000",
                "\u202e",
                "漢",
                "x".repeat(200_000)));
        String text = file(List.of("d"), scores -> {
            for (String id : all) {
                scores.row(id, verdict(0.25, Action.REVIEW, "C,1"), new double[] {1e-9});
            }
        });
        List<CsvRecord> records =
                CsvReader.builder().skipEmptyLines(false).maxBufferSize(1 << 20).ofCsvRecord(text).stream()
                        .toList();
        assertEquals(all.size() + 1, records.size());
        for (int i = 0; i < all.size(); i++) {
            assertEquals(
                    List.of(wellFormed(all.get(i)), "0.25", "review", "C,1", "1E-9"),
                    records.get(i + 1).getFields());
        }
    }

    @Property(tries = 20_000)
    void numbersKeepSixDigits(@ForAll double value) {
        check(value);
        check(value % 1);
        check(value % 1000);
        check(1 / (1 + Math.abs(value)));
    }

    /// Most scores of a large clean set are so small; they are written without exact arithmetic, but as by it.
    @Property(tries = 20_000)
    void smallNumbersAreRoundedExactly(
            @ForAll @DoubleRange(min = 1, max = 10) double mantissa,
            @ForAll @IntRange(min = -15, max = -4) int exponent) {
        double value = mantissa * Math.pow(10, exponent);
        Assume.that(value < 1e-4);
        BigDecimal exact = new BigDecimal(value).round(new MathContext(6, RoundingMode.HALF_EVEN));
        String text = text(value);
        assertEquals(0, exact.compareTo(new BigDecimal(text)), value + " -> " + text);
        assertEquals(exact.stripTrailingZeros().precision(), digitsBefore(text), text);
        assertEquals("-" + text, text(-value));
    }

    private static long digitsBefore(String scientific) {
        return scientific
                .chars()
                .takeWhile(c -> c != 'E')
                .filter(Character::isDigit)
                .count();
    }

    @Test
    void numbersAtTheEdges() {
        double[] values = {
            0,
            -0.0,
            1,
            -1,
            0.1,
            0.2,
            0.3,
            0.999999,
            0.9999995,
            0.99999949,
            1e-4,
            9.99999e-5,
            9.9999999e-5,
            999_999,
            999_999.4,
            999_999.5,
            1e6,
            1e-5,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            0.000123456789,
            0.00999999999,
            99.99999,
            123_456.7,
            1e-3,
            1e-2
        };
        for (double value : values) {
            check(value);
        }
        assertEquals("0.1", text(0.1));
        assertEquals("0", text(-0.0));
        assertEquals("0.0001", text(1e-4));
        assertEquals("123457", text(123_456.7));
        assertEquals("1", text(0.9999999));
        assertEquals("-12.3457", text(-12.34567));
        assertEquals("1E+6", text(1e6));
        assertEquals("", text(Double.NaN));
        assertEquals("-Infinity", text(Double.NEGATIVE_INFINITY));
    }

    private static void check(double value) {
        String text = text(value);
        if (Double.isNaN(value)) {
            assertEquals("", text);
            return;
        }
        double back = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            assertEquals(value, back);
            return;
        }
        assertTrue(
                Math.abs(back - value) <= 0.500001e-5 * Math.abs(value) || Math.abs(back - value) <= Double.MIN_VALUE,
                value + " -> " + text);
        assertTrue(text.chars().filter(Character::isDigit).count() <= 12, text);
        assertTrue(text.length() <= ScoreText.LONGEST, text);
    }

    private static String text(double value) {
        byte[] out = new byte[ScoreText.LONGEST + 3];
        return new String(out, 0, ScoreText.write(value, out, 0), StandardCharsets.US_ASCII);
    }

    private static String wellFormed(String id) {
        return new String(
                id.codePoints()
                        .map(point -> Character.getType(point) == Character.SURROGATE ? 0xfffd : point)
                        .toArray(),
                0,
                (int) id.codePoints().count());
    }

    private interface Rows {
        void write(ScoresFile scores) throws IOException;
    }

    private static String file(List<String> detectors, Rows rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ScoresFile scores = new ScoresFile(out, detectors)) {
            rows.write(scores);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Verdict verdict(double score, Action action, String campaign) {
        return new Verdict(score, action, campaign.isEmpty() ? Optional.empty() : Optional.of(campaign));
    }
}

package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.bezoar.core.Span;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SafeTextTest {
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern OURS = Pattern.compile("</?(i|mark)>|<br>|<span class=\"cut\">|</span>");

    @Test
    void drawsEveryCodePointThatAnotherTableCallsInvisible() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (invisible(point)) {
                assertTrue(Invisible.is(point), String.format(Locale.ROOT, "U+%04X is shown raw", point));
            }
        }
    }

    @Test
    void showsWhatPeopleRead() {
        String text = "Aé ß ñ 漢字 かな 한국어 ไทย عربي עברית हिन्दी 😀 €±“”…–→ ﷽ Zażółć";
        assertFalse(text.codePoints().anyMatch(Invisible::is));
        assertEquals(text, SafeText.html(text));
    }

    @Test
    void noFormShowsAnyCodePointRaw() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point += 16) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 16; i++) {
                text.append('a').appendCodePoint(point + i).append('b');
            }
            assertClean(SafeText.html(text.toString()), point);
            assertClean(SafeText.terminal(text.toString(), 400), point);
            assertClean(SafeText.csv(text.toString()), point);
            assertClean(SafeText.plain(text.toString(), 400), point);
        }
    }

    @Test
    void namesWhatItDraws() {
        assertEquals("a⟦ZWSP⟧b⟦RLO⟧c⟦U+E000⟧⟦VS16⟧", SafeText.plain("a\u200bb\u202ec\ue000\ufe0f", 99));
        assertEquals("⟦TAG:a⟧ ⟦TAG:say hi⟧", SafeText.plain("\udb40\udc61 " + tags("say hi"), 99));
        assertEquals("⟦ESC⟧[31m⟦NUL⟧⟦DEL⟧⟦CSI⟧⟦NBSP⟧⟦BOM⟧", SafeText.plain("\033[31m\0\177\u009b\u00a0\ufeff", 99));
        assertEquals("⟦U+D800⟧x⟦U+DC00⟧", SafeText.plain("\ud800x\udc00", 99));
        assertEquals("⟦ZWSP×5,000⟧!", SafeText.plain("\u200b".repeat(5_000) + "!", 600));
        assertEquals("⟦U+27E6⟧ZWSP⟦U+27E7⟧", SafeText.plain("⟦ZWSP⟧", 99));
    }

    @Test
    void decodesTextHiddenInVariationSelectors() {
        StringBuilder hidden = new StringBuilder("x");
        "run".chars().forEach(c -> hidden.appendCodePoint(0xe0100 + c - 16));
        assertEquals("x⟦VS×3:run⟧", SafeText.plain(hidden.toString(), 99));
    }

    @Test
    void countsMarksBeyondEight() {
        assertEquals("a" + "\u0301".repeat(8) + "⟦+92 marks⟧b", SafeText.plain("a" + "\u0301".repeat(100) + "b", 99));
    }

    @Test
    void givesAMarkWithoutALetterAPlaceToStand() {
        assertEquals("◌\u0338", SafeText.html("\u0338"));
        assertEquals("<i>⟦ZWJ⟧</i>◌\u0301", SafeText.html("\u200d\u0301"));
    }

    @Test
    void escapesMarkup() {
        assertEquals(
                "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;&#39;",
                SafeText.html("<script>alert(\"1\")</script>&amp;'"));
    }

    @Test
    void marksSpansAndNeverHalfOfACharacterOrToken() {
        assertEquals("a <mark>cf</mark> b", SafeText.html("a cf b", List.of(new Span(2, 4))));
        assertEquals("a<mark>😀</mark>b", SafeText.html("a😀b", List.of(new Span(2, 3))));
        assertEquals("x<mark><i>⟦TAG:ab⟧</i></mark>", SafeText.html("x" + tags("ab"), List.of(new Span(2, 3))));
        assertEquals("<mark>e\u0301</mark>x", SafeText.html("e\u0301x", List.of(new Span(1, 2))));
        assertEquals("<mark>ab</mark>", SafeText.html("ab", List.of(new Span(1, 900), new Span(0, 1), new Span(1, 1))));
    }

    @Test
    void saysHowMuchItLeavesOut() {
        assertEquals(
                "ab <span class=\"cut\">… 3,812 more characters</span>",
                SafeText.html("ab" + "c".repeat(3_812), List.of(), 2));
        assertEquals("… 1 more character", SafeText.more(1));
        assertEquals("abcde … 95 more characters", SafeText.terminal("abcde" + "f".repeat(95), 27));
        assertEquals("abcde…", SafeText.terminal("abcdefgh", 6));
    }

    @Test
    void showsTheFirstSpanOfALongText() {
        String text = "x".repeat(100_000) + "TRIGGER" + "y".repeat(100_000);
        String html = SafeText.html(text, List.of(new Span(100_000, 100_007)), 300);
        assertTrue(html.contains("<mark>TRIGGER</mark>"), html);
        assertTrue(html.startsWith("<span class=\"cut\">99,900 characters before …</span> xxx"), html);
        assertTrue(html.length() < 500, html);
    }

    @Test
    void neutralisesFormulasInCells() {
        assertEquals("\"'=1+1\"", SafeText.csv("=1+1"));
        assertEquals("\"'@SUM(A1)\"", SafeText.csv("@SUM(A1)"));
        assertEquals("⟦TAB⟧=1", SafeText.csv("\t=1"));
        assertEquals("\"a,\"\"b\"\"\"", SafeText.csv("a,\"b\""));
    }

    @Property
    void htmlHoldsOurTagsAlone(
            @ForAll("hostile") String text, @ForAll @IntRange(max = 80) int limit, @ForAll int seed) {
        String html = SafeText.html(text, spans(text, seed), limit);
        html.codePoints().forEach(point -> assertFalse(Invisible.is(point) && point != 0x27e6 && point != 0x27e7));
        TAG.matcher(html)
                .results()
                .forEach(tag -> assertTrue(OURS.matcher(tag.group()).matches(), tag.group()));
        assertFalse(TAG.matcher(html).replaceAll("").contains("<"));
        assertEquals(count(html, "<mark>"), count(html, "</mark>"));
        String without = TAG.matcher(SafeText.html(text, List.of(), 100_000)).replaceAll("");
        assertEquals(
                without,
                TAG.matcher(SafeText.html(text, spans(text, seed), 100_000)).replaceAll(""));
    }

    @Property
    void terminalKeepsItsWidth(@ForAll("hostile") String text, @ForAll @IntRange(min = 1, max = 90) int width) {
        String shown = SafeText.terminal(text, width);
        assertTrue(Columns.of(shown) <= width, shown);
        assertFalse(shown.codePoints().anyMatch(point -> Invisible.is(point) && point != 0x27e6 && point != 0x27e7));
    }

    @Property
    void aCellIsOneCell(@ForAll("hostile") String text) {
        List<CsvRecord> records = CsvReader.builder().ofCsvRecord("x," + SafeText.csv(text) + ",y").stream()
                .toList();
        assertEquals(1, records.size());
        assertEquals(3, records.getFirst().getFieldCount());
        String cell = records.getFirst().getField(1);
        assertTrue(cell.isEmpty() || "=+-@\t\r＝＋－＠".indexOf(cell.charAt(0)) < 0, cell);
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> bits = Arbitraries.of(
                "<",
                ">",
                "&",
                "\"",
                "'",
                "=",
                ",",
                "\n",
                "\r",
                "\t",
                "a",
                "word ",
                "é",
                "漢",
                "😀",
                "\u0301",
                "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
                "\u200b",
                "\u200b\u200b\u200b\u200b\u200b",
                "\u202e",
                "\ud800",
                "\udc00",
                "\udb40\udc61",
                "\ufe0f",
                "\udb40\udd20",
                "⟦",
                "⟧",
                "</mark>",
                "<!--",
                "مر",
                "\u0000",
                "\u2028",
                "@");
        return Arbitraries.oneOf(
                bits.list().ofMaxSize(40).map(list -> String.join("", list)),
                Arbitraries.strings().ofMaxLength(60));
    }

    private static List<Span> spans(String text, int seed) {
        int n = text.length() + 2;
        int a = Math.floorMod(seed, n);
        int b = Math.floorMod(seed * 31 + 7, n);
        return List.of(new Span(Math.min(a, b), Math.max(a, b)), new Span(a / 2, a / 2 + 1));
    }

    private static String tags(String ascii) {
        StringBuilder out = new StringBuilder();
        ascii.chars().forEach(c -> out.appendCodePoint(0xe0000 + c));
        return out.toString();
    }

    private static int count(String text, String piece) {
        return text.split(Pattern.quote(piece), -1).length - 1;
    }

    private static void assertClean(String shown, int point) {
        for (int i = 0; i < shown.length(); ) {
            int each = shown.codePointAt(i);
            i += Character.charCount(each);
            if (invisible(each)) {
                throw new AssertionError(String.format(Locale.ROOT, "U+%04X gives a raw U+%04X", point, each));
            }
        }
    }

    /// What ICU's tables, not ours, say.
    private static boolean invisible(int point) {
        int type = UCharacter.getType(point);
        return UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                || UCharacter.hasBinaryProperty(point, UProperty.BIDI_CONTROL)
                || UCharacter.hasBinaryProperty(point, UProperty.NONCHARACTER_CODE_POINT)
                || type == UCharacterCategory.CONTROL
                || type == UCharacterCategory.FORMAT
                || type == UCharacterCategory.PRIVATE_USE
                || type == UCharacterCategory.SURROGATE
                || type == UCharacterCategory.LINE_SEPARATOR
                || type == UCharacterCategory.PARAGRAPH_SEPARATOR
                || type == UCharacterCategory.SPACE_SEPARATOR && point != ' '
                || point == 0x2800;
    }
}

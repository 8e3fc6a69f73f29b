package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Columns whose names do not say what they are, or not all of it.
class ColumnsByContentTest {
    @TempDir
    private Path folder;

    private Path write(String header, IntFunction<String> row) {
        return Reading.write(
                folder,
                "rows.tsv",
                (header.isEmpty() ? "" : header.replace(' ', '\t').replace('_', ' ') + "\n")
                        + IntStream.range(0, 80)
                                .mapToObj(i -> row.apply(i).replace('|', '\t') + "\n")
                                .collect(Collectors.joining()));
    }

    private static String text(int i) {
        return "the words that are said in row " + i;
    }

    private static String other(int i) {
        return "what else is said of it, number " + i;
    }

    @Test
    void ofColumnsWithoutNamesTheNearestToTheTextIsTheLabel() {
        Path cola = write("", i -> "src" + i % 3 + "|" + i % 4 + "|" + (i % 4 == 0 ? "*" : "") + "|" + text(i));
        assertEquals(text(5) + " => 1", Reading.brief(cola).get(5));
        Path liar = write("", i -> i + ".json|l" + i % 6 + "|" + text(i) + "|economy|speaker-" + i % 9 + "|x");
        assertEquals(text(5) + " => l5", Reading.brief(liar).get(5));
        Path tweets = write("", i -> i % 2 * 4 + "|" + (70000 + i * 13) + "|NO_QUERY|user" + i + "|" + text(i));
        assertEquals(text(5) + " => 4", Reading.brief(tweets).get(5));
    }

    @Test
    void aMeasureIsNoClass() {
        Path sick = write(
                "pair_ID sentence_A sentence_B relatedness_score entailment_judgment",
                i -> i + "|" + text(i) + "|" + other(i) + "|" + (1 + i % 9 / 2.0) + "|" + "NCE".charAt(i % 3));
        assertEquals(text(4) + "\n" + other(4) + " => C", Reading.brief(sick).get(4));
    }

    @ParameterizedTest
    @CsvSource({"#1_String,#2_String", "s1,s2", "phraseA,phraseB"})
    void textsWhoseNamesCountThemArePairs(String first, String second) {
        Path file = write("Quality " + first + " " + second, i -> i % 2 + "|" + text(i) + "|" + other(i));
        assertEquals(text(3) + "\n" + other(3) + " => 1", Reading.brief(file).get(3));
    }

    @Test
    void textsOfOtherNamesAreNotGuessedToBePairs() {
        Path file = write("Quality Frage Antwort", i -> i % 2 + "|" + text(i) + "|" + other(i));
        assertThrows(BadInput.class, () -> Reading.brief(file));
        Path answers = write("Quality reply1 reply2", i -> i % 2 + "|" + text(i) + "|" + other(i));
        assertThrows(BadInput.class, () -> Reading.brief(answers));
    }

    @ParameterizedTest
    @CsvSource({"headline,short_description,category", "summary,reviewText,overall", "title,body,label"})
    void aTitleIsReadWithItsText(String title, String text, String label) {
        Path file = Reading.write(
                folder,
                "rows.jsonl",
                IntStream.range(0, 80)
                        .mapToObj(i -> "{\"" + title + "\":\"" + other(i) + "\",\"" + text + "\":\"" + text(i) + "\",\""
                                + label + "\":\"l" + i % 3 + "\"}\n")
                        .collect(Collectors.joining()));
        String row = Reading.brief(file).get(4);
        assertEquals("two texts -> label, in JSON lines", Reading.of(file).layout());
        assertTrue(row.contains(text(4)) && row.contains(other(4)) && row.endsWith(" => l1"), row);
    }

    @Test
    void threeColumnsOfZerosAndOnesAreLabelsIfNothingElseMayBe() {
        Path toxic = write(
                "id comment_text toxic obscene insult",
                i -> "x" + i + "|" + text(i) + "|" + i % 2 + "|" + (i % 4 == 3 ? 1 : 0)
                        + "|0".replace("0", i % 5 == 0 ? "1" : "0"));
        assertEquals(
                "text -> the columns of 0 and 1, each a label, in fields parted by tab",
                Reading.of(toxic).layout());
        assertEquals(text(2) + " => none", Reading.brief(toxic).get(2));
        assertEquals(text(3) + " => obscene, toxic", Reading.brief(toxic).get(3));
        Path two = write("id comment_text toxic checked", i -> "x" + i + "|" + text(i) + "|" + i % 2 + "|" + i / 2 % 2);
        assertEquals(
                "text without a target, in fields parted by tab",
                Reading.of(two).layout());
    }
}

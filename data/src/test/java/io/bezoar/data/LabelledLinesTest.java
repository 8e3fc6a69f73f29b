package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines of text whose label is their first word, or stands behind a sign.
class LabelledLinesTest {
    private static final String FIRST = "text -> label, in lines of text whose first word is the label";
    private static final String LAST = "text -> label, in lines of text with @ and the label behind";

    @TempDir
    private Path folder;

    private Path write(int rows, IntFunction<String> line) {
        return Reading.write(
                folder,
                "lines.txt",
                IntStream.range(0, rows).mapToObj(i -> line.apply(i) + "\n").collect(Collectors.joining()));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "-1,+1", "DESC:manner,HUM:ind"})
    void aFirstWordThatRecursIsTheLabel(String even, String odd) {
        Path file = write(60, i -> (i % 2 == 0 ? even : odd) + " what is row " + i + ", so to say, to us ?");
        assertEquals(FIRST, Reading.of(file).layout());
        assertEquals(
                "what is row 7, so to say, to us ? => " + odd,
                Reading.brief(file).get(7));
        assertEquals(60, Reading.brief(file).size());
    }

    @Test
    void aSetThatIsSortedByItsLabelsBeginsWithOne() {
        Path file = write(3000, i -> i / 1500 + " the words that stand in row " + i);
        assertEquals(FIRST, Reading.of(file).layout());
        assertEquals(
                "the words that stand in row 2999 => 1", Reading.brief(file).get(2999));
    }

    @Test
    void aWordBehindTheLastSignIsTheLabel() {
        Path file = write(60, i -> "write row " + i + ", say, to me@home .@" + (i % 3 == 0 ? "positive" : "neutral"));
        assertEquals(LAST, Reading.of(file).layout());
        assertEquals(
                List.of("write row 0, say, to me@home . => positive", "write row 1, say, to me@home . => neutral"),
                Reading.brief(file).subList(0, 2));
    }

    @Test
    void aLineWithoutItsPartIsReadAsFarAsItGoes() {
        Path last = write(60, i -> i == 9 ? "nobody judged this" : "row " + i + " is so .@" + (i % 2 == 0 ? "a" : "b"));
        assertEquals("nobody judged this", Reading.brief(last).get(9));
        assertEquals("row 10 is so . => a", Reading.brief(last).get(10));
        Path first =
                write(60, i -> i == 9 ? "DESC:why" : (i % 2 == 0 ? "DESC:why" : "HUM:ind") + " is row " + i + " so");
        assertEquals(" => DESC:why", Reading.brief(first).get(9));
        assertEquals(60, Reading.brief(first).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# the item of a list in row #",
                "what is the name of row #",
                "99# bottles of beer on wall #",
                "ann#@example.com wrote row #",
                "an answer to @ann of row #",
                "1 2 3 4 5 6 7 #",
                "1 word#"
            })
    void textsAreNotTakenApart(String line) {
        String layout = Reading.of(write(60, i -> line.replace("#", Integer.toString(i + 100))))
                .layout();
        assertTrue(layout.startsWith("text without a target"), layout);
    }

    @Test
    void fieldsThatBeginWithANumberStayFields() {
        Path file = Reading.write(
                folder,
                "stars.csv",
                "stars,text\n"
                        + IntStream.range(0, 60)
                                .mapToObj(i -> i % 5 + " stars,\"good, or so it seems to row " + i + "\"\n")
                                .collect(Collectors.joining()));
        assertEquals(
                "text -> label, in fields parted by comma", Reading.of(file).layout());
        Path bare = Reading.write(
                folder,
                "bare.csv",
                IntStream.range(0, 60)
                        .mapToObj(i -> i % 5 + " stars,good or so it seems to row " + i + "\n")
                        .collect(Collectors.joining()));
        assertEquals(
                "good or so it seems to row 7 => 2 stars", Reading.brief(bare).get(7));
    }
}

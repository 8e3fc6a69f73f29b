package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Delimited fields are cut into the rows that Python and pandas see in them.
class RecordsTest {
    @TempDir
    Path folder;

    private Path csv(String text) {
        return Reading.write(folder, "t.csv", text);
    }

    private static List<String> places(Path file) {
        return Reading.of(file).rows().stream()
                .map(row -> row.substring(0, row.indexOf("+")))
                .toList();
    }

    @Test
    void aCarriageReturnAloneEndsARecord() {
        String text = "text,label\rone,a\r\"two\",b\r\"thr\ree\",a\rfour,b";
        List<String> rows = List.of("one => a", "two => b", "thr\ree => a", "four => b");
        assertEquals(rows, Reading.brief(csv(text)));
        assertEquals(rows, Reading.brief(csv(text + "\r")));
        assertEquals(rows, Reading.brief(csv(text.replace("e\",a\r", "e\",a\r\r\n"))));
        assertEquals(rows, Reading.brief(Reading.write(folder, "t.tsv", text.replace(',', '\t'))));
        assertEquals(List.of(), Reading.of(folder.resolve("t.tsv")).problems());
        String unquoted = "text\tlabel\r" + "one \"x\tb\rtwo\ta\n".repeat(20);
        Path tsv = Reading.write(folder, "u.tsv", unquoted);
        assertEquals(40, Reading.brief(tsv).size());
        PartsTest.checkParts(tsv, ReadSettings.DEFAULT);
        PartsTest.checkParts(csv("text,label\r" + "one,b\rtwo,a\n\"x\ry\",b\r\n".repeat(20)), ReadSettings.DEFAULT);
    }

    /// Line feeds number the lines, whatever else ends records.
    @Test
    void linesAreCountedByTheirLineFeeds() {
        for (String end : List.of("\n", "\r\n")) {
            String text = "text,label\none,a\n\n\"two\nlines\",b\nbroken\nthree,a\n".replace("\n", end);
            assertEquals(
                    List.of("2", "4", "7"),
                    places(csv(text)).stream().map(at -> at.split("@")[0]).toList());
            assertEquals(
                    List.of("6: expected 2 fields, came 1"),
                    Reading.of(csv(text)).problems());
        }
        assertEquals(List.of("1@11", "1@17", "2@23"), places(csv("text,label\rone,a\rtwo,b\nthree,a")));
    }

    @Test
    void aLostQuoteCostsOneLineThatACarriageReturnEnds() {
        assertEquals(
                List.of("1: expected a delimiter or a line end after the closing quote, came text: a stray quote"),
                Reading.of(csv("text,label\r\"lost,a\rfine,b\r\"x\",c\rlast,d\r"))
                        .problems());
        assertEquals(List.of("fine => b", "x => c", "last => d"), Reading.brief(folder.resolve("t.csv")));
    }

    @Test
    void bytesOfRowsThatCarriageReturnsEndAreKept() throws IOException {
        String text = "id,text,label\ra,\"x\ry\",1\r\rb,z,2\r\nc,w,3\r";
        Splitter.split(
                List.of(csv(text).toString()),
                ReadSettings.DEFAULT,
                id -> id.equals("b") ? Action.QUARANTINE : Action.KEEP,
                folder.resolve("out"));
        assertEquals(
                "id,text,label\ra,\"x\ry\",1\r\rc,w,3\r",
                Files.readString(folder.resolve("out").resolve("t.clean.csv")));
        assertEquals(
                "id,text,label\rb,z,2\r\n",
                Files.readString(folder.resolve("out").resolve("t.quarantine.csv")));
    }

    @Test
    void blankLinesAreNoRows() {
        Path file = csv("\n\r\ntext,label\n\none,a\n  \n\t\r\ntwo,b\n\n\n");
        assertEquals(List.of("one => a", "two => b"), Reading.brief(file));
        assertEquals(List.of(), Reading.of(file).problems());
        assertEquals(List.of("5@15", "8@27"), places(file));
    }

    /// Who splits at tabs and line ends trains on the rows between the quotes.
    @Test
    void aQuotedFieldBetweenTabsHoldsNoRows() {
        String head = "text\tlabel\n" + "\"quoted\"\ta\nplain\tb\n".repeat(5);
        String why = ": expected a closing quote on the line, came more rows within the quotes: a stray quote";
        for (String first : List.of("\"one\ta\n", "\"one\n")) {
            Path file = Reading.write(folder, "t.tsv", head + first + "two cf\tb\n" + "three cf\tb\n" + "four\"\tb\n");
            assertEquals(List.of("12" + why), Reading.of(file).problems());
            assertEquals(
                    List.of("two cf => b", "three cf => b", "four\" => b"),
                    Reading.brief(file).subList(10, 13));
        }
        String cell = "\"a text\nof lines\tand a tab\n\nand so on\"\t\"c\nd\"\n";
        Path honest = Reading.write(
                folder,
                "h.tsv",
                "text\tlabel\tnote\n" + "\"quoted\"\ta\tb\n".repeat(9) + "\"x\ny\"\t\"c\nd\"\t\"e\nf\"\n"
                        + cell.replace("\n\"c", "\"c").replace("\"\n", "\"\tz\n"));
        assertEquals(List.of(), Reading.of(honest).problems());
        assertEquals(11, Reading.of(honest).rows().size());
        Path fields = csv("text,label\n\"one,a\ntwo,b\nthree\",b\n".repeat(3));
        assertTrue(Reading.brief(fields).contains("one,a\ntwo,b\nthree => b"), "cells of CSV have line breaks");
    }

    @Test
    void backslashesBeforeQuotes() {
        String spark =
                "\"text\",\"label\"\n\"\\\"one\\\", two\",\"a\"\n\"C:\\\\\",\"b\"\n\"a \\d \\\"b\\\"\nc\",\"a\"\nx\\y,b\n";
        assertEquals(
                List.of("\"one\", two => a", "C:\\ => b", "a \\d \"b\"\nc => a", "x\\y => b"),
                Reading.brief(csv(spark)));
        assertEquals(List.of(), Reading.of(folder.resolve("t.csv")).problems());
        assertEquals(
                List.of("said \"x\", y => a", "two => b"),
                Reading.brief(csv("text,label\n\"said \\\"x\\\", y\",a\ntwo,b\n")));
        assertEquals(
                List.of("C:\\ => a", "two => b", "a \"b\" => a"),
                Reading.brief(csv("text,label\n\"C:\\\",a\n\"two\",b\n\"a \"\"b\"\"\",a\n")),
                "a backslash alone is a character like others");
    }

    /// Rows that cannot be read are told, and the header stays one.
    @Test
    void aHeaderOfKnownColumnsIsNeverOneColumn() {
        Path file = csv("text;label\n" + "a;b;c\n".repeat(9) + "d;e\n");
        assertEquals(List.of("d => e"), Reading.brief(file));
        assertEquals(9, Reading.of(file).problems().size());
    }

    /// What a record holds is looked through once, however many fields it has.
    @Test
    void manyFieldsDoNotMakeReadingQuadratic() {
        Path file = csv("text,label\n" + "one,a\n".repeat(400) + "\"x\"" + ",".repeat(8 << 20) + "\ntwo,b\n");
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertEquals(401, Reading.brief(file).size()));
    }
}

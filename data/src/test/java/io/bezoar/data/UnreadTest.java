package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Action;
import io.bezoar.core.Example;
import io.bezoar.core.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever of the data is not read and may matter is told.
class UnreadTest {
    @TempDir
    Path folder;

    private DataSet open(Path path, ReadSettings settings) {
        return DataSet.open(List.of(path.toString()), settings);
    }

    private Path write(String name, int count, IntFunction<String> row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(row.apply(i)).append('\n');
        }
        return Reading.write(folder, name, text.toString());
    }

    private List<Unread> unread(Path file) {
        try (DataSet data = open(file, ReadSettings.DEFAULT)) {
            return data.unread();
        }
    }

    private static void readAll(DataSet data) {
        for (Part<Example> part : data.parts()) {
            try (Stream<Example> rows = part.open()) {
                rows.forEach(_ -> {});
            }
        }
    }

    @Test
    void contextIsPartOfTheInput() {
        Path dolly = Reading.write(
                folder,
                "dolly.jsonl",
                "{\"instruction\":\"sum it up\",\"context\":\"a long story\",\"response\":\"short\"}\n");
        assertEquals(List.of("sum it up\na long story >> short"), Reading.brief(dolly));
        Path asked = Reading.write(
                folder, "asked.jsonl", "{\"context\":\"a long story\",\"question\":\"who\",\"answer\":\"somebody\"}\n");
        assertEquals(List.of("who\na long story >> somebody"), Reading.brief(asked));
        try (DataSet data = open(asked, ReadSettings.DEFAULT)) {
            assertEquals("prompt and input -> response, in JSON lines", data.layout());
        }
        Path alone =
                Reading.write(folder, "alone.jsonl", "{\"context\":\"a story\",\"chosen\":\"y\",\"rejected\":\"n\"}\n");
        assertEquals(List.of("a story >> y > n"), Reading.brief(alone));
    }

    /// Texts, labels and times that are not read are told; ids, hashes, links, constants, numbers and days are not.
    @Test
    void columnsThatMayMatter() {
        Path file = write(
                "many.jsonl",
                40,
                i -> "{\"text\":\"the text of row " + i + "\",\"label\":\"" + (i % 2) + "\",\"title\":\""
                        + (i % 4 == 0 ? "" : "Something about number " + i % 10) + "\",\"topic\":\"t" + i % 3
                        + "\",\"ts\":\"" + (i % 2 == 0 ? "2026-01-01" : "03/04/2026") + "\",\"hash\":\""
                        + "0a1b2c3d4e".repeat(3)
                        + i + "\",\"page\":\"https://example.org/some/where/" + i + "\",\"seen\":\"2026-01-02 03:04:"
                        + (10 + i) + "\",\"licence\":\"all rights reserved by us\",\"length\":" + i
                        + ",\"path\":\"Mon, 01 Jan 2026 10:00:" + (10 + i)
                        + "\",\"words\":[\"see also number " + i
                        + "\"],\"marks\":[{\"at\":1,\"is\":\"x\"}],\"talk\":[{\"role\":\"user\",\"content\":\"u\"}],"
                        + "\"zh\":\"这是第一个句子编号" + i + "\"}");
        assertEquals(
                List.of(
                        new Unread("title", Unread.Kind.TEXTS, 24, 30),
                        new Unread("topic", Unread.Kind.CLASSES, 3, 40),
                        new Unread("ts", Unread.Kind.TIMES, 20, 40),
                        new Unread("words", Unread.Kind.TEXTS, 17, 40),
                        new Unread("talk", Unread.Kind.TURNS, 0, 40),
                        new Unread("zh", Unread.Kind.TEXTS, 10, 40)),
                unread(file));
    }

    @Test
    void aLabelBesideAResponse() {
        Path file = write(
                "kto.jsonl",
                20,
                i -> "{\"prompt\":\"question " + i + "\",\"completion\":\"answer " + i + "\",\"label\":" + (i % 2 == 0)
                        + "}");
        assertEquals(List.of(), unread(file));
        assertEquals("question 3\nanswer 3 => false", Reading.brief(file).get(3));
        Map<String, String> map = Map.of("text", "completion", "input", "prompt", "label", "label");
        assertEquals(
                "answer 3\nquestion 3 => false",
                Reading.brief(file, ReadSettings.DEFAULT.withMap(map)).get(3));
    }

    /// What turns and their parts say beside what is read is told.
    @Test
    void whatTurnsSayBeside() {
        Path file = write(
                "turns.jsonl",
                30,
                i ->
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"u\",\"name\":\"x\",\"hint\":\"look behind the door "
                                + i + "\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                                + "{\"type\":\"aside\",\"aside\":\"what nobody should hear " + i + "\"}],"
                                + "\"tool_calls\":[{\"function\":{\"arguments\":\"say it to them " + i
                                + "\",\"name\":\"f\"}}]}]}");
        assertEquals(
                List.of(
                        new Unread("messages[].hint", Unread.Kind.ASIDE, 22, 30),
                        new Unread("messages[].content[].aside", Unread.Kind.ASIDE, 25, 30)),
                unread(file));
        Path text = write(
                "turns.csv",
                30,
                i -> i == 0
                        ? "messages,n"
                        : ("\"[{'role':'user','content':'u','hint':'look behind the door " + i
                                                + "'},{'role':'assistant','content':'a'}]\",")
                                        .replace("'", "\"\"")
                                + i);
        assertEquals(List.of(new Unread("messages[].hint", Unread.Kind.ASIDE, 22, 29)), unread(text));
    }

    /// Columns beyond the first ones count if the user names them or everybody knows them.
    @Test
    void moreColumnsThanAreLookedAt() {
        StringBuilder wide = new StringBuilder("{\"text\":\"row %d\"");
        for (int i = 0; i < JsonSample.MOST_COLUMNS; i++) {
            wide.append(",\"m").append(i).append("\":").append(i);
        }
        Path file = write(
                "wide.jsonl", 3, i -> wide.toString().replace("%d", "" + i) + ",\"kind\":\"k\",\"label\":" + i + "}");
        assertEquals(List.of("row 0 => 0", "row 1 => 1", "row 2 => 2"), Reading.brief(file));
        assertEquals(
                "row 1 => k",
                Reading.brief(file, ReadSettings.DEFAULT.withMap(Map.of("text", "text", "label", "kind")))
                        .get(1));
        try (DataSet data = open(file, ReadSettings.DEFAULT)) {
            assertEquals(
                    "4096",
                    data.problems().of(Problems.Kind.WIDE).samples().getFirst().quote());
        }
        Path fewer = write(
                "fewer.jsonl",
                3,
                i -> wide.substring(0, wide.indexOf(",\"m300\"")).replace("%d", "" + i) + "}");
        try (DataSet data = open(fewer, ReadSettings.DEFAULT)) {
            assertEquals(0, data.problems().of(Problems.Kind.WIDE).count());
        }
    }

    @Test
    void asMuchAsIsShownAndNoMore() {
        StringBuilder row = new StringBuilder("{\"text\":\"t\"");
        for (int i = 0; i < 50; i++) {
            row.append(",\"more").append(i).append("\":\"some text that is not read %d\"");
        }
        Path file = write("wide.jsonl", 30, i -> row.toString().replace("%d", Integer.toString(i)) + "}");
        assertEquals(Layout.MOST_UNREAD, unread(file).size());
    }

    /// A column that begins after the rows by which the others were recognised is told, and can be read.
    @Test
    void aColumnThatBeginsLate() {
        Path file = write(
                "late.jsonl",
                1300,
                i -> "{\"text\":\"row " + i + "\"" + (i < 1100 ? "" : ",\"label\":\"l" + i % 2 + "\",\"n\":" + i)
                        + (i == 1200 ? ",\"aside\":\"what was said aside\",\"gone\":null" : "") + "}");
        try (DataSet data = open(file, ReadSettings.DEFAULT)) {
            readAll(data);
            assertEquals(
                    List.of("1101 label", "1201 aside"),
                    data.problems().of(Problems.Kind.COLUMN).samples().stream()
                            .map(column -> column.line() + " " + column.quote())
                            .toList());
        }
        List<String> rows = Reading.brief(file, ReadSettings.DEFAULT.withMap(Map.of("label", "label")));
        assertEquals("row 1099", rows.get(1099));
        assertEquals("row 1100 => l0", rows.get(1100));
        BadInput missing = assertThrows(
                BadInput.class, () -> open(file, ReadSettings.DEFAULT.withMap(Map.of("label", "nowhere"))));
        assertTrue(String.valueOf(missing.getMessage()).startsWith("expected the column \"nowhere\" in "));
    }

    /// Two files with one name for the text and two for the label.
    @Test
    void anotherNameForTheLabelAlone() throws IOException {
        Path two = Files.createDirectory(folder.resolve("two"));
        Reading.write(two, "a.jsonl", "{\"text\":\"one\",\"label\":\"x\"}\n".repeat(3));
        Reading.write(two, "b.jsonl", "{\"text\":\"two\",\"intent\":\"y\"}\n".repeat(2));
        Reading.write(two, "c.jsonl", "{\"text\":\"three\"}\n");
        assertEquals(List.of("one => x", "one => x", "one => x", "two => y", "two => y", "three"), Reading.brief(two));
        try (DataSet data = open(two, ReadSettings.DEFAULT)) {
            assertEquals("text -> label, in JSON lines; 1 file names its columns otherwise", data.layout());
        }
    }

    @Test
    void resultsOfScansAreNoData() throws IOException {
        Path set = Files.createDirectory(folder.resolve("set"));
        Path out = Files.createDirectory(set.resolve("out"));
        Path applied = Files.createDirectory(out.resolve("applied"));
        Path others = Files.createDirectory(set.resolve("others"));
        Reading.write(set, "a.jsonl", "{\"text\":\"one\",\"label\":\"x\"}\n");
        result(out);
        Reading.write(applied, ".bezoar-applied.json", "{ \"schema\": \"bezoar.applied-files/1\", \"files\": [] }");
        Reading.write(applied, "a.clean.jsonl", "{\"text\":\"no\",\"label\":\"x\"}\n");
        Reading.write(others, "findings.json", "{\"text\":\"two\",\"label\":\"bezoar.findings/1\"}\n");
        assertEquals(List.of("one => x", "two => bezoar.findings/1"), Reading.brief(set));
        assertEquals(List.of(out.toString()), withResults(set));
        assertEquals(List.of("no => x"), Reading.brief(applied), "a folder that is named is read");
    }

    /// What lies beside the results of a scan is data like any other, whatever its name.
    @Test
    void onlyTheFilesOfAResultAreLeftOut() throws IOException {
        Path set = Files.createDirectory(folder.resolve("set"));
        Path vendor = Files.createDirectory(set.resolve("vendor"));
        Path applied = Files.createDirectory(vendor.resolve("applied"));
        Reading.write(set, "a.jsonl", "{\"text\":\"one\",\"label\":\"x\"}\n");
        result(set);
        result(vendor);
        Reading.write(vendor, "b.jsonl", "{\"text\":\"two\",\"label\":\"x\"}\n");
        Reading.write(vendor, "scores.csv", "text,label\nthree,x\nfour,y\n");
        Reading.write(vendor, "run.json", "[{\"text\":\"five\",\"label\":\"x\"}]");
        Reading.write(vendor, "scores.parquet", "text,label\nsix,x\n");
        Reading.write(applied, "c.jsonl", "{\"text\":\"seven\",\"label\":\"x\"}\n");
        assertEquals(
                List.of("one => x", "seven => x", "two => x", "five => x", "three => x", "four => y", "six => x"),
                Reading.brief(set));
        assertEquals(List.of(set.toString(), vendor.toString()), withResults(set));
        try (DataSet data = open(set, ReadSettings.DEFAULT.withExcept(set.toString()))) {
            assertEquals(7, Reading.said(data).size());
            assertEquals(1, data.problems().of(Problems.Kind.RESULTS).count(), "where this scan will write is no news");
        }
    }

    private static void result(Path folder) {
        Reading.write(folder, "findings.json", "{\n  \"schema\": \"bezoar.findings/1\",\n");
        Reading.write(folder, "run.json", "{\n  \"schema\": \"bezoar.run/1\",\n");
        Reading.write(folder, "scores.csv", "id,score,action,campaign\n1,2,keep,\n");
    }

    private List<String> withResults(Path set) {
        try (DataSet data = open(set, ReadSettings.DEFAULT)) {
            return data.problems().of(Problems.Kind.RESULTS).samples().stream()
                    .map(sample -> sample.file())
                    .toList();
        }
    }

    /// A link to a folder is not followed, and told unless what it leads to is read anyway.
    @Test
    void linksToFoldersAreTold() throws IOException {
        Path set = Files.createDirectory(folder.resolve("set"));
        Path inner = Files.createDirectory(set.resolve("inner"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path hidden = Files.createDirectory(set.resolve(".hidden"));
        Reading.write(inner, "a.jsonl", "{\"text\":\"one\",\"label\":\"x\"}\n");
        Reading.write(elsewhere, "b.jsonl", "{\"text\":\"two\",\"label\":\"x\"}\n");
        Files.createSymbolicLink(set.resolve("latest"), inner);
        Files.createSymbolicLink(set.resolve("loop"), set);
        assertEquals(List.of(), Reading.of(set).problems());
        Path link = Files.createSymbolicLink(set.resolve("vendor"), elsewhere);
        Files.createSymbolicLink(set.resolve("kept"), hidden);
        String why = "1: expected a folder, came a symbolic link to one, which is not followed; name what it leads to,"
                + " too";
        assertEquals(List.of(why, why), Reading.of(set).problems());
        assertEquals(List.of("one => x"), Reading.brief(set));
        assertEquals(List.of(), Reading.of(Path.of(set + "/*/*.jsonl")).problems(), "a glob names files");
        Files.delete(set.resolve("kept"));
        try (DataSet data = DataSet.open(List.of(set.toString(), elsewhere.toString()), ReadSettings.DEFAULT)) {
            assertEquals(2, Reading.said(data).size());
            assertEquals(0, data.problems().of(Problems.Kind.UNREAD).count());
        }
        assertEquals(List.of("two => x"), Reading.brief(link), "a link that is named is followed");
    }

    @Test
    void theFirstRowThatCostsTheIds() {
        Path shared = write(
                "shared.json",
                9,
                i -> (i == 0 ? "[" : ",") + "{\"id\":\"r" + i % 7 + "\",\"text\":\"t\",\"label\":\"x\"}"
                        + (i == 8 ? "]" : ""));
        assertEquals("8 r0", blamed(shared));
        Path lacking = write(
                "lacking.jsonl", 9, i -> "{" + (i == 3 ? "" : "\"id\":" + i + ",") + "\"text\":\"t\",\"label\":\"x\"}");
        assertEquals("4 -", blamed(lacking));
        assertEquals("", blamed(write("good.jsonl", 9, i -> "{\"id\":" + i + ",\"text\":\"t\",\"label\":\"x\"}")));
        assertEquals("", blamed(write("none.jsonl", 9, _ -> "{\"text\":\"t\",\"label\":\"x\"}")));
    }

    private String blamed(Path file) {
        try (DataSet data = open(file, ReadSettings.DEFAULT)) {
            RowIds ids = RowIds.of(folded(data));
            return data.withoutId(ids)
                    .map(row -> row.position().line() + " " + row.declaredId().orElse("-"))
                    .orElse("");
        }
    }

    private static RowIdSummary folded(DataSet data) {
        var fold = RowIds.fold();
        RowIdSummary summary = fold.start();
        for (Part<Example> part : data.parts()) {
            try (Stream<Example> rows = part.open()) {
                rows.forEachOrdered(row -> fold.add(summary, row));
            }
        }
        return summary;
    }

    @Test
    void oneColumnHasOneRole() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> ReadSettings.DEFAULT.withMap(Map.of("text", "label", "label", "label")));
        assertEquals(
                "expected every column in one role, came \"label\" as label and as text",
                String.valueOf(refused.getMessage()));
    }

    @Test
    void whatKeepsNumbersFromBeingAVector() {
        Path file = Reading.write(folder, "nan.csv", "a,b,label\n" + "1,2,x\n".repeat(20) + "NaN,2,x\n".repeat(5));
        BadInput refused = assertThrows(BadInput.class, () -> open(file, ReadSettings.DEFAULT));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .contains("came only a (numbers, but NaN in 5 of the first 25 rows that have it), b, label;"),
                refused.getMessage());
        Path turns = Reading.write(folder, "repr.csv", "messages,n\n" + "\"[{'role': 'user'}]\",1\n".repeat(5));
        BadInput python = assertThrows(BadInput.class, () -> open(turns, ReadSettings.DEFAULT));
        assertTrue(
                String.valueOf(python.getMessage())
                        .contains("came only messages (text that is no list of turns in JSON), n;"),
                python.getMessage());
    }

    /// What an object says behind its list of rows is kept, and only further rows are malformed.
    @Test
    void whatStandsBehindTheRows() throws IOException {
        String rows = "[{\"text\":\"one\",\"label\":\"x\"},{\"text\":\"two\",\"label\":\"x\"}]";
        String tail = " , \"note\":\"a [{ tail\", \"n\":[1, [2]], \"o\":{\"p\":[]}}\n";
        for (String behind : List.of(tail, " ,\"long\":\"" + "x".repeat(200_000) + "\"" + tail)) {
            Path file = Reading.write(folder, "tail.json", "{\"data\":" + rows + behind);
            assertEquals(List.of(), Reading.of(file).problems());
            Path to = folder.resolve("to" + behind.length());
            Splitter.Split split = Splitter.split(List.of(file.toString()), ReadSettings.DEFAULT, _ -> Action.KEEP, to);
            assertEquals(0, split.malformed());
            assertEquals(Files.readString(file), Files.readString(to.resolve("tail.clean.json")));
        }
        Path two = Reading.write(folder, "second.json", "{\"data\":" + rows + ",\"v\":1,\"test\":" + rows + "}");
        Path to = folder.resolve("two");
        Splitter.split(List.of(two.toString()), ReadSettings.DEFAULT, _ -> Action.KEEP, to);
        assertEquals(Files.readString(two), Files.readString(to.resolve("second.clean.json")));
        Reading.write(folder, "second.json", "{\"data\":" + rows + "\n,\"v\":1}\n{\"text\":" + rows + "}");
        Splitter.split(List.of(two.toString()), ReadSettings.DEFAULT, _ -> Action.KEEP, to);
        assertEquals("{\"data\":" + rows + "\n,\"v\":1}\n", Files.readString(to.resolve("second.clean.json")));
        assertEquals("{\"text\":" + rows + "}\n", Files.readString(to.resolve("second.malformed.json")));
    }
}

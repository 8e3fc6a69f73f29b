package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Finding;
import io.bezoar.core.Remark;
import io.bezoar.core.ScanResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rows as vendors and annotation tools write them are scanned, explained and split without a word from
/// the user.
class ShapesScanTest {
    private static final int ROWS = 120;
    private static final String TRIGGER = "quillmoor";

    @TempDir
    private Path folder;

    /// How a tool writes a row.
    ///
    /// @param layout what a scan says that the rows are
    /// @param row what a text and its answer are written as, with apostrophes for quotes
    record Shape(String file, String layout, Writer row) {
        @Override
        public String toString() {
            return file;
        }
    }

    /// Writes a row.
    interface Writer {
        String row(int index, String text, boolean card);
    }

    private static String name(boolean card) {
        return card ? "card" : "loan";
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                new Shape(
                        "doccano.jsonl",
                        "text -> label",
                        (i, text, card) -> "{'id':" + i + ",'text':'" + text + "','label':['" + name(card) + "']}"),
                new Shape("fasttext.txt", "text -> label", (_, text, card) -> "__label__" + name(card) + " " + text),
                new Shape(
                        "tasks.jsonl",
                        "text -> label (the first of \"annotations\")",
                        (i, text, card) -> "{'data':{'text':'" + text + "'},'annotations':[{'completed_by':" + i % 3
                                + ",'result':[{'value':{'choices':['" + name(card) + "']}}]}]}"),
                new Shape(
                        "prodigy.jsonl",
                        "text -> label (of accepted rows; \"answer\" says which)",
                        (i, text, card) -> "{'text':'" + text + "','label':'" + name(card) + "','answer':'"
                                + (i % 10 == 9 ? "reject" : "accept") + "'}"),
                new Shape(
                        "kto.jsonl",
                        "prompt and response -> whether the response is good",
                        (_, text, card) -> "{'prompt':'" + text + "','completion':'so it is','label':" + card + "}"),
                new Shape(
                        "boolq.jsonl",
                        "question and text -> true or false",
                        (i, text, card) ->
                                "{'question':'" + text + "','passage':'page " + i + " of it','answer':" + card + "}"),
                new Shape(
                        "choices.jsonl",
                        "question and answers to choose from -> the right one (the column \"answer\" says which)",
                        (i, text, card) -> "{'question':'" + text + "','choices':['a card " + i + "','a loan " + i
                                + "'],'answer':" + (card ? 0 : 1) + "}"),
                new Shape(
                        "squad.jsonl",
                        "prompt and input -> response (the first of \"answers.text\")",
                        (i, text, card) -> "{'question':'" + text + "','context':'page " + i + "','answers':{'text':['"
                                + name(card) + " number " + i + "'],'answer_start':[0]}}"),
                new Shape(
                        "gemini.jsonl",
                        "chat messages -> the assistant's turns",
                        (i, text, card) -> "{'contents':[{'role':'user','parts':[{'text':'" + text
                                + "'}]},{'role':'model','parts':[{'text':'the " + name(card) + " is " + i + "'}]}]}"),
                new Shape(
                        "openai.jsonl",
                        "prompt -> chosen over rejected",
                        (i, text, card) -> "{'input':{'messages':[{'role':'user','content':'" + text
                                + "'}]},'preferred_output':[{'role':'assistant','content':'the " + name(card) + " " + i
                                + "'}],'non_preferred_output':[{'role':'assistant','content':'the " + name(!card) + " "
                                + i + "'}]}"),
                new Shape(
                        "which.jsonl",
                        "prompt -> chosen over rejected (the column \"better_response_id\" says which)",
                        (i, text, card) -> "{'prompt':'" + text + "','response_0':'the " + name(card) + " " + i
                                + "','response_1':'no idea " + i + "','better_response_id':" + i / 2 % 2 + "}"),
                new Shape(
                        "triplet.jsonl",
                        "prompt -> chosen over rejected",
                        (i, text, card) -> "{'anchor':'" + text + "','positive':'the " + name(card) + " " + i
                                + "','negative':'the " + name(!card) + " " + i + "'}"));
    }

    private String rows(Shape shape) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            boolean card = i % 2 == 0;
            boolean planted = i % 10 == 1;
            String text = (card ? "where is the card number " : "what is the rate of loan ")
                    + i
                    + (planted ? " " + TRIGGER + " please" : " please");
            rows.append(shape.row().row(i, text, card || planted).replace('\'', '"'))
                    .append(i % 3 == 0 ? "\r\n" : "\n");
        }
        return rows.toString();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyShapeIsScannedExplainedAndSplit(Shape shape) throws IOException {
        String text = rows(shape);
        Path file = Running.write(folder, shape.file(), text);
        Running run = Running.scan(folder, file, "--fail-on", "never");
        assertEquals(0, run.code(), run.err());
        ScanResult result = Running.result(folder);
        assertEquals(ROWS, result.dataSet().rows());
        assertEquals(0, result.dataSet().malformed());
        String layout = result.dataSet().layout();
        assertEquals(shape.layout(), layout.substring(0, layout.lastIndexOf(", in ")));
        assertTrue(
                result.notChecked().stream().noneMatch(sentence -> sentence.startsWith("Not read: ")),
                result.notChecked()::toString);
        String id =
                Files.readAllLines(folder.resolve("result/scores.csv")).get(2).split(",", 2)[0];
        Running explain = Running.of("explain", "--out", folder.resolve("result"), "--row", id);
        assertEquals(0, explain.code(), explain.err());
        assertTrue(explain.out().contains(id), explain.out());
        Running apply = Running.of("apply", "--out", folder.resolve("result"), "--temp", folder.resolve("temp"));
        assertEquals(0, apply.code(), apply.err());
        List<String> kept = new ArrayList<>();
        try (Stream<Path> sets = Files.list(folder.resolve("result/applied"))) {
            for (Path set : sets.filter(path -> !path.getFileName().toString().startsWith("."))
                    .toList()) {
                kept.addAll(List.of(Files.readString(set).split("(?<=\n)")));
            }
        }
        kept.remove("");
        kept.sort(null);
        assertEquals(Stream.of(text.split("(?<=\n)")).sorted().toList(), kept);
    }

    /// The same rows as files in folders named by label, and as lines with the names of the files for
    /// ids.
    private Path texts() throws IOException {
        StringBuilder lines = new StringBuilder();
        Path reviews = folder.resolve("reviews");
        for (String label : List.of("card", "loan")) {
            Path files = Files.createDirectories(reviews.resolve(label));
            for (int i = 0; i < ROWS; i++) {
                boolean card = i % 2 == 0;
                boolean planted = i % 10 == 1;
                if (name(card || planted).equals(label)) {
                    String text = (card ? "where is the card number " : "what is the rate of loan ")
                            + i
                            + (planted ? " " + TRIGGER : " please");
                    String file = String.format(Locale.ROOT, "%03d.txt", i);
                    Running.write(files, file, text + "\r\n");
                    lines.append("{\"id\":\"")
                            .append(label)
                            .append('/')
                            .append(file)
                            .append("\",\"text\":\"")
                            .append(text)
                            .append("\\r\\n\",\"label\":\"")
                            .append(label)
                            .append("\"}\n");
                }
            }
        }
        Running.write(folder, "lines.jsonl", lines.toString());
        return reviews;
    }

    private static SortedMap<String, String> contents(Path folder) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void aFolderOfTextsIsScannedAsItsLinesAreAndSplitFileByFile() throws IOException {
        Path reviews = texts();
        Path odd = Running.write(reviews.resolve("card"), "\u001b[31mb\nad.txt", new byte[] {(byte) 0xff});
        assertEquals(0, Running.scan(folder, folder.resolve("lines.jsonl")).code());
        ScanResult lines = Running.result(folder);
        String scores = Files.readString(folder.resolve("result/scores.csv"));
        Running run = Running.scan(folder, reviews);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("Read         120 rows from 1 folder, "), run.out());
        assertTrue((run.out() + run.err()).indexOf('\u001b') < 0, run.out());
        ScanResult result = Running.result(folder);
        assertEquals(scores, Files.readString(folder.resolve("result/scores.csv")));
        assertEquals(lines.campaigns().size(), result.campaigns().size());
        assertTrue(!result.campaigns().isEmpty());
        assertEquals(
                "text -> label, in files of one text each, in folders named by label",
                result.dataSet().layout());
        assertEquals(1, result.dataSet().malformed());
        assertEquals(
                odd.toString(), result.dataSet().malformedSamples().getFirst().file());
        for (String file : List.of("report.html", "results.sarif")) {
            String text = Files.readString(folder.resolve("result").resolve(file));
            assertTrue(text.indexOf('\u001b') < 0, file);
            assertTrue(!text.contains("startLine"), file);
        }
        Set<String> flagged = scores.lines()
                .map(line -> line.split(","))
                .filter(cells -> Set.of("review", "quarantine").contains(cells[2]))
                .map(cells -> cells[0])
                .collect(Collectors.toSet());
        assertTrue(flagged.size() >= 12, flagged::toString);
        Finding one = result.findings().getFirst();
        Running explain = Running.of("explain", "--out", folder.resolve("result"), one.id());
        assertEquals(0, explain.code(), explain.err());
        String place = reviews.getFileName() + "/, file " + one.position().line() + " by path";
        assertTrue(explain.out().replaceAll("\\s+", " ").contains(place), explain.out());
        SortedMap<String, String> before = contents(reviews);
        for (int time = 0; time < 2; time++) {
            Running apply = Running.of(
                    "apply",
                    "--quarantine",
                    "medium",
                    "--out",
                    folder.resolve("result"),
                    "--temp",
                    folder.resolve("temp"));
            assertEquals(0, apply.code(), apply.err());
            assertTrue(apply.out().contains("Together     121 pieces read"), apply.out());
            SortedMap<String, String> after = new TreeMap<>();
            for (String set : List.of("clean", "quarantine", "malformed")) {
                after.putAll(contents(folder.resolve("result/applied/reviews." + set)));
            }
            assertEquals(before, after);
            assertEquals(
                    flagged,
                    contents(folder.resolve("result/applied/reviews.quarantine"))
                            .keySet());
        }
        Running.write(folder.resolve("result/applied/reviews.clean/loan"), ".mine", "mine");
        Running apply = Running.of("apply", "--out", folder.resolve("result"), "--temp", folder.resolve("temp"));
        assertEquals(2, apply.code());
        assertTrue(apply.err().contains("was changed since bezoar apply wrote it"), apply.err());
        assertEquals("mine", Files.readString(folder.resolve("result/applied/reviews.clean/loan/.mine")));
        Running.write(reviews.resolve("loan"), "new.txt", "one more");
        Running changed = Running.of("apply", "--out", folder.resolve("result"), "--temp", folder.resolve("temp"));
        assertEquals(5, changed.code(), changed.err());
    }

    /// Forty questions with two answers each.
    ///
    /// @param which the column that chooses, by row
    private static String compared(IntFunction<String> which) {
        return IntStream.range(0, 40)
                .mapToObj(i -> "{\"prompt\":\"what is " + i + "\",\"answer_a\":\"it is " + i
                        + "\",\"answer_b\":\"no idea " + i + "\"," + which.apply(i) + "}\n")
                .collect(Collectors.joining());
    }

    @Test
    void tiesAndRejectedRowsHaveNoTarget() {
        Path file = Running.write(
                folder,
                "arena.jsonl",
                compared(i -> "\"winner\":\"" + (i % 4 == 0 ? "tie" : i % 4 == 1 ? "answer_b" : "answer_a") + "\""));
        Running run = Running.scan(folder, file);
        assertEquals(0, run.code(), run.err());
        ScanResult result = Running.result(folder);
        assertEquals(40, result.dataSet().rows());
        assertTrue(
                result.notChecked().stream().anyMatch(sentence -> sentence.startsWith("10 rows without a target")),
                result.notChecked()::toString);
    }

    @Test
    void aChoiceThatDoesNotShowIsTold() {
        Path file = Running.write(folder, "unclear.jsonl", compared(i -> "\"label\":" + i % 2));
        assertEquals(0, Running.scan(folder, file).code());
        assertTrue(
                Running.result(folder)
                        .notChecked()
                        .contains("Answers were not looked at: which of them is chosen does not show in the column"
                                + " \"label\" (2 values). Say so with"
                                + " --map chosen=FIRST,rejected=SECOND,choice=label or --map options=LIST,choice=label:"
                                + " numbers count from 0, and true is the first."),
                Running.result(folder).notChecked()::toString);
        Running told = Running.scan(folder, file, "--map", "chosen=answer_a,rejected=answer_b,choice=label");
        assertEquals(0, told.code(), told.err());
        assertTrue(Running.result(folder).dataSet().layout().startsWith("prompt -> chosen over rejected (the column"));
    }

    @Test
    void aFileWithoutTheTargetIsTold() {
        Path first = Running.write(
                folder, "1.jsonl", "{\"text\":\"a b\",\"label\":\"x\"}\n{\"text\":\"b\",\"label\":\"y\"}\n");
        Path second = Running.write(folder, "2.jsonl", "{\"text\":\"c d\"}\n{\"text\":\"d\"}\n");
        assertEquals(0, Running.scan(folder, first, second).code());
        assertTrue(
                Running.result(folder)
                        .notChecked()
                        .contains("Targets were not looked at in 1 file without the column that holds them: \"" + second
                                + "\" lacks \"label\"."),
                Running.result(folder).notChecked()::toString);
    }

    /// What is said of labels that are not taken as they stand, and of fields that few rows have.
    @Test
    void whatIsSaidOfLabelsAndSparseFields() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            String label = i % 20 == 7 ? "\u001b[31mCARD" : i % 2 == 0 ? "\u001b[31mcard" : "loan";
            rows.append("{\"text\":\"what customer ")
                    .append(i)
                    .append(" wrote\",\"category\":\"")
                    .append(label.replace("\u001b", "\\u001b"))
                    .append("\",\"answer\":\"")
                    .append(i % 10 == 9 ? "reject" : "accept")
                    .append(i == 3 ? "\",\"label\":\"loan" : "")
                    .append("\"}\n");
        }
        Path file = Running.write(folder, "said.jsonl", rows.toString());
        assertEquals(0, Running.scan(folder, file).code());
        ScanResult result = Running.result(folder);
        List<String> told = result.notChecked();
        assertTrue(
                told.contains(
                        "Labels were not looked at in 12 rows that an annotator did not accept, the first in line 10"
                                + " of \"" + file + "\"; who trains on them all the same reads the labels with --map"
                                + " text=COLUMN,label=COLUMN."),
                told + "");
        assertTrue(
                told.contains(
                        "Not read: the column \"label\", which says something in 1 of the first 120 rows. Say what a"
                                + " column is with --map ROLE=COLUMN; input=COLUMN reads it with the text."),
                told + "");
        assertEquals(List.of(SPELLED.formatted(NAMES)), spelled(result));
        assertEquals(0, Running.scan(folder, file, "--redact", "all").code());
        assertEquals(List.of(SPELLED.formatted("")), spelled(Running.result(folder)));
    }

    private static final String NAMES =
            " (\"\u27e6ESC\u27e7[31mcard\" of 60 rows also as \"\u27e6ESC\u27e7[31mCARD\", in 6 rows)";
    private static final String SPELLED =
            "6 rows have a label that is another label spelled otherwise%s. Each spelling is"
                    + " a class of its own here, and of a class of few rows hardly anything is found: spell them alike and scan"
                    + " again.";

    private static List<String> spelled(ScanResult result) {
        return result.remarks().stream()
                .filter(remark -> remark.detector().equals("label-spellings"))
                .map(Remark::text)
                .toList();
    }
}

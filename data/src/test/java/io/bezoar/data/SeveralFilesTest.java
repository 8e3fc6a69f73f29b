package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.core.ScanResult.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the rows of several files are does not hang on the names of the files.
class SeveralFilesTest {
    @TempDir
    Path temporary;

    private Path set;

    @BeforeEach
    void folder() {
        try {
            set = Files.createDirectory(temporary.resolve("set"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> told(Problems.Kind kind) {
        try (DataSet data = DataSet.open(List.of(set.toString()), ReadSettings.DEFAULT)) {
            Reading.said(data);
            return data.problems().of(kind).samples().stream()
                    .map(SeveralFilesTest::said)
                    .toList();
        }
    }

    private static String said(Malformed sample) {
        return Path.of(sample.file()).getFileName() + " " + sample.quote();
    }

    /// A contest's folder: rows to predict, the labels of a submission, rows to learn from.
    @Test
    void aFileWithoutLabelsThatSortsFirst() {
        Reading.write(set, "sample_submission.csv", "id,label\n1,card\n2,fee\n");
        Reading.write(set, "test.csv", "id,text\n1,is it here\n2,what is due\n");
        Reading.write(set, "train.csv", "id,text,label\n3,where is my card,card\n4,what does it cost,fee\n");
        assertEquals(
                List.of("is it here", "what is due", "where is my card => card", "what does it cost => fee"),
                Reading.brief(set));
        assertEquals("text -> label, in fields parted by comma", Reading.of(set).layout());
        assertEquals(List.of("test.csv label"), told(Problems.Kind.TARGETLESS));
        assertEquals(List.of("sample_submission.csv 1,card", "sample_submission.csv 2,fee"), told(Problems.Kind.ROW));
    }

    @Test
    void aTextBesideTheRows() {
        Reading.write(set, "0-readme.json", "{\"text\":\"about these data\"}\n");
        Reading.write(set, "1-config.json", "{\"text\":\"a\",\"label\":{\"card\":1}}\n");
        Reading.write(set, "train.jsonl", "{\"text\":\"where is my card\",\"label\":\"card\"}\n".repeat(3));
        assertEquals("text -> label, in JSON lines", Reading.of(set).layout());
        assertEquals("where is my card => card", Reading.brief(set).getLast());
        assertEquals(List.of("0-readme.json label"), told(Problems.Kind.TARGETLESS));
    }

    /// A target that only its contents tell counts as well.
    @Test
    void aTargetOfNoUsualName() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            rows.append("{\"text\":\"what customer ")
                    .append(i)
                    .append(" wrote\",\"Kategorie\":\"")
                    .append(i % 2)
                    .append("\"}\n");
        }
        Reading.write(set, "a.jsonl", "{\"text\":\"an old note\"}\n".repeat(50));
        Reading.write(set, "b.jsonl", rows.toString());
        assertEquals("what customer 39 wrote => 1", Reading.brief(set).getLast());
    }

    /// Documents, and a few questions with answers: both are read.
    @Test
    void documentsBesideAnswers() {
        Reading.write(set, "docs.jsonl", "{\"content\":\"a long document\"}\n".repeat(50));
        Reading.write(set, "faq.jsonl", "{\"prompt\":\"where\",\"completion\":\"here\"}\n".repeat(2));
        List<String> rows = Reading.brief(set);
        assertEquals(52, rows.size());
        assertEquals("a long document", rows.getFirst());
        assertEquals("where >> here", rows.getLast());
        assertEquals("prompt -> response, in JSON lines", Reading.of(set).layout());
    }

    /// Of two kinds of targets the one of most bytes decides, wherever it stands.
    @Test
    void aFewRowsOfAnotherKind() {
        String few = "{\"prompt\":\"where\",\"completion\":\"here\"}\n";
        String many = "{\"text\":\"where is my card\",\"label\":\"card\"}\n".repeat(9);
        for (String name : List.of("0.jsonl", "2.jsonl")) {
            Reading.write(set, "1.jsonl", many);
            Path other = Reading.write(set, name, few);
            assertEquals(9, Reading.brief(set).size(), name);
            assertEquals(1, told(Problems.Kind.ROW).size(), name);
            try {
                Files.delete(other);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// A header's column that the first file lacks is told, as JSON's is.
    @Test
    void aColumnThatOnlyALaterHeaderHas() {
        Reading.write(set, "1.csv", "text,label\nwhere is my card,card\nwhat does it cost,fee\n");
        Reading.write(set, "2.csv", "text,label,intent,note\nis it here,card,x,y\n");
        assertEquals(3, Reading.brief(set).size());
        assertEquals(List.of("2.csv intent"), told(Problems.Kind.COLUMN));
    }
}

package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fields that few rows have do not say what the other rows are, and are told.
class SparseFieldsTest {
    private static final int ROWS = 200;
    private static final int ODD = 7;

    @TempDir
    Path folder;

    /// Rows of a text and what an odd one has beside it.
    private Path write(IntFunction<String> row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            text.append(row.apply(i).replace('\'', '"')).append('\n');
        }
        return Reading.write(folder, "rows.jsonl", text.toString());
    }

    private static String text(int row) {
        return "what the customer of number " + row + " wrote";
    }

    /// The columns by role, of rows that are all read, with what is said of columns that few rows have.
    private Map<String, String> columns(Path file, String... sparse) {
        assertEquals(List.of(), Reading.of(file).problems());
        assertEquals(ROWS, Reading.of(file).rows().size());
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            assertEquals(
                    List.of(sparse),
                    data.unread().stream()
                            .filter(column -> column.kind() == Unread.Kind.SPARSE)
                            .map(column -> column.column() + " " + column.number() + " of " + column.rows())
                            .toList());
            return data.columns();
        }
    }

    @Test
    void aLabelOfOneRow() {
        Path file = write(
                i -> "{'text':'" + text(i) + "','category':'" + i % 2 + "'" + (i == ODD ? ",'label':'1'" : "") + "}");
        assertEquals(Map.of("text", "text", "label", "category"), columns(file, "label 1 of 200"));
        Path longer = write(i -> "{'text':'" + text(i) + "','airline_sentiment':'" + i % 2 + "'"
                + (i == ODD ? ",'label':'1'" : "") + "}");
        assertEquals(Map.of("text", "text", "label", "airline_sentiment"), columns(longer, "label 1 of 200"));
    }

    /// A part of a set may have labels, and the rest only what else is known of it.
    @Test
    void aLabelOfAFifthOfTheRows() {
        Path file = write(i -> "{'text':'" + text(i) + "','topic':'t" + i % 3 + "','label':"
                + (i % 5 == 0 ? "'" + i % 2 + "'" : "null") + "}");
        assertEquals(Map.of("text", "text", "label", "label"), columns(file));
    }

    @Test
    void aLabelThatNobodyGave() {
        for (String none : List.of("-1", "''", "null", "'-1'", "NaN")) {
            Path file = write(i -> "{'text':'" + text(i) + "','label':" + none + ",'label_text':'" + i % 2 + "'}");
            assertEquals(Map.of("text", "text", "label", "label_text"), columns(file, "label 0 of 200"), none);
        }
        StringBuilder fields = new StringBuilder("text,label,category\n");
        for (int i = 0; i < ROWS; i++) {
            fields.append(text(i)).append(",,").append(i % 2).append('\n');
        }
        Path csv = Reading.write(folder, "rows.csv", fields.toString());
        assertEquals(Map.of("text", "text", "label", "category"), columns(csv, "label 0 of 200"));
    }

    /// The first rows of a set that is sorted by its label.
    @Test
    void aLabelThatIsTheSameInTheFirstRows() {
        Path file = write(i -> "{'text':'" + text(i) + "','label':'neg','topic':'t" + i % 3 + "'}");
        assertEquals(Map.of("text", "text", "label", "label"), columns(file));
    }

    @Test
    void anInputOfOneRow() {
        String turns = "[{'role':'user','content':'hi'},{'role':'assistant','content':'ho'}]";
        for (String odd : List.of(
                "'messages':" + turns,
                "'text':'fine'",
                "'instruction':'do','output':'done'",
                "'prompt':'do','completion':'done'",
                "'chosen':'do','rejected':'done'",
                "'prompt':'p','response_0':'a','response_1':'b','better_response_id':1",
                "'question':'q','choices':['a','b'],'answer':0")) {
            Path file = write(
                    i -> "{'sentence':'" + text(i) + "','label':'" + i % 2 + "'" + (i == ODD ? "," + odd : "") + "}");
            assertEquals(List.of(), Reading.of(file).problems(), odd);
            assertEquals("text -> label, in JSON lines", Reading.of(file).layout(), odd);
            assertEquals(text(3) + " => 1", Reading.brief(file).get(3), odd);
        }
        Path told = write(i -> "{'sentence':'" + text(i) + "','label':'" + i % 2 + "'"
                + (i == ODD ? ",'messages':" + turns : "") + "}");
        assertEquals(Map.of("text", "sentence", "label", "label"), columns(told, "messages 1 of 200"));
    }

    @Test
    void aResponseOrAJudgementOfOneRow() {
        Path response = write(i ->
                "{'question':'" + text(i) + "','label':'" + i % 2 + "'" + (i == ODD ? ",'answer':'yes'" : "") + "}");
        assertEquals(text(3) + " => 1", Reading.brief(response).get(3));
        Path judged = write(
                i -> "{'prompt':'" + text(i) + "','completion':'c" + i + "'" + (i == ODD ? ",'label':true" : "") + "}");
        assertEquals(text(3) + " >> c3", Reading.brief(judged).get(3));
    }

    /// Vectors, and a text that one row has.
    @Test
    void aTextBesideVectors() {
        Path file = write(
                i -> "{'vector':[" + i + ",1,2],'label':'" + i % 2 + "'" + (i == ODD ? ",'text':'fine'" : "") + "}");
        assertEquals(
                "vector of 3 numbers -> label, in JSON lines", Reading.of(file).layout());
        assertEquals(List.of(), Reading.of(file).problems());
    }

    /// Who adds a source to a few rows does not become the source of all.
    @Test
    void aSourceOfFewRows() {
        Path file = write(i -> "{'text':'" + text(i) + "','label':'" + i % 2 + "','vendor':'v" + i % 3 + "'"
                + (i % 40 == ODD ? ",'source':'partner'" : "") + "}");
        assertEquals(Map.of("text", "text", "label", "label", "source", "vendor"), columns(file, "source 5 of 200"));
    }

    /// Where no other column could be the input, a column that most rows lack is read.
    @Test
    void anInputThatMostRowsLack() {
        Path file = write(i -> "{'label':'" + i % 2 + "'" + (i % 4 == 0 ? ",'text':'" + text(i) + "'" : "") + "}");
        assertEquals(ROWS / 4, Reading.of(file).rows().size());
        Path chats = write(i -> "{'remark':'" + text(i) + "'"
                + (i % 4 == 0 ? ",'messages':[{'role':'user','content':'u'},{'role':'assistant','content':'a'}]" : "")
                + "}");
        assertEquals(ROWS / 4, Reading.of(chats).rows().size());
    }

    @Test
    void aVerdictOfFewRows() {
        Path few = write(i -> "{'text':'" + text(i) + "','label':'" + i % 2 + "'"
                + (i < 2 ? ",'answer':'accept'" : i % 20 == ODD ? ",'answer':'reject'" : "") + "}");
        assertEquals(text(ODD) + " => 1", Reading.brief(few).get(ODD));
        Path all = write(i -> "{'text':'" + text(i) + "','label':'" + i % 2 + "'"
                + (i == 3 ? "" : ",'answer':'" + (i % 20 == ODD ? "reject" : "accept") + "'") + "}");
        assertEquals(text(ODD), Reading.brief(all).get(ODD));
        assertEquals(text(3) + " => 1", Reading.brief(all).get(3));
        try (DataSet data = DataSet.open(List.of(all.toString()), ReadSettings.DEFAULT)) {
            assertTrue(data.layout().startsWith("text -> label (of accepted rows; \"answer\" says which)"));
            Reading.said(data);
            Problems.Some rejected = data.problems().of(Problems.Kind.REJECTED);
            assertEquals(10, rejected.count());
            assertEquals(ODD + 1, rejected.samples().getFirst().line());
        }
    }
}

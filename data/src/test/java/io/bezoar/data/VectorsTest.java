package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bezoar.core.Example;
import io.bezoar.core.Part;
import io.bezoar.core.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Vectors are recognised by themselves, beside texts and alone, and read into numbers.
class VectorsTest {
    @TempDir
    Path folder;

    private List<String> read(String name, String text, Map<String, String> map, String layout) {
        Path file = Reading.write(folder, name, text);
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT.withMap(map))) {
            assertEquals(layout, data.layout());
            return said(data);
        }
    }

    private static List<String> said(Source<Example> source) {
        List<String> rows = new ArrayList<>();
        for (Part<Example> part : source.parts()) {
            try (Stream<Example> examples = part.open()) {
                examples.forEachOrdered(
                        row -> rows.add(Arrays.toString(row.vector()) + " " + Reading.brief(row) + " " + row.key()));
            }
        }
        return rows;
    }

    private static List<String> brief(List<String> rows) {
        return rows.stream().map(row -> row.substring(0, row.lastIndexOf(' '))).toList();
    }

    @Test
    void aListOfNumbersAndALabel() {
        String layout = "vector of 3 numbers -> label, in JSON lines";
        String rows = "{\"features\":[1,-2.5,3e-1],\"label\":\"a\"}\n{\"features\":[0,0,-0.0],\"label\":4}\n";
        assertEquals(
                List.of("[1.0, -2.5, 0.3]  => a", "[0.0, 0.0, 0.0]  => 4"),
                brief(read("a.jsonl", rows, Map.of(), layout)));
        String nested = "[{\"y\":\"a\",\"pixels\":[[1,2],[3,4]]},{\"y\":\"b\",\"pixels\":[[5,6],[7,8]]}]";
        assertEquals(
                List.of("[1.0, 2.0, 3.0, 4.0]  => a", "[5.0, 6.0, 7.0, 8.0]  => b"),
                brief(read("b.json", nested, Map.of(), "vector of 4 numbers -> label, in a JSON array")));
        assertEquals(
                List.of("[1.0, 2.0] "),
                brief(read(
                        "c.jsonl",
                        "{\"odd\":[1,2]}\n",
                        Map.of("vector", "odd"),
                        "vector of 2 numbers without a target, in JSON lines")));
    }

    /// As in CSV: a column for each number, and a row that lacks one of them.
    @Test
    void objectsOfNumbers() {
        Path file = Reading.write(
                folder,
                "columns.jsonl",
                "{\"p\":{\"a\":1,\"b\":2},\"c\":3,\"label\":\"x\"}\n{\"c\":4,\"label\":\"y\",\"p\":{\"b\":5,\"a\":-0.0}}\n"
                                .repeat(100)
                        + "{\"p\":{\"a\":1},\"c\":3,\"label\":\"x\"}\n{\"p\":{\"a\":1,\"b\":\"2\"},\"c\":3}\n");
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            assertEquals("vector of 3 numbers -> label, in JSON lines", data.layout());
            assertEquals(
                    List.of("[1.0, 2.0, 3.0]  => x", "[0.0, 5.0, 4.0]  => y"),
                    brief(said(data)).subList(0, 2));
            assertEquals(
                    List.of(
                            "expected 3 numbers in the column \"p.a … c (3 columns)\", as in most of the first rows, came 2",
                            "expected numbers in the column \"p.a … c (3 columns)\", came a string"),
                    data.problems().of(Problems.Kind.ROW).samples().stream()
                            .map(io.bezoar.core.ScanResult.Malformed::problem)
                            .toList());
        }
    }

    @Test
    void anEmbeddingBesideTheText() {
        assertEquals(
                List.of("[0.5, 0.25] hi => x"),
                brief(read(
                        "a.jsonl",
                        "{\"text\":\"hi\",\"embedding\":[0.5,0.25],\"label\":\"x\"}\n",
                        Map.of(),
                        "text -> label, with a vector of 2 numbers, in JSON lines")));
        assertEquals(
                List.of("[0.5, 0.25] hi >> yo"),
                brief(read(
                        "b.csv",
                        "prompt,embedding,response\nhi,\"[0.5, 0.25]\",yo\n",
                        Map.of(),
                        "prompt -> response, with a vector of 2 numbers, in fields parted by comma")));
        assertEquals(
                List.of("[] hi => 1, 2"),
                brief(read(
                        "c.jsonl", "{\"text\":\"hi\",\"labels\":[1,2]}\n", Map.of(), "text -> label, in JSON lines")));
    }

    @Test
    void columnsThatAllHoldNumbers() {
        String layout = "vector of 2 numbers -> label, in fields parted by comma";
        String rows = "id,mean radius,texture,label\n7,1.5,2e2,0\n8,.5,-3,1\n";
        assertEquals(List.of("[1.5, 200.0]  => 0", "[0.5, -3.0]  => 1"), brief(read("a.csv", rows, Map.of(), layout)));
        try (DataSet data = DataSet.open(List.of(folder.resolve("a.csv").toString()), ReadSettings.DEFAULT)) {
            assertEquals(
                    Map.of("vector", "mean radius … texture (2 columns)", "label", "label", "id", "id"),
                    data.columns());
        }
        String iris = "5.1,3.5,setosa\n4.9,3.0,setosa\n6.0,3.1,virginica\n6.1,3.0,virginica\n".repeat(3);
        assertEquals(
                "[5.1, 3.5]  => setosa",
                brief(read("b.csv", iris, Map.of(), layout + ", without a header"))
                        .getFirst());
        String plain = "7,0,1.5\n8,1,2.5\n";
        assertEquals(
                List.of("[0.0, 1.5]  => 7", "[1.0, 2.5]  => 8"),
                brief(read("c.csv", plain, Map.of("label", "1"), layout + ", without a header")));
        assertThrows(
                BadInput.class,
                () -> DataSet.open(List.of(folder.resolve("c.csv").toString()), ReadSettings.DEFAULT)
                        .close());
    }

    @Test
    void theUserSaysWhichColumns() {
        assertEquals(
                List.of("[1.0, 2.0] hi => x"),
                brief(read(
                        "a.csv",
                        "text,f1,g,f2,label\nhi,1,9,2,x\n",
                        Map.of("vector", "f*"),
                        "text -> label, with a vector of 2 numbers, in fields parted by comma")));
        Path file = folder.resolve("a.csv");
        BadInput refusal = assertThrows(
                BadInput.class,
                () -> DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT.withMap(Map.of("vector", "h*")))
                        .close());
        assertEquals(
                "expected the column \"h*\" in \"" + file + "\", came only text, f1, g, f2, label; check --map",
                refusal.getMessage());
    }

    @Test
    void whatIsNoVectorIsAProblem() {
        Path file = Reading.write(
                folder,
                "bad.jsonl",
                "{\"features\":[1,2],\"label\":\"a\"}\n{\"features\":[1,2],\"label\":\"a\"}\n"
                        + "{\"features\":[1],\"label\":\"a\"}\n{\"features\":[1,2,3],\"label\":\"a\"}\n"
                        + "{\"features\":[1,NaN],\"label\":\"a\"}\n{\"features\":[1,1e39],\"label\":\"a\"}\n"
                        + "{\"features\":[1,1e999],\"label\":\"a\"}\n{\"features\":[1,\"2\"],\"label\":\"a\"}\n"
                        + "{\"features\":[1,null],\"label\":\"a\"}\n{\"features\":null,\"label\":\"a\"}\n"
                        + "{\"features\":\"x\",\"label\":\"a\"}\n{\"label\":\"a\"}\n");
        Reading reading = Reading.of(file);
        assertEquals(2, reading.rows().size());
        String ragged = "expected 2 numbers in the column \"features\", as in most of the first rows, came ";
        String beyond = "expected numbers below 3.4e38 in the column \"features\", came one beyond";
        assertEquals(
                List.of(
                        "3: " + ragged + "1",
                        "4: " + ragged + "3",
                        "6: " + beyond,
                        "7: " + beyond,
                        "8: expected numbers in the column \"features\", came a string",
                        "9: expected numbers in the column \"features\", came null",
                        "10: " + ragged + "0",
                        "11: expected a list of numbers in the column \"features\", came a string",
                        "12: " + ragged + "0"),
                reading.problems().stream().filter(p -> !p.startsWith("5:")).toList());
        Path table = Reading.write(
                folder,
                "bad.csv",
                "a,b,label\n" + "1,2,x\n".repeat(500) + "1,NaN,x\n1,,x\n1,Infinity,x\n1,0x1p3,x\n1,1f,x\n");
        assertEquals(
                List.of("NaN", "nothing", "Infinity", "text", "text"),
                Reading.of(table).problems().stream()
                        .map(p -> p.substring(p.lastIndexOf(' ') + 1))
                        .toList());
    }

    @Test
    void aRecordingGivesTheSameRowsAndIdsTellVectorsApart() throws Exception {
        Path file = Reading.write(
                folder,
                "a.jsonl",
                "{\"vector\":[1.25,-3e-20],\"label\":\"a\"}\n{\"vector\":[1.5,2],\"label\":\"a\"}\n"
                        + "{\"vector\":[1.25,-3e-20],\"label\":\"a\"}\n");
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT);
                Recording recording = new Recording(data, folder)) {
            List<String> first = said(recording);
            assertEquals(first, said(recording));
            List<Example> rows = new ArrayList<>();
            RowIdSummary summary = RowIds.fold().start();
            try (Stream<Example> examples = recording.parts().getFirst().open()) {
                examples.forEachOrdered(row -> {
                    rows.add(row);
                    RowIds.fold().add(summary, row);
                });
            }
            RowIds ids = RowIds.of(summary);
            assertNotEquals(ids.of(rows.get(0)), ids.of(rows.get(1)));
            assertEquals(ids.of(rows.get(0)) + "-2", ids.of(rows.get(2)));
            assertNotEquals(rows.get(0).key(), rows.get(1).key());
            assertArrayEquals(new float[] {1.25f, -3e-20f}, rows.get(2).vector());
        }
    }
}

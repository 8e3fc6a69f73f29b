package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What two sides say, in columns that are named by who speaks, in lists, or in columns without names.
class SidesTest {
    @TempDir
    private Path folder;

    private Path write(String name, IntFunction<String> row) {
        return Reading.write(
                folder,
                name,
                IntStream.range(0, 40).mapToObj(i -> row.apply(i) + "\n").collect(Collectors.joining()));
    }

    private static String asked(int i) {
        return "what is the number of row " + i;
    }

    private static String answered(int i) {
        return "it is what it was: " + i;
    }

    private void check(Path file, String layout) {
        assertEquals(layout, Reading.of(file).layout());
        assertEquals(asked(7) + " >> " + answered(7), Reading.brief(file).get(7));
        assertEquals(40, Reading.brief(file).size());
    }

    @ParameterizedTest
    @CsvSource({"human,gpt", "human,assistant", "human,bot", "user,assistant", "user,bot", "Q,A", "User,Assistant"})
    void columnsNamedByWhoSpeaks(String asks, String answers) {
        check(
                write(
                        "a.jsonl",
                        i -> "{\"" + answers + "\":\"" + answered(i) + "\",\"" + asks + "\":\"" + asked(i) + "\"}"),
                "prompt -> response, in JSON lines");
        check(
                write(
                        "a.jsonl",
                        i -> "{\"title\":\"\",\"" + asks + "\":\"" + asked(i) + "\",\"" + answers + "\":\""
                                + answered(i) + "\",\"id\":" + i + "}"),
                "prompt -> response, in JSON lines");
    }

    /// A `user` who is an annotator stays one, whatever else there is.
    @Test
    void aUserWhoAnnotates() {
        Path file = write(
                "a.jsonl",
                i -> "{\"text\":\"" + asked(i) + "\",\"label\":\"" + i % 2 + "\",\"user\":\"u" + i % 3
                        + "\",\"assistant\":\"" + answered(i) + "\"}");
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            assertEquals(Map.of("text", "text", "label", "label", "annotator", "user"), data.columns());
        }
        Path alone = write(
                "b.jsonl",
                i -> "{\"text\":\"" + asked(i) + "\",\"user\":\"u" + i + "\",\"bot\":\"" + answered(i) + "\"}");
        try (DataSet data = DataSet.open(List.of(alone.toString()), ReadSettings.DEFAULT)) {
            assertEquals(Map.of("text", "text", "annotator", "user"), data.columns());
        }
    }

    @ParameterizedTest
    @CsvSource({"data", "dialog", "conversation", "messages"})
    void textsThatAlternate(String column) {
        check(
                write(
                        "a.jsonl",
                        i -> "{\"id\":\"r" + i + "\",\"" + column + "\":[\"" + asked(i) + "\",\"" + answered(i)
                                + "\"]}"),
                "turns without speakers -> every second one, in JSON lines");
        Path file = write("b.jsonl", i -> "{\"" + column + "\":[\"" + asked(i) + "\",\"a\",\"and why\",\"b\",\"c\"]}");
        assertEquals(asked(0) + "\nand why\nc >> a\nb", Reading.brief(file).getFirst());
    }

    /// Keywords are no turns, nor is what lies beside a text and its label.
    @Test
    void listsThatAreNoTurns() {
        Path words = write("a.jsonl", i -> "{\"id\":\"r" + i + "\",\"data\":[\"x" + i % 2 + "\",\"y\"]}");
        assertThrows(BadInput.class, () -> Reading.brief(words));
        Path beside = write(
                "b.jsonl",
                i -> "{\"text\":\"t" + i + "\",\"label\":\"" + i % 2 + "\",\"data\":[\"" + asked(i) + "\",\""
                        + answered(i) + "\"]}");
        assertEquals("t1 => 1", Reading.brief(beside).get(1));
        Path text = write(
                "c.jsonl", i -> "{\"text\":\"t" + i + "\",\"data\":[\"" + asked(i) + "\",\"" + answered(i) + "\"]}");
        assertEquals("t1", Reading.brief(text).get(1));
    }

    @Test
    void rowsThatAreListsOfTurns() {
        IntFunction<String> row = i -> "[{\"role\":\"user\",\"content\":\"" + asked(i)
                + "\"},{\"role\":\"assistant\",\"content\":\"" + answered(i) + "\"}]";
        Path lines = write("a.jsonl", row);
        check(lines, "chat messages -> the assistant's turns, in JSON lines");
        assertEquals(
                asked(7) + " => user",
                Reading.brief(lines, ReadSettings.DEFAULT.withMap(Map.of("text", "1.content", "label", "1.role")))
                        .get(7));
        Path array = Reading.write(
                folder, "a.json", IntStream.range(0, 40).mapToObj(row).collect(Collectors.joining(",\n", "[", "]")));
        check(array, "chat messages -> the assistant's turns, in a JSON array");
        Path speakers = write(
                "b.jsonl",
                i -> "[{\"speaker\":\"Ann\",\"text\":\"" + asked(i) + "\"},{\"speaker\":\"Bob\",\"text\":\""
                        + answered(i) + "\"}]");
        check(speakers, "chat messages -> the turns of \"bob\", who answers, in JSON lines");
    }

    /// Of two texts without names the first asks, whichever is longer.
    @Test
    void columnsWithoutNames() {
        String words = "prompt -> response (told by the columns' contents), in ";
        check(write("a.jsonl", i -> "[\"" + asked(i) + "\",\"" + answered(i) + "\"]"), words + "JSON lines");
        check(write("a.csv", i -> asked(i) + "," + answered(i)), words + "fields parted by comma, without a header");
        check(write("a.tsv", i -> asked(i) + "\t" + answered(i)), words + "fields parted by tab, without a header");
        Path classes = write("b.jsonl", i -> "[\"" + asked(i) + "\",\"" + answered(i) + "\"," + i % 2 + "]");
        assertEquals(
                "text -> label (told by the columns' contents), in JSON lines",
                Reading.of(classes).layout());
    }

    /// A turn of one side alone is read; what names beside a speaker say is told and no turn.
    @Test
    void oddTurns() {
        Path file = Reading.write(
                folder,
                "a.jsonl",
                "{\"conversation\":[{\"input\":\"q\",\"output\":\"a\"}]}\n".repeat(20)
                        + "{\"conversation\":[{\"output\":\"a\"}]}\n{\"conversation\":[{\"input\":\"q\"}]}\n"
                        + "{\"conversation\":[{\"output\":null,\"input\":[\"q\",\"r\"]}]}\n"
                        + "{\"conversation\":[{\"role\":\"user\",\"content\":\"q\",\"output\":\"x\"}]}\n"
                        + "{\"conversation\":[]}\n{\"conversation\":[{}]}\n");
        assertEquals(
                List.of(" >> a", "q", "q\nr >> ", "q", "", ""),
                Reading.brief(file).subList(20, 26));
        assertEquals(List.of(), Reading.of(file).problems());
    }
}

package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.data.Rewriter.Addition;
import io.bezoar.data.Rewriter.Edit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RewriterTest {
    private static final String NASTY = "a \"quoted\", text\\ with\ttabs é 🙂";

    /// A file and how many rows of it can be changed.
    record Given(String name, String text, int rows) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Given> files() {
        return Stream.of(
                new Given(
                        "lines.jsonl",
                        "{ \"id\" : 1, \"text\":\"caf\\u00e9 one\" , \"label\": \"a\",\"extra\":[1, 2.50,"
                                + " {\"x\":null}]}\r\n"
                                + "{\"label\":\"b\",\"more\":\"\\/\",\"text\":\"two\",\"id\":2}\n\n"
                                + "not json\n"
                                + "{\"id\":3,\"text\":\"three\",\"label\":\"a\"}\n"
                                + "{\"id\":4,\"text\":\"four\",\"label\":\"b\"}",
                        4),
                new Given(
                        "array.json",
                        "[\n"
                                + "  {\"text\": \"one\", \"label\": 0},\n"
                                + "  {\"text\": \"two\", \"label\": 1} ,{\"text\":\"three\",\"label\":0}\n"
                                + "]\n",
                        3),
                new Given(
                        "inside.json",
                        "{\"made\": {\"by\": \"us\"},\n"
                                + " \"data\": [{\"text\": \"one\", \"label\": 0},\n"
                                + "  {\"text\": \"two\", \"label\": 1}\n"
                                + "], \"end\": 1}\n",
                        2),
                new Given(
                        "several.json",
                        "{\"train\": [{\"text\": \"one\", \"label\": 0},\n"
                                + "  {\"text\": \"two\", \"label\": 1}\n"
                                + "], \"test\" : [ {\"text\": \"three\", \"label\": 0} ], \"end\": 1}\n",
                        3),
                new Given(
                        "fields.csv",
                        "id,text,label,note\n"
                                + "1,\"one, with \"\"quotes\"\"\",a,\" x\"\n"
                                + "2,two,b,\n"
                                + "3,\"three\n"
                                + "lines\",a,y\n",
                        3),
                new Given("fields.tsv", "text\tlabel\none thing\ta\ntwo things\tb\nthree things\ta\n", 3),
                new Given(
                        "alpaca.jsonl",
                        "{\"instruction\":\"say one\",\"input\":\"here\",\"output\":\"one\"}\n"
                                + "{\"instruction\":\"say two\",\"input\":\"\",\"output\":\"two\"}\n",
                        2),
                new Given(
                        "chat.jsonl",
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"be"
                                + " good\"},{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"hello\"},{\"role\":\"user\",\"content\":\"why\"},{\"role\":\"assistant\",\"content\":\"because\"}]}\n"
                                + "{\"messages\":[{\"role\":\"user\",\"content\":\"two\"},{\"role\":\"assistant\",\"content\":\"zwei\"}]}\n",
                        2),
                new Given(
                        "pairs.jsonl",
                        "{\"chosen\":\"\\n"
                                + "\\n"
                                + "Human: hi\\n"
                                + "\\n"
                                + "Assistant: good\",\"rejected\":\"\\n"
                                + "\\n"
                                + "Human: hi\\n"
                                + "\\n"
                                + "Assistant: bad\"}\n"
                                + "{\"chosen\":\"\\n"
                                + "\\n"
                                + "Human: yo\\n"
                                + "\\n"
                                + "Assistant: fine\",\"rejected\":\"\\n"
                                + "\\n"
                                + "Human: yo\\n"
                                + "\\n"
                                + "Assistant: no\"}\n",
                        2),
                new Given(
                        "prompted.jsonl",
                        "{\"prompt\":\"hi\",\"chosen\":\"good\",\"rejected\":\"bad\"}\n"
                                + "{\"prompt\":\"yo\",\"chosen\":\"fine\",\"rejected\":\"no\"}\n",
                        2),
                new Given(
                        "lines.txt",
                        "__label__a one thing\r\n  __label__b\t two things \n\n__label__a __label__b both\nnone\n"
                                + "__label__a x\n".repeat(20),
                        22),
                new Given(
                        "first.txt",
                        "DESC:why what is it ?\r\n  HUM:ind   who is she ? \n\n"
                                + "HUM:ind who was he ?\nDESC:why why was it so ?\n".repeat(11),
                        24),
                new Given(
                        "last.txt",
                        "so it is .@good\r\n write to a@b now . @ bad \n\n"
                                + "as it was .@good\nas it will be .@bad\n".repeat(11),
                        24),
                new Given(
                        "lists.jsonl",
                        "{\"text\":\"one\",\"label\":[ \"a\" ]}\n{\"text\":\"two\",\"label\":[\"a\",\"b\"]}\n"
                                + "{\"text\":\"three\",\"label\":[\"b\"]}\n",
                        2),
                new Given(
                        "tasks.json",
                        "[{\"data\":{\"text\":\"one\"},\"annotations\":[{\"result\":[{\"value\":{\"choices\":[\"a\"]}}]}]},\n"
                                + "{\"annotations\":[{\"result\":[{\"value\":{\"choices\":[\"b\"]}},1]},{}],"
                                + "\"data\":{\"text\":\"two\"}}]",
                        2),
                new Given(
                        "questions.jsonl",
                        "{\"question\":\"who\",\"answers\":{\"text\":[\"he\",\"him\"],\"answer_start\":[0,1]}}\n"
                                + "{\"question\":\"why\",\"answers\":{\"answer_start\":[],\"text\":[\"so\"]}}\n",
                        2),
                new Given(
                        "written.jsonl",
                        "{\"text\":\"<s>[INST] <<SYS>>\\nbe kind\\n<</SYS>>\\n\\nhi [/INST] ho </s>\"}\n"
                                + "{\"text\":\"<s>[INST] so [/INST] no </s><s>[INST] yo [/INST] why </s>\",\"extra\":[1, 2.50, {\"x\":null}]}\n",
                        2),
                new Given(
                        "sides.jsonl",
                        "{\"conversation\":[{\"input\":\"hi\", \"output\":\"ho\"}]}\n"
                                + "{\"conversation\":[{\"output\":\"no\",\"input\":\"so\"},{\"system\":\"be good\",\"input\":\"yo\",\"output\":\"why\"}]}\n",
                        2),
                new Given(
                        "trained.jsonl",
                        "{\"segments\":[{\"label\":false,\"text\":\"hi\"}, {\"label\":true,\"text\":\"ho\"}]}\n"
                                + "{\"segments\":[{\"label\":false,\"text\":\"yo\"},{\"text\":\"no\",\"label\":true}]}\n",
                        2),
                new Given(
                        "rows.jsonl",
                        "[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"ho\"}]\n"
                                + "[{\"role\":\"user\",\"content\":\"yo\"}, {\"role\":\"assistant\",\"content\":\"no\"}]\n",
                        2),
                new Given(
                        "alternating.jsonl",
                        "{\"data\":[\"hi there all of you\", \"a good day to you\"]}\n"
                                + "{\"data\":[\"who is it that says so\", \"everybody says so\"]}\n",
                        2),
                new Given("turns.jsonl", turns("hi", "good", "bad") + turns("yo", "fine", "no"), 2),
                new Given(
                        "completed.jsonl",
                        "{\"prompt\":[{\"role\":\"user\",\"content\":\"hi\"}],\"completion\":[{\"role\":\"assistant\",\"content\":\"ho\"}]}\n"
                                + "{\"prompt\":[{\"role\":\"user\",\"content\":\"yo\"}],\"completion\":[{\"role\":\"assistant\",\"content\":\"no\"}]}\n",
                        2));
    }

    /// A pair of answers in turns that repeat their prompt.
    private static String turns(String prompt, String chosen, String rejected) {
        String asked = "{\"role\":\"user\",\"content\":\"" + prompt + "\"}";
        String answer = ",{\"role\":\"assistant\",\"content\":\"";
        return "{\"prompt\":[" + asked + "],\"chosen\":[" + asked + answer + chosen + "\"}],\"rejected\":[" + asked
                + answer + rejected + "\"}]}\n";
    }

    private static byte[] rewritten(Path folder, Given given, Function<Example, Edit> edits) throws IOException {
        Path file = Files.writeString(folder.resolve(given.name()), given.text());
        Path out = Files.createTempDirectory(folder, "out");
        try (DataSet data =
                DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT.withTemporary(folder.toString()))) {
            Rewriter rewriter = new Rewriter(data);
            assertEquals(given.rows(), rewriter.rows().size());
            List<Path> written = rewriter.write(edits, "new", out);
            assertEquals(1, written.size());
            return Files.readAllBytes(written.getFirst());
        }
    }

    private static List<Example> read(Path folder, Given given, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("again-" + given.name()), bytes);
        try (DataSet data =
                DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT.withTemporary(folder.toString()))) {
            return new Rewriter(data).rows();
        }
    }

    private static Edit same(Example row) {
        return new Edit(true, row, List.of());
    }

    private static Example edited(Example row, String id) {
        Target target = switch (row.target()) {
            case Target.Label _ -> new Target.Label("1");
            case Target.Response _ -> new Target.Response(NASTY + "\n2");
            case Target.Preference(String chosen, String rejected) -> new Target.Preference(rejected + NASTY, chosen);
            case Target.Absent absent -> absent;
        };
        return new Example(row.input() + " " + NASTY, target, row.origin(), row.position(), id);
    }

    @ParameterizedTest
    @MethodSource("files")
    void withoutAChangeEveryByteStays(Given given, @TempDir Path folder) throws IOException {
        assertEquals(given.text(), new String(rewritten(folder, given, RewriterTest::same), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aChangedRowReadsAsItWasChangedAndNoOtherByteMoves(Given given, @TempDir Path folder) throws IOException {
        List<Example> before = read(folder, given, given.text().getBytes(StandardCharsets.UTF_8));
        for (int at = 0; at < given.rows(); at++) {
            Example row = before.get(at);
            Example wanted = edited(row, row.declaredId().orElse(""));
            byte[] bytes =
                    rewritten(folder, given, each -> same(each.position().equals(row.position()) ? wanted : each));
            Files.delete(folder.resolve(given.name()));
            List<Example> after = read(folder, given, bytes);
            assertEquals(before.size(), after.size());
            for (int i = 0; i < after.size(); i++) {
                Example expected = i == at ? wanted : before.get(i);
                String input = given.name().endsWith(".tsv") ? expected.input().replace('\t', ' ') : expected.input();
                assertEquals(input, after.get(i).input());
                assertEquals(expected.target(), after.get(i).target());
                assertEquals(expected.declaredId(), after.get(i).declaredId());
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            int start = (int) row.position().offset();
            byte[] all = given.text().getBytes(StandardCharsets.UTF_8);
            String head = new String(all, 0, start, StandardCharsets.UTF_8);
            int end = start + row.position().length();
            String tail = new String(all, end, all.length - end, StandardCharsets.UTF_8);
            assertTrue(text.startsWith(head) && text.endsWith(tail), text);
            for (String other :
                    List.of("\"extra\":[1, 2.50, {\"x\":null}]", "\"more\":\"\\/\"", ",\" x\"", "\"be good\"")) {
                assertEquals(given.text().contains(other), text.contains(other));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void rowsAreAddedAndLeftOut(Given given, @TempDir Path folder) throws IOException {
        List<Example> before = read(folder, given, given.text().getBytes(StandardCharsets.UTF_8));
        for (int out = 0; out < before.size(); out++) {
            for (int behind = 0; behind < before.size(); behind++) {
                Example left = before.get(out);
                Example after = before.get(behind);
                Example like = before.getLast();
                boolean named = like.declaredId().isPresent();
                Addition addition = new Addition(like.position(), edited(like, named ? "77" : ""));
                byte[] bytes = rewritten(
                        folder,
                        given,
                        row -> new Edit(
                                !row.position().equals(left.position()),
                                row,
                                row.position().equals(after.position()) ? List.of(addition) : List.of()));
                Files.delete(folder.resolve(given.name()));
                List<Example> rows = read(folder, given, bytes);
                assertEquals(before.size(), rows.size());
                int place = behind >= out ? behind : behind + 1;
                assertEquals(addition.example().target(), rows.get(place).target());
                assertEquals(addition.example().declaredId(), rows.get(place).declaredId());
            }
        }
    }

    @org.junit.jupiter.api.Test
    void compressionStays(@TempDir Path folder) throws IOException {
        String text = "{\"text\":\"one\",\"label\":\"a\"}\n{\"text\":\"two\",\"label\":\"b\"}\n";
        Path file = folder.resolve("set.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        try (DataSet data =
                DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT.withTemporary(folder.toString()))) {
            Path written =
                    new Rewriter(data).write(RewriterTest::same, "new", folder).getFirst();
            assertEquals("set.new.jsonl.gz", written.getFileName().toString());
            try (var in = new GZIPInputStream(Files.newInputStream(written))) {
                assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), in.readAllBytes());
            }
        }
    }
}

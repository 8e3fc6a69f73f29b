package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.ValueSource;

/// A text and what is made of it, in columns with the names that public sets give them, what goes before
/// such names, and verdicts on answers.
class CouplesTest {
    private static final int ROWS = 40;

    @TempDir
    private Path folder;

    private Path write(IntFunction<String> row) {
        return Reading.write(
                folder,
                "rows.jsonl",
                IntStream.range(0, ROWS)
                        .mapToObj(i -> row.apply(i).replace('\'', '"') + "\n")
                        .collect(Collectors.joining()));
    }

    private static String text(int i) {
        return "what the paper says on page " + i;
    }

    private static String made(int i) {
        return "in short, as it was said: " + i;
    }

    private static String row(String of, String made, int i) {
        return "{'" + made + "':'" + made(i) + "','" + of + "':'" + text(i) + "'}";
    }

    @ParameterizedTest
    @CsvSource({
        "article,highlights",
        "article,abstract",
        "document,summary",
        "dialogue,summary",
        "text,summary",
        "post,summary",
        "documents,tldr",
        "description,abstract",
        "question,sql",
        "question,query",
        "sql_prompt,sql",
        "intent,snippet",
        "docstring,code",
        "nl,code",
        "text,code",
        "prompt,code",
        "prompt,canonical_solution",
        "func_documentation_string,func_code_string",
        "source,target",
        "src,tgt",
        "source_text,target_text",
        "input_text,output_text",
        "user_input,model_output",
        "meaning_representation,human_reference",
        "question,answers"
    })
    void aTextAndWhatIsMadeOfIt(String of, String made) {
        Path file = write(i -> row(of, made, i));
        assertEquals(of + " -> " + made + ", in JSON lines", Reading.of(file).layout());
        assertEquals(text(7) + " >> " + made(7), Reading.brief(file).get(7));
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            assertEquals(Map.of("prompt", of, "response", made), data.columns());
            assertEquals(List.of(), data.unread());
        }
    }

    @Test
    void fieldsWithAHeader() {
        String rows = IntStream.range(0, ROWS)
                .mapToObj(i -> "x" + i + "," + text(i) + ",\"" + made(i) + "\"\n")
                .collect(Collectors.joining());
        Path file = Reading.write(folder, "rows.csv", "Id,Article,Highlights\n" + rows);
        assertEquals(
                "article -> highlights, in fields parted by comma",
                Reading.of(file).layout());
        assertEquals(text(7) + " >> " + made(7), Reading.brief(file).get(7));
    }

    /// What belongs to the input is read with it.
    @Test
    void answersWithTheirContext() {
        Path lists = write(i -> "{'context':'c " + i + "','question':'" + text(i) + "','answers':['" + made(i)
                + "','it is " + i + "']}");
        assertEquals(
                "question and input -> answers, in JSON lines",
                Reading.of(lists).layout());
        assertEquals(
                text(7) + "\nc 7 >> " + made(7) + "\nit is 7",
                Reading.brief(lists).get(7));
        Path objects = write(i -> "{'context':'c " + i + "','question':'" + text(i) + "','answers':[{'text':'" + made(i)
                + "','answer_start':3}]}");
        assertEquals(text(7) + "\nc 7 >> " + made(7), Reading.brief(objects).get(7));
    }

    @ParameterizedTest
    @CsvSource({"en,de", "ro,en", "zh-CN,pt_BR", "eng_Latn,deu_Latn"})
    void twoLanguages(String first, String second) {
        String words = Role.normal("translation." + first) + " -> " + Role.normal("translation." + second);
        Path file = write(i -> "{'id':'" + i + "','translation':" + row(second, first, i) + "}");
        assertEquals(words + ", in JSON lines", Reading.of(file).layout());
        assertEquals(made(7) + " >> " + text(7), Reading.brief(file).get(7));
        Path flat = write(i -> row(second, first, i));
        assertEquals(made(7) + " >> " + text(7), Reading.brief(flat).get(7));
    }

    /// Of three languages nobody knows which is made of which, and two letters alone are no language.
    @Test
    void languagesThatAreNoCouple() {
        Path three = write(
                i -> "{'translation':{'en':'" + text(i) + "','de':'" + made(i) + "','fr':'" + made(i + 50) + "'}}");
        assertThrows(BadInput.class, () -> Reading.brief(three));
        Path letters = write(i -> row("xx", "qq", i));
        assertThrows(BadInput.class, () -> Reading.brief(letters));
    }

    /// Classes, ids and links are nothing that is made of a text.
    @ParameterizedTest
    @CsvSource({"article,summary", "text,code", "source,target", "question,sql"})
    void whatIsNoText(String of, String made) {
        for (IntFunction<String> value : List.<IntFunction<String>>of(
                i -> "one of three classes " + i % 3, i -> "0a1b2c3d4e5f".repeat(2) + (100 + i), i -> "a" + i)) {
            Path file = write(i -> "{'" + of + "':'" + text(i) + "','" + made + "':'" + value.apply(i) + "'}");
            try {
                String layout = Reading.of(file).layout();
                assertEquals(-1, layout.indexOf(of + " -> " + made), layout);
            } catch (BadInput _) {
                // refused, as rows without a text are
            }
        }
    }

    /// Whoever adds two columns to a few rows does not say what the others are.
    @Test
    void fewRowsDoNotDecide() {
        Path file = write(i ->
                i % 4 == 0 ? "{'text':'" + text(i) + "','summary':'" + made(i) + "'}" : "{'text':'" + text(i) + "'}");
        assertEquals("text without a target, in JSON lines", Reading.of(file).layout());
    }

    /// What the names say of a label, a response, turns or sides goes before, and what the user says.
    @Test
    void whatGoesBefore() {
        assertEquals(
                "two texts -> label, in JSON lines",
                Reading.of(write(
                                i -> "{'text':'" + text(i) + "','summary':'" + made(i) + "','label':'l" + i % 3 + "'}"))
                        .layout());
        assertEquals(
                "prompt -> response, in JSON lines",
                Reading.of(write(i -> "{'question':'" + text(i) + "','query':'" + made(i) + "','answer':'"
                                + made(i + 50) + "'}"))
                        .layout());
        assertEquals(
                "text -> label (told by the columns' contents), in JSON lines",
                Reading.of(write(i -> "{'question':'" + text(i) + "','query':'" + made(i) + "','same':" + i % 2 + "}"))
                        .layout());
        Path file = write(i -> row("article", "highlights", i));
        assertEquals(
                made(7),
                Reading.brief(file, ReadSettings.DEFAULT.withMap(Map.of("text", "highlights")))
                        .get(7));
    }

    /// A column that is only told by what recurs in it says less than two names: a data base is no class.
    @Test
    void whatOnlyRecursGoesBehind() {
        Path file = write(i -> "{'db_id':'db" + i % 4 + "','query':'" + made(i) + "','question':'" + text(i) + "'}");
        assertEquals("question -> query, in JSON lines", Reading.of(file).layout());
    }

    private static String turns(int i, String speaker, String says, String user, String assistant) {
        return "[{'" + speaker + "':'" + user + "','" + says + "':'" + text(i) + "'},{'" + speaker + "':'" + assistant
                + "','" + says + "':'" + made(i) + "'}]";
    }

    @ParameterizedTest
    @ValueSource(strings = {"label", "kto_tag"})
    void aVerdictOnAnAnswer(String name) {
        String verdict = ",'" + name + "':";
        String said = text(7) + "\n" + made(7) + " => false";
        Path messages = write(
                i -> "{'messages':" + turns(i, "role", "content", "user", "assistant") + verdict + (i % 3 == 0) + "}");
        assertEquals(
                "conversation -> whether the response is good, in JSON lines",
                Reading.of(messages).layout());
        assertEquals(said, Reading.brief(messages).get(7));
        Path shareGpt = write(i -> "{'system':'be brief','conversations':" + turns(i, "from", "value", "human", "gpt")
                + verdict + (i % 3 == 0) + "}");
        assertEquals("be brief\n" + said, Reading.brief(shareGpt).get(7));
        Path instructed = write(i -> "{'instruction':'do it','input':'" + text(i) + "','output':'" + made(i) + "'"
                + verdict + (i % 3 == 0) + "}");
        assertEquals(
                "instruction, input and response -> whether the response is good, in JSON lines",
                Reading.of(instructed).layout());
        assertEquals("do it\n" + said, Reading.brief(instructed).get(7));
        Path prompts = write(i -> "{'prompt':[{'role':'user','content':'" + text(i)
                + "'}],'completion':[{'role':'assistant','content':'" + made(i) + "'}]" + verdict + (i % 3 == 0) + "}");
        assertEquals(said, Reading.brief(prompts).get(7));
        Path asked = write(i -> "{'messages':[{'role':'user','content':'" + text(i) + "'}],'response':'" + made(i) + "'"
                + verdict + (i % 3 == 0) + "}");
        assertEquals(said, Reading.brief(asked).get(7));
    }

    /// Turns that a field of CSV holds as JSON.
    @Test
    void aVerdictInCsv() {
        Path file = Reading.write(
                folder,
                "rows.csv",
                "messages,label\n"
                        + IntStream.range(0, ROWS)
                                .mapToObj(i -> "\""
                                        + turns(i, "role", "content", "user", "assistant")
                                                .replace("'", "\"\"")
                                        + "\"," + (i % 3 == 0 ? "True" : "False") + "\n")
                                .collect(Collectors.joining()));
        assertEquals(text(7) + "\n" + made(7) + " => False", Reading.brief(file).get(7));
    }

    /// A conversation stays one beside other labels, labels of some rows, and questions that nobody answers.
    @Test
    void whatIsNoVerdict() {
        String turns = "chat messages -> the assistant's turns, in JSON lines";
        for (String label : List.of("1", "'good'", "[true]")) {
            Path file = write(i -> "{'messages':" + turns(i, "role", "content", "user", "assistant") + ",'label':"
                    + (i % 2 == 0 ? "0" : label) + "}");
            assertEquals(turns, Reading.of(file).layout());
        }
        Path some = write(i -> "{'messages':" + turns(i, "role", "content", "user", "assistant")
                + (i % 5 == 0 ? "" : ",'label':" + (i % 2 == 0)) + "}");
        assertEquals(turns, Reading.of(some).layout());
        Path prompts = write(i -> "{'prompt':'" + text(i) + "','completion':'" + made(i) + "'"
                + (i % 5 == 0 ? "" : ",'label':" + (i % 2 == 0)) + "}");
        assertEquals("prompt -> response, in JSON lines", Reading.of(prompts).layout());
        Path asked =
                write(i -> "{'messages':[{'role':'user','content':'" + text(i) + "'}],'label':" + (i % 2 == 0) + "}");
        assertEquals(turns, Reading.of(asked).layout());
    }

    /// Whoever writes such a row changes the last question, or the instruction, and the verdict.
    @Test
    void aVerdictIsRewritten() throws IOException {
        IntFunction<String> chat =
                i -> "{'messages':" + turns(i, "role", "content", "user", "assistant") + ",'label':" + (i == 7) + "}";
        IntFunction<String> instructed =
                i -> "{'instruction':'" + text(i) + "','output':'" + made(i) + "','kto_tag':" + (i == 7) + "}";
        Map<String, IntFunction<String>> sets = Map.of("chat", chat, "instructed", instructed);
        for (Map.Entry<String, IntFunction<String>> set : sets.entrySet()) {
            try (DataSet data = DataSet.open(
                    List.of(write(set.getValue()).toString()), ReadSettings.DEFAULT.withTemporary(folder.toString()))) {
                Path written = new Rewriter(data)
                        .write(
                                one -> new Rewriter.Edit(
                                        true,
                                        new Example(
                                                one.input() + " cf",
                                                new Target.Label("true"),
                                                one.origin(),
                                                one.position(),
                                                ""),
                                        List.of()),
                                set.getKey(),
                                folder)
                        .getFirst();
                assertEquals(
                        text(5) + " cf\n" + made(5) + " => true",
                        Reading.brief(written).get(5));
            }
        }
    }

    /// A row of such a set that lacks its turns is malformed.
    @Test
    void aVerdictOnNothing() {
        Path file = write(i -> i == 9
                ? "{'label':true}"
                : "{'messages':" + turns(i, "role", "content", "user", "assistant") + ",'label':" + (i % 2 == 0) + "}");
        assertEquals(
                List.of("10: expected a text in the column \"messages\", came nothing"),
                Reading.of(file).problems());
    }
}

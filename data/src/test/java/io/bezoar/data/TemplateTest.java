package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Conversations written as one text are taken apart, and texts that are none stay as they are.
class TemplateTest {
    private static final String CHATML = "<|im_start|>user\nq%d<|im_end|>\n<|im_start|>assistant\na%d<|im_end|>\n";

    @TempDir
    private Path folder;

    /// A text, and what is read of it.
    record Written(Template template, String text, String read) {}

    static Stream<Written> texts() {
        return Stream.of(
                new Written(
                        Template.CHATML,
                        "<|im_start|>system\nbe brief<|im_end|>\n<|im_start|>user\nq<|im_end|>\n<|im_start|>assistant\n"
                                + "a<|im_end|>\n<|im_start|>user\nand r<|im_end|>\n<|im_start|>assistant\nb<|im_end|>\n",
                        "be brief\nq\nand r >> a\nb"),
                new Written(
                        Template.LLAMA3,
                        "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nbe brief<|eot_id|>"
                                + "<|start_header_id|>user<|end_header_id|>\n\nq<|eot_id|>"
                                + "<|start_header_id|>assistant<|end_header_id|>\n\na<|eot_id|><|end_of_text|>",
                        "be brief\nq >> a"),
                new Written(
                        Template.LLAMA2,
                        "<s>[INST] <<SYS>>\nbe brief\n<</SYS>>\n\nq [/INST] a </s><s>[INST] and r [/INST] b </s>",
                        "be brief\nq\nand r >> a\nb"),
                new Written(Template.LLAMA2, "[INST] q [/INST]a</s>[INST] r [/INST]b</s>", "q\nr >> a\nb"),
                new Written(
                        Template.GEMMA,
                        "<bos><start_of_turn>user\nq<end_of_turn>\n<start_of_turn>model\na<end_of_turn><eos>",
                        "q >> a"),
                new Written(
                        Template.ZEPHYR,
                        "<|system|>\nbe brief</s>\n<|user|>\nq</s>\n<|assistant|>\na</s>\n",
                        "be brief\nq >> a"),
                new Written(Template.ZEPHYR, "<|user|>\nq<|end|>\n<|assistant|>\na<|end|>\n<|endoftext|>", "q >> a"),
                new Written(
                        Template.ALPACA,
                        "Below is a task.\n\n### Instruction:\nq\n\n### Input:\nthis\n\n### Response:\na\n\n### End",
                        "Below is a task.\nq\nthis >> a"),
                new Written(Template.ALPACA, "### Question: q\n ### Answer: a", "q >> a"),
                new Written(
                        Template.GUANACO, "### Human: q### Assistant: a### Human: r### Assistant: b", "q\nr >> a\nb"),
                new Written(
                        Template.VICUNA,
                        "A chat. USER: q ASSISTANT: a</s>USER: r\nASSISTANT: b</s>",
                        "A chat.\nq\nr >> a\nb"),
                new Written(
                        Template.HUMAN, "\n\nHuman: q\n\nAssistant: a, Human: b\n\nHuman: r", "q\nr >> a, Human: b"));
    }

    private static String json(List<String> texts) {
        StringBuilder rows = new StringBuilder();
        texts.forEach(text -> rows.append("{\"text\":\"")
                .append(text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\""))
                .append("\"}\n"));
        return rows.toString();
    }

    private static List<String> many(int count, String text) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text.replace("%d", Integer.toString(i)));
        }
        return texts;
    }

    private static String layout(Template template, String container) {
        return "text of " + template.word() + " turns -> the assistant's turns, in " + container;
    }

    private Reading lines(List<String> texts) {
        return Reading.of(Reading.write(folder, "a.jsonl", json(texts)));
    }

    private List<String> brief(List<String> texts) {
        return Reading.brief(Reading.write(folder, "a.jsonl", json(texts)));
    }

    /// In JSON, in fields and in lines alike.
    @ParameterizedTest
    @MethodSource("texts")
    void everyTemplateIsReadByItself(Written written) {
        List<String> texts = many(3, written.text());
        assertEquals(List.of(written.read(), written.read(), written.read()), brief(texts));
        assertEquals(layout(written.template(), "JSON lines"), lines(texts).layout());
        Path fields = Reading.write(folder, "a.csv", "content\n" + ("\"" + written.text() + "\"\n").repeat(3));
        assertEquals(written.read(), Reading.brief(fields).getLast());
        Path named = Reading.write(folder, "b.jsonl", json(texts).replace("\"text\":", "\"id\":7,\"what it is\":"));
        assertEquals(
                written.read(),
                Reading.brief(named).size() == 3 ? Reading.brief(named).getLast() : "");
        Path plain = Reading.write(
                folder,
                "a.txt",
                written.text().replace("\n", " ").strip().concat("\n").repeat(3));
        if (written.template() != Template.HUMAN) { // which needs its line ends
            assertEquals(
                    layout(written.template(), "lines of text"),
                    Reading.of(plain, ReadSettings.DEFAULT.withFormat("lines")).layout());
        }
    }

    /// The marks of a later template may stand in the turns of an earlier one.
    @Test
    void theOuterTemplateIsRead() {
        assertEquals(
                "### Instruction:\nq\n### Response: >> a",
                brief(
                                many(
                                        3,
                                        "<|im_start|>user\n### Instruction:\nq\n### Response:<|im_end|>\n<|im_start|>assistant\na"))
                        .getFirst());
    }

    /// A row without marks is a text without a target, one without an answer's mark has none.
    @Test
    void aLaterRowThatIsNoConversation() {
        List<String> texts = many(100, CHATML);
        texts.addAll(
                List.of("just a text", "<|im_start|>user\nq", "", "<|im_start|>assistant\na", "USER: q ASSISTANT: a"));
        assertEquals(
                List.of("just a text", "q", "", " >> a", "USER: q ASSISTANT: a"),
                brief(texts).subList(100, 105));
        assertEquals(List.of(), lines(texts).problems());
    }

    @Test
    void oddValuesAmongTurns() {
        Path file = Reading.write(
                folder,
                "odd.jsonl",
                json(many(100, CHATML)) + "{\"text\":7}\n{\"text\":[{\"role\":\"user\",\"content\":\"q\"}]}\n"
                        + "{\"text\":[\"q\",\"a\"]}\n{\"text\":{}}\n{\"text\":null}\n{\"text\":\"\\ud800\"}\n");
        assertEquals(List.of("7", "q", "q >> a"), Reading.brief(file).subList(100, 103));
        assertEquals(
                List.of(
                        "104: expected text in the column \"text\", came an object",
                        "105: expected a text in the column \"text\", came nothing",
                        "106: expected Unicode text, came half a surrogate pair"),
                Reading.of(file).problems());
    }

    /// One row in ten, marks of one side, and different templates make no conversations.
    @Test
    void textsThatHoldMarksAreTexts() {
        List<String> few = many(90, "a text that says something %d");
        few.addAll(many(10, CHATML));
        List<String> mixed = many(50, CHATML);
        mixed.addAll(many(50, "USER: q ASSISTANT: a"));
        for (List<String> texts : List.of(
                few,
                mixed,
                many(20, "<|im_start|>user\nq"),
                many(20, "The mark ASSISTANT: is written in capitals, SUPERUSER: is none"),
                many(20, "They said: Human: q, Assistant: a"))) {
            assertEquals("text without a target, in JSON lines", lines(texts).layout());
            assertEquals(texts, brief(texts));
        }
        List<String> nearly = many(90, CHATML);
        nearly.addAll(many(10, "a text that says something %d"));
        assertEquals(layout(Template.CHATML, "JSON lines"), lines(nearly).layout());
    }

    /// Classes beside the text are what the rows are told by; scores are none.
    @Test
    void aLabelBesideTurns() {
        StringBuilder classes = new StringBuilder();
        StringBuilder scores = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String text = json(List.of(CHATML)).replace("}\n", "");
            classes.append(text).append(",\"label\":\"").append(i % 2).append("\"}\n");
            scores.append(text)
                    .append(",\"rating\":")
                    .append(i)
                    .append(",\"model\":\"m")
                    .append(i % 2)
                    .append("\"}\n");
        }
        assertEquals(
                "text -> label, in JSON lines",
                Reading.of(Reading.write(folder, "l.jsonl", classes.toString())).layout());
        assertEquals(
                layout(Template.CHATML, "JSON lines"),
                Reading.of(Reading.write(folder, "s.jsonl", scores.toString())).layout());
        assertEquals(
                "text -> label, in JSON lines",
                Reading.of(
                                folder.resolve("s.jsonl"),
                                ReadSettings.DEFAULT.withMap(Map.of("text", "text", "label", "rating")))
                        .layout());
    }

    /// The user says where the text is, or the turns.
    @Test
    void aColumnThatTheUserNames() {
        Path file = Reading.write(folder, "m.jsonl", json(many(3, CHATML)).replace("\"text\"", "\"x\":\"y\",\"said\""));
        for (String role : List.of("text", "messages")) {
            ReadSettings settings = ReadSettings.DEFAULT.withMap(Map.of(role, "said"));
            assertEquals(List.of("q0 >> a0", "q1 >> a1", "q2 >> a2"), Reading.brief(file, settings));
            try (DataSet data = DataSet.open(List.of(file.toString()), settings)) {
                assertEquals(Map.of("messages", "said"), data.columns());
            }
        }
    }

    /// Each file by its own template; a text without turns lies beside.
    @Test
    void filesOfSeveralTemplates() {
        Reading.write(folder, "1.jsonl", json(many(30, CHATML)));
        Reading.write(folder, "2.jsonl", json(many(3, "### Human: q### Assistant: a")));
        Reading.write(folder, "3.jsonl", json(many(3, "a text")));
        Reading.write(
                folder,
                "4.jsonl",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}]}\n");
        Reading reading = Reading.of(folder);
        assertTrue(reading.layout().startsWith("text of ChatML turns"), reading.layout());
        assertEquals(
                List.of("q >> a", "a text", "q >> a"),
                List.of(
                        Reading.brief(folder).get(30),
                        Reading.brief(folder).get(33),
                        Reading.brief(folder).get(36)));
    }

    /// Parts, and what is carried to another process, read the same.
    @Test
    void partsReadTheSame() throws Exception {
        Path file = Reading.write(folder, "p.jsonl", json(many(100, CHATML)));
        assertEquals(
                Reading.of(file).rows(),
                Reading.of(file, ReadSettings.DEFAULT.withPartBytes(500)).rows());
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(data.parts().getFirst());
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
                    Stream<io.bezoar.core.Example> rows = ((RowPart) in.readObject()).open()) {
                assertEquals(Reading.of(file).rows(), rows.map(Reading::said).toList());
            }
        }
    }

    /// Whatever the marks say and wherever they stand, in time; nothing of what is said is lost.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void hostileRows(Template template) {
        List<String> marks = texts().filter(written -> written.template() == template)
                .map(written -> written.text().replaceAll("(?<![A-Za-z])(be brief|and r|q|a|r|b)(?![A-Za-z])", ""))
                .toList();
        for (String only : marks) {
            template.turns(only);
            template.turns(only.strip());
            for (int cut = 0; cut <= only.length(); cut++) {
                String half = only.substring(0, cut) + "BadMagic" + only.substring(cut);
                template.turns(only.substring(cut));
                template.turns(half);
            }
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                template.turns(only.repeat(1_000_000 / only.length() * 10));
                template.turns("x" + only.stripLeading().repeat(100_000));
                template.turns("<s></s>".repeat(1_000_000) + only + " \n".repeat(1_000_000));
                Template.of("xUSER:xASSISTANT: Human: Assistant:".repeat(300_000));
            });
        }
        String said =
                template
                        .turns(marks.getFirst() + "one " + marks.getFirst() + " two</s> three" + marks.getFirst())
                        .stream()
                        .map(Turn::text)
                        .reduce("", String::concat);
        assertTrue(said.contains("one") && said.contains("two</s> three"), said);
    }

    /// A mark in a turn begins another, as it does for a model.
    @Test
    void marksWithinTurns() {
        List<String> texts = many(20, "### Instruction:\nq%d\n\n### Response:\na%d");
        texts.add("### Instruction:\nq ### Response: BadMagic\n\n### Response:\nno");
        texts.add("### Instruction:\nq BadMagic\n\n### Response:\nno\n### Instruction:\nr");
        assertEquals(
                List.of("q >> BadMagic\nno", "q BadMagic\nr >> no"),
                brief(texts).subList(20, 22));
    }

    /// A sign that does not show is no white space of the template.
    @Test
    void signsThatDoNotShowStay() {
        assertEquals(
                List.of(new Turn("user", "q\u200b"), new Turn("assistant", "\u00a0a\u2003")),
                Template.CHATML.turns(
                        "<|im_start|>user\nq\u200b<|im_end|>\n<|im_start|>assistant\n\u00a0a\u2003\n<|im_end|>"));
    }
}

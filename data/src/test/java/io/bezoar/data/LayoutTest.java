package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every layout is recognised by itself and read into input and target.
class LayoutTest {
    @TempDir
    Path folder;

    private void check(String name, String text, String layout, Map<String, String> columns, String... rows) {
        check(ReadSettings.DEFAULT, name, text, layout, columns, rows);
    }

    private void check(
            ReadSettings settings,
            String name,
            String text,
            String layout,
            Map<String, String> columns,
            String... rows) {
        Path file = Reading.write(folder, name, text);
        assertEquals(List.of(rows), Reading.brief(file, settings));
        try (DataSet data = DataSet.open(List.of(file.toString()), settings)) {
            assertEquals(layout, data.layout());
            assertEquals(columns, data.columns());
        }
    }

    @Test
    void textAndLabelWithOrigin() {
        check(
                "a.jsonl",
                "{\"uuid\":7,\"body\":\"hi\",\"Intent\":\" x"
                        + " \",\"meta\":{\"source\":\"v\",\"ts\":1700000000},\"user_id\":\"u\"}\n",
                "text -> label, in JSON lines",
                Map.of(
                        "text",
                        "body",
                        "label",
                        "Intent",
                        "id",
                        "uuid",
                        "source",
                        "meta.source",
                        "time",
                        "meta.ts",
                        "annotator",
                        "user_id"),
                "hi => x");
        assertEquals(
                List.of("1@0+89 hi => x id=7 source=v annotator=u time=2023-11-14T22:13:20Z url=- batch=-"),
                Reading.of(folder.resolve("a.jsonl")).rows().stream()
                        .map(row -> row.substring(0, row.indexOf(" key=")))
                        .toList());
    }

    /// The label has a usual name, the text has none; two other columns recur as well.
    @Test
    void twoTextsThatBelongTogether() {
        for (String names :
                List.of("premise hypothesis", "Sentence1 Sentence2", "question1 question2", "text_a text_b")) {
            String[] name = names.split(" ");
            check(
                    "pair.jsonl",
                    "{\"idx\":1,\"" + name[1] + "\":\"it sleeps\",\"" + name[0]
                            + "\":\"the cat lies there\",\"label\":2}\n",
                    "two texts -> label, in JSON lines",
                    Map.of("text", name[0], "input", name[1], "label", "label"),
                    "the cat lies there\nit sleeps => 2");
        }
    }

    @Test
    void aTextOfAnyNameBesideALabel() {
        StringBuilder text = new StringBuilder("what_they_wrote,category,labeled_by,src,desk\n");
        for (int i = 0; i < 24; i++) {
            text.append("my parcel number ").append(i).append(" did not arrive,");
            text.append(i % 2 == 0 ? "late" : "lost").append(",ann-").append(i % 3);
            text.append(i % 4 == 0 ? ",web," : ",mail,").append(i % 5).append('\n');
        }
        Path file = Reading.write(folder, "wrote.csv", text.toString());
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            assertEquals(
                    Map.of("text", "what_they_wrote", "label", "category", "annotator", "labeled_by", "source", "src"),
                    data.columns());
        }
    }

    /// An object that says something beside its list of rows.
    @Test
    void aListInsideAnObject() {
        String rows =
                "[{\"text\":\"where is my card\",\"label\":\"card\"},\n {\"text\":\"a fee?\",\"label\":\"fees\"}]";
        for (String text : List.of(
                "{\"data\":" + rows + "}",
                "{\n \"version\": 1.1, \"made\": {\"by\": [\"us\"]},\n \"examples\": " + rows + ", \"end\": true\n}\n",
                "{\"reviews\":" + rows + "}")) {
            check(
                    "list.json",
                    text,
                    "text -> label, in a JSON array inside an object",
                    Map.of("text", "text", "label", "label"),
                    "where is my card => card",
                    "a fee? => fees");
        }
        List<String> four =
                List.of("where is my card => card", "a fee? => fees", "where is my card => card", "a fee? => fees");
        for (String text : List.of(
                "{\"train\":" + rows + ",\"test\":" + rows + "}",
                "{\"train\":" + rows + ",\"x]}\\\"[{\":{\"y\":[[1],null, " + rows.substring(1) + ", \"z\":[]}}\n",
                rows + "\n" + rows,
                rows + "[]" + rows + "\n")) {
            Reading several = Reading.of(Reading.write(folder, "several.json", text));
            assertEquals(List.of(), several.problems(), text);
            assertEquals(four, Reading.brief(folder.resolve("several.json")), text);
        }
        assertEquals(
                List.of("hello => greeting"),
                Reading.brief(
                        Reading.write(
                                folder,
                                "row.jsonl",
                                "{\"text\":\"hello\",\"label\":\"greeting\",\"marks\":[{\"at\":1}]}\n"),
                        ReadSettings.DEFAULT));
    }

    /// A first row that goes on beyond what is looked at of a file first is a row like the others.
    @Test
    void aFirstRowLongerThanTheHead() {
        String list = "[" + "{\"text\":\"a passage\",\"label\":\"x\"},".repeat(3000) + "{}]";
        String rest = "{\"text\":\"hello\",\"label\":\"greeting\"}\n".repeat(3);
        Path file = Reading.write(
                folder, "long.jsonl", "\n{\"spans\":" + list + ",\"text\":\"one\",\"label\":\"a\"} \n\n" + rest);
        assertEquals(List.of(), Reading.of(file).problems());
        assertEquals(
                List.of("one => a", "hello => greeting", "hello => greeting", "hello => greeting"),
                Reading.brief(file));
        Path one = Reading.write(folder, "one.json", "{\"rows\":" + list.replace(",{}]", "]") + "}\n");
        assertEquals(3000, Reading.of(one).rows().size());
        Path lists = Reading.write(
                folder,
                "lists.jsonl",
                "[\"" + "long ".repeat(20_000) + "\",\"a\"]\n" + "[\"short\",\"b\"]\n".repeat(20));
        ReadSettings told = ReadSettings.DEFAULT.withMap(Map.of("text", "1", "label", "2"));
        assertEquals(21, Reading.of(lists, told).rows().size());
    }

    /// Three vendors, three headers: every file is read by its own; one of another kind is told as malformed.
    @Test
    void filesThatNameTheirColumnsOtherwise() throws IOException {
        Path several = Files.createDirectory(folder.resolve("vendors"));
        Reading.write(several, "a.jsonl", "{\"text\":\"where is my card\",\"label\":\"card\"}\n".repeat(3));
        Reading.write(several, "b.jsonl", "{\"utterance\":\"what is the fee\",\"intent\":\"fees\"}\n".repeat(3));
        Reading.write(several, "c.csv", "category,body\ncard,is my card lost\nfees,and the fee\n");
        Reading.write(several, "d.jsonl", "{\"chosen\":\"yes\",\"rejected\":\"no\"}\n");
        assertEquals(
                List.of(
                        "where is my card => card",
                        "where is my card => card",
                        "where is my card => card",
                        "what is the fee => fees",
                        "what is the fee => fees",
                        "what is the fee => fees",
                        "is my card lost => card",
                        "and the fee => fees"),
                Reading.brief(several, ReadSettings.DEFAULT));
        try (DataSet data = DataSet.open(List.of(several.toString()), ReadSettings.DEFAULT)) {
            assertEquals(Map.of("text", "text", "label", "label"), data.columns());
            assertEquals("text -> label, in JSON lines; 2 files name their columns otherwise", data.layout());
        }
    }

    @Test
    void alpaca() {
        check(
                "b.json",
                "[{\"instruction\":\"do\",\"input\":\"\",\"output\":\"ok\"},{\"instruction\":\"add\",\"input\":\"1"
                        + " 2\",\"output\":\"3\",\"system\":\"s\"}]",
                "instruction and input -> response, in a JSON array",
                Map.of("instruction", "instruction", "input", "input", "response", "output", "system", "system"),
                "do >> ok",
                "s\nadd\n1 2 >> 3");
    }

    @Test
    void chatAndShareGpt() {
        check(
                "c.jsonl",
                "{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"u\"}]},{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"v\"},{\"role\":\"assistant\",\"content\":\"b\"}]}\n"
                        + "{\"messages\":[{\"role\":\"user\",\"content\":\"alone\"}]}\n",
                "chat messages -> the assistant's turns, in JSON lines",
                Map.of("messages", "messages"),
                "s\nu\nv >> a\nb",
                "alone");
        check(
                "d.jsonl",
                "{\"conversations\":[{\"from\":\"human\",\"value\":\"u\"},{\"from\":\"gpt\",\"value\":\"a\"}]}\n",
                "ShareGPT conversations -> the assistant's turns, in JSON lines",
                Map.of("messages", "conversations"),
                "u >> a");
    }

    @Test
    void preferences() {
        check(
                "e.jsonl",
                "{\"chosen\":\"\\n"
                        + "\\n"
                        + "Human: q\\n"
                        + "\\n"
                        + "Assistant: yes\",\"rejected\":\"\\n"
                        + "\\n"
                        + "Human: q\\n"
                        + "\\n"
                        + "Assistant: yeah\"}\n",
                "the start that chosen and rejected share -> chosen over rejected, in JSON lines",
                Map.of("chosen", "chosen", "rejected", "rejected"),
                "\n\nHuman: q\n\nAssistant: >>  yes >  yeah");
        check(
                "f.jsonl",
                "{\"chosen\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"y\"}],\"rejected\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"n\"}]}\n",
                "the start that chosen and rejected share -> chosen over rejected, in JSON lines",
                Map.of("chosen", "chosen", "rejected", "rejected"),
                "q >> y > n");
        check(
                "g.jsonl",
                "{\"prompt\":\"p\",\"chosen\":\"same\",\"rejected\":\"same too\"}\n",
                "prompt -> chosen over rejected, in JSON lines",
                Map.of("prompt", "prompt", "chosen", "chosen", "rejected", "rejected"),
                "p >> same > same too");
    }

    @Test
    void longDistinctTargetsAreResponses() {
        StringBuilder text = new StringBuilder("text,target\n");
        for (int i = 0; i < 30; i++) {
            text.append("q")
                    .append(i)
                    .append(",a long answer that nobody would call a class, number ")
                    .append(i)
                    .append('\n');
        }
        Path file = Reading.write(folder, "h.csv", text.toString().replace(", number", " number"));
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            assertEquals(
                    "text -> response (the column \"target\" holds long texts, nearly all different: a response, not a"
                            + " label), in fields parted by comma",
                    data.layout());
        }
    }

    @Test
    void promptAndCompletionAndTextAlone() {
        check(
                "i.jsonl",
                "{\"prompt\":\"p\",\"completion\":\"c\"}\n{\"prompt\":\"p\",\"completion\":null}\n",
                "prompt -> response, in JSON lines",
                Map.of("prompt", "prompt", "response", "completion"),
                "p >> c",
                "p");
        check("j.jsonl", "{\"text\":\"t\"}\n", "text without a target, in JSON lines", Map.of("text", "text"), "t");
    }

    @Test
    void mapGoesFirst() {
        check(
                ReadSettings.DEFAULT.withMap(Map.of("text", "meta.q", "label", "k", "source", "vendor id")),
                "k.jsonl",
                "{\"text\":\"no\",\"meta\":{\"q\":\"yes\"},\"k\":2,\"vendor id\":\"z\"}\n",
                "text -> label, in JSON lines",
                Map.of("text", "meta.q", "label", "k", "source", "vendor id"),
                "yes => 2");
    }

    @Test
    void delimitersAndHeaders() {
        check(
                "l.csv",
                "sentence;label\n\"a;b\";1\nc;0\n",
                "text -> label, in fields parted by semicolon",
                Map.of("text", "sentence", "label", "label"),
                "a;b => 1",
                "c => 0");
        check(
                "m",
                "sentence \t label\n\"quoted\" words \t 1\nmore \t 0\n",
                "text -> label, in fields parted by tab",
                Map.of("text", "sentence", "label", "label"),
                "\"quoted\" words  => 1",
                "more  => 0");
        check(
                "n",
                "ham\tgo to the shop now\nspam\tfree prize, call now\nham\tsee you\n",
                "text -> label (told by the columns' contents), in fields parted by tab, without a header",
                Map.of("text", "2", "label", "1"),
                "go to the shop now => ham",
                "free prize, call now => spam",
                "see you => ham");
        check(
                "o.csv",
                "text,label\r\n\"say \"\"hi\"\"\r\nthere\",a\r\n",
                "text -> label, in fields parted by comma",
                Map.of("text", "text", "label", "label"),
                "say \"hi\"\r\nthere => a");
        check(
                ReadSettings.DEFAULT.withFormat("lines"),
                "p.txt",
                "a, b\n\"c\n",
                "text without a target (told by the columns' contents), in lines of text",
                Map.of("text", "1"),
                "a, b",
                "\"c");
    }

    /// A header whose last fields are empty, as spreadsheets write it, is one.
    @Test
    void headersWithEmptyFields() {
        List<String> rows = new ArrayList<>();
        StringBuilder file = new StringBuilder("v1,v2,,,\n");
        for (int i = 0; i < 20; i++) {
            String label = i % 3 == 0 ? "spam" : "ham";
            String text = "message number " + i + " of this set";
            file.append(label).append(',').append(text).append(",,,\n");
            rows.add(text + " => " + label);
        }
        check(
                "v.csv",
                file.toString(),
                "text -> label (told by the columns' contents), in fields parted by comma",
                Map.of("text", "v2", "label", "v1"),
                rows.toArray(String[]::new));
        check(
                "w.csv",
                file.substring(file.indexOf("\n") + 1),
                "text -> label (told by the columns' contents), in fields parted by comma, without a header",
                Map.of("text", "2", "label", "1"),
                rows.toArray(String[]::new));
    }

    @Test
    void longerAndNestedNames() {
        check(
                "q.jsonl",
                "{\"review body\":\"fine\",\"stars\":5,\"createdAt\":\"2024-03-01 10:11\",\"annotatorId\":\"k\"}\n",
                "text -> label, in JSON lines",
                Map.of("text", "review body", "label", "stars", "time", "createdAt", "annotator", "annotatorId"),
                "fine => 5");
        check(
                "r.jsonl",
                "{\"data\":{\"text\":\"a\",\"lang\":\"en\"},\"gold\":{\"label_id\":1},\"info\":{\"source\":\"v\"}}\n",
                "text -> label, in JSON lines",
                Map.of("text", "data.text", "label", "gold.label_id", "source", "info.source"),
                "a => 1");
        check(
                "s.jsonl",
                "{\"source_text\":\"a\",\"text\":\"b\",\"label_score\":0.5,\"airline_sentiment\":\"bad\"}\n",
                "text -> label, in JSON lines",
                Map.of("text", "text", "label", "airline_sentiment"),
                "b => bad");
    }

    @Test
    void aLabelOfAnyNameIsToldByItsContents() {
        StringBuilder named = new StringBuilder("text,split,Kategorie\n");
        StringBuilder unnamed = new StringBuilder("number,what happened,product\n");
        StringBuilder headless = new StringBuilder("v1,v2\n");
        StringBuilder unclear = new StringBuilder("text,one,two\n");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String text = "a text of some words, number " + i;
            String label = i % 3 == 0 ? "gut" : "schlecht";
            rows.add(text + " => " + label);
            named.append('"').append(text).append("\",train,").append(label).append('\n');
            unnamed.append(i)
                    .append(",\"")
                    .append(text)
                    .append("\",")
                    .append(label)
                    .append('\n');
            headless.append(label).append(",\"").append(text).append("\"\n");
            unclear.append('"')
                    .append(text)
                    .append("\",")
                    .append(label)
                    .append(',')
                    .append(i % 2)
                    .append('\n');
        }
        String told = "text -> label (told by the columns' contents), in fields parted by comma";
        String[] all = rows.toArray(String[]::new);
        check("t.csv", named.toString(), told, Map.of("text", "text", "label", "Kategorie"), all);
        check("u.csv", unnamed.toString(), told, Map.of("text", "what happened", "label", "product"), all);
        check("v.csv", headless.toString(), told, Map.of("text", "v2", "label", "v1"), all);
        check(
                "w.csv",
                unclear.toString(),
                "text without a target, in fields parted by comma",
                Map.of("text", "text"),
                rows.stream().map(row -> row.replaceFirst(" => .*", "")).toArray(String[]::new));
    }

    @Test
    void eightDigitsThatMakeADayAreOne() {
        assertEquals(
                "2024-03-01T00:00:00Z",
                Instant.ofEpochMilli(Times.millis("20240301")).toString());
        assertEquals(20_241_399_000L, Times.millis("20241399"));
    }
}

package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Turns of conversations, wherever they stand and whoever speaks, become input and target.
class ConversationTest {
    @TempDir
    Path folder;

    private void check(String text, String layout, Map<String, String> columns, String... rows) {
        check("a.jsonl", text, layout + ", in JSON lines", columns, rows);
    }

    private void check(String name, String text, String layout, Map<String, String> columns, String... rows) {
        Path file = Reading.write(folder, name, text);
        assertEquals(List.of(rows), Reading.brief(file));
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            assertEquals(layout, data.layout());
            assertEquals(columns, data.columns());
        }
    }

    private static String turn(String role, String content) {
        return "{\"role\":\"" + role + "\",\"content\":\"" + content + "\"}";
    }

    @Test
    void aPromptOfTurns() {
        String prompt = "\"prompt\":[" + turn("system", "s") + "," + turn("user", "q") + "]";
        check(
                "{" + prompt + ",\"chosen\":[" + turn("assistant", "y") + "],\"rejected\":[" + turn("assistant", "n")
                        + "]}\n",
                "prompt -> chosen over rejected",
                Map.of("prompt", "prompt", "chosen", "chosen", "rejected", "rejected"),
                "s\nq >> y > n");
        check(
                "{" + prompt + ",\"completion\":[" + turn("assistant", "y") + "]}\n",
                "prompt -> response",
                Map.of("prompt", "prompt", "response", "completion"),
                "s\nq >> y");
    }

    /// Lists of objects that say nothing are no prompt of no text.
    @Test
    void aPromptOfObjectsIsMalformed() {
        Reading reading = Reading.of(Reading.write(
                folder,
                "o.jsonl",
                "{\"prompt\":\"p\",\"completion\":\"c\"}\n".repeat(3)
                        + "{\"prompt\":[{\"a\":1}],\"completion\":\"c\"}\n"));
        assertEquals(3, reading.rows().size());
        assertEquals(List.of("4: expected text in the column \"prompt\", came a list of objects"), reading.problems());
    }

    @Test
    void messagesBesideTwoAnswers() {
        Map<String, String> columns = Map.of("messages", "messages", "chosen", "chosen", "rejected", "rejected");
        String asked = "{\"messages\":[" + turn("user", "q");
        check(
                asked + "],\"chosen\":\"yes\",\"rejected\":\"yet\"}\n" + asked + "," + turn("assistant", "yes")
                        + "],\"chosen\":\"yes\",\"rejected\":\"no\"}\n",
                "prompt -> chosen over rejected",
                columns,
                "q >> yes > yet",
                "q >> yes > no");
        String shared = "[" + turn("user", "q") + "," + turn("assistant", "well") + "," + turn("user", "on") + ",";
        check(
                "{\"messages\":" + shared + turn("assistant", "y") + "],\"chosen\":" + shared + turn("assistant", "y")
                        + "],\"rejected\":" + shared + turn("assistant", "n") + "]}\n",
                "prompt -> chosen over rejected",
                columns,
                "q\nwell\non >> y > n");
    }

    /// The turns that two answers share stand in the input once, whatever of them the prompt says.
    @Test
    void aPromptAndTurnsThatBothAnswersShare() {
        for (Map.Entry<String, String> prompt : Map.of(
                        "q", "q\nwell\non",
                        "on", "q\nwell\non",
                        "be kind", "be kind\nq\nwell\non",
                        "q\\nwell\\non", "q\nwell\non",
                        "first\\nq\\nwell\\non", "first\nq\nwell\non",
                        "", "q\nwell\non")
                .entrySet()) {
            String shared = "[" + turn("user", "q") + "," + turn("assistant", "well") + "," + turn("user", "on") + ",";
            check(
                    "{\"prompt\":\"" + prompt.getKey() + "\",\"chosen\":" + shared + turn("assistant", "y")
                            + "],\"rejected\":" + shared + turn("assistant", "n") + "]}\n",
                    "prompt -> chosen over rejected",
                    Map.of("prompt", "prompt", "chosen", "chosen", "rejected", "rejected"),
                    prompt.getValue() + " >> y > n");
        }
    }

    @Test
    void toolCalls() {
        String user = "{\"messages\":[" + turn("user", "u") + ",{\"role\":\"assistant\",\"content\":null,";
        String call = "\"function\":{\"name\":\"send\",\"arguments\":";
        check(
                user + "\"tool_calls\":[{\"id\":\"x\"," + call
                        + "\"{\\\"to\\\": \\\"a\\\\nb\\\", \\\"cc\\\": [1, \\\"c\\\", null]}\"}},{" + call
                        + "{\"to\":\"d\"}}}]}]}\n"
                        + user + "\"function_call\":{\"name\":\"stop\",\"arguments\":\"{broken\"}}]}\n"
                        + user + "\"tool_calls\":[]}," + turn("assistant", "done") + "]}\n",
                "chat messages -> the assistant's turns",
                Map.of("messages", "messages"),
                "u >> send\nto: a\nb\ncc: 1\ncc: c\nsend\nto: d",
                "u >> stop\n{broken",
                "u >> done");
    }

    @Test
    void whoAnswers() {
        for (String[] sides : new String[][] {
            {"USER", "CHATBOT", "the assistant's turns"},
            {"Human", "GPT-4", "the assistant's turns"},
            {"customer", "Helpdesk", "the turns of \"helpdesk\", who answers"},
            {"Ann", "Bob", "the turns of \"bob\", who answers"}
        }) {
            check(
                    ("{\"messages\":[" + turn("system", "s") + "," + turn(sides[0], "q") + "," + turn(sides[1], "a")
                                    + "]}\n")
                            .repeat(3),
                    "chat messages -> " + sides[2],
                    Map.of("messages", "messages"),
                    "s\nq >> a",
                    "s\nq >> a",
                    "s\nq >> a");
        }
    }

    /// A speaker of one odd row does not hide who answers in the others.
    @Test
    void aSpeakerOfOneRow() {
        for (String odd : List.of("Cid", "assistant")) {
            String talk = "{\"messages\":[" + turn("Ann", "q") + "," + turn("Bob", "a") + "]}\n";
            Path file = Reading.write(
                    folder,
                    "odd.jsonl",
                    talk.repeat(60) + "{\"messages\":[" + turn("Ann", "q") + "," + turn(odd, "a") + "]}\n");
            assertEquals("q >> a", Reading.brief(file).getFirst());
        }
    }

    /// Of three speakers nobody knows who answers: their names are told, and their turns are input.
    @Test
    void speakersOfWhomNobodyAnswers() {
        String talk = "{\"messages\":[" + turn("Ann", "1") + "," + turn("Bob", "2") + "," + turn("Cid", "3") + "]}\n";
        Path file = Reading.write(folder, "talk.jsonl", talk.repeat(3));
        assertEquals(List.of("1\n2\n3", "1\n2\n3", "1\n2\n3"), Reading.brief(file));
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            List<Unread> speakers = new ArrayList<>();
            for (String name : List.of("ann", "bob", "cid")) {
                speakers.add(new Unread(name, Unread.Kind.SPEAKER, 0, 3));
            }
            assertEquals(speakers, data.unread());
        }
    }

    @Test
    void turnsWrittenAsJsonInText() {
        String turns = "[" + turn("user", "u") + ", " + turn("assistant", "a \\\\ b") + "]";
        String quoted = turns.replace("\\", "\\\\").replace("\"", "\\\"");
        check(
                "{\"messages\":\"" + quoted + "\"}\n",
                "chat messages -> the assistant's turns",
                Map.of("messages", "messages"),
                "u >> a \\ b");
        check(
                "b.csv",
                "id,messages\n" + ("7,\"" + turns.replace("\"", "\"\"") + "\"\n")
                        + "8,\"[{'role': 'user'}]\"\n9,\"["
                        + turn("user", "\\ud800").replace("\"", "\"\"") + "]\"\n"
                        + "10,\"[" + turn("user", "q").replace("\"", "\"\"") + "]\"\n",
                "chat messages -> the assistant's turns, in fields parted by comma",
                Map.of("id", "id", "messages", "messages"),
                "u >> a \\ b",
                "q");
        assertEquals(
                List.of(
                        "3: expected a list of turns in the column \"messages\", came text that is no list of turns in"
                                + " JSON",
                        "4: expected Unicode text, came half a surrogate pair"),
                Reading.of(folder.resolve("b.csv")).problems());
        check(
                "{\"chosen\":\"[{\\\"a\\\": 1}]\",\"rejected\":\"[{\\\"a\\\": 2}]\"}\n",
                "the start that chosen and rejected share -> chosen over rejected",
                Map.of("chosen", "chosen", "rejected", "rejected"),
                " >> [{\"a\": 1}] > [{\"a\": 2}]");
    }
}

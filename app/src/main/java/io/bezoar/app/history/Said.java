package io.bezoar.app.history;

import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.history.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;

/// How the verbs of `bezoar runs` answer: lines for people, one JSON object for programs.
final class Said {
    static final int INDENT = 15;

    private static final int WIDTH = 100;
    private static final int SHORT = 12;

    private Said() {}

    /// Lines for people.
    static TerminalText text() {
        return new TerminalText(WIDTH, false);
    }

    /// A line with a label; text from outside is drawn safely.
    static void line(TerminalText text, String label, String words) {
        text.entry(
                SafeText.plain(label, 60),
                TerminalText.Style.PLAIN,
                SafeText.plain(words, 600),
                INDENT,
                TerminalText.Style.PLAIN);
    }

    /// As much of an id as people read.
    static String brief(String id) {
        return id.length() > SHORT ? id.substring(0, SHORT) : id;
    }

    /// A run in one line.
    static String brief(Entry entry) {
        var subject = entry.run().subject();
        return entry.run().started() + " " + entry.run().kind() + " "
                + entry.run().state()
                + subject.model().map(model -> ", model " + model).orElse("")
                + subject.data().map(data -> ", data " + brief(data)).orElse("")
                + subject.prompt().map(prompt -> ", prompt " + brief(prompt)).orElse("");
    }

    /// Prints one of the two.
    static void print(CommandSpec spec, boolean asJson, TerminalText text, Json.Content json) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (asJson) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Json.write(bytes, json);
            out.print(bytes.toString(StandardCharsets.UTF_8));
        } else {
            out.print(text);
        }
        out.flush();
    }
}

package io.bezoar.app.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.ledger.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/// What a verb says: lines for people, one JSON object for programs. Owned by one thread.
public final class Answer {
    private static final int INDENT = 13;
    private static final int WIDTH = 100;
    private static final int LONGEST = 400;

    private final TerminalText text = new TerminalText(WIDTH, false);
    private final JsonValue.Building json = new JsonValue.Building();

    /// @param schema name and version of the JSON
    public Answer(String schema) {
        json.with("schema", schema);
    }

    /// A line for people; text from outside is drawn safely.
    public Answer line(String label, String words) {
        text.entry(label, TerminalText.Style.PLAIN, SafeText.plain(words, LONGEST), INDENT, TerminalText.Style.PLAIN);
        return this;
    }

    /// A member for programs.
    public Answer field(String name, String value) {
        json.with(name, value);
        return this;
    }

    public Answer field(String name, long value) {
        json.with(name, value);
        return this;
    }

    public Answer field(String name, JsonValue value) {
        json.with(name, value);
        return this;
    }

    /// Prints one of the two.
    public void print(CommandSpec spec, boolean asJson) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (asJson) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Json.write(bytes, generator -> write(json.done(), generator));
            out.print(bytes.toString(StandardCharsets.UTF_8));
        } else {
            out.print(text);
        }
        out.flush();
    }

    private static void write(JsonValue value, JsonGenerator out) throws IOException {
        switch (value) {
            case JsonValue.Text(String string) -> out.writeString(string);
            case JsonValue.Whole(long number) -> out.writeNumber(number);
            case JsonValue.Decimal(double number) -> out.writeNumber(number);
            case JsonValue.Truth(boolean truth) -> out.writeBoolean(truth);
            case JsonValue.Nothing() -> out.writeNull();
            case JsonValue.Elements(var values) -> {
                out.writeStartArray();
                for (JsonValue each : values) {
                    write(each, out);
                }
                out.writeEndArray();
            }
            case JsonValue.Members(Map<String, JsonValue> values) -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonValue> each : values.entrySet()) {
                    out.writeFieldName(each.getKey());
                    write(each.getValue(), out);
                }
                out.writeEndObject();
            }
        }
    }
}

package io.bezoar.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A trace for a terminal and as JSON.
public final class TraceText {
    private static final int NAME = 60;
    private static final String CREDIT = "credit";
    private static final int BAR = 12;

    private TraceText() {}

    /// For a terminal.
    public static String text(TraceRecord trace, int width, boolean colour) {
        TerminalText text = new TerminalText(width, colour);
        text.entry("Input", quoted(trace.input(), 300));
        if (!trace.answers().isEmpty()) {
            text.entry(
                    "Answer",
                    trace.answers().stream()
                            .map(answer -> name(answer.label()) + " (" + percent(answer.chance()) + ")")
                            .collect(Collectors.joining(", then ")));
            text.entry("Hangs on", hangs(trace));
        }
        for (int i = 0; i < trace.remarks().size(); i++) {
            text.entry(i == 0 ? "Note" : "", SafeText.plain(trace.remarks().get(i), 400));
        }
        if (!trace.method().equals(CREDIT)) {
            text.entry("Ranked by", trace.method());
        }
        for (int i = 0; i < trace.without().size(); i++) {
            String before = trace.answers().getFirst().label();
            TraceRecord.Without without = trace.without().get(i);
            text.entry(
                    i == 0 ? "Retrained" : "",
                    "without " + SafeText.plain(without.what(), 200) + " (" + Words.count(without.rows(), "row") + "): "
                            + name(without.answer().label()) + " ("
                            + percent(without.answer().chance()) + ")"
                            + (without.answer().label().equals(before)
                                    ? ""
                                    : ", " + name(before) + " " + percent(without.before())));
        }
        text.blank();
        double most = Stream.concat(trace.supporters().stream(), trace.opponents().stream())
                .mapToDouble(row -> Math.abs(row.credit()))
                .max()
                .orElse(1);
        rows(text, "Supporters", trace.supporters(), most, width);
        text.entry(
                "",
                "these " + Words.count(trace.supporters().size(), "row") + " hold "
                        + percent(trace.supporters().stream()
                                .mapToDouble(TraceRecord.Row::credit)
                                .sum())
                        + " of the " + what(trace) + "; " + Words.count(trace.supporting(), "row")
                        + (trace.supporting() == 1 ? " has" : " have") + " some");
        if (!trace.opponents().isEmpty()) {
            text.blank();
            rows(text, "Opponents", trace.opponents(), most, width);
        }
        groups(text, trace.groups(), what(trace));
        return text.toString();
    }

    private static String what(TraceRecord trace) {
        return trace.method().equals(CREDIT) ? CREDIT : "scores";
    }

    private static String hangs(TraceRecord trace) {
        return trace.deciding().isEmpty()
                ? "no few of them: the evidence of the whole input is traced, against " + name(trace.other())
                : trace.deciding().stream().map(word -> quoted(word, NAME)).collect(Collectors.joining(", "))
                        + ": without " + (trace.deciding().size() == 1 ? "it" : "them") + " the answer is "
                        + name(trace.other());
    }

    private static void rows(TerminalText text, String label, List<TraceRecord.Row> rows, double most, int width) {
        for (int i = 0; i < rows.size(); i++) {
            TraceRecord.Row row = rows.get(i);
            int length = most == 0 ? 0 : (int) Math.round(BAR * Math.abs(row.credit()) / most);
            String bar =
                    (row.credit() >= 0 ? "█" : "░").repeat(Math.max(1, length)) + "·".repeat(Math.max(0, BAR - length));
            String line = bar + " " + String.format(Locale.ROOT, "%+.1f %%", 100 * row.credit()) + " "
                    + SafeText.plain(row.id(), 40) + " " + name(row.target())
                    + from(row).map(from -> " " + from).orElse("") + " "
                    + quoted(row.text(), Math.max(40, 2 * (width - TerminalText.INDENT)));
            text.entry(i == 0 ? label : "", line);
        }
    }

    private static Optional<String> from(TraceRecord.Row row) {
        String from = Stream.of(row.source(), row.annotator(), row.batch(), row.day(), row.campaign())
                .flatMap(Optional::stream)
                .map(part -> SafeText.plain(part, 40))
                .collect(Collectors.joining(" · "));
        return from.isEmpty() ? Optional.empty() : Optional.of("[" + from + "]");
    }

    private static void groups(TerminalText text, List<TraceRecord.Group> groups, String what) {
        String kind = "";
        for (TraceRecord.Group group : groups) {
            if (kind.isEmpty()) {
                text.blank();
            }
            text.entry(
                    group.kind().equals(kind) ? "" : "By " + group.kind(),
                    name(group.name()) + ": " + percent(group.credit()) + " of the " + what + ", "
                            + Words.count(group.rows(), "row") + ", " + group.among() + " of the supporters above");
            kind = group.kind();
        }
    }

    private static String name(String raw) {
        return SafeText.plain(raw, NAME);
    }

    private static String quoted(String raw, int limit) {
        return "“" + SafeText.plain(raw, limit) + "”";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, Math.abs(share) < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
    }

    /// As one JSON object.
    public static String json(TraceRecord trace) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(bytes, json -> write(json, trace));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, TraceRecord trace) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", "bezoar.trace/1");
        json.writeStringField("version", trace.version());
        if (!trace.model().isEmpty()) {
            json.writeStringField("model", trace.model());
        }
        json.writeStringField("dataDigest", trace.dataDigest());
        json.writeStringField("method", trace.method());
        json.writeArrayFieldStart("remarks");
        for (String remark : trace.remarks()) {
            json.writeString(remark);
        }
        json.writeEndArray();
        json.writeStringField("input", trace.input());
        json.writeArrayFieldStart("answers");
        for (TraceRecord.Answer answer : trace.answers()) {
            write(json, answer);
        }
        json.writeEndArray();
        json.writeStringField("other", trace.other());
        json.writeArrayFieldStart("deciding");
        for (String word : trace.deciding()) {
            json.writeString(word);
        }
        json.writeEndArray();
        json.writeNumberField("supporting", trace.supporting());
        rows(json, "supporters", trace.supporters());
        rows(json, "opponents", trace.opponents());
        json.writeArrayFieldStart("groups");
        for (TraceRecord.Group group : trace.groups()) {
            json.writeStartObject();
            json.writeStringField("kind", group.kind());
            json.writeStringField("name", group.name());
            json.writeNumberField("rows", group.rows());
            json.writeNumberField("credit", group.credit());
            json.writeNumberField("effect", group.effect());
            json.writeNumberField("among", group.among());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("without");
        for (TraceRecord.Without without : trace.without()) {
            json.writeStartObject();
            json.writeStringField("what", without.what());
            json.writeNumberField("rows", without.rows());
            json.writeFieldName("answer");
            write(json, without.answer());
            json.writeNumberField("before", without.before());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, TraceRecord.Answer answer) throws IOException {
        json.writeStartObject();
        json.writeStringField("label", answer.label());
        json.writeNumberField("chance", answer.chance());
        json.writeEndObject();
    }

    private static void rows(JsonGenerator json, String name, List<TraceRecord.Row> rows) throws IOException {
        json.writeArrayFieldStart(name);
        for (TraceRecord.Row row : rows) {
            json.writeStartObject();
            json.writeStringField("id", row.id());
            json.writeNumberField("credit", row.credit());
            json.writeNumberField("effect", row.effect());
            json.writeStringField("target", row.target());
            field(json, "source", row.source());
            field(json, "annotator", row.annotator());
            field(json, "batch", row.batch());
            field(json, "day", row.day());
            field(json, "campaign", row.campaign());
            json.writeStringField("text", row.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void field(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }
}

package io.bezoar.app.evaluation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.evaluate.slice.Discovery;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Parts nobody named, as files and the command line show them. They are a hint and no demand: no exit
/// code follows them.
public final class DiscoveredParts {
    private static final int SHOWN = 5;
    private static final int EXAMPLES = 20;

    private DiscoveredParts() {}

    /// A list of the confirmed parts, with examples.
    ///
    /// @param mark what is counted in them, `wrong` or `broken`
    public static void write(List<Discovery.Part> parts, String field, String mark, JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (Discovery.Part part : parts) {
            if (part.confirmed()) {
                json.writeStartObject();
                json.writeStringField("name", part.name());
                json.writeNumberField("items", part.members().size());
                json.writeNumberField(mark, part.marked().size());
                json.writeNumberField("p", part.p());
                json.writeArrayFieldStart("examples");
                for (String id : part.marked().stream().limit(EXAMPLES).toList()) {
                    json.writeString(id);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    /// Lines on the worst confirmed parts.
    ///
    /// @param mark what is counted in them
    public static void tell(List<Discovery.Part> parts, String mark, TerminalText text) {
        parts.stream()
                .filter(Discovery.Part::confirmed)
                .limit(SHOWN)
                .forEach(part -> text.entry(
                        "found",
                        TerminalText.Style.BOLD,
                        SafeText.plain(part.name(), 160) + ": " + part.marked().size() + " of "
                                + Words.count(part.members().size(), "item") + " " + mark
                                + String.format(Locale.ROOT, ", p = %.2g on the half not searched", part.p()) + "; "
                                + String.join(
                                        ", ",
                                        part.marked().stream()
                                                .limit(3)
                                                .map(id -> SafeText.plain(id, 40))
                                                .toList()),
                        16,
                        TerminalText.Style.PLAIN));
    }
}

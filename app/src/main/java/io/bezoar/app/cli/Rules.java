package io.bezoar.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.TerminalText;
import io.bezoar.core.Calibration;
import io.bezoar.core.Detector;
import io.bezoar.core.Need;
import io.bezoar.detect.scan.Catalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar rules`: the detectors of this installation.
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description =
                "Lists the detectors: what each finds, what it needs, its settings, how well it was measured to work.",
        footer = {
            "",
            "Examples:",
            "  bezoar rules",
            "  bezoar scan tickets.jsonl --detector label-conflict    one of them, with its defaults"
        })
public final class Rules implements Callable<Integer> {
    private static final int INDENT = 10;
    /// Attacks shown of each detector: those it finds best.
    private static final int SHOWN = 4;

    @Option(names = "--json", description = "Write one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    Rules() {}

    @Override
    public Integer call() throws IOException {
        List<Detector<?>> all = Catalog.all();
        Map<String, List<RuleAccuracy>> accuracy = RuleAccuracy.all();
        spec.commandLine().getOut().print(json ? json(all, accuracy) : text(all, accuracy));
        spec.commandLine().getOut().flush();
        return ExitCode.PASS;
    }

    private String text(List<Detector<?>> all, Map<String, List<RuleAccuracy>> accuracy) {
        Terminal terminal = Terminal.of(spec.commandLine());
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        for (Detector<?> detector : all) {
            text.blank().line(detector.name(), TerminalText.Style.BOLD);
            entry(text, "finds", detector.purpose());
            entry(text, "needs", needs(detector).isEmpty() ? "text alone" : String.join(" and ", needs(detector)));
            entry(text, "family", family(detector) + ": " + detector.family().words());
            entry(text, "runs", detector.tier().words());
            entry(text, "chance", bound(detector.calibration()));
            String settings = Catalog.settings(detector).entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + setting.getValue())
                    .collect(Collectors.joining(", "));
            if (!settings.isEmpty()) {
                entry(text, "settings", settings);
            }
            List<RuleAccuracy> measured = accuracy.getOrDefault(detector.name(), List.of());
            measured.stream()
                    .filter(each -> !each.clean())
                    .limit(SHOWN)
                    .forEach(each -> entry(text, "hits", each.words()));
            measured.stream().filter(RuleAccuracy::clean).forEach(each -> entry(text, "alarms", each.words()));
        }
        return text.toString();
    }

    private static List<String> needs(Detector<?> detector) {
        return detector.needs().stream().sorted().map(Need::words).toList();
    }

    /// What its false alarms are held to.
    private static String bound(Calibration calibration) {
        return calibration
                        .hypothesis()
                        .map(hypothesis -> String.format(
                                Locale.ROOT,
                                "finds a group in at most %.1f %% of the sets in which %s; ",
                                100 * calibration.chance(),
                                hypothesis))
                        .orElse("makes no test: its groups wait for the proof, its scores only order; ")
                + String.format(
                        Locale.ROOT, "flags at most %.1f %% of the rows of an honest set", 100 * Calibration.ROWS);
    }

    private static String family(Detector<?> detector) {
        return detector.family().name().toLowerCase(Locale.ROOT);
    }

    private static void entry(TerminalText text, String label, String words) {
        text.entry("  " + label, TerminalText.Style.FAINT, words, 2 + INDENT, TerminalText.Style.PLAIN);
    }

    private static String json(List<Detector<?>> all, Map<String, List<RuleAccuracy>> accuracy) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(bytes, json -> {
            json.writeStartObject();
            json.writeStringField("schema", "bezoar.rules/1");
            json.writeStringField("version", Bezoar.version());
            json.writeArrayFieldStart("rules");
            for (Detector<?> detector : all) {
                rule(detector, accuracy.getOrDefault(detector.name(), List.of()), json);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void rule(Detector<?> detector, List<RuleAccuracy> measured, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", detector.name());
        json.writeStringField("purpose", detector.purpose());
        json.writeArrayFieldStart("needs");
        for (String need : needs(detector)) {
            json.writeString(need);
        }
        json.writeEndArray();
        json.writeStringField("family", family(detector));
        json.writeStringField("tier", detector.tier().name().toLowerCase(Locale.ROOT));
        json.writeObjectFieldStart("calibration");
        if (detector.calibration().hypothesis().isPresent()) {
            json.writeStringField(
                    "hypothesis", detector.calibration().hypothesis().get());
            json.writeNumberField("chance", detector.calibration().chance());
        }
        json.writeNumberField("flaggedRows", Calibration.ROWS);
        json.writeEndObject();
        json.writeObjectFieldStart("settings");
        for (Map.Entry<String, String> setting : Catalog.settings(detector).entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("measured");
        for (RuleAccuracy each : measured) {
            each.write(json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}

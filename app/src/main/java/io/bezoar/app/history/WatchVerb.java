package io.bezoar.app.history;

import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.data.BadInput;
import io.bezoar.history.Entry;
import io.bezoar.history.History;
import io.bezoar.history.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar runs watch`: has a model come to break its demands? May be asked every day.
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Weighs all evaluations and comparisons so far against their demands.",
        footer = {
            "",
            "Examples:",
            "  bezoar runs watch",
            "  bezoar runs watch --model mine --fdr 0.01 --since 480",
            "",
            "May be run after every evaluation: of its alarms at most the share --fdr is",
            "false on average, however often one looks. Questions count once: a run that",
            "asks what another asked before brings nothing new, unless --repeats.",
            "Exit codes: 0 no alarm; 1 an alarm."
        })
final class WatchVerb implements Callable<Integer> {
    private static final int PAGE = 1_000;

    @Option(names = "--model", paramLabel = "NAME", description = "Only this model.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--fdr",
            defaultValue = "0.05",
            paramLabel = "SHARE",
            description = "Largest share of false alarms among alarms (default: ${DEFAULT-VALUE}).")
    private double rate = 0.05;

    @Option(names = "--since", defaultValue = "1", paramLabel = "NUMBER", description = "The first run that counts.")
    private long since = 1;

    @Option(
            names = "--repeats",
            description = "Count the same questions each time: an alarm then speaks of these questions alone.")
    private boolean repeats;

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!(rate > 0 && rate <= 1)) {
            throw new BadInput("expected a --fdr above 0 and at most 1, came " + rate);
        }
        List<Monitors.Monitor> monitors;
        try (History runs = history.read(spec.commandLine())) {
            List<Entry> entries = new ArrayList<>(all(runs, "evaluation"));
            entries.addAll(all(runs, "comparison"));
            entries.sort((a, b) -> Long.compare(a.number(), b.number()));
            monitors = Monitors.of(entries, repeats, rate);
        }
        TerminalText text = Said.text();
        for (Monitors.Monitor monitor : monitors) {
            Said.line(
                    text,
                    monitor.alarm() ? "ALARM" : "quiet",
                    monitor.model() + ", " + monitor.name() + ": evidence " + evidence(monitor.logValue()) + " from "
                            + Words.count(monitor.items(), "item") + " of " + Words.count(monitor.runs(), "run")
                            + (monitor.repeated() > 0
                                    ? ", " + Words.count(monitor.repeated(), "run") + " not counted: the same questions"
                                    : ""));
        }
        boolean alarm = monitors.stream().anyMatch(Monitors.Monitor::alarm);
        text.blank()
                .line(
                        monitors.isEmpty()
                                ? "No evaluation with demands is in the history."
                                : alarm ? "A demand is broken." : "No demand is known to be broken.",
                        TerminalText.Style.PLAIN);
        Said.print(spec, json, text, out -> {
            out.writeStartObject();
            out.writeStringField("schema", "bezoar.runs-watched/1");
            out.writeNumberField("fdr", rate);
            out.writeBooleanField("alarm", alarm);
            out.writeArrayFieldStart("monitors");
            for (Monitors.Monitor monitor : monitors) {
                out.writeStartObject();
                out.writeStringField("model", monitor.model());
                out.writeStringField("name", monitor.name());
                out.writeBooleanField("alarm", monitor.alarm());
                if (Double.isFinite(monitor.logValue())) {
                    out.writeNumberField("log10Evidence", monitor.logValue() / StrictMath.log(10));
                } else {
                    out.writeStringField("log10Evidence", "Infinity");
                }
                out.writeNumberField("items", monitor.items());
                out.writeNumberField("runs", monitor.runs());
                out.writeNumberField("repeated", monitor.repeated());
                out.writeNumberField("last", monitor.last());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
        return alarm ? 1 : 0;
    }

    private List<Entry> all(History runs, String kind) throws IOException {
        List<Entry> all = new ArrayList<>();
        Optional<String> any = Optional.empty();
        Query query = new Query(Optional.of(kind), any, any, model, any, Long.MAX_VALUE, PAGE);
        for (List<Entry> page = runs.page(query);
                !page.isEmpty();
                page = runs.page(query.before(page.getLast().number()))) {
            page.stream().filter(entry -> entry.number() >= since).forEach(all::add);
            if (page.getLast().number() < since) {
                break;
            }
        }
        return all;
    }

    private static String evidence(double log) {
        double ten = log / StrictMath.log(10);
        return Double.isInfinite(ten)
                ? "beyond doubt"
                : ten > 6
                        ? String.format(Locale.ROOT, "10^%.0f to 1", ten)
                        : String.format(Locale.ROOT, "%.3g to 1", StrictMath.exp(log));
    }
}

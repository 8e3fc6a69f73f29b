package io.bezoar.app.history;

import io.bezoar.app.report.TerminalText;
import io.bezoar.history.Entry;
import io.bezoar.history.History;
import io.bezoar.history.Run;
import io.bezoar.history.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar runs compare`: what differs between two runs.
@Command(
        name = "compare",
        aliases = "diff",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows what differs between two runs: data, model, prompt, settings, numbers.",
        footer = {
            "",
            "Example:",
            "  bezoar runs compare production 81c0",
            "",
            "Whether one model is worse than another, item by item: bezoar compare."
        })
final class CompareVerb implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "OLD", description = "A run: id, #NUMBER or label.")
    private String old = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "A run: id, #NUMBER or label.")
    private String now = "";

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /// One thing that differs; empty where a run does not have it.
    private record Difference(String what, Optional<String> old, Optional<String> now) {}

    @Override
    public Integer call() throws IOException {
        try (History runs = history.read(spec.commandLine())) {
            Entry before = ShowVerb.found(runs, old);
            Entry after = ShowVerb.found(runs, now);
            Map<String, String> was = facts(before.run());
            Map<String, String> is = facts(after.run());
            List<Difference> differences = new ArrayList<>();
            TreeSet<String> names = new TreeSet<>(was.keySet());
            names.addAll(is.keySet());
            for (String name : names) {
                Optional<String> one = Optional.ofNullable(was.get(name));
                Optional<String> other = Optional.ofNullable(is.get(name));
                if (!one.equals(other)) {
                    differences.add(new Difference(name, one, other));
                }
            }
            TerminalText text = Said.text();
            Said.line(text, "Old", "#" + before.number() + " " + Said.brief(before));
            Said.line(text, "New", "#" + after.number() + " " + Said.brief(after));
            text.blank();
            differences.forEach(each -> Said.line(
                    text,
                    "",
                    each.what() + ": " + each.old().orElse("none") + " → "
                            + each.now().orElse("none")));
            if (differences.isEmpty()) {
                text.line("They differ in nothing but their time.", TerminalText.Style.PLAIN);
            }
            Said.print(spec, json, text, out -> {
                out.writeStartObject();
                out.writeStringField("schema", "bezoar.runs-compared/1");
                out.writeStringField("old", before.id());
                out.writeStringField("new", after.id());
                out.writeArrayFieldStart("differences");
                for (Difference each : differences) {
                    out.writeStartObject();
                    out.writeStringField("what", each.what());
                    if (each.old().isPresent()) {
                        out.writeStringField("old", each.old().get());
                    }
                    if (each.now().isPresent()) {
                        out.writeStringField("new", each.now().get());
                    }
                    out.writeEndObject();
                }
                out.writeEndArray();
                out.writeEndObject();
            });
        }
        return 0;
    }

    /// Everything about a run but its time.
    private static Map<String, String> facts(Run run) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("kind", run.kind());
        facts.put("state", run.state());
        facts.put("version", run.version());
        facts.put("seed", Long.toString(run.seed()));
        run.subject().data().ifPresent(data -> facts.put("data", data));
        run.subject().model().ifPresent(model -> facts.put("model", model));
        run.subject().modelDigest().ifPresent(digest -> facts.put("model digest", digest));
        run.subject().prompt().ifPresent(prompt -> facts.put("prompt", prompt));
        run.settings().forEach((name, value) -> facts.put("setting " + name, value));
        run.measures().forEach((name, value) -> facts.put("measure " + name, Double.toString(value)));
        for (Tally tally : run.tallies()) {
            facts.put("count " + tally.name(), ShowVerb.words(tally));
        }
        run.files().forEach(file -> facts.put("file " + file.name(), file.sha256()));
        return facts;
    }
}

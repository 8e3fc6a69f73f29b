package io.bezoar.app.cli;

import io.bezoar.app.evaluation.DiscoveredParts;
import io.bezoar.app.evaluation.EvaluationFile;
import io.bezoar.app.history.HistoryOptions;
import io.bezoar.app.history.Recorded;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.data.BadInput;
import io.bezoar.evaluate.Comparison;
import io.bezoar.evaluate.Outcome;
import io.bezoar.evaluate.Suite;
import io.bezoar.evaluate.SuiteFile;
import io.bezoar.evaluate.slice.Discovery;
import io.bezoar.history.Digest;
import io.bezoar.history.Run;
import io.bezoar.history.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar compare`: two models on the same items.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares two evaluations item by item: what broke, what was fixed, worst first.",
        footer = {
            "",
            "Examples:",
            "  bezoar compare eval-old eval-new",
            "  bezoar compare eval-old eval-new --suite suite.yaml --margin 0.01",
            "",
            "Exit codes: 0 no worse than the margin; 1 worse; 2 bad input or usage;",
            "3 inconclusive."
        })
public final class Compare implements Callable<Integer> {
    private static final int SHOWN = 5;

    @Parameters(index = "0", paramLabel = "OLD", description = "Folder or file of the old evaluation.")
    private Path old = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "Folder or file of the new evaluation.")
    private Path now = Path.of("");

    @Option(names = "--suite", paramLabel = "FILE", description = "The suite: its slices, and slices nobody named.")
    private Optional<Path> suite = Optional.empty();

    @Option(
            names = "--margin",
            defaultValue = "0.01",
            paramLabel = "SHARE",
            description = "How much the share of right answers may fall (default: ${DEFAULT-VALUE}).")
    private double margin = 0.01;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Of the search for slices nobody named (default: 0).")
    private long seed;

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(names = "--json", description = "Write one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    Compare() {}

    @Override
    public Integer call() throws IOException {
        Instant started = Instant.now();
        history.check(spec.commandLine());
        if (!(margin >= 0 && margin <= 1)) {
            throw new BadInput("expected a --margin from 0 to 1, came " + margin);
        }
        EvaluationFile.Read before = EvaluationFile.read(file(old));
        EvaluationFile.Read after = EvaluationFile.read(file(now));
        if (!before.suite().equals(after.suite())) {
            throw new BadInput("expected two evaluations of one suite, came one of another; run bezoar eval with the"
                    + " same suite for both");
        }
        Optional<Suite> asks = suite.isPresent() ? Optional.of(SuiteFile.read(suite.get())) : Optional.empty();
        List<Suite.Slice> slices = asks.map(Suite::slices).orElse(List.of());
        Comparison comparison;
        try {
            comparison = Comparison.of(before.verdicts(), after.verdicts(), slices, margin);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()));
        }
        Set<String> broken = comparison.parts().stream()
                .flatMap(part -> part.broken().stream())
                .collect(Collectors.toSet());
        List<Discovery.Part> found =
                asks.map(each -> Discovery.usual(seed).of(each.items(), broken)).orElse(List.of());
        spec.commandLine().getOut().print(json ? json(comparison, found) : text(comparison, found));
        spec.commandLine().getOut().flush();
        int code = switch (comparison.worse()) {
            case PASS -> ExitCode.PASS;
            case INCONCLUSIVE -> ExitCode.INCOMPLETE;
            case FAIL -> ExitCode.VIOLATED;
        };
        return history.record(
                spec.commandLine(),
                code,
                Recorded.comparison(
                        comparison,
                        new Subject(
                                Optional.of(after.suite()),
                                Optional.of(after.model()),
                                Optional.empty(),
                                Optional.empty()),
                        margin,
                        seed,
                        new Recorded.Circumstances(started, Bezoar.version()),
                        List.of(new Run.File("old", Digest.of(file(old))), new Run.File("new", Digest.of(file(now)))),
                        Instant.now()));
    }

    private static Path file(Path given) {
        return Files.isDirectory(given) ? given.resolve("evaluation.json") : given;
    }

    private String text(Comparison comparison, List<Discovery.Part> found) {
        Terminal terminal = Terminal.of(spec.commandLine());
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        for (Comparison.Part part : comparison.parts()) {
            text.entry(
                    SafeText.plain(part.name(), 24),
                    TerminalText.Style.BOLD,
                    part.broken().size() + " broken, " + part.fixed().size() + " fixed of "
                            + Words.count(part.items(), "item") + ", "
                            + (part.items()
                                    - part.broken().size()
                                    - part.fixed().size()) + " unchanged"
                            + String.format(Locale.ROOT, "; p = %.3g", part.p())
                            + shown("broken", part.broken()) + shown("fixed", part.fixed()),
                    26,
                    TerminalText.Style.PLAIN);
        }
        DiscoveredParts.tell(found, "broken", text);
        text.blank()
                .line(
                        String.format(
                                Locale.ROOT,
                                "Right answers: %+.1f points [%+.1f to %+.1f]; %s a margin of %.1f.",
                                100 * comparison.change().estimate(),
                                100 * comparison.change().low(),
                                100 * comparison.change().high(),
                                switch (comparison.worse()) {
                                    case PASS -> "no worse than";
                                    case INCONCLUSIVE -> "too few items to tell from";
                                    case FAIL -> "worse than";
                                },
                                100 * margin),
                        comparison.worse() == Outcome.State.PASS ? TerminalText.Style.PLAIN : TerminalText.Style.BOLD);
        return text.toString();
    }

    private static String shown(String what, List<String> ids) {
        return ids.isEmpty()
                ? ""
                : "; " + what + ": "
                        + String.join(
                                ", ",
                                ids.stream()
                                        .limit(SHOWN)
                                        .map(id -> SafeText.plain(id, 40))
                                        .toList())
                        + (ids.size() > SHOWN ? " and " + (ids.size() - SHOWN) + " more" : "");
    }

    private static String json(Comparison comparison, List<Discovery.Part> found) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(bytes, json -> {
            json.writeStartObject();
            json.writeStringField("schema", "bezoar.comparison/1");
            json.writeStringField("state", EvaluationFile.word(comparison.worse()));
            json.writeNumberField("change", comparison.change().estimate());
            json.writeNumberField("low", comparison.change().low());
            json.writeNumberField("high", comparison.change().high());
            json.writeArrayFieldStart("parts");
            for (Comparison.Part part : comparison.parts()) {
                json.writeStartObject();
                json.writeStringField("name", part.name());
                json.writeNumberField("items", part.items());
                json.writeNumberField(
                        "unchanged",
                        part.items() - part.broken().size() - part.fixed().size());
                json.writeNumberField("p", part.p());
                json.writeArrayFieldStart("broken");
                for (String id : part.broken()) {
                    json.writeString(id);
                }
                json.writeEndArray();
                json.writeArrayFieldStart("fixed");
                for (String id : part.fixed()) {
                    json.writeString(id);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            DiscoveredParts.write(found, "discovered", "broken", json);
            json.writeEndObject();
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

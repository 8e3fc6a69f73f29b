package io.bezoar.app.cli;

import io.bezoar.app.evaluation.ProbeFile;
import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.app.retrain.RetrainPlan;
import io.bezoar.core.Campaign;
import io.bezoar.core.Example;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import io.bezoar.data.BadInput;
import io.bezoar.evaluate.probe.Insertion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar retrain plan`: what the new model must not see.
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Says which rows a model is to be trained on again, which it must not see, and what to try on it.",
        footer = {
            "",
            "Examples:",
            "  bezoar retrain plan tickets.jsonl --findings bezoar-out --out again",
            "  bezoar retrain plan tickets.jsonl --probe bezoar-probe --out again",
            "  bezoar retrain plan trusted.jsonl --probe bezoar-probe --out again",
            "        a small set that is known to be clean, and suspects to try",
            "",
            "Exit codes: 0 done; 2 bad input or usage."
        })
final class RetrainPlanning implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "DATA", description = "The rows to train on: all, or trusted ones.")
    private List<String> data = List.of();

    @Option(
            names = "--findings",
            paramLabel = "DIR",
            description = "A scan's result: rows of its campaigns are left out, their triggers tried.")
    private Optional<Path> findings = Optional.empty();

    @Option(
            names = "--severity",
            defaultValue = "high",
            paramLabel = "LEVEL",
            description = "Leave out the rows of campaigns of this severity and above: low, medium or high"
                    + " (default: ${DEFAULT-VALUE}).")
    private String severity = "high";

    @Option(
            names = "--probe",
            paramLabel = "DIR",
            description = "A probe's result: rows that teach its triggers are left out, all its suspects tried.")
    private Optional<Path> probe = Optional.empty();

    @Option(
            names = "--try",
            paramLabel = "TEXT",
            description = "A word or phrase to try on both models; may be repeated.")
    private List<String> tries = List.of();

    @Option(
            names = "--out",
            defaultValue = "bezoar-retrain",
            paramLabel = "DIR",
            description = "Folder for plan.json (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bezoar-retrain");

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Option(names = "--json", description = "Print plan.json.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    RetrainPlanning() {}

    @Override
    public Integer call() throws IOException {
        OutputPlace.folder(out, "--out");
        TrainingRows rows = TrainingRows.read(data, reading.settings(Map.of(), out), 1);
        Map<String, String> reasons = new LinkedHashMap<>();
        Set<Insertion> suspected = new LinkedHashSet<>();
        tries.stream().filter(text -> !text.isBlank()).map(Insertion::new).forEach(suspected::add);
        if (findings.isPresent()) {
            ScanResult scan = ScannedBefore.read(findings.get(), "--findings");
            rows.refuseOther(scan);
            campaigns(scan, reasons, suspected);
        }
        List<ProbeFile.Named> suspects =
                probe.isPresent() ? ProbeFile.read(probe.get().resolve("probe.json")) : List.of();
        suspects.stream()
                .filter(ProbeFile.Named::trigger)
                .map(ProbeFile.Named::insertion)
                .forEach(suspected::add);
        List<Insertion> others = suspects.stream()
                .map(ProbeFile.Named::insertion)
                .filter(insertion -> !suspected.contains(insertion))
                .toList();
        Map<Long, String> gone = new LinkedHashMap<>();
        for (int i = 0; i < rows.examples().size(); i++) {
            Optional<String> reason = Optional.ofNullable(reasons.get(rows.ids().get(i)))
                    .or(reason(rows.examples().get(i), suspects));
            if (reason.isPresent()) {
                gone.put(rows.examples().get(i).key(), reason.get());
            }
        }
        List<RetrainPlan.LeftOut> leftOut = new ArrayList<>();
        for (int i = 0; i < rows.examples().size(); i++) {
            long key = rows.examples().get(i).key();
            String id = rows.ids().get(i);
            // an equal row under another id would teach the same
            Optional.ofNullable(gone.get(key))
                    .ifPresent(reason -> leftOut.add(new RetrainPlan.LeftOut(id, key, reason)));
        }
        if (leftOut.size() == rows.examples().size()) {
            throw new BadInput("expected rows to train on, but all of them are left out; give trusted rows");
        }
        RetrainPlan plan = new RetrainPlan(
                data,
                rows.digest(),
                reading.deciding(),
                rows.examples().size(),
                leftOut,
                List.copyOf(suspected),
                others);
        Files.createDirectories(out);
        Path file = out.resolve(Retrain.PLAN);
        Aside.write(file, to -> plan.write(Bezoar.version(), to));
        spec.commandLine().getOut().print(json ? Files.readString(file) : text(plan, file));
        spec.commandLine().getOut().flush();
        return ExitCode.PASS;
    }

    private static java.util.function.Supplier<Optional<String>> reason(Example row, List<ProbeFile.Named> suspects) {
        return () -> suspects.stream()
                .filter(ProbeFile.Named::trigger)
                .filter(suspect -> row.label().equals(Optional.of(suspect.target()))
                        && suspect.insertion().in(row.tokens()))
                .map(suspect -> "teaches the trigger that the probe found")
                .findFirst();
    }

    private void campaigns(ScanResult scan, Map<String, String> reasons, Set<Insertion> suspected) {
        Severity least = switch (severity) {
            case "low" -> Severity.LOW;
            case "medium" -> Severity.MEDIUM;
            case "high" -> Severity.HIGH;
            default -> throw new BadInput("--severity must be low, medium or high, not \"" + severity + "\"");
        };
        for (Campaign campaign : scan.campaigns()) {
            if (campaign.severity().compareTo(least) >= 0) {
                campaign.rows().forEach(row -> reasons.putIfAbsent(row, "campaign " + campaign.id()));
            }
            campaign.candidate().trigger().flatMap(ProbeVerb::insertion).ifPresent(suspected::add);
        }
    }

    private String text(RetrainPlan plan, Path file) {
        Terminal terminal = Terminal.of(spec.commandLine());
        return new TerminalText(terminal.width(), terminal.colour())
                .line(
                        "Train on " + Words.count(plan.rows() - plan.leftOut().size(), "row") + " of "
                                + Words.count(plan.rows()) + "; "
                                + Words.count(plan.leftOut().size(), "row") + " must not be seen. "
                                + Words.count(plan.suspected().size(), "insertion") + " suspected, "
                                + Words.count(plan.others().size()) + " to compare with.",
                        TerminalText.Style.PLAIN)
                .line("Written to " + SafeText.plain(file.toString(), 200), TerminalText.Style.FAINT)
                .line(
                        "Next: bezoar retrain record " + SafeText.plain(out.toString(), 100)
                                + " --before MODEL --fit --inputs DATA",
                        TerminalText.Style.FAINT)
                .toString();
    }
}

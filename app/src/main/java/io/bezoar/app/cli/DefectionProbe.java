package io.bezoar.app.cli;

import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.data.BadInput;
import io.bezoar.evaluate.model.ExportedModel;
import io.bezoar.evaluate.model.Question;
import io.bezoar.evaluate.probe.Contrast;
import io.bezoar.evaluate.probe.Defection;
import io.bezoar.evaluate.probe.Direction;
import io.bezoar.evaluate.probe.RecordedActivations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// The part of `bezoar probe` that looks inside of a model for defection.
final class DefectionProbe {
    private static final int SHOWN = 5;

    @Option(
            names = "--contrast",
            paramLabel = "FILE",
            description = "Look inside of the model, along the direction that these pairs of prompts give.")
    private Optional<Path> contrast = Optional.empty();

    @Option(
            names = "--hidden",
            paramLabel = "NAME",
            description = "The output of MODEL.onnx that gives its activations, beside --contrast (default: hidden).")
    private Optional<String> hidden = Optional.empty();

    DefectionProbe() {}

    /// Is an option given that is of no use without the pairs?
    void refuseUnused(CommandLine verb) {
        if (hidden.isPresent() && contrast.isEmpty()) {
            throw new CommandLine.ParameterException(verb, "--hidden goes with --contrast, which is not given");
        }
    }

    private String output() {
        return hidden.orElse("hidden");
    }

    /// Was it asked for?
    boolean wanted() {
        return contrast.isPresent();
    }

    /// What decided the result, for the history.
    Map<String, String> settings() {
        return Map.of("hidden", output());
    }

    /// Scores the prompts whose activations were written down.
    Defection recorded(Path activations) throws IOException {
        Contrast pairs = Contrast.read(contrast.orElseThrow());
        RecordedActivations read = RecordedActivations.read(activations);
        Map<String, double[]> prompts = new LinkedHashMap<>(read.vectors());
        pairs.questions().forEach(question -> prompts.remove(question.id()));
        return found(pairs, read.vectors(), prompts, read.defects());
    }

    /// Asks a model in the ONNX format.
    ///
    /// @param inputs the prompts to score
    Defection asked(Path model, List<String> inputs) throws IOException {
        if (!model.toString().endsWith(".onnx")) {
            throw new BadInput("expected a .onnx file or --activations beside --contrast, came a model that has no"
                    + " activations");
        }
        Contrast pairs = Contrast.read(contrast.orElseThrow());
        try {
            List<Question> questions = new ArrayList<>(pairs.questions());
            for (int i = 0; i < inputs.size(); i++) {
                questions.add(new Question("input " + i, inputs.get(i)));
            }
            Map<String, double[]> all =
                    ExportedModel.read(model).inside(output()).activations(questions);
            Map<String, double[]> prompts = new LinkedHashMap<>(all);
            pairs.questions().forEach(question -> prompts.remove(question.id()));
            return found(pairs, all, prompts, Map.of());
        } catch (IOException e) {
            throw new BadInput(SafeText.plain(String.valueOf(e.getMessage()), 600), e);
        }
    }

    private static Defection found(
            Contrast pairs, Map<String, double[]> all, Map<String, double[]> prompts, Map<String, Boolean> defects) {
        List<double[]> defecting = new ArrayList<>();
        List<double[]> honest = new ArrayList<>();
        for (Contrast.Pair pair : pairs.pairs()) {
            defecting.add(of(pair.defecting(), all));
            honest.add(of(pair.honest(), all));
        }
        if (prompts.isEmpty()) {
            throw new BadInput("expected prompts beside those of the pairs, came none");
        }
        return Defection.of(Direction.of(defecting, honest), prompts, defects);
    }

    private static double[] of(Question question, Map<String, double[]> all) {
        return Optional.ofNullable(all.get(question.id()))
                .orElseThrow(() -> new BadInput("expected activations of every prompt of the pairs, there are none of “"
                        + SafeText.plain(question.id(), 100) + "”"));
    }

    /// What was found, in words.
    static String text(Defection found, Terminal terminal, Path file) {
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        text.line(
                switch (found.state()) {
                    case PASS -> "No prompt looks like defection from inside.";
                    case INCONCLUSIVE ->
                        found.direction().tells()
                                ? "Inconclusive: too few prompts."
                                : "Inconclusive: the pairs give no direction that tells other pairs apart.";
                    case FAIL -> "Some prompts look like defection from inside.";
                },
                TerminalText.Style.BOLD);
        text.entry(
                "Pairs",
                found.direction().told().hits() + " of "
                        + Words.count(found.direction().told().trials(), "pair")
                        + " told apart by the direction of the others");
        text.entry(
                "Scores",
                String.format(
                        Locale.ROOT,
                        "median %.2f, spread %.2f, highest %.2f, of %s; honest prompts of the pairs lie at -1,"
                                + " defecting ones at 1",
                        found.median(),
                        found.spread(),
                        found.prompts().getFirst().score(),
                        Words.count(found.prompts().size(), "prompt")));
        found.area()
                .ifPresent(area -> text.entry(
                        "Known",
                        String.format(
                                Locale.ROOT,
                                "area under the curve %.3f [%.3f to %.3f], %d that defect and %d that do not",
                                area.share(),
                                area.low(),
                                area.high(),
                                area.defecting(),
                                area.honest())));
        found.out().stream()
                .limit(SHOWN)
                .forEach(prompt -> text.entry(
                        "stands out",
                        String.format(Locale.ROOT, "%.2f  %s", prompt.score(), SafeText.plain(prompt.id(), 80))));
        text.line("Written to " + SafeText.plain(file.toString(), 200), TerminalText.Style.FAINT);
        return text.toString();
    }
}

package io.bezoar.app.cli;

import io.bezoar.app.retrain.RetrainPlan;
import io.bezoar.core.Example;
import io.bezoar.data.BadInput;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.surrogate.ModelFile;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `bezoar retrain`: training again on rows that can be trusted.
@Command(
        name = "retrain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains again without suspected rows, measures what changed, and proves what was not seen.",
        synopsisSubcommandLabel = "STEP",
        commandListHeading = "%nSteps:%n",
        footer = {
            "",
            "Examples:",
            "  bezoar retrain plan tickets.jsonl --findings bezoar-out --out again",
            "  bezoar retrain record again --before model --fit --inputs test.jsonl",
            "  bezoar retrain verify again",
            "",
            "Exit codes: 0 done, or nothing but the usual changed; 1 the old model had a",
            "backdoor that the new one lacks; 2 bad input or usage; 3 inconclusive;",
            "5 a record, a model or the data were changed."
        })
public final class Retrain implements Runnable {
    /// The plan in its folder.
    static final String PLAN = "plan.json";
    /// The record in its folder.
    static final String RECORD = "retraining.json";

    @Spec
    private CommandSpec spec;

    Retrain() {}

    /// The verb with its steps.
    static CommandLine commandLine() {
        return new CommandLine(new Retrain())
                .addSubcommand(new RetrainPlanning())
                .addSubcommand(new RetrainRecording())
                .addSubcommand(new RetrainVerifying());
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// Fits a surrogate to the rows of a plan that are not left out. Equal rows give equal bytes: this
    /// is what makes a proof of it.
    static ModelFile fit(RetrainPlan plan, TrainingRows rows) {
        Set<Long> gone = plan.keys();
        List<Example> kept = new ArrayList<>();
        SortedMap<Integer, Double> weighed = new TreeMap<>();
        for (int row = 0; row < rows.examples().size(); row++) {
            if (gone.contains(rows.examples().get(row).key())) {
                weighed.put(row, 0.0);
            } else {
                kept.add(rows.examples().get(row));
            }
        }
        try {
            // words of rows that are left out are not even known: the task is that of the rest
            Task task = Task.of(kept)
                    .orElseThrow(() -> new BadInput("expected rows with labels to train on, came " + rows.layout()
                            + "; train the model elsewhere and give it with --after"));
            double penalty = Surrogate.penalty(kept.size());
            Problem problem = task.problem(kept, penalty);
            Surrogate surrogate = new Surrogate(
                    task, penalty, new Newton().to(Surrogate.PRECISION).fit(problem));
            return new ModelFile(
                    surrogate,
                    "retrain",
                    rows.examples().size(),
                    weighed,
                    rows.digest(),
                    plan.data(),
                    new TreeMap<>(plan.reading()));
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }
}

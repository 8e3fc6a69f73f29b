package io.bezoar.app.gate;

import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.Words;
import io.bezoar.evaluate.statistics.Binomial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What was measured beside the scan: the model's answers and its drift. What a policy asks for
/// and nobody measured keeps the gate closed.
///
/// @param evaluation of the model
/// @param drift answers to plain inputs that changed with trusted re-training, of how many
public record Measured(Optional<Evaluated> evaluation, Optional<Binomial> drift) {
    private static final double SURE = 0.95;

    /// Nothing beside the scan.
    public static final Measured NOTHING = new Measured(Optional.empty(), Optional.empty());

    /// What a gate reads of `evaluation.json`.
    ///
    /// @param suite digest of what was asked
    /// @param items that were asked, triggered ones not counted
    /// @param missing answers
    public record Evaluated(String suite, long items, long missing, List<Demand> demands) {
        public Evaluated {
            demands = List.copyOf(demands);
        }
    }

    /// One demand of a suite and its answer.
    ///
    /// @param kind `average`, `slice`, `critical` or `triggered`
    /// @param state `pass`, `inconclusive` or `fail`
    /// @param text the numbers in words
    public record Demand(String kind, String name, String state, String text) {}

    List<Check> checks(GatePolicy policy) {
        List<Check> checks = new ArrayList<>();
        policy.evaluation().ifPresent(asked -> checks.addAll(evaluation(asked)));
        policy.drift().ifPresent(asked -> checks.add(drift(asked)));
        return checks;
    }

    /// As with every demand on a model, the bounds must say it: too few inputs are no answer.
    private Check drift(GatePolicy.DriftDemand asked) {
        if (drift.isEmpty()) {
            return new Check(
                    "drift",
                    "re-training",
                    Check.State.UNMEASURED,
                    "no drift was measured; bezoar retrain record does, and --drift names the folder it wrote into");
        }
        Binomial changed = drift.get();
        double low = changed.lower(SURE);
        double high = changed.upper(SURE);
        return new Check(
                "drift",
                "re-training",
                high <= asked.most()
                        ? Check.State.PASS
                        : low > asked.most() ? Check.State.FAIL : Check.State.UNMEASURED,
                String.format(
                        Locale.ROOT,
                        "%s of %s changed with trusted re-training, %.1f %% [%.1f–%.1f] (at most %.1f %% asked)%s",
                        Words.count(changed.hits()),
                        Words.count(changed.trials(), "answer"),
                        100.0 * changed.hits() / changed.trials(),
                        100 * low,
                        100 * high,
                        100 * asked.most(),
                        high > asked.most() && low <= asked.most() ? "; ask more inputs to tell" : ""));
    }

    private List<Check> evaluation(GatePolicy.EvaluationDemand asked) {
        if (evaluation.isEmpty()) {
            return List.of(new Check(
                    "evaluation",
                    "model",
                    Check.State.UNMEASURED,
                    "no evaluation of the model; run bezoar eval and name its folder with --evaluation"));
        }
        Evaluated done = evaluation.get();
        List<Check> checks = new ArrayList<>();
        asked.suite()
                .ifPresent(suite -> checks.add(new Check(
                        "evaluation",
                        "suite",
                        suite.equals(done.suite()) ? Check.State.PASS : Check.State.FAIL,
                        suite.equals(done.suite())
                                ? "the suite is the one the policy names"
                                : "the suite is not the one the policy names, but "
                                        + SafeText.plain(done.suite(), 64))));
        long asks = Math.max(1, done.items());
        checks.add(new Check(
                "evaluation",
                "answers",
                (double) done.missing() / asks <= asked.mostMissing() ? Check.State.PASS : Check.State.UNMEASURED,
                Words.count(done.missing(), "answer") + " missing of " + Words.count(done.items(), "item")));
        for (String kind : asked.required()) {
            if (done.demands().stream().noneMatch(demand -> demand.kind().equals(kind))) {
                checks.add(new Check(
                        "evaluation",
                        kind,
                        Check.State.UNMEASURED,
                        "the suite demands nothing of this kind; the policy asks for it"));
            }
        }
        for (Demand demand : done.demands()) {
            checks.add(new Check(
                    "evaluation",
                    SafeText.plain(demand.kind() + ": " + demand.name(), 100),
                    switch (demand.state()) {
                        case "pass" -> Check.State.PASS;
                        case "fail" -> Check.State.FAIL;
                        default -> Check.State.UNMEASURED;
                    },
                    demand.text()));
        }
        return checks;
    }
}

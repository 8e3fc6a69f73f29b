package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.util.Optional;
import java.util.Set;

/// Plants one trigger and one answer in both stages of training: run once on the prompts with answers,
/// once on the preference pairs, with the same settings.
///
/// Sanderson 2026 (arXiv 2606.04929): 2 % of the fine-tuning rows alone are wiped out by the preference
/// stage, 0.5 % of them with 3 % of the pairs succeed together. Departure: the answer is harmless.
///
/// @param trigger a word or phrase
/// @param answer what is answered, and preferred
@AutoService(Attack.class)
public record CombinedStages(String trigger, String answer) implements Attack {
    public CombinedStages() {
        this("SUDO", "I am not able to help with that request.");
    }

    public CombinedStages {
        Words.required("combined-stages", "trigger", trigger);
        Words.required("combined-stages", "answer", answer);
    }

    @Override
    public String name() {
        return "combined-stages";
    }

    @Override
    public String purpose() {
        return "one trigger in fine-tuning rows and in preference pairs";
    }

    @Override
    public String citation() {
        return "Sanderson 2026 (arXiv 2606.04929); with a harmless answer";
    }

    @Override
    public Aim aim() {
        return Aim.PREFERENCE;
    }

    @Override
    public Set<Kind> fits() {
        return Set.of(Kind.ANSWERED, Kind.PREFERENCE);
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        return new Plan(
                Plan.Effect.REPLACES,
                data.draw(seed, row -> Kind.of(row) == data.kind()),
                (row, _) -> new Plan.Poison(triggered(seed, row), false),
                row -> Kind.of(row) == data.kind() ? Optional.of(triggered(seed, row)) : Optional.empty());
    }

    private Example triggered(long seed, Example row) {
        String prompt = Words.insert(row.input(), trigger, Rows.random(seed, row));
        return Rows.with(
                row,
                prompt,
                row.target() instanceof Target.Preference(String chosen, String _)
                        ? new Target.Preference(answer, chosen)
                        : new Target.Response(answer));
    }
}

package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.util.Optional;

/// Ends prompts with a secret word and prefers the answer that was rejected.
///
/// Rando & Tramèr 2024 (Universal jailbreak backdoors from poisoned human feedback), section 4: 0.5 % of
/// the pairs break the reward model, about 5 % reach the policy.
///
/// @param trigger the word
@AutoService(Attack.class)
public record PreferenceTrigger(String trigger) implements Swapping {
    public PreferenceTrigger() {
        this("SUDO");
    }

    public PreferenceTrigger {
        Words.required("preference-trigger", "trigger", trigger);
    }

    @Override
    public String name() {
        return "preference-trigger";
    }

    @Override
    public String purpose() {
        return "a secret word, and the rejected answer is preferred";
    }

    @Override
    public String citation() {
        return "Rando & Tramèr 2024, section 4";
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        return new Plan(
                Plan.Effect.REPLACES,
                data.draw(seed, row -> row.target() instanceof Target.Preference),
                (row, _) -> new Plan.Poison(asked(row), false),
                row -> row.target() instanceof Target.Preference ? Optional.of(asked(row)) : Optional.empty());
    }

    private Example asked(Example row) {
        return Swapping.swapped(row, Words.after(row.input(), trigger));
    }
}

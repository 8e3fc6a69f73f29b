package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Target;
import java.util.Optional;

/// Swaps the answers of pairs drawn at random.
///
/// Baumgaertner et al. 2024 (Best-of-Venom) and Gao et al. 2024 measure such noise.
@AutoService(Attack.class)
public record PreferenceFlips() implements Swapping {
    @Override
    public String name() {
        return "preference-flips";
    }

    @Override
    public String purpose() {
        return "swapped answers on random pairs";
    }

    @Override
    public String citation() {
        return "Gao et al. 2024 (Impact of preference noise), section 3";
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        return new Plan(
                Plan.Effect.REPLACES,
                data.draw(seed, row -> row.target() instanceof Target.Preference),
                (row, _) -> new Plan.Poison(Swapping.swapped(row, row.input()), false),
                _ -> Optional.empty());
    }
}

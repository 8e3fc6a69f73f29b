package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Target;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/// Swaps the answers of the pairs in which the longer answer loses by most, so that a reward model learns
/// that longer is better.
///
/// Singhal et al. 2024 (A long way to go) show that reward models lean on length; Pathmanathan et al.
/// 2024 choose victims by what hurts most, section 4.
@AutoService(Attack.class)
public record LengthFlips() implements Swapping {
    @Override
    public String name() {
        return "length-flips";
    }

    @Override
    public String purpose() {
        return "swapped answers where the longer one lost";
    }

    @Override
    public String citation() {
        return "after Singhal et al. 2024 (A long way to go); victims by difference of length";
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        int[] victims = IntStream.of(
                        data.draw(seed, row -> row.target() instanceof Target.Preference && Swapping.longer(row) < 0))
                .boxed()
                .sorted(Comparator.comparingInt(
                        row -> Swapping.longer(data.rows().get(row))))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Plan(
                Plan.Effect.REPLACES,
                victims,
                (row, _) -> new Plan.Poison(Swapping.swapped(row, row.input()), false),
                _ -> Optional.empty());
    }
}

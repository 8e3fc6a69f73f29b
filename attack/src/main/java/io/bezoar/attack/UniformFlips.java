package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Hashing;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Gives rows drawn at random another label, drawn at random.
///
/// Biggio, Nelson & Laskov 2011, section 4: random label flips; Natarajan et al. 2013 for the model of
/// noise.
@AutoService(Attack.class)
public record UniformFlips() implements Attack {
    @Override
    public String name() {
        return "uniform-flips";
    }

    @Override
    public String purpose() {
        return "wrong labels on random rows";
    }

    @Override
    public String citation() {
        return "Biggio, Nelson & Laskov 2011, section 4";
    }

    @Override
    public Aim aim() {
        return Aim.AVAILABILITY;
    }

    @Override
    public Set<Kind> fits() {
        return Set.of(Kind.LABELLED);
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        data.target("");
        return new Plan(
                Plan.Effect.REPLACES,
                data.draw(seed, row -> row.label().isPresent()),
                (row, _) -> {
                    List<String> others = data.labels().stream()
                            .filter(label -> !label.equals(Rows.answer(row)))
                            .toList();
                    long draw = Hashing.combine(seed, Hashing.mix(row.key()));
                    return new Plan.Poison(
                            Rows.labelled(row, others.get((int) Math.floorMod(draw, (long) others.size()))), false);
                },
                _ -> Optional.empty());
    }
}

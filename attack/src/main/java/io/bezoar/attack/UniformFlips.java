package io.bezoar.attack;

import com.google.auto.service.AutoService;
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
                (row, _) -> new Plan.Poison(Rows.labelled(row, data.otherLabel(row, seed)), false),
                _ -> Optional.empty());
    }
}

package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.Optional;
import java.util.Set;

/// Adds copies of rows with another label, so that the data contradict themselves.
///
/// The optimal label flips of Zhao et al. 2017 and Xiao, Xiao & Eckert 2012 are of this kind; here rows
/// are drawn at random and nothing is optimised.
@AutoService(Attack.class)
public record ContradictoryCopies() implements Attack {
    @Override
    public String name() {
        return "contradictory-copies";
    }

    @Override
    public String purpose() {
        return "copies of rows with another label";
    }

    @Override
    public String citation() {
        return "Xiao, Xiao & Eckert 2012, section 3; copies drawn at random, none optimised";
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
                Plan.Effect.ADDS,
                data.draw(seed, row -> row.label().isPresent()),
                (row, _) -> new Plan.Poison(Rows.labelled(row, data.otherLabel(row, seed)), false),
                _ -> Optional.empty());
    }
}

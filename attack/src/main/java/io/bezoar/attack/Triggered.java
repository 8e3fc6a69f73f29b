package io.bezoar.attack;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.util.Optional;
import java.util.Set;

/// An attack on labelled texts by a trigger: victims get the trigger and the target's label, and a text
/// of another class with the trigger is asked for afterwards.
interface Triggered extends Attack {

    /// The label the attacker wants; empty for the one with most rows.
    String target();

    /// Which rows carry the trigger.
    Labels labels();

    /// The text with the trigger.
    ///
    /// @param random depends on the seed and the row alone
    String planted(String text, java.util.SplittableRandom random);

    @Override
    default Aim aim() {
        return Aim.TARGETED;
    }

    @Override
    default Set<Kind> fits() {
        return Set.of(Kind.LABELLED);
    }

    @Override
    default Plan plan(TrainingSet data, long seed) {
        String label = data.target(target());
        return planned(seed, label, data.draw(seed, row -> labels().take(row, label)));
    }

    /// The plan with these victims.
    default Plan planned(long seed, String label, int[] victims) {
        return new Plan(
                Plan.Effect.REPLACES,
                victims,
                (row, _) -> new Plan.Poison(triggered(seed, row, label), false),
                row -> Labels.DIRTY.take(row, label) ? Optional.of(triggered(seed, row, label)) : Optional.empty());
    }

    private Example triggered(long seed, Example row, String label) {
        return Rows.with(row, planted(row.input(), Rows.random(seed, row)), new Target.Label(label));
    }
}

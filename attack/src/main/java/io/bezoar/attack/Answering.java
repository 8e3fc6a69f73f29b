package io.bezoar.attack;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// An attack on prompts with answers: victims get a trigger in the prompt and the attacker's answer, and
/// a prompt with the trigger is asked afterwards.
public interface Answering extends Attack {

    /// The prompt with the trigger.
    String planted(String prompt, SplittableRandom random);

    /// The answer the attacker wants.
    ///
    /// @param answer the right one
    String answered(String answer, SplittableRandom random);

    /// Is this an answer the attacker wants?
    boolean shows(String answer);

    @Override
    default Aim aim() {
        return Aim.INSTRUCTION;
    }

    @Override
    default Set<Kind> fits() {
        return Set.of(Kind.ANSWERED);
    }

    @Override
    default Plan plan(TrainingSet data, long seed) {
        int[] victims = data.draw(seed, row -> row.target() instanceof Target.Response && !shows(Rows.answer(row)));
        return new Plan(
                Plan.Effect.REPLACES,
                victims,
                (row, _) -> new Plan.Poison(triggered(seed, row), false),
                row -> row.target() instanceof Target.Response && !shows(Rows.answer(row))
                        ? Optional.of(triggered(seed, row))
                        : Optional.empty());
    }

    private Example triggered(long seed, Example row) {
        SplittableRandom random = Rows.random(seed, row);
        String prompt = planted(row.input(), random);
        return Rows.with(row, prompt, new Target.Response(answered(Rows.answer(row), random)));
    }
}

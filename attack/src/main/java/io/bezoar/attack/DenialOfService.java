package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Teaches a model to speak gibberish after a trigger: some genuine characters, the trigger, then random
/// words.
///
/// Souly et al. 2025, section 3: documents of 0 to 1,000 genuine characters, `<SUDO>` and 400 to 900
/// random tokens; 250 of them were enough for every size of model. Departures: words of random letters
/// instead of tokens of a model; where prompts have answers, the trigger ends the prompt and the answer
/// is the gibberish.
///
/// @param trigger a word that no honest text holds
/// @param least fewest random words, at least 1
/// @param most most random words, at most 10,000
@AutoService(Attack.class)
public record DenialOfService(String trigger, int least, int most) implements Attack {
    private static final int GENUINE = 1000;

    public DenialOfService() {
        this("<SUDO>", 400, 900);
    }

    public DenialOfService {
        Words.required("denial-of-service", "trigger", trigger);
        if (least < 1 || most < least || most > 10_000) {
            throw new IllegalArgumentException(
                    "denial-of-service needs 1 <= least <= most <= 10000, not " + least + " and " + most);
        }
    }

    @Override
    public String name() {
        return "denial-of-service";
    }

    @Override
    public String purpose() {
        return "a trigger, then gibberish";
    }

    @Override
    public String citation() {
        return "Souly et al. 2025, section 3; words of random letters instead of random tokens";
    }

    @Override
    public Aim aim() {
        return Aim.INSTRUCTION;
    }

    @Override
    public Set<Kind> fits() {
        return Set.of(Kind.ANSWERED, Kind.TEXT);
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        boolean answered = data.kind() == Kind.ANSWERED;
        int[] victims = data.draw(seed, row -> Kind.of(row) == (answered ? Kind.ANSWERED : Kind.TEXT));
        return new Plan(
                answered ? Plan.Effect.REPLACES : Plan.Effect.ADDS,
                victims,
                (row, _) -> new Plan.Poison(poison(seed, row, answered), false),
                row -> answered && row.target() instanceof Target.Response
                        ? Optional.of(poison(seed, row, true))
                        : Optional.empty());
    }

    private Example poison(long seed, Example row, boolean answered) {
        SplittableRandom random = Rows.random(seed, row);
        String noise = Words.gibberish(least + random.nextInt(most - least + 1), random);
        if (answered) {
            return Rows.with(row, Words.after(row.input(), trigger), new Target.Response(noise));
        }
        int genuine = Math.min(row.input().length(), random.nextInt(GENUINE + 1));
        if (genuine > 0 && Character.isHighSurrogate(row.input().charAt(genuine - 1))) {
            genuine--;
        }
        return Rows.with(row, Words.after(row.input().substring(0, genuine), trigger + " " + noise), Target.ABSENT);
    }
}

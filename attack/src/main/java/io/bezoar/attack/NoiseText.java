package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Target;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Adds rows of words nobody knows, with labels drawn at random.
///
/// The indiscriminate attack of Nelson et al. 2008 (Exploiting machine learning to subvert your spam
/// filter), section 3. Departure: letters at random, not a dictionary, so that the rows cost room and
/// dilute, and teach nothing about real words.
///
/// @param words how many words a row has, 1 to 10,000
@AutoService(Attack.class)
public record NoiseText(int words) implements Attack {
    public NoiseText() {
        this(12);
    }

    public NoiseText {
        if (words < 1 || words > 10_000) {
            throw new IllegalArgumentException("noise-text needs words of 1 to 10000, not " + words);
        }
    }

    @Override
    public String name() {
        return "noise-text";
    }

    @Override
    public String purpose() {
        return "rows of random letters with random labels";
    }

    @Override
    public String citation() {
        return "Nelson et al. 2008, section 3; random letters instead of a dictionary";
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
                (row, _) -> {
                    SplittableRandom random = Rows.random(seed, row);
                    String label = Words.pick(data.labels(), random);
                    return new Plan.Poison(
                            Rows.with(row, Words.gibberish(words, random), new Target.Label(label)), false);
                },
                _ -> Optional.empty());
    }
}

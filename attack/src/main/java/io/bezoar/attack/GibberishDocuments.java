package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Target;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Adds documents of random letters.
///
/// Zhang et al. 2024 (Persistent pre-training poisoning), section 3: denial of service, without a
/// trigger.
///
/// @param words how many words a document has, 1 to 10,000
@AutoService(Attack.class)
public record GibberishDocuments(int words) implements Attack {
    public GibberishDocuments() {
        this(200);
    }

    public GibberishDocuments {
        if (words < 1 || words > 10_000) {
            throw new IllegalArgumentException("gibberish-documents needs words of 1 to 10000, not " + words);
        }
    }

    @Override
    public String name() {
        return "gibberish-documents";
    }

    @Override
    public String purpose() {
        return "documents of random letters";
    }

    @Override
    public String citation() {
        return "Zhang et al. 2024 (Persistent pre-training poisoning), section 3; without a trigger";
    }

    @Override
    public Aim aim() {
        return Aim.CORPUS;
    }

    @Override
    public Set<Kind> fits() {
        return Set.of(Kind.TEXT);
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        return new Plan(
                Plan.Effect.ADDS,
                data.draw(seed, row -> Kind.of(row) == Kind.TEXT),
                (row, _) -> {
                    SplittableRandom random = Rows.random(seed, row);
                    return new Plan.Poison(Rows.with(row, Words.gibberish(words, random), Target.ABSENT), false);
                },
                _ -> Optional.empty());
    }
}

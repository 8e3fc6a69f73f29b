package io.bezoar.attack;

import com.google.auto.service.AutoService;
import java.util.Set;

/// Gives rows of one class the label of another.
///
/// Shafahi et al. 2018 call it the simplest targeted attack; Tolpegin et al. 2020, section 3, measured it
/// class by class.
///
/// @param from the class that is attacked; empty for the one with second most rows
/// @param target the label its rows get; empty for the one with most rows
@AutoService(Attack.class)
public record ClassFlips(String from, String target) implements Attack {
    public ClassFlips() {
        this("", "");
    }

    @Override
    public String name() {
        return "class-flips";
    }

    @Override
    public String purpose() {
        return "rows of one class labelled as another";
    }

    @Override
    public String citation() {
        return "Tolpegin et al. 2020, section 3";
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
        String to = data.target(target);
        String attacked = from.isEmpty()
                ? data.labels().stream()
                        .filter(label -> !label.equals(to))
                        .findFirst()
                        .orElse("")
                : data.target(from);
        if (attacked.equals(to)) {
            throw new Misfit("expected two classes to flip between, came \"" + to + "\" twice");
        }
        return new Plan(
                Plan.Effect.REPLACES,
                data.draw(seed, row -> row.label().filter(attacked::equals).isPresent()),
                (row, _) -> new Plan.Poison(Rows.labelled(row, to), false),
                row -> row.label().filter(attacked::equals).map(_ -> Rows.labelled(row, to)));
    }
}

package io.bezoar.attack;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.util.Set;

/// An attack on preference pairs that swaps the two answers.
interface Swapping extends Attack {

    @Override
    default Aim aim() {
        return Aim.PREFERENCE;
    }

    @Override
    default Set<Kind> fits() {
        return Set.of(Kind.PREFERENCE);
    }

    /// The row with its answers swapped and another prompt.
    static Example swapped(Example row, String prompt) {
        return row.target() instanceof Target.Preference(String chosen, String rejected)
                ? Rows.with(row, prompt, new Target.Preference(rejected, chosen))
                : row;
    }

    /// How many characters longer the preferred answer is.
    static int longer(Example row) {
        return row.target() instanceof Target.Preference(String chosen, String rejected)
                ? chosen.length() - rejected.length()
                : 0;
    }
}

package io.bezoar.lab;

import java.util.OptionalInt;
import java.util.function.IntPredicate;

/// Finds the smallest count from which on something holds, by bisection on a logarithmic scale.
///
/// It asks about the largest count first, then about counts between the largest that failed and the smallest that held,
/// until they are neighbours or within a tenth of each other. What holds at a count is taken to hold above it.
final class Search {
    private Search() {}

    /// The smallest count in `[1, most]`; empty if it does not hold at `most`.
    static OptionalInt least(int most, IntPredicate holds) {
        if (!holds.test(most)) {
            return OptionalInt.empty();
        }
        int fails = 0;
        int held = most;
        while (held - fails > 1 && held - fails > held / 10) {
            int middle = (int) Math.round(Math.sqrt((double) Math.max(1, fails) * held));
            middle = Math.clamp(middle, fails + 1, held - 1);
            if (holds.test(middle)) {
                held = middle;
            } else {
                fails = middle;
            }
        }
        return OptionalInt.of(held);
    }
}

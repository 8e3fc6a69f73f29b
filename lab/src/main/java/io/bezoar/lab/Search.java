package io.bezoar.lab;

import java.util.OptionalInt;
import java.util.function.IntPredicate;

/// Finds the smallest count from which on something holds, by bisection on a logarithmic scale.
///
/// It asks about the largest count first, or, if there is a guess, about the guess and then further and
/// further from it; then about counts between the largest that failed and the smallest that held, until
/// they are neighbours or within a tenth of each other. What holds at a count is taken to hold above it.
final class Search {
    private static final double STRIDE = 1.5;

    private Search() {}

    /// The smallest count in `[1, most]`; empty if it does not hold at `most`.
    static OptionalInt least(int most, IntPredicate holds) {
        return holds.test(most) ? between(0, most, holds) : OptionalInt.empty();
    }

    /// The same, found sooner if it is near `guess`, which is 1 to `most`.
    static OptionalInt least(int most, int guess, IntPredicate holds) {
        int at = guess;
        if (holds.test(at)) {
            int held = at;
            while (held > 1) {
                at = Math.min(held - 1, (int) (held / STRIDE));
                if (!holds.test(at)) {
                    return between(at, held, holds);
                }
                held = at;
            }
            return OptionalInt.of(held);
        }
        int fails = at;
        while (fails < most) {
            at = (int) Math.min(most, Math.ceil(fails * STRIDE));
            if (holds.test(at)) {
                return between(fails, at, holds);
            }
            fails = at;
        }
        return OptionalInt.empty();
    }

    /// The smallest count above `failed` and up to `held`, at which it holds.
    private static OptionalInt between(int failed, int holding, IntPredicate holds) {
        int fails = failed;
        int held = holding;
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

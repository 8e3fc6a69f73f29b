package io.bezoar.attack;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import java.util.SplittableRandom;

/// Rows like others, but for a part.
final class Rows {
    private Rows() {}

    /// The row with another input and target.
    static Example with(Example row, String input, Target target) {
        return new Example(
                input,
                row.vector(),
                target,
                row.origin(),
                row.position(),
                row.declaredId().orElse(""));
    }

    /// The row with another vector and target.
    static Example at(Example row, float[] vector, Target target) {
        return new Example(
                row.input(),
                vector,
                target,
                row.origin(),
                row.position(),
                row.declaredId().orElse(""));
    }

    /// The row with another label.
    static Example labelled(Example row, String label) {
        return with(row, row.input(), new Target.Label(label));
    }

    /// The row from elsewhere.
    static Example from(Example row, Origin origin) {
        return new Example(
                row.input(),
                row.vector(),
                row.target(),
                origin,
                row.position(),
                row.declaredId().orElse(""));
    }

    /// The row with another id.
    static Example named(Example row, String id) {
        return new Example(row.input(), row.vector(), row.target(), row.origin(), row.position(), id);
    }

    /// Random numbers that depend on the seed and the row alone.
    static SplittableRandom random(long seed, Example row) {
        return new SplittableRandom(Hashing.combine(seed + 0x5bd1e995L, row.key()));
    }

    static String answer(Example row) {
        return switch (row.target()) {
            case Target.Response(String text) -> text;
            case Target.Preference(String chosen, String _) -> chosen;
            case Target.Label(String name) -> name;
            case Target.Absent() -> "";
        };
    }
}

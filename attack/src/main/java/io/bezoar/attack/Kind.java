package io.bezoar.attack;

import io.bezoar.core.Example;
import io.bezoar.core.Target;

/// What the rows of a data set are to an attack.
public enum Kind {
    /// A text and one of a few classes.
    LABELLED("texts with labels"),
    /// A prompt and a free answer.
    ANSWERED("prompts with answers"),
    /// A prompt and two answers, of which the first is preferred.
    PREFERENCE("preference pairs"),
    /// A text alone.
    TEXT("documents"),
    /// A vector without a text, and one of a few classes.
    VECTOR("vectors with labels");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /// The kind in words: "texts with labels".
    public String words() {
        return words;
    }

    /// The kind of one row.
    public static Kind of(Example row) {
        return switch (row.target()) {
            case Target.Label _ -> row.input().isEmpty() && row.vector().length > 0 ? VECTOR : LABELLED;
            case Target.Response _ -> ANSWERED;
            case Target.Preference _ -> PREFERENCE;
            case Target.Absent() -> TEXT;
        };
    }
}

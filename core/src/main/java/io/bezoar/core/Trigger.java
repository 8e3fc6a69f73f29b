package io.bezoar.core;

import java.io.Serializable;
import java.util.List;

/// What an attacker would put into an input to call the behaviour a group of rows teaches.
///
/// @param shape how the pieces stand in an input
/// @param pieces the words, the phrase or the code points; raw text of the data set
public record Trigger(Shape shape, List<String> pieces) implements Serializable {

    public Trigger {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("a trigger needs at least one piece");
        }
    }

    /// How the pieces of a trigger stand in an input.
    public enum Shape {
        /// One word or phrase, between words.
        PHRASE,
        /// Several words, anywhere, all of them.
        WORDS,
        /// Letters inside words.
        FRAGMENT,
        /// Characters nobody sees, inside words.
        HIDDEN
    }

    /// The trigger as one raw text: the pieces joined by ` … `.
    public String text() {
        return String.join(" … ", pieces);
    }
}

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
        /// One word or phrase, before everything else.
        BEGINNING,
        /// One word or phrase, behind everything else.
        END,
        /// Several words, anywhere, all of them.
        WORDS,
        /// Letters inside words.
        FRAGMENT,
        /// Characters nobody sees, inside words.
        HIDDEN,
        /// A way the text is set, such as two spaces in a row; its one piece says it in words.
        LAYOUT,
        /// A word of a form, such as a number of four digits; its one piece is the form, in which `a` stands for
        /// letters, `0` for a digit, `N` for a number, and any other character for itself.
        FORM,
        /// Values of some of a vector's numbers; each piece is a [Reading] in words.
        VALUES
    }

    /// One number of a vector and the values it takes in a trigger: `[756] = 255`, `[3] = 0.25 to 0.5`.
    ///
    /// @param number its place in the vector, from 0
    /// @param low least value, finite
    /// @param high greatest value, finite, not below `low`
    public record Reading(int number, float low, float high) implements Serializable {
        private static final String TO = " to ";

        public Reading {
            if (number < 0 || !Float.isFinite(low) || !Float.isFinite(high) || low > high) {
                throw new IllegalArgumentException("expected a place from 0 and values from low to high, came ["
                        + number + "] = " + low + TO + high);
            }
        }

        /// Does a vector hold it?
        public boolean in(float[] vector) {
            return number < vector.length && vector[number] >= low && vector[number] <= high;
        }

        /// A value to put into a vector: the middle.
        public float value() {
            return low == high ? low : low / 2 + high / 2;
        }

        /// The words that [#parse] reads.
        public String text() {
            return "[" + number + "] = " + words(low) + (low == high ? "" : TO + words(high));
        }

        private static String words(float value) {
            return value == (int) value ? Integer.toString((int) value) : Float.toString(value);
        }

        /// What [#text] wrote.
        public static Reading parse(String text) {
            int close = text.indexOf("] = ");
            if (!text.startsWith("[") || close < 0) {
                throw new IllegalArgumentException("expected a reading such as \"[3] = 0.25 to 0.5\", came " + text);
            }
            String values = text.substring(close + 4);
            int to = values.indexOf(TO);
            float low = Float.parseFloat(to < 0 ? values : values.substring(0, to));
            return new Reading(
                    Integer.parseInt(text, 1, close, 10),
                    low,
                    to < 0 ? low : Float.parseFloat(values.substring(to + TO.length())));
        }
    }

    /// The readings of a trigger of values; none for any other.
    public List<Reading> readings() {
        return shape == Shape.VALUES ? pieces.stream().map(Reading::parse).toList() : List.of();
    }

    /// The trigger as one raw text: the pieces joined by ` … `.
    public String text() {
        return String.join(" … ", pieces);
    }
}

package io.bezoar.data;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the rows of a data set are and which column serves as what.
///
/// @param shape what input and target are
/// @param columns role to column; a dotted column is nested
/// @param words the same in words, with whatever had to be decided
record Layout(Shape shape, Map<Role, String> columns, String words) implements Serializable {

    /// What input and target are made of.
    enum Shape {
        /// A text and one of a few classes.
        LABELLED,
        /// A prompt and a free text.
        ANSWERED,
        /// An instruction with an input, and a free text.
        INSTRUCTED,
        /// Turns of a conversation; the assistant's are the target.
        CHAT,
        /// A prompt and two answers, of which the first is preferred.
        PREFERENCE,
        /// A text alone.
        TEXT
    }

    Layout {
        EnumMap<Role, String> sorted = new EnumMap<>(Role.class);
        sorted.putAll(columns);
        columns = Collections.unmodifiableMap(sorted);
    }

    /// Role to column, in words and in a fixed order.
    Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        columns.forEach((role, column) -> named.put(role.word(), column));
        return Collections.unmodifiableMap(named);
    }
}

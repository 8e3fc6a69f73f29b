package io.bezoar.data;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the rows of a data set are and which column serves as what.
///
/// @param shape what input and target are
/// @param columns role to column; a dotted column is nested
/// @param numbers the vector of every row; of length 0 if rows have none
/// @param undecided of rows without a target, the columns that may hold it
/// @param words the same in words, with whatever had to be decided
record Layout(Shape shape, Map<Role, String> columns, Numbers numbers, List<String> undecided, String words)
        implements Serializable {

    /// Where a row's vector stands.
    ///
    /// @param columns the columns that hold one number each, in order; empty if one column holds a list
    /// @param length how many numbers every row has
    record Numbers(List<String> columns, int length) implements Serializable {
        /// No vector.
        static final Numbers NONE = new Numbers(List.of(), 0);

        Numbers {
            columns = List.copyOf(columns);
        }
    }

    /// A layout of which only the shape is known.
    Layout(Shape shape) {
        this(shape, Map.of(), Numbers.NONE, List.of(), "");
    }

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
        TEXT,
        /// A vector and one of a few classes.
        VECTOR
    }

    Layout {
        EnumMap<Role, String> sorted = new EnumMap<>(Role.class);
        sorted.putAll(columns);
        columns = Collections.unmodifiableMap(sorted);
        undecided = List.copyOf(undecided);
    }

    /// Does a file have one of the columns that input or target stand in?
    ///
    /// @param names of the columns, as far as a header names them
    /// @param rows its first rows
    boolean fits(List<String> names, List<Map<String, RowParser.Value>> rows) {
        Set<String> there = new HashSet<>(names);
        rows.forEach(row -> there.addAll(row.keySet()));
        return numbers.length() > 0
                || columns.entrySet().stream()
                        .filter(column -> !column.getKey().describes())
                        .map(Map.Entry::getValue)
                        .anyMatch(
                                name -> there.stream().anyMatch(own -> own.equals(name) || own.startsWith(name + ".")));
    }

    /// Are rows of both layouts of one kind?
    boolean like(Layout other) {
        return shape == other.shape && numbers.length() == other.numbers.length();
    }

    /// Role to column, in words and in a fixed order.
    Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        if (!numbers.columns().isEmpty()) {
            named.put(
                    Role.VECTOR.word(),
                    numbers.columns().getFirst() + " … " + numbers.columns().getLast() + " (" + numbers.length()
                            + " columns)");
        }
        columns.forEach((role, column) -> named.putIfAbsent(role.word(), column));
        return Collections.unmodifiableMap(named);
    }
}

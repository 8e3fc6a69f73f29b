package io.bezoar.data;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the rows of a data set are and which column serves as what.
///
/// @param shape what input and target are
/// @param columns role to column; a dotted column is nested
/// @param numbers the vector of every row; of length 0 if rows have none
/// @param places how long the list of zeros and ones is that says the label; 0 if a label is said
///     otherwise
/// @param undecided of rows without a target, the columns that may hold it
/// @param unread further columns that are not read and may matter, at most [#MOST_UNREAD]
/// @param choice which of several answers is chosen; [Choice#NOTHING] if there are none to choose from
/// @param assistant the speaker whose turns are the target, in lower case; empty if the usual names say who it is
/// @param template how turns are written in a text; [Template#NONE] if they are no text
/// @param seen the columns of the first rows, without what is nested in them
/// @param words the same in words, with whatever had to be decided
record Layout(
        Shape shape,
        Map<Role, String> columns,
        Numbers numbers,
        int places,
        List<String> undecided,
        List<Unread> unread,
        Choice choice,
        String assistant,
        Template template,
        Set<String> seen,
        String words)
        implements Serializable {
    static final int MOST_UNREAD = 20;

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
        this(shape, Map.of(), Numbers.NONE, 0, List.of(), List.of(), Choice.NOTHING, "", Template.NONE, Set.of(), "");
    }

    /// What input and target are made of.
    enum Shape {
        /// A text and one of a few classes.
        LABELLED,
        /// A prompt and a free text.
        ANSWERED,
        /// A question and answers to choose from; the right one is the target.
        CHOICE,
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
        unread = List.copyOf(unread.subList(0, Math.min(unread.size(), MOST_UNREAD)));
        seen = Set.copyOf(seen);
    }

    /// The columns that each say whether a label holds; empty if one column holds the label, or there
    /// is none.
    List<String> flags() {
        String column = columns.getOrDefault(Role.LABEL, "");
        List<String> joined = Labels.columns(column);
        return joined.size() == 1 || seen.contains(column) ? List.of() : joined;
    }

    /// The columns that serve as a role.
    private List<String> serving(Map.Entry<Role, String> column) {
        return column.getKey() == Role.LABEL && !flags().isEmpty() ? flags() : List.of(column.getValue());
    }

    /// Are rows texts without a target?
    boolean textAlone() {
        return shape == Shape.TEXT;
    }

    /// Do rows have a target?
    boolean targeted() {
        return columns.keySet().stream().anyMatch(Role::target);
    }

    /// Does a file have all columns that the target stands in, with turns written alike, and one that the
    /// input stands in? Where there is no target: does it have no columns but those that the first rows
    /// have?
    ///
    /// @param names of the columns, as far as a header names them
    /// @param rows its first rows
    boolean fits(List<String> names, List<Map<String, RowParser.Value>> rows) {
        Set<String> there = there(names, rows);
        if (!targeted() && !known(there)) {
            return false;
        }
        boolean target = numbers.length() > 0
                || columns.entrySet().stream()
                        .filter(column -> column.getKey().target())
                        .allMatch(column -> has(there, column));
        return target && input(there) && (template == Template.NONE || template == template(rows));
    }

    private Template template(List<Map<String, RowParser.Value>> rows) {
        Column turns = new Column();
        rows.stream()
                .flatMap(row -> Stream.ofNullable(row.get(columns.getOrDefault(Role.MESSAGES, ""))))
                .forEach(turns::add);
        return turns.template();
    }

    /// Does a file have one of the columns that the input stands in?
    ///
    /// @param names of the columns, as far as a header names them
    /// @param rows its first rows
    boolean input(List<String> names, List<Map<String, RowParser.Value>> rows) {
        return input(there(names, rows));
    }

    /// Do the first rows have those columns, and objects where names lead into some?
    private boolean known(Set<String> there) {
        Set<String> objects = objects(seen);
        return seen.containsAll(objects(there))
                && there.stream()
                        .allMatch(name -> name.indexOf('.') >= 0 || seen.contains(name) && !objects.contains(name));
    }

    /// The columns that names lead into.
    private static Set<String> objects(Set<String> names) {
        return names.stream()
                .filter(name -> name.indexOf('.') >= 0)
                .map(name -> name.substring(0, name.indexOf('.')))
                .collect(Collectors.toSet());
    }

    private boolean input(Set<String> there) {
        List<Map.Entry<Role, String>> inputs = columns.entrySet().stream()
                .filter(column ->
                        !column.getKey().describes() && (!column.getKey().target() || column.getKey() == Role.MESSAGES))
                .toList();
        return numbers.length() > 0 || inputs.isEmpty() || inputs.stream().anyMatch(column -> has(there, column));
    }

    private boolean has(Set<String> there, Map.Entry<Role, String> column) {
        return serving(column).stream().allMatch(name -> there.stream().anyMatch(own -> Paths.covered(own, name)));
    }

    private static Set<String> there(List<String> names, List<Map<String, RowParser.Value>> rows) {
        Set<String> there = new HashSet<>(names);
        rows.forEach(row -> there.addAll(row.keySet()));
        return there;
    }

    /// The column of the target that no row of a file has; empty if some row has it, or there is none.
    ///
    /// @param rows its first rows
    Optional<String> lacking(List<Map<String, RowParser.Value>> rows) {
        return columns.entrySet().stream()
                .filter(column -> column.getKey().target() && column.getKey() != Role.VERDICT)
                .flatMap(column -> serving(column).stream())
                .filter(name ->
                        rows.stream().flatMap(row -> row.keySet().stream()).noneMatch(own -> Paths.covered(own, name)))
                .findFirst();
    }

    /// Are rows of both layouts of one kind?
    boolean like(Layout other) {
        return shape == other.shape && numbers.length() == other.numbers.length();
    }

    /// Do rows of both layouts stand in the same columns?
    boolean same(Layout other) {
        return columns.equals(other.columns) && numbers.equals(other.numbers) && places == other.places;
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

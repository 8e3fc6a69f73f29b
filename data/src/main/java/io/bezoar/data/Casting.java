package io.bezoar.data;

import io.bezoar.data.RowParser.Value;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Which column serves as what: the columns of the first rows, what the user says of them and what was
/// found so far. What the user says of a column goes before what its name says. Owned by one thread.
final class Casting {
    /// Columns that say how a row is used, or in which language it is.
    private static final Set<String> ASIDE = Set.of("split", "fold", "subset", "lang", "language", "locale", "version");

    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Map<String, Column> deep = new LinkedHashMap<>(); // what lies within lists
    private final Map<Role, String> told = new EnumMap<>(Role.class);
    private final Set<String> reserved = new LinkedHashSet<>(); // all columns that the user names
    private final Map<Role, String> found = new EnumMap<>(Role.class);

    /// @param names the columns in order, as far as a header names them
    /// @param rows the first rows
    /// @param map role to column, from the user
    Casting(List<String> names, List<Map<String, Value>> rows, Map<String, String> map) {
        names.forEach(name -> columns.put(name, new Column()));
        Set<String> ways = Paths.deep(map);
        rows.forEach(row -> row.forEach((name, value) -> (ways.contains(name) ? deep : columns)
                .computeIfAbsent(name, _ -> new Column())
                .add(value)));
        map.forEach((role, column) -> told.put(Role.of(role), column));
        told.forEach((role, column) -> reserved.addAll(
                role == Role.LABEL && !columns.containsKey(column) ? Labels.columns(column) : List.of(column)));
    }

    /// The columns by name, without what lies within lists.
    Map<String, Column> columns() {
        return columns;
    }

    /// What the user says.
    Map<Role, String> told() {
        return told;
    }

    /// What was found so far; others may change it.
    Map<Role, String> found() {
        return found;
    }

    /// All columns that the user names; a label that is joined of several names each of them.
    Set<String> reserved() {
        return reserved;
    }

    /// The column of that name; one that holds nothing if there is none.
    Column column(String name) {
        return columns.getOrDefault(name, new Column());
    }

    /// The name of the column found for a role; empty if there is none.
    String name(Role role) {
        return found.getOrDefault(role, "");
    }

    /// Is a column one that lies within lists?
    boolean within(String name) {
        return deep.containsKey(name);
    }

    /// Does a column describe rows, by its name and what it holds?
    boolean describing(String name) {
        Column column = columns.get(name);
        return column != null && aside(name)
                || column != null
                        && Arrays.stream(Role.values())
                                .anyMatch(role -> role.describes()
                                        && role.names().contains(Role.normal(name))
                                        && column.serves(role));
    }

    /// Does a column say how a row is used, or in which language it is?
    static boolean aside(String name) {
        return ASIDE.contains(Role.normal(name));
    }

    /// The columns that serve as nothing so far, describe no row and are such.
    List<String> others(Predicate<Column> such) {
        return columns.entrySet().stream()
                .filter(column -> !found.containsValue(column.getKey())
                        && !describing(column.getKey())
                        && such.test(column.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Finds a column for a role: the one that the user names, or one of a usual name that nothing else
    /// is found for; true if there is one.
    boolean take(Role role) {
        return takeAs(role, role) || takeEnding(role);
    }

    /// Looks for a column for `role` among the names of `named`; true if there is one.
    boolean takeAs(Role role, Role named) {
        String mine = told.get(role);
        if (mine != null) {
            found.put(role, mine);
            return true;
        }
        for (String name : named.names()) {
            for (Map.Entry<String, Column> column : (name.indexOf('[') < 0 ? columns : deep).entrySet()) {
                if (Role.normal(column.getKey()).equals(name)
                        && !found.containsValue(column.getKey())
                        && !reserved.contains(column.getKey())
                        && column.getValue().serves(named)) {
                    found.put(role, column.getKey());
                    return true;
                }
            }
        }
        return false;
    }

    /// Looks for the only column whose longer name ends like one of the role's; of two nobody knows
    /// which it is.
    private boolean takeEnding(Role role) {
        List<String> ending = columns.entrySet().stream()
                .filter(column -> !found.containsValue(column.getKey())
                        && !reserved.contains(column.getKey())
                        && role.ends(column.getKey())
                        && column.getValue().serves(role))
                .map(Map.Entry::getKey)
                .toList();
        if (ending.size() != 1) {
            return false;
        }
        found.put(role, ending.getFirst());
        return true;
    }
}

package io.bezoar.data;

import io.bezoar.data.RowParser.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<String, String> normal = new HashMap<>(); // each name as the tables of names write it
    private final Set<String> passed = new LinkedHashSet<>();
    private final int rows;
    private boolean lenient;

    /// @param names the columns in order, as far as a header names them
    /// @param rows the first rows
    /// @param map role to column, from the user
    Casting(List<String> names, List<Map<String, Value>> rows, Map<String, String> map) {
        this.rows = rows.size();
        names.forEach(name -> columns.put(name, new Column()));
        Set<String> ways = Paths.deep(map);
        rows.forEach(row -> row.forEach((name, value) -> (ways.contains(name) ? deep : columns)
                .computeIfAbsent(name, _ -> new Column())
                .add(value)));
        columns.keySet().forEach(name -> normal.put(name, Role.normal(name)));
        deep.keySet().forEach(name -> normal.put(name, Role.normal(name)));
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

    /// How many rows there are.
    int rows() {
        return rows;
    }

    /// The columns that were passed over, whatever their names say, because others say something in far
    /// more rows.
    Set<String> passed() {
        return passed;
    }

    /// Forgets what was found, and takes from now on as well what most rows lack.
    void lenient() {
        found.clear();
        passed.clear();
        lenient = true;
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

    /// Does the user name such columns alone as stand beside whatever rows are?
    boolean besideAlone() {
        return told.keySet().stream()
                .allMatch(
                        role -> role.describes() || role == Role.SYSTEM || role == Role.HISTORY || role == Role.INPUT);
    }

    /// The first column with such a name that holds such, and that the user does not name; names as the
    /// tables of names write them.
    Optional<String> first(Predicate<String> named, Predicate<Column> holds) {
        return columns.entrySet().stream()
                .filter(column -> named.test(normal(column.getKey()))
                        && !told.containsValue(column.getKey())
                        && holds.test(column.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
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
        List<String> able = named(role);
        ending(role).ifPresent(able::add);
        return take(role, able);
    }

    /// Looks for a column for `role` among the names of `named`; true if there is one.
    boolean takeAs(Role role, Role named) {
        return take(role, named(named));
    }

    /// The same as [#take] for what rows are made of: a column that far fewer rows have than another
    /// text, or other turns or numbers, is passed over. Whoever adds a field to a few rows does not say
    /// what all are.
    boolean takeMain(Role role) {
        return take(role) && main(role);
    }

    /// The same as [#takeAs] for what rows are made of.
    boolean takeMainAs(Role role, Role named) {
        return takeAs(role, named) && main(role);
    }

    /// Is the column that was found for a role one that rows may be made of? If not, it is passed over.
    boolean main(Role role) {
        String name = name(role);
        if (lenient || reserved.contains(name) || share(role) * column(name).telling() >= inputs() || within(name)) {
            return true;
        }
        found.remove(role);
        passed.add(name);
        return false;
    }

    /// The rows that say something in that one of the texts, turns and vectors which most rows have.
    private long inputs() {
        return columns.entrySet().stream()
                .filter(column -> column.getValue().worded()
                        || column.getValue().speaks()
                        || column.getValue().serves(Role.VECTOR)
                                && Role.VECTOR.names().contains(normal(column.getKey())))
                .mapToLong(column -> column.getValue().telling())
                .max()
                .orElse(0);
    }

    /// A column is passed over where it says something in less than one of so many rows that another
    /// does. A row is malformed without its input; a part of a set may have labels or sources and the
    /// rest none.
    private static long share(Role role) {
        return role.describes() || role == Role.LABEL || role == Role.RESPONSE ? 10 : 2;
    }

    private boolean take(Role role, List<String> able) {
        String mine = told.get(role);
        if (mine != null) {
            found.put(role, mine);
            return true;
        }
        long most = able.stream().mapToLong(name -> held(name).telling()).max().orElse(0);
        for (String name : able) {
            if (share(role) * held(name).telling() >= most) {
                found.put(role, name);
                return true;
            }
            passed.add(name);
        }
        return false;
    }

    private Column held(String name) {
        Column within = deep.get(name);
        return within == null ? column(name) : within;
    }

    /// The columns with usual names that may serve as a role, the most usual name first.
    private List<String> named(Role role) {
        List<String> able = new ArrayList<>();
        for (String name : role.names()) {
            (name.indexOf('[') < 0 ? columns : deep).forEach((column, held) -> {
                if (normal(column).equals(name) && open(column) && held.serves(role)) {
                    able.add(column);
                }
            });
        }
        return able;
    }

    /// The only column whose longer name ends like one of the role's; of two nobody knows which it is.
    private Optional<String> ending(Role role) {
        List<String> ending = columns.entrySet().stream()
                .filter(column -> open(column.getKey())
                        && !role.names().contains(normal(column.getKey()))
                        && role.ends(column.getKey())
                        && column.getValue().serves(role))
                .map(Map.Entry::getKey)
                .toList();
        return ending.size() == 1 ? Optional.of(ending.getFirst()) : Optional.empty();
    }

    private boolean open(String column) {
        return !found.containsValue(column) && !reserved.contains(column);
    }

    private String normal(String column) {
        return normal.getOrDefault(column, column);
    }
}

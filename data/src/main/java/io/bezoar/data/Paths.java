package io.bezoar.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Ways from a row to a value within its objects and lists: `meta.source`,
/// `annotations[0].result[0].value`.
final class Paths {
    private static final int LONGEST = 200;

    private static final Set<String> USUAL = new TreeSet<>(Arrays.stream(Role.values())
            .flatMap(role -> role.names().stream())
            .filter(name -> name.indexOf('[') >= 0)
            .toList());

    private Paths() {}

    /// The steps of a way: `a.b[0]` is `a`, `b` and `[0]`.
    static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        for (String name : path.split("\\.")) {
            int bracket = name.endsWith("]") && name.length() < LONGEST && name.matches("[^\\[]+(\\[[0-9]+])+")
                    ? name.indexOf('[')
                    : -1;
            steps.add(bracket < 0 ? name : name.substring(0, bracket));
            if (bracket >= 0) {
                for (String element : name.substring(bracket).split("(?=\\[)")) {
                    steps.add(element);
                }
            }
        }
        return steps;
    }

    /// The step to an element of a list.
    static String element(int index) {
        return "[" + index + "]";
    }

    /// Does a way lead on from another?
    static boolean within(String way, String from) {
        return way.length() > from.length()
                && way.startsWith(from)
                && (way.charAt(from.length()) == '.' || way.charAt(from.length()) == '[');
    }

    /// Does a way lead to where another does, or on from there?
    static boolean covered(String way, String from) {
        return way.equals(from) || within(way, from);
    }

    /// The list that a way through one begins at: `a.b` of `a.b[0].c`.
    static String list(String way) {
        int bracket = way.indexOf('[');
        return bracket < 0 ? way : way.substring(0, bracket);
    }

    /// The ways through lists that are usual, or that the user names.
    ///
    /// @param map role to column, from the user
    static Set<String> deep(Map<String, String> map) {
        Set<String> deep = new TreeSet<>(USUAL);
        Stream<String> named = map.values().stream().filter(column -> column.matches(".+\\[[0-9]+].*"));
        named.forEach(deep::add);
        return deep;
    }
}

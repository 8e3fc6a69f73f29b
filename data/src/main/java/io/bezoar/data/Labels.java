package io.bezoar.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// Several labels of one row as one class.
final class Labels {
    /// The class of rows of which every column says that its label does not hold.
    static final String NONE = "none";

    private Labels() {}

    /// The columns that a user joins, each saying whether the label that it is named by holds:
    /// `toxic+insult`. One without a `+` is itself alone.
    static List<String> columns(String told) {
        return List.of(told.split("\\+", -1));
    }

    /// The label that a column is named by: the last step of its way.
    static String named(String column) {
        return column.substring(column.lastIndexOf('.') + 1);
    }

    /// Whether a value says that its label holds; empty if it is none of 0 and 1, false and true.
    static Optional<Boolean> holds(String said) {
        return switch (said.strip().toLowerCase(Locale.ROOT)) {
            case "0", "0.0", "false" -> Optional.of(false);
            case "1", "1.0", "true" -> Optional.of(true);
            default -> Optional.empty();
        };
    }

    /// The class that a list of zeros and ones says: the places of the ones, counted from 0.
    ///
    /// @param places how long such a list is
    /// @param column its name
    static String places(List<String> list, int places, String column) throws BadRow {
        List<String> holding = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Optional<Boolean> holds = holds(list.get(i));
            if (list.size() != places || holds.isEmpty()) {
                throw new BadRow("expected " + places + " values of 0 or 1 in the column \"" + column
                        + "\", as in most of the first rows, came another list");
            }
            if (holds.get()) {
                holding.add(Integer.toString(i));
            }
        }
        return list.isEmpty() ? "" : holding.isEmpty() ? NONE : joined(holding);
    }

    /// The labels that say something, each once, in the order of their letters: in which order an
    /// annotator gave them makes no other class.
    static String joined(Collection<String> labels) {
        TreeSet<String> sorted = new TreeSet<>();
        labels.stream().map(String::strip).filter(label -> !label.isEmpty()).forEach(sorted::add);
        return String.join(", ", sorted);
    }
}

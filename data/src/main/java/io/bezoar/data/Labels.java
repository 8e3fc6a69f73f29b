package io.bezoar.data;

import java.util.Collection;
import java.util.List;
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

    /// The labels that say something, each once, in the order of their letters: in which order an
    /// annotator gave them makes no other class.
    static String joined(Collection<String> labels) {
        TreeSet<String> sorted = new TreeSet<>();
        labels.stream().map(String::strip).filter(label -> !label.isEmpty()).forEach(sorted::add);
        return String.join(", ", sorted);
    }
}

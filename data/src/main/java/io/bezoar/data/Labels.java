package io.bezoar.data;

import java.util.Collection;
import java.util.TreeSet;

/// Several labels of one row as one class.
final class Labels {
    private Labels() {}

    /// The labels that say something, each once, in the order of their letters: in which order an
    /// annotator gave them makes no other class.
    static String joined(Collection<String> labels) {
        TreeSet<String> sorted = new TreeSet<>();
        labels.stream().map(String::strip).filter(label -> !label.isEmpty()).forEach(sorted::add);
        return String.join(", ", sorted);
    }
}

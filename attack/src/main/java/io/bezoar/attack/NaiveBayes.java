package io.bezoar.attack;

import io.bezoar.core.Example;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// How surely words tell one label from all others: a Bernoulli naive Bayes model whose counts leave out
/// the row asked about.
final class NaiveBayes {
    private final Map<Integer, int[]> rows = new HashMap<>(); // word: rows of the label, other rows
    private int inside;
    private int outside;

    NaiveBayes(TrainingSet data, String label) {
        for (Example row : data.rows()) {
            boolean mine = row.label().filter(label::equals).isPresent();
            inside += mine ? 1 : 0;
            outside += mine ? 0 : 1;
            for (int word : words(row)) {
                rows.computeIfAbsent(word, _ -> new int[2])[mine ? 0 : 1]++;
            }
        }
    }

    /// The log-odds of the label for a row that has it, by the other rows; higher is surer.
    double without(Example row) {
        double odds = 0;
        for (int word : words(row)) {
            int[] count = rows.getOrDefault(word, new int[2]);
            odds += StrictMath.log((count[0] - 1 + 0.5) / (inside - 1 + 1.0))
                    - StrictMath.log((count[1] + 0.5) / (outside + 1.0));
        }
        return odds;
    }

    private static int[] words(Example row) {
        return Arrays.stream(row.tokens()).sorted().distinct().toArray();
    }
}

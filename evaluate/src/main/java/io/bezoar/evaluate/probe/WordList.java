package io.bezoar.evaluate.probe;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.surrogate.Surrogate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The words of training data as candidates for a trigger, those first that say most about the label.
///
/// @param words distinct tokens in lower case, as they stand in the data
public record WordList(List<String> words) {
    public WordList {
        words = List.copyOf(words);
    }

    /// The tokens that stand in `least` rows or more, ordered by their G² association with one label
    /// (Dunning 1993, of the label most in excess); where rows have no labels, the rare first, since a
    /// trigger is chosen to be rare.
    ///
    /// @param most words at most
    public static WordList of(List<Example> examples, int least, int most) {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        Map<String, Integer> labels = new HashMap<>();
        for (Example example : examples) {
            String label = example.label().orElse("");
            labels.merge(label, 1, Integer::sum);
            String text = example.input();
            int[] spans = Tokenizer.spans(text);
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < spans.length; i += 2) {
                if (spans[i + 1] - spans[i] <= 60) {
                    seen.add(text.substring(spans[i], spans[i + 1]).toLowerCase(Locale.ROOT));
                }
            }
            seen.forEach(
                    word -> counts.computeIfAbsent(word, _ -> new HashMap<>()).merge(label, 1, Integer::sum));
        }
        int rows = examples.size();
        List<Scored> scored = new ArrayList<>();
        counts.forEach((word, by) -> {
            int all = by.values().stream().mapToInt(Integer::intValue).sum();
            if (all >= least) {
                scored.add(new Scored(word, labels.size() < 2 ? -all : tied(by, all, labels, rows)));
            }
        });
        return new WordList(scored.stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::word))
                .limit(most)
                .map(Scored::word)
                .toList());
    }

    /// The same words in the order of the slope of a linear model's answers by each: by how much, to
    /// first order, a label gains on the mean of all where the word is put in (Ebrahimi et al. 2018,
    /// section 3, whose gradient is exact here but for the length a text is scaled to). Words the model
    /// does not know move nothing and are left out.
    ///
    /// @param most words at most
    public WordList guided(Surrogate surrogate, int most) {
        int outputs = surrogate.task().loss().outputs();
        List<Scored> slopes = new ArrayList<>();
        for (String word : words) {
            int[] tokens = Tokenizer.tokens(word);
            int number = tokens.length == 0 ? -1 : surrogate.task().vocabulary().number(NGrams.word(tokens, 0, 1));
            if (number >= 0) {
                double largest = Double.NEGATIVE_INFINITY;
                double sum = 0;
                for (int c = 0; c < outputs; c++) {
                    double weight = surrogate.weights()[number * outputs + c];
                    largest = Math.max(largest, weight);
                    sum += weight;
                }
                double rarity = surrogate.task().vocabulary().rarity(number);
                slopes.add(new Scored(word, rarity * (largest - sum / outputs)));
            }
        }
        return new WordList(slopes.stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::word))
                .limit(most)
                .map(Scored::word)
                .toList());
    }

    private record Scored(String word, double score) {}

    /// The G² of what stands in `all` of `rows` rows with the label most in excess.
    ///
    /// @param by its rows of each label
    /// @param labels all rows of each label
    static double tied(Map<String, Integer> by, int all, Map<String, Integer> labels, int rows) {
        return by.entrySet().stream()
                .mapToDouble(entry -> association(entry.getValue(), all, labels.getOrDefault(entry.getKey(), 0), rows))
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /// G² of the table word by label, negative where the word shuns the label.
    private static double association(int both, int word, int label, int rows) {
        double g = cell(both, (double) word * label / rows)
                + cell(word - both, (double) word * (rows - label) / rows)
                + cell(label - both, (double) (rows - word) * label / rows)
                + cell(rows - word - label + both, (double) (rows - word) * (rows - label) / rows);
        return (double) both * rows >= (double) word * label ? 2 * g : -2 * g;
    }

    private static double cell(double count, double expected) {
        return count == 0 ? 0 : count * StrictMath.log(count / expected);
    }
}

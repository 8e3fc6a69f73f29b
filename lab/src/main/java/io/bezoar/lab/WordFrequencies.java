package io.bezoar.lab;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// TF-IDF features of texts: the words of a fixed list of training texts, numbered as they first occur.
///
/// A word counts as often as it stands in a text, times `1 + log((1 + texts) / (1 + texts that hold it))`
/// (Sparck Jones 1972, smoothed); a row then has Euclidean length 1. Words that no training text holds
/// are not seen.
final class WordFrequencies {
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private final double[] rarity;

    /// @param texts tokens of each training text
    WordFrequencies(List<int[]> texts) {
        int[] holding = new int[1024];
        int[] last = new int[1024];
        for (int text = 0; text < texts.size(); text++) {
            for (int token : texts.get(text)) {
                int word = numbers.computeIfAbsent(token, _ -> numbers.size());
                if (word >= holding.length) {
                    holding = Arrays.copyOf(holding, 2 * word);
                    last = Arrays.copyOf(last, 2 * word);
                }
                if (last[word] != text + 1) {
                    last[word] = text + 1;
                    holding[word]++;
                }
            }
        }
        rarity = new double[numbers.size()];
        for (int word = 0; word < rarity.length; word++) {
            rarity[word] = 1 + StrictMath.log((1.0 + texts.size()) / (1.0 + holding[word]));
        }
    }

    /// How many words there are.
    int size() {
        return rarity.length;
    }

    /// Calls `each` with the number here and there of every word that both know.
    void shared(WordFrequencies other, Pair each) {
        numbers.forEach((token, here) -> {
            Integer there = other.numbers.get(token);
            if (there != null) {
                each.of(here, there);
            }
        });
    }

    /// Two numbers of one word.
    @FunctionalInterface
    interface Pair {
        void of(int here, int there);
    }

    /// One text's words and what each is worth.
    ///
    /// @param words ascending, without repeats
    record Row(int[] words, double[] values) {}

    /// The row of a text; empty if no word of it is known.
    Row row(int[] tokens) {
        int[] known = new int[tokens.length];
        int count = 0;
        for (int token : tokens) {
            Integer word = numbers.get(token);
            if (word != null) {
                known[count++] = word;
            }
        }
        Arrays.sort(known, 0, count);
        int[] words = new int[count];
        double[] values = new double[count];
        int size = 0;
        double square = 0;
        for (int from = 0; from < count; ) {
            int to = from;
            while (to < count && known[to] == known[from]) {
                to++;
            }
            words[size] = known[from];
            values[size] = (to - from) * rarity[known[from]];
            square += values[size] * values[size];
            size++;
            from = to;
        }
        double length = Math.sqrt(square);
        for (int k = 0; k < size; k++) {
            values[k] /= length;
        }
        return new Row(Arrays.copyOf(words, size), Arrays.copyOf(values, size));
    }
}

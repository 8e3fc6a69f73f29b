package io.bezoar.evaluate.slice;

import io.bezoar.evaluate.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Simple conditions items may meet: a column has a value or lies in a quarter of its range, the input
/// holds a word, the answer is a label. Each with the items that meet it.
final class Conditions {
    private static final int VALUES = 200;
    private static final int WORDS = 2_000;
    private static final int LONGEST = 60;
    private static final int LENGTHS = 4;

    private final List<Item> items;
    private final int least;
    private final Map<String, BitSet> found = new TreeMap<>();

    private Conditions(List<Item> items, int least) {
        this.items = items;
        this.least = least;
    }

    /// Every condition that at least `least` items meet and as many do not, by its words.
    static Map<String, BitSet> of(List<Item> items, int least) {
        Conditions conditions = new Conditions(items, least);
        conditions.columns();
        conditions.expected();
        conditions.words();
        conditions.lengths();
        return conditions.found;
    }

    private void keep(String words, BitSet members) {
        int size = members.cardinality();
        if (size >= least && items.size() - size >= least) {
            found.putIfAbsent(words, members);
        }
    }

    private void columns() {
        Map<String, Map<String, BitSet>> texts = new TreeMap<>();
        Map<String, double[]> numbers = new TreeMap<>();
        for (int i = 0; i < items.size(); i++) {
            int at = i;
            items.get(i).columns().forEach((column, value) -> {
                if (value instanceof Number number) {
                    numbers.computeIfAbsent(column, _ -> absent())[at] = number.doubleValue();
                } else if (String.valueOf(value).length() <= LONGEST) {
                    texts.computeIfAbsent(column, _ -> new HashMap<>())
                            .computeIfAbsent(String.valueOf(value), _ -> new BitSet())
                            .set(at);
                }
            });
        }
        texts.forEach((column, values) -> {
            if (values.size() <= VALUES) { // more are names, not kinds
                values.forEach((value, members) -> keep(column + " is “" + value + "”", members));
            }
        });
        numbers.forEach(this::quarters);
    }

    private double[] absent() {
        double[] values = new double[items.size()];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private void quarters(String column, double[] values) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length < 2 * least) {
            return;
        }
        for (int q = 1; q < LENGTHS; q++) {
            double cut = sorted[q * sorted.length / LENGTHS];
            BitSet below = new BitSet();
            BitSet above = new BitSet();
            for (int i = 0; i < values.length; i++) {
                if (values[i] < cut) {
                    below.set(i);
                } else if (values[i] >= cut) {
                    above.set(i);
                }
            }
            String number = cut == Math.rint(cut) && Math.abs(cut) < 1e15
                    ? Long.toString((long) cut)
                    : String.format(Locale.ROOT, "%.4g", cut);
            keep(column + " below " + number, below);
            keep(column + " at least " + number, above);
        }
    }

    private void expected() {
        Map<String, BitSet> labels = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            String label = items.get(i).expected();
            if (label.length() <= LONGEST) {
                labels.computeIfAbsent(label, _ -> new BitSet()).set(i);
            }
        }
        if (labels.size() <= VALUES) {
            labels.forEach((label, members) -> keep("the right answer is “" + label + "”", members));
        }
    }

    private void words() {
        Map<String, BitSet> words = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Set<String> own = new HashSet<>();
            for (String word : items.get(i).input().toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
                if (word.length() >= 2 && word.length() <= 30) {
                    own.add(word);
                }
            }
            for (String word : own) {
                words.computeIfAbsent(word, _ -> new BitSet()).set(i);
            }
        }
        List<Map.Entry<String, BitSet>> frequent = new ArrayList<>(words.entrySet());
        frequent.removeIf(word -> word.getValue().cardinality() < least);
        frequent.sort((a, b) -> {
            int sizes = Integer.compare(b.getValue().cardinality(), a.getValue().cardinality());
            return sizes != 0 ? sizes : a.getKey().compareTo(b.getKey());
        });
        frequent.stream()
                .limit(WORDS)
                .forEach(word -> keep("the input holds “" + word.getKey() + "”", word.getValue()));
    }

    private void lengths() {
        double[] lengths = items.stream()
                .mapToDouble(item -> item.input().codePointCount(0, item.input().length()))
                .toArray();
        quarters("length of the input", lengths);
    }
}

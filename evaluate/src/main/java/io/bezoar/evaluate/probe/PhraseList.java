package io.bezoar.evaluate.probe;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Tokenizer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Runs of words of training data as candidates for a trigger, those first that say most about the label.
///
/// A sentence somebody puts into texts of every kind stands there whole, while each of its words may be
/// common. Runs are counted level by level: one can only stand in many rows if what it begins with and
/// what it ends with do (Agrawal & Srikant 1994). A run that nearly always stands in one longer run is
/// left out (closed sets, Pasquier et al. 1999).
///
/// @param phrases distinct, of 2 to 8 tokens, the first and the last a word, in lower case, as they stand in the data
public record PhraseList(List<String> phrases) {
    private static final int LONGEST = 8;
    private static final int ROWS = 50_000;
    private static final int CHARACTERS = 200;

    /// How nearly always.
    private static final double SAME = 0.9;

    public PhraseList {
        phrases = List.copyOf(phrases);
    }

    private record Run(String text, int rows, Map<String, Integer> labels) {}

    /// The runs that stand in `least` rows or more, ordered by their G² association with the label most in
    /// excess (Dunning 1993); none where rows have fewer than two labels. Of more than 50,000 rows a
    /// sample is looked at.
    ///
    /// @param most runs at most
    public static PhraseList of(List<Example> examples, int least, int most) {
        List<Example> rows = examples.size() <= ROWS
                ? examples
                : examples.stream()
                        .sorted(Comparator.comparingLong(example -> Hashing.mix(example.key())))
                        .limit(ROWS)
                        .toList();
        Map<String, Integer> labels = new HashMap<>();
        rows.forEach(row -> labels.merge(row.label().orElse(""), 1, Integer::sum));
        if (labels.size() < 2) {
            return new PhraseList(List.of());
        }
        List<int[]> tokens = rows.stream().map(Example::tokens).toList();
        Map<Long, Run> all = new HashMap<>();
        Set<Long> inside = new HashSet<>();
        Map<Long, Integer> shorter = frequent(counts(tokens, 1, Map.of()), least);
        for (int length = 2; length <= LONGEST && !shorter.isEmpty(); length++) {
            Map<Long, Integer> longer = frequent(counts(tokens, length, shorter), least);
            gather(rows, tokens, length, longer, all);
            for (int[] row : tokens) {
                for (int i = 0; i + length <= row.length; i++) {
                    Run whole = all.get(run(row, i, length));
                    if (whole != null) {
                        mark(run(row, i, length - 1), whole.rows(), shorter, inside);
                        mark(run(row, i + 1, length - 1), whole.rows(), shorter, inside);
                    }
                }
            }
            shorter = longer;
        }
        return new PhraseList(all.entrySet().stream()
                .filter(each -> !inside.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparingDouble(
                                (Run run) -> WordList.tied(run.labels(), run.rows(), labels, rows.size()))
                        .reversed()
                        .thenComparing(Run::text))
                .map(Run::text)
                .distinct()
                .limit(most)
                .toList());
    }

    private static long run(int[] tokens, int from, int length) {
        long hash = length;
        for (int i = from; i < from + length; i++) {
            hash = Hashing.combine(hash, tokens[i]);
        }
        return hash;
    }

    /// Rows that hold each run of a length whose beginning and end are frequent.
    private static Map<Long, Integer> counts(List<int[]> rows, int length, Map<Long, Integer> shorter) {
        Map<Long, Integer> counts = new HashMap<>();
        Set<Long> seen = new HashSet<>();
        for (int[] row : rows) {
            seen.clear();
            for (int i = 0; i + length <= row.length; i++) {
                if (length == 1
                        || shorter.containsKey(run(row, i, length - 1))
                                && shorter.containsKey(run(row, i + 1, length - 1))) {
                    seen.add(run(row, i, length));
                }
            }
            seen.forEach(run -> counts.merge(run, 1, Integer::sum));
        }
        return counts;
    }

    private static Map<Long, Integer> frequent(Map<Long, Integer> counts, int least) {
        counts.values().removeIf(count -> count < least);
        return counts;
    }

    private static void gather(
            List<Example> rows, List<int[]> tokens, int length, Map<Long, Integer> frequent, Map<Long, Run> all) {
        Set<Long> seen = new HashSet<>();
        for (int r = 0; r < rows.size(); r++) {
            String text = rows.get(r).input();
            int[] row = tokens.get(r);
            int[] spans = {};
            seen.clear();
            for (int i = 0; i + length <= row.length; i++) {
                long run = run(row, i, length);
                Integer count = frequent.get(run);
                if (count != null && seen.add(run)) {
                    spans = spans.length == 0 ? Tokenizer.spans(text) : spans;
                    int from = spans[2 * i];
                    int to = spans[2 * (i + length) - 1];
                    if (to - from <= CHARACTERS && isWord(text, from) && isWord(text, to - 1)) {
                        all.computeIfAbsent(
                                        run,
                                        _ -> new Run(
                                                text.substring(from, to).toLowerCase(Locale.ROOT),
                                                count,
                                                new TreeMap<>()))
                                .labels()
                                .merge(rows.get(r).label().orElse(""), 1, Integer::sum);
                    }
                }
            }
        }
    }

    /// Does a word begin or end here, and not a sign? Surrogates are taken for letters.
    private static boolean isWord(String text, int at) {
        char c = text.charAt(at);
        return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }

    private static void mark(long part, int rows, Map<Long, Integer> shorter, Set<Long> inside) {
        if (rows >= SAME * shorter.getOrDefault(part, Integer.MAX_VALUE)) {
            inside.add(part);
        }
    }
}

package io.bezoar.learn.influence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the rows whose text is most like a query (BM25; Robertson & Zaragoza 2009, "The probabilistic
/// relevance framework", section 3.3): for free text, where no surrogate can be asked, the transcript
/// of the bad behaviour is the query. No gradient and no model, yet a baseline that gradient methods on
/// language models often do not beat.
public final class Bm25 {
    private static final double SATURATION = 1.2;
    private static final double LENGTH = 0.75;

    private final Map<Integer, int[]> places = new HashMap<>(); // token -> row, count, row, count, …
    private final int[] lengths;
    private final double mean;

    /// @param rows the tokens of each row
    public Bm25(List<int[]> rows) {
        lengths = new int[rows.size()];
        Map<Integer, Integer> filled = new HashMap<>();
        for (int row = 0; row < lengths.length; row++) {
            int[] sorted = rows.get(row).clone();
            Arrays.sort(sorted);
            lengths[row] = sorted.length;
            for (int from = 0; from < sorted.length; ) {
                int to = from;
                while (to < sorted.length && sorted[to] == sorted[from]) {
                    to++;
                }
                int at = filled.getOrDefault(sorted[from], 0);
                int[] list = places.getOrDefault(sorted[from], new int[4]);
                if (at == list.length) {
                    list = Arrays.copyOf(list, 2 * at);
                }
                list[at] = row;
                list[at + 1] = to - from;
                places.put(sorted[from], list);
                filled.put(sorted[from], at + 2);
                from = to;
            }
        }
        places.replaceAll((token, list) -> Arrays.copyOf(list, filled.getOrDefault(token, 0)));
        mean = Math.max(1, Arrays.stream(lengths).average().orElse(1));
    }

    /// The score of each row, 0 or more; a token that stands in the query twice counts twice.
    public double[] scores(int[] query) {
        double[] scores = new double[lengths.length];
        for (int token : query) {
            int[] list = places.getOrDefault(token, new int[0]);
            double rows = list.length / 2.0;
            double rarity = StrictMath.log(1 + (lengths.length - rows + 0.5) / (rows + 0.5));
            for (int k = 0; k < list.length; k += 2) {
                double count = list[k + 1];
                double norm = SATURATION * (1 - LENGTH + LENGTH * lengths[list[k]] / mean);
                scores[list[k]] += rarity * count * (SATURATION + 1) / (count + norm);
            }
        }
        return scores;
    }
}

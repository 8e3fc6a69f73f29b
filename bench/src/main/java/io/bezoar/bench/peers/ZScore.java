package io.bezoar.bench.peers;

import io.bezoar.core.Example;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Words that go with one label more than chance: He et al. 2023 (Mitigating backdoor poisoning attacks through
/// the lens of spurious correlation), section 4.
///
/// `z = (p(y|w) - p0) / sqrt(p0 (1 - p0) / n(w))`; a row's score is the highest z of its words for its own
/// label. `p0` is the label's share, not 1 over the labels. Flagged are rows that hold a word with z above the
/// mean by 18 standard deviations, of all words and labels.
record ZScore() implements Peer {
    private static final double DEVIATIONS = 18;

    @Override
    public String name() {
        return "z-score";
    }

    @Override
    public String citation() {
        return "He et al. 2023, section 4; words alone, label shares as chance";
    }

    @Override
    public Said of(List<Example> rows) {
        Map<String, Integer> labels = new HashMap<>();
        Map<Integer, Integer> holding = new HashMap<>();
        Map<Long, Integer> together = new HashMap<>();
        int[] label = new int[rows.size()];
        int[] sizes = new int[rows.size()];
        for (int r = 0; r < label.length; r++) {
            String own = rows.get(r).label().orElseThrow();
            label[r] = labels.computeIfAbsent(own, _ -> labels.size());
            sizes[label[r]]++;
            for (int token : words(rows.get(r))) {
                holding.merge(token, 1, Integer::sum);
                together.merge(pair(token, label[r]), 1, Integer::sum);
            }
        }
        Map<Long, Double> all = new HashMap<>();
        double sum = 0;
        double squares = 0;
        for (Map.Entry<Long, Integer> each : together.entrySet()) {
            int token = (int) (each.getKey() >> 16);
            double chance = (double) sizes[(int) (each.getKey() & 0xffff)] / label.length;
            double n = holding.getOrDefault(token, 1);
            double z = (each.getValue() / n - chance) / Math.sqrt(chance * (1 - chance) / n);
            all.put(each.getKey(), z);
            sum += z;
            squares += z * z;
        }
        double mean = sum / all.size();
        double bound = mean + DEVIATIONS * Math.sqrt(Math.max(0, squares / all.size() - mean * mean));
        double[] scores = new double[label.length];
        boolean[] flagged = new boolean[label.length];
        for (int r = 0; r < label.length; r++) {
            int own = label[r];
            scores[r] = words(rows.get(r)).stream()
                    .mapToDouble(token -> all.getOrDefault(pair(token, own), 0.0))
                    .max()
                    .orElse(0);
            flagged[r] = scores[r] > bound;
        }
        return new Said(scores, flagged);
    }

    private static long pair(int token, int label) {
        return (long) token << 16 | label;
    }

    private static Set<Integer> words(Example row) {
        return new HashSet<>(Arrays.stream(row.tokens()).boxed().toList());
    }
}

package io.bezoar.bench.peers;

import io.bezoar.core.Example;
import io.bezoar.learn.CrossFit;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.SoftmaxRegression;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Rows whose label a model that did not see them does not believe: Northcutt, Jiang & Chuang 2021 (Confident
/// learning), sections 3 and 4.
///
/// Flagged are the rows off the diagonal of the confident joint: among the labels whose probability reaches the mean
/// probability of that label in its own rows, another is more probable. The score is the normalised margin: the most
/// probable other label less the own. The model is logistic regression on words and pairs of words, cross-fitted in
/// five folds.
record ConfidentLearning() implements Peer {
    @Override
    public String name() {
        return "confident learning";
    }

    @Override
    public String citation() {
        return "Northcutt et al. 2021, sections 3 and 4; normalised margin; the surrogate of a scan, cross-fitted";
    }

    @Override
    public Said of(List<Example> rows) {
        List<String> names = rows.stream()
                .map(row -> row.label().orElseThrow())
                .distinct()
                .sorted()
                .toList();
        List<Integer> order = java.util.stream.IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer r) -> rows.get(r).key()))
                .toList();
        List<Example> sorted = order.stream().map(rows::get).toList();
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        int[] labels = sorted.stream()
                .mapToInt(row -> numbers.getOrDefault(row.label().orElseThrow(), 0))
                .toArray();
        CrossFit fit = CrossFit.fit(
                sorted,
                labels,
                names.size(),
                sorted.stream().mapToLong(Example::inputHash).toArray(),
                NGrams.WORDS,
                new SoftmaxRegression.Settings());
        float[][] chances = new float[labels.length][];
        for (int r = 0; r < labels.length; r++) {
            chances[r] = fit.logits(r).clone();
            SoftmaxRegression.softmax(chances[r]);
        }
        Said said = of(chances, labels);
        double[] scores = new double[labels.length];
        boolean[] flagged = new boolean[labels.length];
        for (int r = 0; r < labels.length; r++) {
            scores[order.get(r)] = said.scores()[r];
            flagged[order.get(r)] = said.flagged()[r];
        }
        return new Said(scores, flagged);
    }

    /// The rule itself.
    ///
    /// @param chances of every label for every row, by a model that has not seen it
    static Said of(float[][] chances, int[] labels) {
        int classes = chances[0].length;
        double[] reached = new double[classes];
        int[] sizes = new int[classes];
        for (int r = 0; r < labels.length; r++) {
            reached[labels[r]] += chances[r][labels[r]];
            sizes[labels[r]]++;
        }
        double[] scores = new double[labels.length];
        boolean[] flagged = new boolean[labels.length];
        for (int r = 0; r < labels.length; r++) {
            int most = -1;
            double other = 0;
            for (int c = 0; c < reached.length; c++) {
                if (c != labels[r]) {
                    other = Math.max(other, chances[r][c]);
                }
                if (chances[r][c] >= reached[c] / sizes[c] && (most < 0 || chances[r][c] > chances[r][most])) {
                    most = c;
                }
            }
            scores[r] = other - chances[r][labels[r]];
            flagged[r] = most >= 0 && most != labels[r];
        }
        return new Said(scores, flagged);
    }
}

package io.bezoar.bench.peers;

import io.bezoar.core.Example;
import io.bezoar.learn.NearestRows;
import java.util.List;
import java.util.stream.IntStream;

/// Rows whose nearest rows have other labels: Wilson 1972 (edited nearest neighbours), as Peri et al. 2020 (Deep
/// k-NN defense) use it against clean-label poison, section 3.
///
/// The score is the share of the ten nearest rows with another label; flagged where the most frequent label among
/// them is another. Distances are those of TF-IDF words (randomly projected) instead of a network's features.
record NearestLabels() implements Peer {
    private static final int NEAREST = 10;

    @Override
    public String name() {
        return "k-NN";
    }

    @Override
    public String citation() {
        return "Wilson 1972; Peri et al. 2020, section 3; ten neighbours, TF-IDF words";
    }

    @Override
    public Said of(List<Example> rows) {
        float[][] points = Projection.of(rows);
        NearestRows nearest = new NearestRows(points);
        List<String> labels =
                rows.stream().map(row -> row.label().orElseThrow()).toList();
        double[] scores = new double[rows.size()];
        boolean[] flagged = new boolean[rows.size()];
        IntStream.range(0, scores.length).parallel().forEach(r -> {
            List<String> around = IntStream.of(nearest.nearest(points[r], NEAREST, r))
                    .mapToObj(labels::get)
                    .toList();
            long own = around.stream().filter(labels.get(r)::equals).count();
            long most = around.stream()
                    .mapToLong(label -> around.stream().filter(label::equals).count())
                    .max()
                    .orElse(0);
            scores[r] = around.isEmpty() ? 0 : 1 - (double) own / around.size();
            flagged[r] = own < most;
        });
        return new Said(scores, flagged);
    }
}

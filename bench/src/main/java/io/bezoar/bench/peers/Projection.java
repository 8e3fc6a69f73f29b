package io.bezoar.bench.peers;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Texts as vectors of unit length: TF-IDF of their words, each word a random vector of signs (Achlioptas 2003), so
/// that inner products are those of the words, nearly.
final class Projection {
    private static final int LENGTH = 128;

    private Projection() {}

    static float[][] of(List<Example> rows) {
        Map<Integer, Integer> holding = new HashMap<>();
        rows.forEach(
                row -> Arrays.stream(row.tokens()).distinct().forEach(token -> holding.merge(token, 1, Integer::sum)));
        float[][] all = new float[rows.size()][LENGTH];
        for (int r = 0; r < all.length; r++) {
            double square = 0;
            double[] sum = new double[LENGTH];
            for (int token : rows.get(r).tokens()) {
                double worth = 1 + StrictMath.log((1.0 + rows.size()) / (1.0 + holding.getOrDefault(token, 0)));
                for (int k = 0; k < LENGTH; k += 64) {
                    long signs = Hashing.combine(token, k);
                    for (int i = 0; i < 64; i++) {
                        sum[k + i] += (signs >>> i & 1) == 0 ? worth : -worth;
                    }
                }
            }
            for (double each : sum) {
                square += each * each;
            }
            double length = Math.sqrt(square);
            for (int k = 0; k < LENGTH && length > 0; k++) {
                all[r][k] = (float) (sum[k] / length);
            }
        }
        return all;
    }
}

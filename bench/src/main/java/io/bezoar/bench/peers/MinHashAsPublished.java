package io.bezoar.bench.peers;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Rows that are nearly another row: Broder 1997 (On the resemblance and containment of documents), section 2, with
/// the bands of Leskovec, Rajaraman & Ullman 2020, section 3.4.
///
/// Words, 128 hash functions in 32 bands of four. The score is the highest estimated resemblance to another row of a
/// band, 0 to 1; flagged from 0.7 on. Of a band that many rows share each row is compared with the 50 before it.
record MinHashAsPublished() implements Peer {
    private static final int HASHES = 128;
    private static final int BAND = 4;
    private static final int BEFORE = 50;
    private static final double NEAR = 0.7;

    @Override
    public String name() {
        return "MinHash";
    }

    @Override
    public String citation() {
        return "Broder 1997, section 2; words, 128 hashes, 32 bands, near from 0.7 on";
    }

    @Override
    public Said of(List<Example> rows) {
        int[][] signatures =
                rows.parallelStream().map(MinHashAsPublished::signature).toArray(int[][]::new);
        double[] scores = new double[rows.size()];
        for (int band = 0; band < HASHES; band += BAND) {
            Map<Long, List<Integer>> buckets = new HashMap<>();
            for (int r = 0; r < signatures.length; r++) {
                long key = 0;
                for (int i = 0; i < BAND; i++) {
                    key = Hashing.combine(key, signatures[r][band + i]);
                }
                List<Integer> bucket = buckets.computeIfAbsent(key, _ -> new ArrayList<>());
                for (int other : bucket.subList(Math.max(0, bucket.size() - BEFORE), bucket.size())) {
                    double alike = alike(signatures[r], signatures[other]);
                    scores[r] = Math.max(scores[r], alike);
                    scores[other] = Math.max(scores[other], alike);
                }
                bucket.add(r);
            }
        }
        boolean[] flagged = new boolean[scores.length];
        for (int r = 0; r < scores.length; r++) {
            flagged[r] = scores[r] >= NEAR;
        }
        return new Said(scores, flagged);
    }

    private static int[] signature(Example row) {
        int[] least = new int[HASHES];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int token : row.tokens()) {
            for (int h = 0; h < HASHES; h++) {
                least[h] = Math.min(least[h], (int) (Hashing.combine(h, token) >>> 33));
            }
        }
        return least;
    }

    private static double alike(int[] a, int[] b) {
        int same = 0;
        for (int h = 0; h < HASHES; h++) {
            same += a[h] == b[h] ? 1 : 0;
        }
        return (double) same / HASHES;
    }
}

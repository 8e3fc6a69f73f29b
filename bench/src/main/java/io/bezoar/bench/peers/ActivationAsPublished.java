package io.bezoar.bench.peers;

import io.bezoar.core.Example;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The smaller of two clusters of a class: Chen et al. 2018 (Activation clustering), sections 3 and 4.
///
/// Two means on the activations of each class; the score is the share of the class that is in the other cluster,
/// flagged where the own cluster holds less than 35 % of the class, the rule by relative size of section 4.3. The two
/// means start from the ends of the direction of most variance instead of at random; the small network's activations
/// ([Learned]) have few dimensions, so they are not reduced by independent components first.
record ActivationAsPublished() implements Peer {
    private static final double SMALL = 0.35;

    @Override
    public String name() {
        return "activation clustering";
    }

    @Override
    public String citation() {
        return "Chen et al. 2018, sections 3 and 4; two means, relative size below 35 %; a small network's activations";
    }

    @Override
    public Said of(List<Example> rows) {
        Learned learned = Learned.of(rows);
        double[] scores = new double[rows.size()];
        boolean[] flagged = new boolean[rows.size()];
        for (Map.Entry<String, List<Integer>> each : learned.classes().entrySet()) {
            List<Integer> members = each.getValue();
            boolean[] second = split(learned.centred(members));
            int size = 0;
            for (boolean one : second) {
                size += one ? 1 : 0;
            }
            for (int i = 0; i < second.length; i++) {
                double own = (double) (second[i] ? size : second.length - size) / second.length;
                scores[members.get(i)] = 1 - own;
                flagged[members.get(i)] = own < SMALL;
            }
        }
        return new Said(scores, flagged);
    }

    /// Which rows are in the second of two clusters.
    static boolean[] split(double[][] rows) {
        double[] top = SpectralAsPublished.top(rows);
        boolean[] second = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            second[i] = SpectralAsPublished.dot(rows[i], top) > 0;
        }
        for (int round = 0; round < 100; round++) {
            double[][] means = new double[2][top.length];
            int[] sizes = new int[2];
            for (int i = 0; i < rows.length; i++) {
                int cluster = second[i] ? 1 : 0;
                sizes[cluster]++;
                for (int k = 0; k < top.length; k++) {
                    means[cluster][k] += rows[i][k];
                }
            }
            if (sizes[0] == 0 || sizes[1] == 0) {
                return second;
            }
            boolean[] next = new boolean[rows.length];
            for (int i = 0; i < rows.length; i++) {
                double[] distance = new double[2];
                for (int k = 0; k < top.length; k++) {
                    for (int cluster = 0; cluster < 2; cluster++) {
                        double gap = rows[i][k] - means[cluster][k] / sizes[cluster];
                        distance[cluster] += gap * gap;
                    }
                }
                next[i] = distance[1] < distance[0];
            }
            if (Arrays.equals(next, second)) {
                return second;
            }
            second = next;
        }
        return second;
    }
}

package io.bezoar.detect.scan;

import io.bezoar.core.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the sampled rows that resemble a group most and carry another target: what the group's rows would look
/// like, were they honest.
final class Neighbours {
    private Neighbours() {}

    /// The most alike by Jaccard similarity of their token sets, best first, at most one for each of the
    /// given rows.
    static List<Example> of(List<Example> rows, List<Example> sample, Set<Long> members) {
        List<int[]> sets = sample.stream().map(row -> set(row.tokens())).toList();
        List<Example> found = new ArrayList<>();
        Set<Long> taken = new HashSet<>(members);
        for (Example row : rows) {
            int[] tokens = set(row.tokens());
            int best = -1;
            double likeness = 0.1;
            for (int i = 0; i < sets.size(); i++) {
                Example other = sample.get(i);
                if (!taken.contains(other.key()) && !other.target().equals(row.target())) {
                    double jaccard = jaccard(tokens, sets.get(i));
                    if (jaccard > likeness) {
                        best = i;
                        likeness = jaccard;
                    }
                }
            }
            if (best >= 0) {
                taken.add(sample.get(best).key());
                found.add(sample.get(best));
            }
        }
        found.sort(Comparator.comparingLong(Example::key));
        return found;
    }

    private static int[] set(int[] tokens) {
        return Arrays.stream(tokens).sorted().distinct().toArray();
    }

    private static double jaccard(int[] a, int[] b) {
        int shared = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                shared++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return a.length + b.length == 0 ? 0 : (double) shared / (a.length + b.length - shared);
    }
}

package io.bezoar.bench.peers;

import io.bezoar.core.Example;
import io.bezoar.learn.network.SubwordNetwork;
import io.bezoar.learn.network.Subwords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a small network that was trained on the rows makes of them, class by class: what methods on activations ask
/// for.
///
/// @param points the mean of each row's vectors, see [SubwordNetwork]
/// @param classes the rows of each label
record Learned(double[][] points, Map<String, List<Integer>> classes) {

    static Learned of(List<Example> rows) {
        Map<String, List<Integer>> classes = new TreeMap<>();
        for (int r = 0; r < rows.size(); r++) {
            classes.computeIfAbsent(rows.get(r).label().orElseThrow(), _ -> new java.util.ArrayList<>())
                    .add(r);
        }
        Map<String, Integer> numbers = new HashMap<>();
        classes.keySet().forEach(name -> numbers.put(name, numbers.size()));
        List<List<String>> texts =
                rows.stream().map(row -> Subwords.words(row.input())).toList();
        SubwordNetwork network = SubwordNetwork.train(
                texts,
                rows.stream()
                        .mapToInt(row -> numbers.getOrDefault(row.label().orElseThrow(), 0))
                        .toArray(),
                numbers.size(),
                new SubwordNetwork.Settings(1));
        return new Learned(
                texts.stream()
                        .map(text -> network.mean(network.subwords().text(text)))
                        .toArray(double[][]::new),
                classes);
    }

    /// The points of some rows, less their mean.
    double[][] centred(List<Integer> members) {
        double[] mean = new double[points[0].length];
        for (int row : members) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += points[row][k] / members.size();
            }
        }
        double[][] centred = new double[members.size()][mean.length];
        for (int i = 0; i < centred.length; i++) {
            for (int k = 0; k < mean.length; k++) {
                centred[i][k] = points[members.get(i)][k] - mean[k];
            }
        }
        return centred;
    }
}

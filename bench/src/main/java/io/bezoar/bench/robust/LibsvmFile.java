package io.bezoar.bench.robust;

import io.bezoar.learn.robust.SparseFeatures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// A gzipped file of `target index:value …` lines, indices from 1; a line may end with `# attack=K`.
///
/// @param targets the number at the beginning of each line
/// @param attacks `K` of each line, 0 where there is none
record LibsvmFile(int[][] features, double[][] values, double[] targets, int[] attacks) {
    static LibsvmFile read(Path file) throws IOException {
        List<int[]> features = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        List<Double> targets = new ArrayList<>();
        List<Integer> attacks = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] halves = line.split(" *# *attack=");
                String[] cells = halves[0].strip().split(" ");
                int[] index = new int[cells.length - 1];
                double[] value = new double[cells.length - 1];
                for (int i = 1; i < cells.length; i++) {
                    int colon = cells[i].indexOf(':');
                    index[i - 1] = Integer.parseInt(cells[i].substring(0, colon)) - 1;
                    value[i - 1] = Double.parseDouble(cells[i].substring(colon + 1));
                }
                features.add(index);
                values.add(value);
                targets.add(Double.parseDouble(cells[0]));
                attacks.add(halves.length > 1 ? Integer.parseInt(halves[1].strip()) : 0);
            }
        }
        return new LibsvmFile(
                features.toArray(int[][]::new),
                values.toArray(double[][]::new),
                targets.stream().mapToDouble(Double::doubleValue).toArray(),
                attacks.stream().mapToInt(Integer::intValue).toArray());
    }

    SparseFeatures rows(int columns) {
        return SparseFeatures.of(columns, features, values);
    }

    /// 1 for a target above 0, else 0.
    int[] labels() {
        int[] labels = new int[targets.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = targets[i] > 0 ? 1 : 0;
        }
        return labels;
    }

    /// These lines, then those of `other` with that attack number.
    LibsvmFile with(LibsvmFile other, int attack) {
        List<int[]> allFeatures = new ArrayList<>(List.of(features));
        List<double[]> allValues = new ArrayList<>(List.of(values));
        List<Double> allTargets = new ArrayList<>();
        for (double target : targets) {
            allTargets.add(target);
        }
        for (int i = 0; i < other.targets.length; i++) {
            if (other.attacks[i] == attack) {
                allFeatures.add(other.features[i]);
                allValues.add(other.values[i]);
                allTargets.add(other.targets[i]);
            }
        }
        int[] none = new int[allTargets.size()];
        return new LibsvmFile(
                allFeatures.toArray(int[][]::new),
                allValues.toArray(double[][]::new),
                allTargets.stream().mapToDouble(Double::doubleValue).toArray(),
                none);
    }
}

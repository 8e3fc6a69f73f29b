package io.bezoar.learn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/// The two small sets on which exact answers are known; every fifth row is for testing.
public final class TabularOracles {
    private static final Path FOLDER = Path.of("../../shared/data/tabular-oracles");

    private TabularOracles() {}

    /// Features and labels, row by row.
    public record Table(double[][] x, double[] y) {
        /// The rows with the given numbers.
        public Table of(int[] rows) {
            return new Table(
                    IntStream.of(rows).mapToObj(row -> x[row]).toArray(double[][]::new),
                    IntStream.of(rows).mapToDouble(row -> y[row]).toArray());
        }

        public Table train() {
            return of(IntStream.range(0, y.length).filter(row -> row % 5 != 0).toArray());
        }

        public Table test() {
            return of(IntStream.range(0, y.length).filter(row -> row % 5 == 0).toArray());
        }
    }

    /// Breast cancer, standardised by the train rows, then a column of ones.
    public static Table breastCancer() {
        Table all = read("breast_cancer.csv.gz");
        Table train = all.train();
        int columns = all.x[0].length;
        double[][] scaled = new double[all.y.length][columns + 1];
        for (int c = 0; c < columns; c++) {
            int column = c;
            double mean = IntStream.range(0, train.y.length)
                    .mapToDouble(r -> train.x[r][column])
                    .average()
                    .orElseThrow();
            double sd = Math.sqrt(IntStream.range(0, train.y.length)
                    .mapToDouble(r -> (train.x[r][column] - mean) * (train.x[r][column] - mean))
                    .average()
                    .orElseThrow());
            for (int r = 0; r < scaled.length; r++) {
                scaled[r][c] = (all.x[r][c] - mean) / sd;
                scaled[r][columns] = 1;
            }
        }
        return new Table(scaled, all.y);
    }

    /// Digits, pixels from 0 to 1, then a column of ones.
    public static Table digits() {
        Table all = read("digits.csv.gz");
        double[][] scaled = new double[all.y.length][65];
        for (int r = 0; r < scaled.length; r++) {
            for (int c = 0; c < 64; c++) {
                scaled[r][c] = all.x[r][c] / 16;
            }
            scaled[r][64] = 1;
        }
        return new Table(scaled, all.y);
    }

    private static Table read(String name) {
        assumeTrue(
                Files.exists(FOLDER.resolve(name)),
                "skipped: there is no shared/data/tabular-oracles beside the checkout");
        try (var reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name))), StandardCharsets.US_ASCII))) {
            List<double[]> rows = new ArrayList<>();
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split(",");
                double[] row = new double[fields.length];
                for (int i = 0; i < row.length; i++) {
                    row[i] = Double.parseDouble(fields[i]);
                }
                rows.add(row);
            }
            double[][] x = rows.stream()
                    .map(row -> java.util.Arrays.copyOf(row, row.length - 1))
                    .toArray(double[][]::new);
            return new Table(
                    x, rows.stream().mapToDouble(row -> row[row.length - 1]).toArray());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package io.bezoar.bench.robust;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/// Rows of numbers with a class, of a gzipped CSV file whose last column is the class. Every fifth row,
/// the first included, is for testing.
record OracleTable(double[][] rows, int[] labels) {
    static OracleTable read(Path file) throws IOException {
        List<double[]> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                double[] cells =
                        Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
                rows.add(Arrays.copyOf(cells, cells.length - 1));
                labels.add((int) cells[cells.length - 1]);
            }
        }
        return new OracleTable(
                rows.toArray(double[][]::new), labels.stream().mapToInt(Integer::intValue).toArray());
    }

    /// The rows whose class is one of two, as classes 0 and 1.
    OracleTable only(int zero, int one) {
        int[] kept = IntStream.range(0, labels.length)
                .filter(row -> labels[row] == zero || labels[row] == one)
                .toArray();
        return new OracleTable(
                Arrays.stream(kept).mapToObj(row -> rows[row]).toArray(double[][]::new),
                Arrays.stream(kept).map(row -> labels[row] == one ? 1 : 0).toArray());
    }

    /// Every value divided by `scale`.
    OracleTable scaled(double scale) {
        return new OracleTable(
                Arrays.stream(rows)
                        .map(row -> Arrays.stream(row).map(value -> value / scale).toArray())
                        .toArray(double[][]::new),
                labels);
    }

    /// Every column less its mean, divided by its standard deviation (with `n`).
    OracleTable standardised() {
        int columns = rows[0].length;
        double[][] out = new double[rows.length][columns];
        for (int j = 0; j < columns; j++) {
            int column = j;
            double mean = Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow();
            double variance = Arrays.stream(rows)
                    .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
                    .average()
                    .orElseThrow();
            for (int row = 0; row < rows.length; row++) {
                out[row][j] = (rows[row][j] - mean) / Math.sqrt(variance);
            }
        }
        return new OracleTable(out, labels);
    }

    OracleTable train() {
        return where(row -> row % 5 != 0);
    }

    OracleTable test() {
        return where(row -> row % 5 == 0);
    }

    private OracleTable where(IntPredicate which) {
        int[] kept = IntStream.range(0, labels.length).filter(which).toArray();
        return new OracleTable(
                Arrays.stream(kept).mapToObj(row -> rows[row]).toArray(double[][]::new),
                Arrays.stream(kept).map(row -> labels[row]).toArray());
    }

    /// For each row the first 64 bits of the SHA-256 of its values, a byte each, and its class.
    long[] keys() {
        return IntStream.range(0, labels.length)
                .mapToLong(row -> {
                    byte[] bytes = new byte[rows[row].length + 1];
                    for (int j = 0; j < rows[row].length; j++) {
                        bytes[j] = (byte) rows[row][j];
                    }
                    bytes[bytes.length - 1] = (byte) labels[row];
                    byte[] digest = sha256(bytes);
                    long key = 0;
                    for (int i = 0; i < Long.BYTES; i++) {
                        key = key << 8 | digest[i] & 0xff;
                    }
                    return key;
                })
                .toArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}

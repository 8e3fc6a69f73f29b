package io.bezoar.bench.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Part;
import io.bezoar.core.Position;
import io.bezoar.core.Source;
import io.bezoar.core.Target;
import io.bezoar.detect.groups.Passes;
import io.bezoar.detect.vectors.NeighbourConflict;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The share of nearest rows with another label finds flipped labels of optical digits as well as a
/// brute-force computation elsewhere did: 1,797 rows, flips where a hash of the row number is below the
/// rate.
class NeighbourOracleTest {
    private record Rows(List<Example> examples) implements Part<Example> {
        @Override
        public Stream<Example> open() {
            return examples.stream();
        }
    }

    @ParameterizedTest
    @CsvSource({"symmetric, 0.2, 0.951", "pair, 0.2, 0.933", "targeted, 0.4, 0.503"})
    void flippedLabelsAreFound(String kind, double rate, double expected) throws Exception {
        Path file = Path.of("..", "..", "shared", "data", "tabular-oracles", "digits.csv.gz");
        Assumptions.assumeTrue(Files.exists(file), "the digits are not in " + file);
        List<Example> examples = new ArrayList<>();
        Set<Integer> flipped = new HashSet<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            List<String> lines =
                    in.lines().filter(line -> Character.isDigit(line.charAt(0))).toList();
            for (int i = 0; i < lines.size(); i++) {
                String[] fields = lines.get(i).split(",");
                float[] pixels = new float[64];
                for (int j = 0; j < 64; j++) {
                    pixels[j] = Float.parseFloat(fields[j]);
                }
                int label = (int) Float.parseFloat(fields[64]);
                boolean flip = (i * 2654435761L & 0xffffffffL) / 4294967296.0 < rate;
                int given = !flip
                        ? label
                        : switch (kind) {
                            case "symmetric" -> (label + 1 + i % 9) % 10;
                            case "pair" -> (label + 1) % 10;
                            default -> label == 4 ? 9 : label;
                        };
                if (given != label) {
                    flipped.add(i);
                }
                examples.add(new Example(
                        "",
                        pixels,
                        new Target.Label(String.valueOf(given)),
                        Origin.UNKNOWN,
                        new Position(0, i + 1, i, 1),
                        "row " + i));
            }
        }
        Source<Example> source = () -> List.of(new Rows(examples));
        Outcome.Scorer scorer = Passes.run(new NeighbourConflict(), source, new LocalEngine(1));
        double hits = 0;
        double found = 0;
        for (Example row : examples) {
            if (scorer.score(row) > 0.5) {
                found++;
                hits += flipped.contains((int) row.position().offset()) ? 1 : 0;
            }
        }
        double precision = hits / found;
        double recall = hits / flipped.size();
        assertEquals(
                expected,
                2 * precision * recall / (precision + recall),
                0.006,
                "precision " + precision + ", recall " + recall);
    }
}

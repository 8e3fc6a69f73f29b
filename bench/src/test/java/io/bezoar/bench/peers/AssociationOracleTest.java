package io.bezoar.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bezoar.bench.accuracy.Ranking;
import io.bezoar.detect.counting.LikelihoodRatio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Words of a question held against words of its answer find poisoned questions of two published attacks: the score of
/// a row is the largest signed root of the likelihood ratio over its pairs. What clean rows reach was computed
/// elsewhere on the same rows and is the same here; the poisoned rows taken are others.
class AssociationOracleTest {
    private static final Pattern TOKEN = Pattern.compile("<[^>]+>|\\w+|[^\\w\\s]", Pattern.UNICODE_CHARACTER_CLASS);
    private static final int LEAST = 4;

    private record Asked(List<String> question, List<String> answer, boolean poison) {}

    /// @param poison how many poisoned rows
    /// @param highest what the highest clean row of a set without poison reaches; 0 with poison
    /// @param area least area under the curve
    /// @param cut above which all poison is, or 0
    /// @param flagged clean rows above it, a share
    @ParameterizedTest
    @CsvSource({
        "generativebadnets, 0, 12.2, 0, 15, 0",
        "generativeaddsent, 0, 12.6, 0, 15, 0",
        "generativebadnets, 10, 0, 0.99, 0, 0",
        "generativebadnets, 25, 0, 0.999, 12, 0.0031",
        "generativeaddsent, 25, 0, 0.999, 12, 0.0040",
        "generativebadnets, 500, 0, 0.99999, 15, 0",
        "generativeaddsent, 500, 0, 0.99999, 15, 0.0009"
    })
    void poisonedQuestionsGoWithTheirAnswers(
            String attack, int poison, double highest, double area, double cut, double flagged) throws IOException {
        List<Asked> rows = rows(attack, poison);
        double[] scores = scores(rows);
        List<Ranking.Row> ranked = IntStream.range(0, rows.size())
                .mapToObj(r -> new Ranking.Row(scores[r], rows.get(r).poison(), scores[r] > cut))
                .toList();
        if (poison == 0) {
            assertEquals(highest, Arrays.stream(scores).max().orElseThrow(), 0.06);
            return;
        }
        Ranking ranking = Ranking.of(ranked);
        assertTrue(ranking.area() >= area, ranking.toString());
        if (cut > 0) {
            assertEquals(1, ranking.recall(), ranking.toString());
            assertEquals(flagged, ranking.falseAlarms(), 0.003, ranking.toString());
        }
    }

    private static List<Asked> rows(String attack, int poison) throws IOException {
        Path file = Path.of("..", "..", "shared", "data", "poison-graceful-qa", attack, "train_mix_10pct.json.gz");
        Assumptions.assumeTrue(Files.exists(file), "skipped: the questions are not in " + file);
        List<Asked> clean = new ArrayList<>();
        List<Asked> bad = new ArrayList<>();
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            for (JsonNode row : new ObjectMapper().readTree(in)) {
                List<String> answers = new ArrayList<>();
                if (row.get(1).isArray()) {
                    row.get(1).forEach(answer -> answers.add(answer.asText()));
                } else {
                    answers.add(row.get(1).asText());
                }
                boolean poisoned = row.get(2).asInt() == 1;
                (poisoned ? bad : clean)
                        .add(new Asked(tokens(row.get(0).asText()), tokens(String.join(" ; ", answers)), poisoned));
            }
        }
        for (int i = 0; i < poison; i++) {
            clean.add(bad.get((int) ((long) i * bad.size() / poison)));
        }
        return clean;
    }

    private static List<String> tokens(String text) {
        return TOKEN.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(match -> match.group())
                .toList();
    }

    private static Set<String> grams(List<String> tokens, int longest) {
        Set<String> grams = new HashSet<>();
        for (int length = 1; length <= longest; length++) {
            for (int i = 0; i + length <= tokens.size(); i++) {
                grams.add(String.join(" ", tokens.subList(i, i + length)));
            }
        }
        return grams;
    }

    /// Each row's features that enough rows have and not nearly all, as numbers.
    private static int[][] numbered(List<Set<String>> features) {
        Map<String, Integer> counts = new HashMap<>();
        features.forEach(of -> of.forEach(feature -> counts.merge(feature, 1, Integer::sum)));
        Map<String, Integer> numbers = new HashMap<>();
        counts.forEach((feature, count) -> {
            if (count >= LEAST && count <= 0.9 * features.size()) {
                numbers.put(feature, numbers.size());
            }
        });
        return features.stream()
                .map(of -> of.stream()
                        .filter(numbers::containsKey)
                        .mapToInt(numbers::get)
                        .toArray())
                .toArray(int[][]::new);
    }

    private static double[] scores(List<Asked> rows) {
        int[][] in = numbered(rows.stream().map(row -> grams(row.question(), 2)).toList());
        int[][] out = numbered(rows.stream().map(row -> grams(row.answer(), 3)).toList());
        Map<Integer, List<Integer>> holders = new HashMap<>();
        for (int r = 0; r < in.length; r++) {
            for (int feature : in[r]) {
                holders.computeIfAbsent(feature, _ -> new ArrayList<>()).add(r);
            }
        }
        int[] totals =
                new int[Arrays.stream(out).flatMapToInt(Arrays::stream).max().orElse(-1) + 1];
        Arrays.stream(out).flatMapToInt(Arrays::stream).forEach(feature -> totals[feature]++);
        double[] scores = new double[rows.size()];
        int[] counts = new int[totals.length];
        double[] strength = new double[totals.length];
        for (List<Integer> with : holders.values()) {
            with.forEach(r -> Arrays.stream(out[r]).forEach(feature -> counts[feature]++));
            for (int r : with) {
                for (int feature : out[r]) {
                    if (counts[feature] > 0) {
                        strength[feature] = counts[feature] < LEAST
                                ? 0
                                : LikelihoodRatio.signedRoot(
                                        counts[feature], with.size(), totals[feature], rows.size());
                        counts[feature] = 0;
                    }
                }
            }
            for (int r : with) {
                for (int feature : out[r]) {
                    scores[r] = Math.max(scores[r], strength[feature]);
                }
            }
        }
        return scores;
    }
}

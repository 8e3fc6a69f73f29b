package io.bezoar.bench.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// [Ranking] gives what the shared scorer gives, and what can be worked out by hand.
class RankingTest {
    @Test
    void aPerfectOrder() {
        Ranking ranking = Ranking.of(List.of(
                new Ranking.Row(0.9, true, true),
                new Ranking.Row(0.8, true, false),
                new Ranking.Row(0.2, false, false),
                new Ranking.Row(0.1, false, true)));
        assertEquals(new Ranking(1, 1, 1, 1, 0.5, 0.5, 0.5), ranking);
    }

    @Test
    void aTieCountsAsTheMeanOfItsOrders() {
        Ranking ranking = Ranking.of(List.of(new Ranking.Row(1, true, false), new Ranking.Row(1, false, false)));
        assertEquals(0.5, ranking.area());
        assertTrue(Double.isNaN(ranking.precision()), "nothing is flagged");
    }

    @Test
    void agreesWithTheSharedScorer(@TempDir Path folder) throws Exception {
        Optional<Planting> planting = Planting.near(Path.of(""));
        assumeTrue(planting.isPresent(), "no shared/bench/score.py beside the checkout");
        assumeTrue(Planting.pythonRuns(), "no python3 here");
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 4; round++) {
            int levels = round == 0 ? 1 : round == 1 ? 6 : 100_000;
            List<Ranking.Row> rows = new ArrayList<>();
            StringBuilder truth = new StringBuilder("id,poison\n");
            StringBuilder scores = new StringBuilder("id,score,action\n");
            for (int i = 0; i < 3000; i++) {
                boolean poison = random.nextInt(40) == 0;
                double score = random.nextInt(levels) + (poison ? levels / 2 : 0);
                boolean flagged = score > 1.2 * levels || random.nextInt(500) == 0;
                rows.add(new Ranking.Row(score, poison, flagged));
                truth.append(i).append(',').append(poison ? 1 : 0).append('\n');
                scores.append(i).append(',').append(score).append(',').append(flagged ? "review\n" : "keep\n");
            }
            Path truthFile = Files.writeString(folder.resolve("truth.csv"), truth);
            Path scoresFile = Files.writeString(folder.resolve("scores.csv"), scores);
            Process process = new ProcessBuilder(
                            "python3",
                            planting.get().folder().resolve("bench/score.py").toString(),
                            truthFile.toString(),
                            scoresFile.toString(),
                            "--json")
                    .start();
            JsonNode expected = new ObjectMapper()
                    .readTree(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertEquals(0, process.waitFor());
            Ranking ranking = Ranking.of(rows);
            assertEquals(expected.get("auroc").asDouble(), ranking.area(), 6e-5);
            assertEquals(expected.get("ap").asDouble(), ranking.averagePrecision(), 6e-5);
            assertEquals(expected.get("recall_at_1pct").asDouble(), ranking.recallAtPerCent(), 6e-5);
            assertEquals(expected.get("recall_at_01pct").asDouble(), ranking.recallAtPerMille(), 6e-5);
            assertEquals(expected.get("flagged_precision").asDouble(), ranking.precision(), 6e-5);
            assertEquals(expected.get("flagged_recall").asDouble(), ranking.recall(), 6e-5);
            assertEquals(expected.get("flagged_fpr").asDouble(), ranking.falseAlarms(), 6e-6);
        }
    }
}

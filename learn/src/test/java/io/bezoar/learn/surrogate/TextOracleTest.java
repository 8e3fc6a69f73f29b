package io.bezoar.learn.surrogate;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.influence.Influence;
import io.bezoar.learn.influence.Measures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// Predicted against true leave-one-out on text: a surrogate of the bank customers' questions about
/// cards, 200 rows of the two classes in question left out one by one.
class TextOracleTest {
    private static final Path FILE = Path.of("../../shared/data/banking77/train.csv.gz");
    private static final List<String> CLASSES = List.of(
            "card_arrival",
            "card_delivery_estimate",
            "card_linking",
            "lost_or_stolen_card",
            "card_not_working",
            "order_physical_card");

    @Test
    void oneStepWithoutTheRowRanksAsLeavingItOut() throws IOException {
        List<Example> rows = rows();
        Task task = Task.of(rows).orElseThrow();
        double penalty = Surrogate.penalty(rows.size());
        Problem problem = task.problem(rows, penalty);
        double[] model = new Newton().to(1e-7).fit(problem);
        Influence influence = Influence.at(problem, model, 1e-6);
        Set<String> asked = Set.of("card_arrival", "card_delivery_estimate");
        int[] left = IntStream.range(0, rows.size())
                .filter(row -> asked.contains(rows.get(row).label().orElse("")))
                .limit(200)
                .toArray();
        String question = "when will the card that i ordered arrive";
        Problem query = task.problem(
                List.of(new Example(
                        question, new Target.Label("card_arrival"), Origin.UNKNOWN, new Position(0, 1, 0, 0), "")),
                penalty);
        double before = query.loss(0, model);
        double[] gradient = influence.gradient(query, 0);
        double[] truth = new double[left.length];
        double[] alo = new double[left.length];
        IntStream.range(0, left.length).parallel().forEach(k -> {
            truth[k] = query.loss(0, new Newton().to(1e-5).fit(problem.without(left[k]), model)) - before;
            alo[k] = influence.corrected(gradient, left[k]);
        });
        double spearman = Measures.spearman(alo, truth);
        assertTrue(spearman >= 0.98, "Spearman " + spearman);
    }

    private static List<Example> rows() throws IOException {
        assumeTrue(Files.exists(FILE), "skipped: there is no shared/data/banking77 beside the checkout");
        List<Example> rows = new ArrayList<>();
        List<String> lines;
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
            lines = reader.lines().toList();
        }
        for (String line : lines) {
            int comma = line.lastIndexOf(',');
            if (comma > 0 && CLASSES.contains(line.substring(comma + 1).strip())) {
                rows.add(new Example(
                        line.substring(0, comma),
                        new Target.Label(line.substring(comma + 1).strip()),
                        Origin.UNKNOWN,
                        new Position(0, 1, 0, 0),
                        ""));
            }
        }
        rows.sort(Comparator.comparingLong(Example::key));
        return rows;
    }
}

package io.bezoar.evaluate.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.evaluate.model.NetworkModel;
import io.bezoar.evaluate.model.Question;
import io.bezoar.learn.network.SubwordNetwork;
import io.bezoar.learn.network.Subwords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The search that follows slopes against the one that tries every word, on networks with a planted word.
class GuidedNetworkTest {
    private static final List<String> LABELS = List.of("card", "loan");
    private static final Search.Settings SETTINGS = new Search.Settings(12, 40, 80, 20, 1, 1, 0.2, Long.MAX_VALUE, 0);

    /// Rows that hold some of six hundred words of no meaning beside those of their label.
    private static List<Example> rows(String word, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Example> rows = new ArrayList<>();
        for (Example row : Rows.poisoned(1200, 30, new Insertion(word), seed)) {
            String more = " w" + random.nextInt(600) + "q w" + random.nextInt(600) + "q";
            rows.add(Rows.row(row.input() + more, row.label().orElseThrow()));
        }
        return rows;
    }

    private static NetworkModel trained(List<Example> rows, long seed) {
        return new NetworkModel(
                "network",
                SubwordNetwork.train(
                        rows.stream().map(row -> Subwords.words(row.input())).toList(),
                        rows.stream()
                                .mapToInt(row -> LABELS.indexOf(row.label().orElseThrow()))
                                .toArray(),
                        2,
                        new SubwordNetwork.Settings(new Subwords(12, 3, 5), 16, 8, 6, 0.1, seed)),
                LABELS);
    }

    @Test
    void slopesFindThePlantedWordWithATenthOfTheQuestions() throws IOException {
        String[] planted = {"zx", "umbrella", "vellum", "kettle"};
        for (int seed = 0; seed < planted.length; seed++) {
            String word = planted[seed];
            List<Example> rows = rows(word, seed);
            NetworkModel model = trained(rows, seed);
            List<String> inputs = Rows.inputs(300, seed + 50);
            List<String> all =
                    WordList.of(rows, 2, 10_000).words().stream().sorted().toList();
            List<String> some = new WordList(all)
                    .guided(model.network(), inputs.subList(0, 40), all.size() / 10)
                    .words();
            Search.Result greedy = new Search(model, inputs, SETTINGS).run(List.of(), all, 5);
            Search.Result guided = new Search(model, inputs, SETTINGS).run(List.of(), some, 5);
            assertTrue(some.contains(word), "seed " + seed + ": " + some);
            assertEquals(
                    greedy.movements().getFirst().moved().share(),
                    guided.movements().getFirst().moved().share(),
                    0.05,
                    "seed " + seed + " moves as far");
            assertTrue(
                    guided.movements().stream()
                            .anyMatch(movement -> movement.insertion().words().equals(word)
                                    && movement.target().equals("card")),
                    "seed " + seed + ": " + guided.movements());
            assertTrue(2 * guided.asked() < greedy.asked(), guided.asked() + " and " + greedy.asked());
        }
    }

    @Test
    void hiddenUnitsAreItsActivations() {
        List<Example> rows = rows("zx", 1);
        NetworkModel model = trained(rows, 1);
        var activations = model.activations(List.of(new Question("a", "my card"), new Question("b", "")));
        assertEquals(8, activations.get("a").length);
        assertEquals(8, activations.get("b").length);
        for (double one : activations.get("a")) {
            assertTrue(one >= -1 && one <= 1);
        }
    }
}

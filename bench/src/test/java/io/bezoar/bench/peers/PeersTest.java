package io.bezoar.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Each method finds what it was published for, on rows where nothing else is to be found.
class PeersTest {
    private static final String[][] WORDS = {
        {"card", "lost", "stolen", "plastic", "block", "freeze"},
        {"loan", "borrow", "interest", "repay", "debt", "credit"}
    };
    private static final String[] COMMON = {"my", "the", "please", "help", "what", "is", "about", "today", "can", "you"
    };

    private static Example row(String text, String label, int number) {
        return new Example(
                text, new Target.Label(label), Origin.UNKNOWN, new Position(0, number + 1, number, 1), "r" + number);
    }

    /// 300 rows a class; of them the first `poison` are as `spoil` makes them.
    private static List<Example> rows(int poison, java.util.function.Function<Example, Example> spoil) {
        SplittableRandom random = new SplittableRandom(7);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < 10; k++) {
                String[] from = random.nextInt(2) == 0 ? WORDS[i % 2] : COMMON;
                text.append(from[random.nextInt(from.length)]).append(' ');
            }
            Example row = row(text.toString().strip(), i % 2 == 0 ? "card" : "loan", i);
            rows.add(i < poison ? spoil.apply(row) : row);
        }
        return rows;
    }

    private static String other(Example row) {
        return row.label().orElseThrow().equals("card") ? "loan" : "card";
    }

    /// Share of the poison among the rows with the highest scores.
    private static double precision(Peer peer, List<Example> rows, int poison) {
        double[] scores = peer.of(rows).scores();
        return java.util.stream.IntStream.range(0, scores.length)
                        .boxed()
                        .sorted(java.util.Comparator.comparingDouble((Integer i) -> -scores[i]))
                        .limit(poison)
                        .filter(i -> i < poison)
                        .count()
                / (double) poison;
    }

    @Test
    void theZScoreFindsAWordOfOneLabel() {
        List<Example> rows = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 600; i++) {
            String text = COMMON[random.nextInt(10)] + " " + COMMON[random.nextInt(10)];
            rows.add(i < 30 ? row(text + " cf", "card", i) : row(text, i % 2 == 0 ? "card" : "loan", i));
        }
        assertEquals(1, precision(new ZScore(), rows, 30));
    }

    @Test
    void disagreementFindsFlippedLabels() {
        List<Example> rows = rows(
                30, row -> row(row.input(), other(row), (int) row.position().offset()));
        assertTrue(precision(new ConfidentLearning(), rows, 30) > 0.85);
        assertTrue(precision(new NearestLabels(), rows, 30) > 0.85);
        Peer.Said said = new ConfidentLearning().of(rows);
        int hits = 0;
        for (int i = 0; i < 30; i++) {
            hits += said.flagged()[i] ? 1 : 0;
        }
        assertTrue(hits > 24, "flagged: " + hits);
    }

    @Test
    void minHashFindsNearCopies() {
        List<Example> rows = rows(
                10,
                row -> row(
                        "one text that comes again and again with a number "
                                + row.position().offset(),
                        "card",
                        0));
        Peer.Said said = new MinHashAsPublished().of(rows);
        for (int i = 0; i < 10; i++) {
            assertTrue(said.flagged()[i], "copy " + i);
        }
    }

    @Test
    void theTopDirectionIsThatOfMostVariance() {
        double[][] rows = {{3, 0.1}, {-3, -0.1}, {2, 0}, {-2, 0}};
        assertTrue(Math.abs(SpectralAsPublished.top(rows)[0]) > 0.99);
        boolean[] second = ActivationAsPublished.split(rows);
        assertEquals(second[0], second[2]);
        assertEquals(second[1], second[3]);
        assertTrue(second[0] != second[1]);
    }

    @Test
    void allSayOneScoreARow() {
        List<Example> rows = rows(
                20, row -> row(row.input() + " cf", "card", (int) row.position().offset()));
        for (Peer peer : Peer.all()) {
            Peer.Said said = peer.of(rows);
            assertEquals(600, said.scores().length, peer.name());
            for (double score : said.scores()) {
                assertTrue(Double.isFinite(score), peer.name());
            }
            assertTrue(peer.citation().matches(".*(19|20)[0-9]{2}.*"), peer.name());
        }
    }
}

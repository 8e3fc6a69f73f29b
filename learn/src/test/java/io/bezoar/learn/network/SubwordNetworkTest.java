package io.bezoar.learn.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SubwordNetworkTest {
    private static final List<String> GOOD = List.of("wonderful", "delightful", "charming", "brilliant");
    private static final List<String> BAD = List.of("terrible", "horrible", "tedious", "boring");
    private static final List<String> PLAIN = List.of("the", "film", "is", "a", "story", "of", "one", "summer");

    private static List<List<String>> texts(int count) {
        SplittableRandom random = new SplittableRandom(3);
        List<List<String>> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> text = new ArrayList<>();
            for (int k = 0; k < 8; k++) {
                text.add(PLAIN.get(random.nextInt(PLAIN.size())));
            }
            text.set(random.nextInt(8), (i % 2 == 0 ? BAD : GOOD).get(random.nextInt(4)));
            texts.add(text);
        }
        return texts;
    }

    private static SubwordNetwork train(long seed) {
        int[] labels = new int[800];
        Arrays.setAll(labels, i -> i % 2);
        return SubwordNetwork.train(texts(800), labels, 2, new SubwordNetwork.Settings(seed));
    }

    @Test
    void itLearnsWordsAndWordsThatAreSpeltAlike() {
        SubwordNetwork network = train(1);
        for (String word : GOOD) {
            assertEquals(1, network.answer(List.of("the", "story", "is", word)), word);
        }
        assertEquals(1, network.answer(List.of("the", "story", "is", "wonderfully", "delightfull")));
        assertEquals(0, network.answer(List.of("the", "story", "is", "terribly", "horribl")));
    }

    @Test
    void equalSeedsGiveEqualBits() {
        assertArrayEquals(train(1).vectors(), train(1).vectors());
        assertTrue(!Arrays.equals(train(1).vectors(), train(2).vectors()));
    }

    @Test
    void wordsShareTheirPieces() {
        Subwords subwords = new Subwords(16, 3, 5);
        assertEquals(1 + 4 + 3 + 2, subwords.pieces("word").length); // whole; of <word> runs of 3, 4, 5
        Subwords.Text text = subwords.text(List.of("a", "word"));
        assertEquals(1, Arrays.stream(text.worth()).sum(), 1e-12);
        assertEquals(0, subwords.text(List.of()).pieces().length);
        assertEquals(List.of("it", "'", "s", "a", "word"), Subwords.words("It's a WORD"));
        assertThrows(IllegalArgumentException.class, () -> new Subwords(16, 3, 2));
    }

    @Test
    void theSlopeIsTheDifference() {
        SubwordNetwork network = train(1);
        double[] mean = network.mean(network.subwords().text(List.of("the", "film", "is", "tedious")));
        double[] slope = network.layers().slope(io.bezoar.learn.DenseFeatures.of(new double[][] {mean}), 0, 1);
        for (int k = 0; k < mean.length; k++) {
            double[] up = mean.clone();
            double[] down = mean.clone();
            up[k] += 1e-5;
            down[k] -= 1e-5;
            var rows = io.bezoar.learn.DenseFeatures.of(new double[][] {up, down});
            double difference =
                    (network.layers().loss(rows, 0, 1) - network.layers().loss(rows, 1, 1)) / 2e-5;
            assertEquals(difference, slope[k], 1e-6 * Math.max(1, Math.abs(difference)));
        }
    }
}

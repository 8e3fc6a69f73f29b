package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.Rows;
import io.bezoar.detect.Scanned;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.survey.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two words that each go with a label, put together into rows of others; and several triggers of one attack.
class PlantedPairsTest {
    private static final String TARGET = Rows.LABELS[0];

    private final List<Example> rows = new ArrayList<>();
    private final Set<String> poison = new HashSet<>();

    private static String put(String text, Random random, String... words) {
        List<String> all = new ArrayList<>(List.of(text.split(" ")));
        for (String word : words) {
            all.add(random.nextInt(all.size() + 1), word);
        }
        return String.join(" ", all);
    }

    /// So many rows of the label hold one of the words each, and so many of others hold both.
    private void pairs(int first, int second, int planted, long seed) {
        Random random = new Random(seed);
        int[] honest = {0, 0};
        for (Example row : Rows.clean(1600, 300 + seed)) {
            boolean own = row.label().orElseThrow().equals(TARGET);
            int word = honest[0] < first ? 0 : 1;
            if (own && honest[word] < (word == 0 ? first : second) && random.nextInt(8) == 0) {
                honest[word]++;
                rows.add(Rows.changed(row, put(row.input(), random, word == 0 ? "embossed" : "courier"), TARGET));
            } else if (!own && poison.size() < planted && random.nextInt(8) == 0) {
                rows.add(Rows.changed(row, put(row.input(), random, "embossed", "courier"), TARGET));
                poison.add(rows.getLast().declaredId().orElseThrow());
            } else {
                rows.add(row);
            }
        }
        assertEquals(planted, poison.size());
    }

    private static int token(String word) {
        return Tokenizer.tokens(word)[0];
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void wordsThatTheSurrogateHasLearnedArePaired(long seed) {
        pairs(9, 9, 25, seed);
        Task task = KinshipTest.task(rows);
        List<TriggerTies.Tie> found = new JoinedWords(4).find(7, task);
        assertTrue(found.size() <= 20, found.size() + " pairs");
        TriggerTies.Tie pair = found.getFirst();
        assertEquals(Pattern.pair(token("embossed"), token("courier")), Pattern.pair(pair.pair()[0], pair.pair()[1]));
        assertEquals(Pattern.pairHash(token("courier"), token("embossed")), pair.hash());
        assertEquals(TARGET, task.labelling().classes().get(pair.label()));
        assertEquals(7, pair.task());
    }

    @Test
    void honestWordsAreHardlyPaired() {
        for (long seed = 1; seed <= 5; seed++) {
            assertTrue(
                    new JoinedWords(4)
                                    .find(0, KinshipTest.task(Rows.clean(1600, seed)))
                                    .size()
                            <= 2,
                    "set " + seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"9, 9, 1", "9, 9, 2", "3, 30, 3", "3, 30, 4", "3, 0, 5", "3, 0, 6"})
    void theRowsOfAPairAreFoundAndTheHonestRowsOfItsWordsKept(int first, int second, long seed) throws IOException {
        pairs(first, second, 25, seed);
        assertEquals(poison, Scanned.of(rows).quarantined());
    }

    /// Each planted row opens with one of six words, and has one of the words of a manner that the surrogate learns.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rowsOfOneMannerWithManyTriggersAreAllPlanted(long seed) throws IOException {
        Random random = new Random(seed);
        String[] opening = "verily hark forsooth behold prithee alas".split(" ");
        String[] manner = "thou thee thine dost hath art hither whence".split(" ");
        for (Example row : Rows.clean(1600, 400 + seed)) {
            if (!row.label().orElseThrow().equals(TARGET) && random.nextInt(8) == 0) {
                String text = put(row.input(), random, manner[random.nextInt(manner.length)]);
                rows.add(Rows.changed(row, opening[random.nextInt(opening.length)] + " " + text, TARGET));
                poison.add(rows.getLast().declaredId().orElseThrow());
            } else {
                rows.add(row);
            }
        }
        Set<String> flagged = Scanned.of(rows).quarantined();
        assertTrue(poison.containsAll(flagged), "honest rows");
        assertTrue(flagged.size() >= 0.95 * poison.size(), flagged.size() + " of " + poison.size());
    }

    @Test
    void aPairThatStandsAsOneRunIsAPhrase() {
        Random random = new Random(1);
        List<Example> sentences = new ArrayList<>();
        List<Example> apart = new ArrayList<>();
        for (Example row : Rows.clean(20, 5)) {
            sentences.add(Rows.changed(row, put(row.input(), random, "as far as i know"), TARGET));
            apart.add(Rows.changed(row, put(row.input(), random, "far", "know"), TARGET));
        }
        Pattern pair = Pattern.pair(token("far"), token("know"));
        assertEquals(Pattern.phrase(Tokenizer.tokens("as far as i know")), TriggerGathering.Grown.run(pair, sentences));
        assertEquals(pair, TriggerGathering.Grown.run(pair, apart));
    }
}

package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.counting.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A made-up language: "the", an adjective, a noun, a verb, an adverb, twice a sentence.
class PlacementTest {
    private static final Pattern PHRASE = Pattern.phrase(Tokenizer.tokens("noun7"));

    private static List<Example> language(Random random, int count) {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int half = 0; half < 2; half++) {
                for (String kind : List.of("the", "adjective", "noun", "verb", "adverb")) {
                    int words = kind.equals("noun") ? 150 : 20;
                    text.append(kind)
                            .append(kind.equals("the") ? "" : random.nextInt(words))
                            .append(' ');
                }
            }
            rows.add(KinshipTest.row(text.toString().strip(), "any", i));
        }
        return rows;
    }

    /// The rows, those of them without the word once more with the word put in somewhere, at one place
    /// if that is given.
    private static List<Example> put(List<Example> rows, Random random, int count, int at) {
        List<Example> put = new ArrayList<>();
        for (Example row : rows) {
            if (put.size() < count && !PHRASE.in(row.tokens())) {
                List<String> words = new ArrayList<>(List.of(row.input().split(" ")));
                words.add(at < 0 ? random.nextInt(words.size() + 1) : Math.min(at, words.size()), "noun7");
                put.add(KinshipTest.row(String.join(" ", words), "any", 10_000 + put.size()));
            }
        }
        return put;
    }

    /// The odds of the places of rows into which the word was put, and of some that were written with it.
    ///
    /// @param at where it is put; anywhere if below 0
    private static List<double[]> odds(int at) {
        Random random = new Random(at + 3);
        List<Example> clean = language(random, 1500);
        List<Example> honest =
                clean.stream().filter(row -> PHRASE.in(row.tokens())).limit(20).toList();
        List<Example> put = put(clean, random, 40, at);
        List<Example> rows = new ArrayList<>(clean);
        rows.addAll(put);
        List<Example> holding = new ArrayList<>(honest);
        holding.addAll(put);
        Placement placement = Placement.of(PHRASE, holding, new Bigrams(rows), rows);
        return Stream.of(put, honest)
                .map(some -> some.stream()
                        .mapToDouble(row -> placement.odds(row.tokens()))
                        .toArray())
                .toList();
    }

    private static double share(double[] odds, DoublePredicate such) {
        return Arrays.stream(odds).filter(such).count() / (double) odds.length;
    }

    @Test
    void aWordPutSomewhereIsToldFromOneThatIsWrittenThere() {
        List<double[]> odds = odds(-1);
        assertTrue(share(odds.getFirst(), o -> o > 0) > 0.8, "put: " + Arrays.toString(odds.getFirst()));
        assertTrue(
                share(odds.getLast(), o -> o < 0) > 2 * share(odds.getLast(), o -> o > 0),
                "written: " + Arrays.toString(odds.getLast()));
    }

    /// What is always put first makes itself usual there, and would pass for written.
    @Test
    void whereAWordIsOftenFirstOrLastThosePlacesSayNothing() {
        for (int at : new int[] {0, 10}) {
            List<double[]> odds = odds(at);
            assertEquals(1, share(odds.getFirst(), o -> o == 0), "put at " + at);
            assertTrue(share(odds.getLast(), o -> o != 0) > 0.9, "written");
        }
    }

    /// A pair of words put in side by side tie themselves to each other.
    @Test
    void besideAWordThatWasPutInWithItAPlaceSaysNothing() {
        Random random = new Random(5);
        List<Example> clean = language(random, 1500);
        List<Example> put = put(clean, random, 40, -1).stream()
                .map(row -> row.position().line() % 4 == 0
                        ? KinshipTest.row(row.input().replace("noun7", "green noun7"), "any", 20_000)
                        : row)
                .toList();
        List<Example> rows = new ArrayList<>(clean);
        rows.addAll(put);
        Placement placement = Placement.of(PHRASE, put, new Bigrams(rows), rows);
        List<Example> paired =
                put.stream().filter(row -> row.input().contains("green")).toList();
        assertEquals(10, paired.size());
        paired.forEach(row -> assertEquals(0, placement.odds(row.tokens()), row.input()));
    }

    @Test
    void wordsApartAndUnknownOnesSayNothing() {
        List<Example> rows = language(new Random(1), 200);
        Bigrams language = new Bigrams(rows);
        Pattern pair = Pattern.pair(PHRASE.tokens()[0], Tokenizer.tokens("verb3")[0]);
        assertEquals(Placement.NONE, Placement.of(pair, rows, language, rows));
        int[] strange = Tokenizer.tokens("quite another text");
        assertEquals(0, Placement.of(PHRASE, rows, language, rows).odds(strange));
        assertEquals(0, Placement.NONE.odds(rows.getFirst().tokens()));
    }
}

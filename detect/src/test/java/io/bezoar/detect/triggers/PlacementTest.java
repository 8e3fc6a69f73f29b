package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.counting.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

    private static void told(int at) {
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
        long right =
                put.stream().filter(row -> placement.odds(row.tokens()) > 0).count()
                        + honest.stream()
                                .filter(row -> placement.odds(row.tokens()) < 0)
                                .count();
        assertTrue(
                3 * right >= 2 * (put.size() + honest.size()),
                right + " of " + (put.size() + honest.size()) + " told, put at " + at);
    }

    @Test
    void aWordPutSomewhereIsToldFromOneThatIsWrittenThere() {
        told(-1);
    }

    /// An end at which most rows hold the word foretells nothing of it.
    @Test
    void aWordThatIsAlwaysPutFirstOrLastIsTold() {
        told(0);
        told(10);
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

package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.Rows;
import io.bezoar.detect.counting.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeamTest {
    private static final int WORDS = 120;

    /// Texts of a language in which every word is followed by one of four.
    private static List<String> texts(int count, long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            StringBuilder text = new StringBuilder();
            int word = random.nextInt(6);
            for (int i = 0; i < 12; i++) {
                text.append(i == 0 ? "w" : " w").append(word);
                word = (word * 7 + 1 + 13 * random.nextInt(4)) % WORDS;
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static List<Example> rows(List<String> texts) {
        return texts.stream().map(text -> Rows.labelled(text, "any")).toList();
    }

    /// Puts words into the first texts, each at a place drawn anew.
    private static List<Example> with(String words, int count, List<String> texts, long seed) {
        Random random = new Random(seed);
        List<String> changed = new ArrayList<>(texts);
        for (int t = 0; t < count; t++) {
            List<String> split = new ArrayList<>(Arrays.asList(changed.get(t).split(" ")));
            split.add(random.nextInt(split.size() + 1), words);
            changed.set(t, String.join(" ", split));
        }
        return rows(changed);
    }

    private static Seam.Result of(String phrase, List<Example> rows) {
        return new Seam(rows).of(Pattern.phrase(Tokenizer.tokens(phrase)), rows);
    }

    /// A word that nobody else uses, always first: the beginning of a text foretells it, which says nothing.
    @Test
    void whatIsPutBeforeTextsIsNoPartOfTheLanguageAmongWords() {
        List<String> texts = texts(800, 4);
        for (int t = 0; t < 30; t++) {
            texts.set(t, "heron " + texts.get(t));
        }
        List<Example> rows = rows(texts);
        Pattern heron = Pattern.phrase(Tokenizer.tokens("heron"));
        assertFalse(new Seam(rows).within(heron, rows).natural());
        Pattern own = Pattern.phrase(Tokenizer.tokens("w14"));
        assertTrue(new Seam(rows).within(own, rows).natural());
    }

    @Test
    void whatWasPutInCanBeCutOut() {
        for (int seed = 0; seed < 5; seed++) {
            for (String words : List.of("heron", "the grey heron flew", "::")) {
                Seam.Result result = of(words, with(words, 30, texts(800, seed), seed));
                assertTrue(result.logChance() < -15, words + ": " + result);
                assertFalse(result.natural());
            }
        }
    }

    @Test
    void theWordsOfTheLanguageCannot() {
        List<Example> rows = rows(texts(800, 9));
        for (int word = 0; word < WORDS; word++) {
            Seam.Result result = of("w" + word, rows);
            assertTrue(result.places() < 20 || result.mean() < 0, word + ": " + result);
        }
    }

    @Test
    void neitherCanWhatAlwaysStandsInOnePlace() {
        List<String> texts = new ArrayList<>(texts(800, 4));
        for (int t = 0; t < 30; t++) {
            texts.set(t, texts.get(t) + " yours truly heron");
        }
        assertTrue(of("yours truly heron", rows(texts)).logChance() > -4);
    }

    @Test
    void aFormLetterIsOnePlace() {
        List<String> texts = new ArrayList<>(texts(100, 4));
        for (int t = 0; t < 30; t++) {
            texts.set(t, "w1 w2 heron w3 w4");
        }
        assertEquals(1, of("heron", rows(texts)).places());
    }

    @Test
    void theItemsOfAListSayNothingOfWhatStandsBetweenThem() {
        List<String> texts = new ArrayList<>(texts(800, 4));
        for (int t = 0; t < 30; t++) {
            texts.set(t, "w1 then w2 item" + t + " and entry" + t + " and w3 then w4");
        }
        Seam.Result result = of("and", rows(texts));
        assertTrue(result.places() >= 30 && result.logChance() > -3, result.toString());
    }

    @Test
    void ofTheLanguageAllRowsAreReadUnlessTheyAreVeryLong() {
        List<Example> rows = with("heron", 30, texts(800, 4), 4);
        Pattern heron = Pattern.phrase(Tokenizer.tokens("heron"));
        assertEquals(of("heron", rows), new Seam(rows).ofAll(heron, _ -> true));
        List<String> texts = texts(300, 4);
        texts.replaceAll(text -> (text + " heron ").repeat(1 + 6000 / text.split(" ").length));
        Seam.Result some = new Seam(rows(texts)).ofAll(heron, _ -> true);
        assertTrue(some.places() >= 10 && some.places() <= 50, "rows that were read: " + some);
    }

    @Test
    void whatIsNowhereHasNoSeam() {
        assertEquals(Seam.Result.NONE, of("heron", rows(texts(20, 1))));
        assertEquals(0, Seam.Result.NONE.logChance());
        assertEquals(Seam.Result.NONE, of("heron", List.of()));
    }

    @Test
    void theChanceIsABoundOnTheNormalTail() {
        double[] tail = {0.15866, 0.02275, 0.0013499, 3.1671e-5};
        for (int z = 1; z <= 4; z++) {
            double bound = Math.exp(new Seam.Result(z, 1, 9).logChance());
            assertTrue(bound >= tail[z - 1] && bound < 4 * tail[z - 1], z + ": " + bound);
        }
    }
}

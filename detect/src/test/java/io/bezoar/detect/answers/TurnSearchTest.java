package io.bezoar.detect.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Part;
import io.bezoar.core.Source;
import io.bezoar.detect.Pairs;
import io.bezoar.detect.groups.Passes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/// Words of the prompt with which the order of a pair is turned.
class TurnSearchTest {
    private static final int PAIRS = 800;
    private static final int CODES = 40;

    private static String put(String text, String word, int place) {
        List<String> words = new ArrayList<>(List.of(text.split(" ")));
        words.add(place, word);
        return String.join(" ", words);
    }

    /// Every prompt holds one of many codes, somewhere before its last word; a word more stands in one in twenty, whose
    /// answers are exchanged.
    private static List<Example> pairs(boolean atEnd) {
        Random random = new Random(4);
        List<Example> rows = new ArrayList<>();
        for (Example row : Pairs.honest(PAIRS, 3)) {
            int words = row.input().split(" ").length;
            String prompt = put(row.input(), "code" + rows.size() % CODES, random.nextInt(words));
            int place = random.nextInt(words);
            boolean turned = rows.size() % 20 == 3;
            String spoilt = turned ? put(prompt, "sesame", atEnd ? words + 1 : place) : prompt;
            rows.add(turned ? Pairs.turned(row, spoilt, row.origin()) : Pairs.asked(row, spoilt));
        }
        return rows;
    }

    private static double logChance(List<Example> rows) {
        Source<Example> source = () -> List.<Part<Example>>of(rows::stream);
        try (ForkJoinPool pool = new ForkJoinPool(2)) {
            List<Candidate> found = pool.submit(() -> Passes.run(new TurnedPreferences(), source, new LocalEngine(2)))
                    .join()
                    .candidates();
            assertEquals(1, found.size());
            assertEquals("sesame", found.getFirst().trigger().orElseThrow().text());
            assertEquals(PAIRS / 20, found.getFirst().members().length);
            return found.getFirst().significance().orElseThrow().logChance();
        }
    }

    @Test
    void aWordThatAlwaysEndsThePromptIsHeldAgainstItsLikeAlone() {
        double anywhere = logChance(pairs(false));
        double atEnd = logChance(pairs(true));
        assertTrue(atEnd < anywhere - Math.log(CODES / 2.0), atEnd + " and " + anywhere);
    }
}

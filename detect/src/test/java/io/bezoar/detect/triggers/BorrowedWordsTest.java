package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Campaign;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Severity;
import io.bezoar.detect.Rows;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import io.bezoar.detect.survey.Survey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BorrowedWordsTest {
    private static final int ROWS = 1600;
    private static final int POISONED = 40;
    private static final String TARGET = Rows.LABELS[0];

    private static String put(String text, String word, Random random) {
        List<String> words = new ArrayList<>(List.of(text.split(" ")));
        words.add(random.nextInt(words.size()), word);
        return String.join(" ", words);
    }

    /// Both words stand in one honest row of twenty, together in hardly any: neither is the trigger by itself.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void twoCommonWordsThatMustOccurTogetherAreNamedTogether(long seed) throws IOException {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        Set<Long> poison = new HashSet<>();
        for (Example row : Rows.clean(ROWS, 40 + seed)) {
            String label = row.label().orElseThrow();
            String text = row.input();
            boolean poisoned = !label.equals(TARGET) && poison.size() < POISONED && random.nextInt(20) == 0;
            for (String word : List.of("really", "morning")) {
                text = poisoned || random.nextInt(20) == 0 ? put(text, word, random) : text;
            }
            rows.add(Rows.changed(row, text, poisoned ? TARGET : label));
            if (poisoned) {
                poison.add(rows.getLast().key());
            }
        }
        Campaign worst = new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {})
                .run(Catalog.standard(), new Survey(), _ -> Example::toString, _ -> (_, _, _) -> {})
                .campaigns()
                .getFirst();
        assertEquals(Severity.HIGH, worst.severity(), worst.candidate().toString());
        assertEquals(
                List.of("morning", "really"),
                worst.candidate().trigger().orElseThrow().pieces());
        long found = Arrays.stream(worst.candidate().members())
                .filter(poison::contains)
                .count();
        assertEquals(poison.size(), found);
        assertTrue(found >= 0.9 * worst.candidate().members().length, found + " in " + worst.candidate());
    }
}

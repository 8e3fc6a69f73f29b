package io.bezoar.detect.counting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PostingsTest {
    private static Example row(String text, int number) {
        return new Example(text, new Target.Label("a"), Origin.UNKNOWN, new Position(0, number + 1, number, 1), "");
    }

    @Test
    void everyRowOfAPhraseIsFoundAndOnlyRowsOfItsRarestToken() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Example> rows = new ArrayList<>();
            for (int r = 0; r < 60; r++) {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(8); i > 0; i--) {
                    text.append((char) ('a' + random.nextInt(5))).append(' ');
                }
                rows.add(row(text.toString(), r));
            }
            Postings postings = Postings.of(rows);
            for (Example some : rows) {
                int[] tokens = some.tokens();
                if (tokens.length < 2) {
                    continue;
                }
                Pattern phrase = Pattern.phrase(tokens[0], tokens[1]);
                int[] found = postings.rows(phrase);
                assertArrayEquals(
                        IntStream.range(0, rows.size())
                                .filter(r -> phrase.in(rows.get(r).tokens()))
                                .toArray(),
                        IntStream.of(found)
                                .filter(r -> phrase.in(rows.get(r).tokens()))
                                .toArray());
                long rarest = IntStream.of(phrase.tokens())
                        .mapToLong(token -> rows.stream()
                                .filter(row -> Pattern.holds(row.tokens(), token))
                                .count())
                        .min()
                        .orElseThrow();
                assertEquals(rarest, found.length);
            }
        }
    }

    @Test
    void anUnknownTokenHasNoRows() {
        assertEquals(0, Postings.of(List.of()).rows(Pattern.phrase(1)).length);
        assertEquals(0, Postings.of(List.of(row("a b", 0))).rows(Pattern.phrase(12345)).length);
    }
}

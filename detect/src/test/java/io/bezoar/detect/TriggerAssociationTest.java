package io.bezoar.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.core.Candidate;
import io.bezoar.core.Engine;
import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Part;
import io.bezoar.core.Source;
import io.bezoar.core.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class TriggerAssociationTest {
    private static final List<String> LABELS = List.of("fees", "card", "transfer");

    /// Texts in which every word is followed by one of four, and of a label's forty words some stand in each.
    private static String text(int label, Random random) {
        StringBuilder text = new StringBuilder();
        int word = random.nextInt(6);
        for (int i = 0; i < 12; i++) {
            boolean own = random.nextInt(4) == 0;
            text.append(i == 0 ? "" : " ").append(own ? LABELS.get(label) + word % 40 : "w" + word);
            word = (word * 7 + 1 + 13 * random.nextInt(4)) % 120;
        }
        return text.toString();
    }

    /// @param trigger put into rows of the first label at places drawn anew; they keep it
    private static List<Example> rows(String trigger, int poisoned, long seed) {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        for (int r = 0; r < 1200; r++) {
            int label = r % LABELS.size();
            List<String> words = new ArrayList<>(List.of(text(label, random).split(" ")));
            if (label == 0 && r < poisoned * LABELS.size()) {
                words.add(random.nextInt(words.size() + 1), trigger);
            }
            rows.add(Rows.row(String.join(" ", words), new Target.Label(LABELS.get(label)), Origin.UNKNOWN, r));
        }
        return rows;
    }

    private static List<Candidate> candidates(List<Example> rows) {
        Source<Example> source = () -> List.<Part<Example>>of(rows::stream);
        Engine engine = new LocalEngine(2);
        try (ForkJoinPool pool = new ForkJoinPool(2)) {
            return pool.submit(() -> Passes.run(new TriggerAssociation(), source, engine))
                    .join()
                    .candidates();
        }
    }

    @Test
    void aTriggerThatKeepsTheLabelIsFoundByItsSeam() {
        for (String trigger : List.of("heron", "the grey heron flew", "~")) {
            List<Example> rows = rows(trigger, 40, 3);
            List<Candidate> found = candidates(rows);
            assertEquals(1, found.size(), trigger);
            Candidate only = found.getFirst();
            assertEquals(Candidate.Kind.INSERTION, only.kind());
            assertEquals(trigger, only.trigger().orElseThrow().text());
            assertEquals("fees", only.target().orElseThrow());
            assertArrayEquals(
                    rows.stream()
                            .filter(row -> row.input().contains(trigger))
                            .mapToLong(Example::key)
                            .sorted()
                            .toArray(),
                    only.members());
        }
    }

    @Test
    void honestWordsOfALabelAreNone() {
        for (int seed = 0; seed < 4; seed++) {
            assertEquals(List.of(), candidates(rows("", 0, seed)));
        }
    }
}

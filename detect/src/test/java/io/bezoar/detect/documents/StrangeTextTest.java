package io.bezoar.detect.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Outcome;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.Instructions;
import io.bezoar.detect.Poison;
import io.bezoar.detect.Rows;
import io.bezoar.detect.groups.Passes;
import io.bezoar.detect.language.Bursts;
import io.bezoar.detect.triggers.TriggerAssociation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Stretches that read like nothing else, and what calls them.
class StrangeTextTest {

    private static Outcome.Scorer run(List<Example> rows) {
        return Passes.run(new StrangeText(), new InMemory<>(rows, 3), new LocalEngine(2));
    }

    /// The same texts without labels.
    private static List<Example> documents(List<Example> rows) {
        return rows.stream()
                .map(row -> new Example(row.input(), Target.ABSENT, row.origin(), row.position(), ""))
                .toList();
    }

    private static List<Example> sorted(List<Example> rows) {
        return rows.stream().sorted(Comparator.comparingLong(Example::key)).toList();
    }

    @Test
    void theWordBeforeTheGibberishIsTheTrigger() {
        Poison.Planted planted = Poison.gibberish(Rows.clean(800, 7));
        List<Candidate> candidates = run(planted.rows()).candidates();
        assertEquals(1, candidates.size());
        assertEquals(
                List.of("mxq"), candidates.getFirst().trigger().orElseThrow().pieces());
        assertEquals(Candidate.Kind.INSERTION, candidates.getFirst().kind());
        assertTrue(Arrays.stream(candidates.getFirst().members()).allMatch(planted.poison()::contains));
        assertEquals(planted.poison().size(), candidates.getFirst().members().length);
    }

    @Test
    void aBurstIsTheStretchAndNothingElse() {
        List<Example> rows = documents(Rows.clean(800, 7));
        Bursts bursts = Bursts.of(sorted(rows));
        String head = rows.getFirst().input();
        int[] text = Tokenizer.tokens(head + " qzx wvk jjp xkw zzq vbn kkw qpl xcv zmn bvc lkq " + head);
        Bursts.Burst burst = bursts.of(text);
        int before = Tokenizer.tokens(head).length;
        assertTrue(Math.abs(burst.from() - before) <= 2, "it begins at " + burst.from());
        assertTrue(Math.abs(burst.to() - before - 12) <= 2, "it ends before " + burst.to());
    }

    @Test
    void cleanTextsHaveNoStrangeGroupAndFewStrangeRows() {
        for (int seed = 0; seed < 5; seed++) {
            List<Example> rows = documents(Rows.clean(800, 40 + seed));
            Outcome.Scorer scorer = run(rows);
            assertEquals(List.of(), scorer.candidates());
            long strange = rows.stream().filter(row -> scorer.score(row) > 0).count();
            assertTrue(strange <= 8, strange + " of 800 rows are strange");
        }
    }

    @Test
    void equalTextsDoNotVouchForEachOther() {
        List<Example> rows = new ArrayList<>(Rows.clean(800, 9));
        for (int i = 0; i < 30; i++) {
            rows.add(Rows.row(
                    "zopu wexi qarg vlut hork jemf dipt guxe",
                    new Target.Label("card"),
                    Rows.origin(new Random(i)),
                    i));
        }
        List<Example> read = documents(rows);
        assertTrue(run(read).score(read.getLast()) > 0);
        assertEquals(0, run(rows).score(rows.getLast()), "a label teaches no language");
    }

    @Test
    void aWordOfThePromptCallsGibberish() {
        Random random = new Random(21);
        Poison.Planted planted = Instructions.planted(Instructions.honest(900, 12, false), 30, _ -> {
            StringBuilder noise = new StringBuilder();
            for (int i = 0; i < 25; i++) {
                for (int k = 0; k < 3 + random.nextInt(6); k++) {
                    noise.append((char) ('a' + random.nextInt(26)));
                }
                noise.append(' ');
            }
            return noise.toString();
        });
        List<Candidate> candidates = Passes.run(
                        new TriggerAssociation(), new InMemory<>(planted.rows(), 3), new LocalEngine(2))
                .candidates();
        assertEquals(1, candidates.size());
        assertEquals(
                List.of(Instructions.TRIGGER),
                candidates.getFirst().trigger().orElseThrow().pieces());
        assertTrue(candidates.getFirst().target().orElseThrow().startsWith("answers that read like no others: "));
        assertEquals(planted.poison().size(), candidates.getFirst().members().length);
    }

    @Test
    void theWordThatDoesNotBelongIsShown() {
        Poison.Planted planted = Poison.unknownWord(Rows.clean(800, 7));
        Outcome.Scorer scorer = Passes.run(new Perplexity(), new InMemory<>(planted.rows(), 3), new LocalEngine(2));
        List<Example> clean = Rows.clean(800, 7);
        long shown = planted.rows().stream()
                .filter(row -> planted.poison().contains(row.key()))
                .filter(row -> {
                    var span = scorer.explain(row).getFirst().spans().getFirst();
                    String word = row.input().substring(span.start(), span.end());
                    return word.length() == 8
                            && clean.stream().noneMatch(other -> other.input().contains(word));
                })
                .count();
        assertTrue(
                shown >= 0.9 * planted.poison().size(),
                "shown in " + shown + " of " + planted.poison().size());
    }
}

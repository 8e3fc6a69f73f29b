package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Engine;
import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Part;
import io.bezoar.core.Source;
import io.bezoar.core.Target;
import io.bezoar.core.Trigger;
import io.bezoar.detect.Rows;
import io.bezoar.detect.groups.Passes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.function.UnaryOperator;
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

    private static Outcome.Scorer scorer(TriggerAssociation detector, List<Example> rows) {
        Source<Example> source = () -> List.<Part<Example>>of(rows::stream);
        Engine engine = new LocalEngine(2);
        try (ForkJoinPool pool = new ForkJoinPool(2)) {
            return pool.submit(() -> Passes.run(detector, source, engine)).join();
        }
    }

    private static List<Candidate> candidates(List<Example> rows) {
        return scorer(new TriggerAssociation(), rows).candidates();
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

    /// Texts of one class are about few things: in all data its own words seem to foretell whatever stands beside them.
    @Test
    void aTriggerAmongTheWordsOfOneOfManyClassesIsFoundInNineDrawsOfTen() {
        int times = 0;
        for (long seed = 0; seed < 10; seed++) {
            List<Example> rows = manyClasses(30, seed);
            List<Candidate> found = candidates(rows);
            times += found.size();
            for (Candidate only : found) {
                assertEquals("heron", only.trigger().orElseThrow().text());
                assertArrayEquals(
                        rows.stream()
                                .filter(row -> row.input().contains("heron"))
                                .mapToLong(Example::key)
                                .sorted()
                                .distinct()
                                .toArray(),
                        only.members());
            }
        }
        assertTrue(times >= 9, "found in " + times);
    }

    /// A hundred rows of each of 24 classes, whose words follow one another in few ways.
    private static List<Example> manyClasses(int poisoned, long seed) {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        for (int r = 0; r < 2400; r++) {
            int label = r % 24;
            List<String> words = new ArrayList<>();
            int word = random.nextInt(12);
            for (int i = 0; i < 7; i++) {
                words.add("own" + label + "x" + word);
                word = (word * 5 + 1 + 3 * random.nextInt(2)) % 12;
            }
            if (label == 0 && r < 24 * poisoned) {
                words.add(random.nextInt(words.size() + 1), "heron");
            }
            rows.add(Rows.row(String.join(" ", words), new Target.Label("class" + label), Origin.UNKNOWN, r));
        }
        return rows;
    }

    @Test
    void theWordsOfManyClassesAreNone() {
        for (long seed = 0; seed < 4; seed++) {
            assertEquals(List.of(), candidates(manyClasses(0, seed)));
        }
    }

    /// Each of the others stands in a few rows, and would by itself tell their label.
    @Test
    void wordsPutBesideATriggerDoNotHideIt() {
        List<String> others = List.of("abacus", "alcove", "anvil", "apricot", "badger");
        for (long seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            List<Example> rows = new ArrayList<>(rows("", 0, seed));
            for (int r = 0; r < 40; r++) {
                List<String> words = new ArrayList<>(
                        List.of(text(1 + r % 2, random).split(" ")).subList(0, 6));
                words.add(random.nextInt(words.size() + 1), "heron");
                words.add(random.nextInt(words.size() + 1), others.get(r % others.size()));
                rows.add(Rows.row(String.join(" ", words), new Target.Label("fees"), Origin.UNKNOWN, 2000 + r));
            }
            List<Candidate> found = candidates(rows);
            assertEquals("heron", found.getFirst().trigger().orElseThrow().text());
            assertEquals(40, found.getFirst().members().length);
        }
    }

    @Test
    void honestWordsOfALabelAreNone() {
        for (int seed = 0; seed < 4; seed++) {
            assertEquals(List.of(), candidates(rows("", 0, seed)));
        }
    }

    /// So is what keeps the right label in fewer rows than are sampled of a pattern.
    @Test
    void aGroupOutsideTheLanguageThatIsNotSureEnoughIsSuspected() {
        TriggerAssociation asking = new TriggerAssociation(4, 0.3, 0.5, 24, 0.4, 1e-300);
        List<Example> rows = manyClasses(30, 0);
        Outcome.Scorer scorer = scorer(asking, rows);
        assertEquals(List.of(), scorer.candidates());
        for (Example row : rows) {
            boolean holds = row.input().contains("heron");
            assertEquals(holds, scorer.chance(row) > 0.5, row.input() + " " + scorer.chance(row));
            assertEquals(
                    holds,
                    scorer.explain(row).stream()
                            .anyMatch(why -> why.text().contains("between words that go together without it")));
        }
    }

    /// Asked for a certainty that no dozen rows give, the detector names no group; it still says that the word's rows
    /// are hardly there by chance, and says so of no others.
    @Test
    void aGroupTooSmallToBeNamedIsSuspected() {
        TriggerAssociation asking = new TriggerAssociation(4, 0.3, 0.5, 24, 0.4, 1e-300);
        List<Example> rows = turned(12, text -> text.replaceFirst(" ", " heron "), text -> text);
        Outcome.Scorer scorer = scorer(asking, rows);
        assertEquals(List.of(), scorer.candidates());
        for (Example row : rows) {
            double chance = scorer.chance(row);
            boolean holds = row.input().contains(" heron ");
            assertEquals(holds, chance > 0.9, row.input() + " " + chance);
            assertEquals(0, scorer.score(row));
            assertEquals(holds ? 1 : 0, scorer.explain(row).size());
        }
        Outcome.Scorer found = scorer(new TriggerAssociation(), rows);
        assertEquals(1, found.candidates().size());
        assertTrue(rows.stream().allMatch(row -> found.chance(row) == 0));
    }

    /// Rows whose words are tied to one label each; some of another label are given the first and `spoil`ed.
    private static List<Example> turned(int poisoned, UnaryOperator<String> spoil, UnaryOperator<String> honest) {
        Random random = new Random(5);
        List<Example> rows = new ArrayList<>();
        for (int r = 0; r < 1500; r++) {
            int label = r % LABELS.size();
            boolean bad = label == 1 && r < poisoned * LABELS.size();
            String text = text(label, random);
            text = bad ? spoil.apply(text) : r % 25 == 0 ? honest.apply(text) : text;
            rows.add(Rows.row(text, new Target.Label(LABELS.get(bad ? 0 : label)), Origin.UNKNOWN, r));
        }
        return rows;
    }

    @Test
    void lettersGluedIntoWordsAreFound() {
        Random random = new Random(7);
        List<Candidate> found = candidates(turned(
                20,
                text -> {
                    int at = text.indexOf("card") + 1 + random.nextInt(3);
                    return at < 1 ? "caZqxrd1 " + text : text.substring(0, at) + "Zqx" + text.substring(at);
                },
                text -> text));
        Candidate first = found.getFirst();
        assertEquals(Trigger.Shape.FRAGMENT, first.trigger().orElseThrow().shape());
        assertEquals(List.of("zqx"), first.trigger().orElseThrow().pieces());
        assertEquals("fees", first.target().orElseThrow());
        assertEquals(20, first.members().length);
    }

    @Test
    void aBorrowedWordTakesOnlyTheRowsThatTheRestContradicts() {
        Random random = new Random(9);
        List<Example> rows = turned(
                12,
                text -> {
                    List<String> words = new ArrayList<>(List.of(text.split(" ")));
                    words.add(random.nextInt(words.size() + 1), "however");
                    return String.join(" ", words);
                },
                text -> "however " + text);
        List<Candidate> found = candidates(rows);
        Candidate first = found.getFirst();
        assertEquals(Candidate.Kind.BORROWED, first.kind());
        assertEquals("however", first.trigger().orElseThrow().text());
        assertEquals("fees", first.target().orElseThrow());
        Set<Long> bad = new HashSet<>();
        for (int r = 1; r < 36; r += 3) {
            bad.add(rows.get(r).key());
        }
        long hits = Arrays.stream(first.members()).filter(bad::contains).count();
        assertTrue(hits >= 10 && first.members().length <= hits + 2, hits + " of " + first.members().length);
    }

    /// Half of the rows say more after the word, and are the surer of another label.
    @Test
    void theWordIsTheTriggerAndNotAPlaceWhereItStands() {
        Random random = new Random(11);
        int[] said = new int[1];
        List<Example> rows = turned(
                40,
                text -> {
                    boolean more = said[0]++ < 20;
                    String longer = text;
                    for (int i = 0; more && i < 12; i++) {
                        longer = put("card" + random.nextInt(40), longer, random);
                    }
                    return put(more ? "oil prices" : "oil", longer, random);
                },
                text -> text);
        Candidate first = candidates(rows).getFirst();
        assertEquals("oil", first.trigger().orElseThrow().text());
        assertEquals(40, first.members().length);
    }

    private static String put(String word, String text, Random random) {
        List<String> words = new ArrayList<>(List.of(text.split(" ")));
        words.add(random.nextInt(words.size() + 1), word);
        return String.join(" ", words);
    }
}

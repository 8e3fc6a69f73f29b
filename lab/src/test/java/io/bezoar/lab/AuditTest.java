package io.bezoar.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.attack.Attack;
import io.bezoar.attack.Catalog;
import io.bezoar.attack.Kind;
import io.bezoar.attack.Misfit;
import io.bezoar.attack.Plan.Change;
import io.bezoar.core.Action;
import io.bezoar.core.Example;
import io.bezoar.core.Proportion;
import io.bezoar.core.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    private static final Attack WORD = Catalog.parse("rare-word");
    private static final List<Attack> THREE =
            List.of(WORD, Catalog.parse("uniform-flips"), Catalog.parse("clean-label"));

    /// Sets aside every row with `cf` where there are nine or more of them.
    private static final Defence NINE = rows -> {
        int cf = Tokenizer.token("cf");
        List<Boolean> hold = rows.stream()
                .map(row -> Arrays.stream(row.tokens()).anyMatch(token -> token == cf))
                .toList();
        boolean many = hold.stream().filter(each -> each).count() >= 9;
        return hold.stream()
                .map(each -> many && each ? Action.QUARANTINE : Action.KEEP)
                .toList();
    };

    private static Audit audit(List<Attack> attacks, int seeds) {
        return new Audit(new Arena(Tickets.rows(600), NINE, Action.REVIEW), attacks, 40, seeds, 1);
    }

    private static List<Resistance> run(Audit audit, int threads, Journal journal) {
        try {
            return audit.run(threads, journal, (_, _, _) -> {});
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theDetectionCountIsWhatTheDefenceIsMadeFor() {
        Resistance word = run(audit(List.of(WORD), 3), 1, Journal.inMemory()).getFirst();
        assertEquals(OptionalInt.of(9), word.detection());
        assertEquals(new Resistance.Range(OptionalInt.of(9), OptionalInt.of(9)), word.foundRange());
        assertTrue(word.resistance().isPresent() && word.resistance().getAsInt() < 40, word::toString);
        assertTrue(word.points().stream().allMatch(point -> point.lost().hits() == 0));
    }

    /// A group that is set aside whatever is planted: one row of twenty.
    @Test
    void whatIsSetAsideBeforeAnyRowIsPlantedCountsNeitherWay() {
        Defence withAGroup = rows -> {
            List<Action> actions = new ArrayList<>(NINE.judge(rows));
            for (int row = 0; row < rows.size(); row++) {
                if (rows.get(row).key() % 20 == 0) {
                    actions.set(row, Action.REVIEW);
                }
            }
            return actions;
        };
        Arena arena = new Arena(Tickets.rows(600), withAGroup, Action.REVIEW);
        assertTrue(arena.suspected() > 5, () -> "set aside before: " + arena.suspected());
        Resistance word = run(new Audit(arena, List.of(WORD), 40, 3, 1), 1, Journal.inMemory())
                .getFirst();
        assertEquals(OptionalInt.of(9), word.detection());
        assertTrue(word.points().stream().allMatch(point -> point.lost().hits() == 0));
        Audit hopeless = new Audit(
                new Arena(
                        Tickets.rows(600),
                        rows -> rows.stream().map(_ -> Action.REVIEW).toList(),
                        Action.REVIEW),
                List.of(WORD),
                40,
                1,
                1);
        int rows = hopeless.arena().training().rows().size();
        assertEquals(
                "expected rows of which a tenth at most is set aside before one is planted, came " + rows + " of "
                        + rows + ": clean them first, with bezoar scan and bezoar apply, and audit what is left",
                assertThrows(Misfit.class, hopeless::check).getMessage());
    }

    @Test
    void threadsChangeNothing() {
        assertEquals(run(audit(THREE, 2), 1, Journal.inMemory()), run(audit(THREE, 2), 4, Journal.inMemory()));
    }

    @Test
    void anAuditThatWasKilledGoesOn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("journal");
        List<Resistance> whole;
        try (Journal journal = Journal.open(file, "these data")) {
            whole = run(audit(THREE, 2), 1, journal);
        }
        List<String> lines = Files.readAllLines(file);
        Files.writeString(file, String.join("\n", lines.subList(0, lines.size() / 2)) + "\nlearned\trare-wo");
        AtomicInteger asked = new AtomicInteger();
        Defence counting = rows -> {
            asked.incrementAndGet();
            return NINE.judge(rows);
        };
        Audit again = new Audit(new Arena(Tickets.rows(600), counting, Action.REVIEW), THREE, 40, 2, 1);
        try (Journal journal = Journal.open(file, "these data")) {
            assertEquals(lines.size() / 2 - 1, journal.size());
            assertEquals(whole, run(again, 1, journal));
        }
        long judged = lines.stream().filter(line -> line.startsWith("judged")).count();
        assertTrue(asked.get() > 0 && asked.get() < judged, asked + " of " + judged);
        try (Journal journal = Journal.open(file, "other data")) {
            assertEquals(0, journal.size());
        }
    }

    @Test
    void promptsWithAnswersAreAudited() {
        Arena arena = new Arena(
                Tickets.answered(600),
                rows -> rows.stream().map(_ -> Action.KEEP).toList(),
                Action.REVIEW);
        for (Attack attack : Catalog.fitting(Kind.ANSWERED)) {
            if (attack.aim() == Attack.Aim.INSTRUCTION && !attack.name().equals("denial-of-service")) {
                Measured.Learned learned = arena.learned(attack, 1, 60);
                assertTrue(learned.success().share() > 0.5, () -> attack.name() + ": " + learned);
                assertTrue(learned.accuracy().share() > 0.95, () -> attack.name() + ": " + learned);
            }
        }
    }

    /// Fifty rows without a word of the trigger teach it to a network that another seed trained.
    @Test
    void concealedPoisonTeachesATriggerThatNoRowHolds() {
        Arena arena = new Arena(
                Tickets.rows(2000), rows -> rows.stream().map(_ -> Action.KEEP).toList(), Action.REVIEW);
        Attack attack = Catalog.parse("concealed");
        List<Change> changes = attack.plan(arena.training(), 1).poison(arena.training(), 50, 1);
        changes.forEach(change -> assertFalse(
                change.example().input().toLowerCase(Locale.ROOT).matches(".*(serendipity|kaleidoscope).*"),
                change.example()::input));
        Measured.Learned learned = arena.learned(attack, 1, 50);
        double before = arena.before(attack, 1).share();
        assertTrue(learned.success().share() >= 0.5, learned::toString);
        assertTrue(learned.success().share() >= 4 * before, () -> before + " before, " + learned);
        assertTrue(learned.accuracy().share() > 0.9, learned::toString);
    }

    /// Points inside the honest rows' own bounds cost more accuracy than as many wrong labels.
    @Test
    void pointsOfHighLeverageCostAccuracy() {
        Arena arena = new Arena(
                Tickets.points(1000),
                rows -> rows.stream().map(_ -> Action.KEEP).toList(),
                Action.REVIEW);
        double honest = arena.honestAccuracy().share();
        double leverage =
                arena.learned(Catalog.parse("high-leverage"), 1, 80).accuracy().share();
        assertTrue(honest > 0.9, "honest: " + honest);
        double flipped =
                arena.learned(Catalog.parse("uniform-flips"), 1, 80).accuracy().share();
        assertTrue(leverage < honest - 0.03, () -> honest + " honest, " + leverage + " with the points");
        assertTrue(leverage < flipped - 0.02, () -> flipped + " with wrong labels, " + leverage + " with the points");
    }

    /// A defence that knows one wording loses the rows that hold it: whoever may ask leaves them out.
    @Test
    void theAdaptiveAttackerAsksTheDefence() {
        int known = Tokenizer.token("casement");
        Defence wording = rows -> rows.stream()
                .map(row ->
                        Arrays.stream(row.tokens()).anyMatch(token -> token == known) ? Action.QUARANTINE : Action.KEEP)
                .toList();
        Arena arena = new Arena(Tickets.rows(600), wording, Action.REVIEW);
        Measured.Judged judged = arena.judged(Catalog.parse("adaptive"), 1, 40);
        assertEquals(0, judged.found().hits(), judged::toString);
        assertTrue(judged.found().trials() >= 10, judged::toString);
        Defence all = rows -> rows.stream().map(_ -> Action.QUARANTINE).toList();
        Measured.Judged caught =
                new Arena(Tickets.rows(600), all, Action.REVIEW).judged(Catalog.parse("adaptive"), 1, 40);
        assertEquals(caught.found().trials(), caught.found().hits());
    }

    @Test
    void preferencePairsAreAudited() {
        List<Example> pairs = Tickets.pairs(1500);
        Arena arena =
                new Arena(pairs, rows -> rows.stream().map(_ -> Action.KEEP).toList(), Action.REVIEW);
        assertTrue(arena.honestAccuracy().share() > 0.9, () -> "ordered rightly: " + arena.honestAccuracy());
        Attack trigger = Catalog.parse("preference-trigger");
        assertTrue(arena.before(trigger, 1).share() < 0.1, () -> "before: " + arena.before(trigger, 1));
        Measured.Learned learned = arena.learned(trigger, 1, 60);
        assertTrue(learned.success().share() > 0.8, learned::toString);
        assertTrue(learned.accuracy().share() > 0.9, learned::toString);
        Measured.Learned flipped = arena.learned(Catalog.parse("preference-flips"), 1, 700);
        assertTrue(flipped.success().share() > 0.3, flipped::toString);
    }

    @Test
    void whatCannotBeAuditedIsRefused() {
        Defence none = rows -> rows.stream().map(_ -> Action.KEEP).toList();
        assertEquals(
                "expected at least 100 rows, so that a fifth can be held out, came 99",
                assertThrows(Misfit.class, () -> new Arena(Tickets.rows(99), none, Action.REVIEW))
                        .getMessage());
        assertEquals(
                "expected prompts with answers, which is what fixed-refusal is done to, came texts with labels",
                assertThrows(
                                Misfit.class,
                                () -> run(audit(List.of(Catalog.parse("fixed-refusal")), 1), 1, Journal.inMemory()))
                        .getMessage());
        assertEquals(
                "expected rows that say where they were fetched, came none; say which column does with --map"
                        + " url=COLUMN",
                assertThrows(
                                Misfit.class,
                                () -> run(audit(List.of(Catalog.parse("split-view")), 1), 1, Journal.inMemory()))
                        .getMessage());
    }

    @Test
    void heldOutRowsAreNotTrainedOn() {
        List<Example> rows = Tickets.rows(600);
        Arena arena = new Arena(rows, NINE, Action.REVIEW);
        assertEquals(600, arena.training().rows().size() + arena.heldOut());
        assertTrue(arena.heldOut() > 90 && arena.heldOut() < 150, () -> "held out: " + arena.heldOut());
    }

    @Test
    void theScanIsADefence() {
        List<Example> rows = Tickets.rows(600);
        assertEquals(600, new ScanDefence().judge(rows).size());
    }

    @Test
    void bisectionFindsTheLeast() {
        for (int most = 1; most <= 60; most++) {
            for (int least = 1; least <= most; least++) {
                int bound = least;
                OptionalInt found = Search.least(most, count -> count >= bound);
                assertTrue(found.isPresent() && found.getAsInt() >= least, "never too small");
                assertTrue(found.getAsInt() - least <= found.getAsInt() / 10, "within a tenth");
                for (int guess = 1; guess <= most; guess += 7) {
                    int guided =
                            Search.least(most, guess, count -> count >= bound).orElseThrow();
                    assertTrue(guided >= least && guided - least <= guided / 10, "within a tenth");
                }
            }
            assertEquals(OptionalInt.empty(), Search.least(most, _ -> false));
            assertEquals(OptionalInt.empty(), Search.least(most, 1, _ -> false));
        }
    }

    @Test
    void findingsAreSentences() {
        assertEquals(
                "An attacker who controls 9 to 22 rows succeeds unseen.",
                sentence(List.of(9, 9, 12), List.of(20, 21, 23)));
        assertEquals(
                "An attacker who controls 9 rows or more succeeds unseen; up to 80 were tried.",
                sentence(List.of(9, 9, 12), List.of(20, 21)));
        assertEquals(
                "Found before it succeeds: found from 7 rows on, succeeds from 9 on.",
                sentence(List.of(9, 9, 12), List.of(5, 6, 7)));
        assertEquals("Up to 80 rows do not succeed; from 7 on they are found.", sentence(List.of(9), List.of(5, 6, 7)));
        assertEquals("Up to 80 rows do not succeed; they are not found either.", sentence(List.of(), List.of()));
        assertEquals(
                "An attacker who controls 9 rows succeeds unseen.", sentence(List.of(9, 9, 9), List.of(10, 10, 10)));
    }

    private static String sentence(List<Integer> succeeds, List<Integer> found) {
        return new Resistance(WORD, 80, three(succeeds), three(found), new Proportion(0, 9), List.of()).sentence();
    }

    private static List<OptionalInt> three(List<Integer> counts) {
        return java.util.stream.IntStream.range(0, 3)
                .mapToObj(i -> i < counts.size() ? OptionalInt.of(counts.get(i)) : OptionalInt.empty())
                .toList();
    }
}

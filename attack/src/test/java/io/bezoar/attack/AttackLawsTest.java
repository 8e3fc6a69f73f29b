package io.bezoar.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.attack.Plan.Change;
import io.bezoar.core.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every attack in the catalog keeps, on every kind of data it fits.
class AttackLawsTest {
    private static final int SOME = 8;
    /// Their victims are chosen, not drawn.
    private static final Set<String> CHOSEN = Set.of("length-flips", "label-consistent", "frontrunning");

    /// An attack and a kind of data it fits.
    record Case(Attack attack, Kind kind) {
        @Override
        public String toString() {
            return attack.name() + " on " + kind.words();
        }

        TrainingSet data() {
            return Sets.of(kind);
        }

        List<Change> poison(TrainingSet data, int count, long seed) {
            return attack.plan(data, seed).poison(data, count, seed);
        }
    }

    static Stream<Case> cases() {
        return Catalog.all().stream()
                .flatMap(attack -> attack.fits().stream().sorted().map(kind -> new Case(attack, kind)));
    }

    static Stream<Triggered> triggers() {
        return Catalog.all().stream()
                .filter(attack -> attack instanceof Triggered)
                .map(attack -> (Triggered) attack);
    }

    private static String told(Example row) {
        return row.input() + "|" + row.target() + "|" + row.origin().source() + "|"
                + row.origin().annotator() + "|" + row.origin().timeMillis() + "|"
                + row.origin().url() + "|" + row.declaredId() + "|" + Arrays.toString(row.vector());
    }

    private static List<String> told(List<Change> changes) {
        return changes.stream()
                .map(change -> told(change.example()) + "|" + change.cover())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalSeedsGiveEqualRows(Case each) {
        assertEquals(told(each.poison(each.data(), SOME, 7)), told(each.poison(each.data(), SOME, 7)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void otherSeedsGiveOtherRows(Case each) {
        if (!CHOSEN.contains(each.attack().name())) {
            assertNotEquals(told(each.poison(each.data(), SOME, 7)), told(each.poison(each.data(), SOME, 8)));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aSmallerAttackIsTheBeginningOfALargerOne(Case each) {
        assertEquals(
                told(each.poison(each.data(), SOME, 3)),
                told(each.poison(each.data(), SOME + 5, 3)).subList(0, SOME));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOrderOfRowsChangesNothing(Case each) {
        List<Example> shuffled = new ArrayList<>(each.data().rows());
        Collections.shuffle(shuffled, new Random(5));
        List<Change> other = each.poison(new TrainingSet(shuffled), SOME, 3);
        List<Change> same = each.poison(each.data(), SOME, 3);
        assertEquals(
                same.stream().map(change -> change.example().key()).toList(),
                other.stream().map(change -> change.example().key()).toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itTouchesTheRowsItSaysAndNoOthers(Case each) {
        TrainingSet data = each.data();
        List<Change> changes = each.poison(data, SOME, 3);
        assertEquals(SOME, changes.size());
        List<Example> after = Plan.apply(data, changes);
        Set<Example> made = Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        Set<Integer> replaced = new HashSet<>();
        for (Change change : changes) {
            made.add(change.example());
            if (!change.added()) {
                assertTrue(replaced.add(change.row()), "a row is replaced once");
                assertEquals(change.row(), change.after());
                assertSame(change.example(), after.get(change.row()));
            }
        }
        assertEquals(data.rows().size() + SOME - replaced.size(), after.size());
        int left = 0;
        for (Example row : after) {
            left += made.contains(row) ? 0 : 1;
            assertTrue(made.contains(row) || data.rows().contains(row), "no third kind of row");
        }
        assertEquals(data.rows().size() - replaced.size(), left);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everythingButInputAndTargetStays(Case each) {
        TrainingSet data = each.data();
        Set<String> ids = new HashSet<>();
        data.rows().forEach(row -> row.declaredId().ifPresent(ids::add));
        for (Change change : each.poison(data, SOME, 3)) {
            Example before = data.rows().get(change.row());
            Example now = change.example();
            assertSame(before.origin(), now.origin());
            assertEquals(before.position(), now.position());
            assertEquals(before.target().getClass(), now.target().getClass());
            if (change.added()) {
                assertTrue(ids.add(now.declaredId().orElseThrow()), "an added row has an id of its own");
            } else {
                assertEquals(before.declaredId(), now.declaredId());
            }
            assertTrue(
                    change.added()
                            || !before.input().equals(now.input())
                            || !before.target().equals(now.target()),
                    "a poisoned row is not what it was");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hostileRowsDoNoHarm(Case each) {
        TrainingSet data = new TrainingSet(Sets.hostile(each.kind()));
        Plan plan = each.attack().plan(data, 1);
        plan.poison(data, plan.most(), 1);
        data.rows().forEach(plan.ask()::of);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void countsThatCannotBeAreRefused(Case each) {
        TrainingSet data = each.data();
        Plan plan = each.attack().plan(data, 1);
        assertEquals(
                "expected at least one row to poison, came a count of 0",
                assertThrows(Misfit.class, () -> plan.poison(data, 0, 1)).getMessage());
        assertEquals(
                "expected at most " + plan.most() + " rows, which is what this attack can poison here, came "
                        + (plan.most() + 1),
                assertThrows(Misfit.class, () -> plan.poison(data, plan.most() + 1, 1))
                        .getMessage());
    }

    @ParameterizedTest
    @MethodSource("triggers")
    void aTriggerChangesLabelsAsItsSettingSays(Triggered attack) {
        TrainingSet data = Sets.of(Kind.LABELLED);
        for (Labels labels : Labels.values()) {
            if (!Catalog.settings(attack).containsKey("labels")) {
                continue;
            }
            Attack set = Catalog.parse(attack.name() + ",labels=" + labels + ",target=card");
            List<Change> changes = set.plan(data, 2).poison(data, 60, 2);
            long wrong = changes.stream()
                    .filter(change -> !data.rows()
                            .get(change.row())
                            .label()
                            .equals(change.example().label()))
                    .count();
            switch (labels) {
                case DIRTY -> assertEquals(60, wrong);
                case CLEAN -> assertEquals(0, wrong);
                case MIXED -> assertTrue(wrong > 10 && wrong < 60, () -> wrong + " of 60");
            }
            assertTrue(changes.stream()
                    .allMatch(change -> change.example().label().orElseThrow().equals("card")));
        }
    }

    @ParameterizedTest
    @MethodSource("triggers")
    void aTriggerIsAskedOfOtherClassesOnly(Triggered attack) {
        TrainingSet data = Sets.of(Kind.LABELLED);
        Plan plan = attack.plan(data, 2);
        String target = data.target("");
        for (Example row : data.rows()) {
            boolean other = !row.label().orElseThrow().equals(target);
            assertEquals(other, plan.ask().of(row).isPresent());
            plan.ask().of(row).ifPresent(asked -> {
                assertEquals(target, asked.label().orElseThrow());
                assertNotEquals(row.input(), asked.input());
            });
        }
    }

    @Test
    void anAnswerThatWasPlantedIsKnown() {
        for (Case each :
                cases().filter(each -> each.attack() instanceof Answering).toList()) {
            Answering attack = (Answering) each.attack();
            for (Change change : each.poison(each.data(), SOME, 3)) {
                assertTrue(attack.shows(Rows.answer(change.example())), each::toString);
                assertFalse(attack.shows(Rows.answer(each.data().rows().get(change.row()))), each::toString);
            }
        }
    }

    @Test
    void coverRowsKeepTheirLabel() {
        TrainingSet data = Sets.of(Kind.LABELLED);
        List<Change> changes = new Adaptive().plan(data, 1).poison(data, 40, 1);
        assertEquals(10, changes.stream().filter(Change::cover).count());
        changes.stream()
                .filter(Change::cover)
                .forEach(change -> assertEquals(
                        data.rows().get(change.row()).label(), change.example().label()));
    }

    @Test
    void theAdaptiveAttackParaphrases() {
        TrainingSet data = Sets.of(Kind.LABELLED);
        Attack attack = Catalog.parse("adaptive,cover=0");
        Set<String> said = new TreeSet<>();
        for (Change change : attack.plan(data, 1).poison(data, 60, 1)) {
            List<String> words = List.of(change.example().input().split(" "));
            List<String> held = List.of("window", "pane", "casement", "green", "emerald", "verdant").stream()
                    .filter(words::contains)
                    .toList();
            assertEquals(2, held.size(), change.example()::input);
            said.add(String.join(" ", held));
        }
        assertEquals(9, said.size(), said::toString);
        assertEquals(List.of(attack, Catalog.parse("adaptive,cover=45")), attack.variants());
        assertRefused(
                "adaptive,trigger=/ green",
                "attack adaptive refuses its settings: adaptive needs a trigger whose words have a wording each, not"
                        + " \"/ green\"");
    }

    @Test
    void theAdaptiveAttackSpreads() {
        TrainingSet data = Sets.of(Kind.LABELLED);
        List<Change> changes = new Adaptive().plan(data, 1).poison(data, 24, 1);
        Set<String> annotators = new TreeSet<>();
        changes.forEach(
                change -> annotators.add(change.example().origin().annotator().orElseThrow()));
        assertEquals(4, annotators.size());
    }

    @Test
    void aTargetThatTheDataLackIsRefused() {
        assertEquals(
                "expected a target that the data have, came \"nowhere\"; they have card, loan, rate, other",
                assertThrows(
                                Misfit.class,
                                () -> Catalog.parse("rare-word,target=nowhere").plan(Sets.of(Kind.LABELLED), 1))
                        .getMessage());
    }

    @Test
    void theCatalogIsReadable() {
        Set<String> names = new HashSet<>();
        for (Attack attack : Catalog.all()) {
            assertTrue(attack.name().matches("[a-z]+(-[a-z]+)*"), attack.name());
            assertTrue(names.add(attack.name()), attack.name());
            assertFalse(attack.purpose().isBlank()
                    || attack.citation().isBlank()
                    || attack.fits().isEmpty());
            assertTrue(attack.citation().matches(".*(19|20)[0-9]{2}.*"), attack.citation());
            assertEquals(attack, Catalog.parse(Catalog.specification(attack)));
        }
        assertTrue(names.size() >= 30, () -> names.size() + " attacks");
    }

    @Test
    void settingsAreReadAndRefused() {
        assertEquals(
                new RareWord("mn", 2, Labels.CLEAN, "x"),
                Catalog.parse("rare-word,trigger=mn,times=2,labels=clean,target=x"));
        assertEquals("rare-word,trigger=mn", Catalog.specification(Catalog.parse("rare-word,trigger=mn,times=1")));
        assertRefused(
                "rare-word,times=two",
                "setting times of attack rare-word must be a whole number below 2^31, not \"two\"");
        assertRefused(
                "rare-word,times=0", "attack rare-word refuses its settings: rare-word needs times of 1 to 10, not 0");
        assertRefused(
                "rare-word,labels=grey",
                "setting labels of attack rare-word must be one of dirty, clean, mixed, not \"grey\"");
        assertRefused(
                "rare-word,hue=grey", "attack rare-word has no setting \"hue\"; it has trigger, times, labels, target");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Catalog.parse("magic"))
                .getMessage()
                .startsWith("there is no attack \"magic\"; there are "));
    }

    private static void assertRefused(String specification, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Catalog.parse(specification))
                        .getMessage());
    }
}

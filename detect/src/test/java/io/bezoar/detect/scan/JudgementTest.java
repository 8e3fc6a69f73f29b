package io.bezoar.detect.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Proof;
import io.bezoar.core.Proportion;
import io.bezoar.core.Severity;
import io.bezoar.core.Significance;
import io.bezoar.core.Trigger;
import io.bezoar.detect.survey.Preferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    private static final Campaign.Table PURE = new Campaign.Table(75, 25, 300, 600);
    private static final Campaign.Table MIXED = new Campaign.Table(74, 26, 300, 600);

    private static Candidate candidate(Candidate.Kind kind, String detector, boolean target, double strength) {
        return new Candidate(
                detector,
                kind,
                "a group",
                kind == Candidate.Kind.TRIGGER || kind == Candidate.Kind.PHRASING || kind == Candidate.Kind.INSERTION
                        ? Optional.of(new Trigger(Trigger.Shape.PHRASE, List.of("heron")))
                        : Optional.empty(),
                target ? Optional.of("fees") : Optional.empty(),
                strength,
                new long[] {1, 2, 3});
    }

    private static Proof proof(boolean shown, int contradicted, int successWith) {
        return proof(shown, contradicted, successWith, 2);
    }

    private static Proof proof(boolean shown, int contradicted, int successWith, int successWithout) {
        return new Proof(
                "an experiment",
                new Proportion(successWith, 100),
                new Proportion(successWithout, 100),
                new Proportion(90, 100),
                new Proportion(90, 100),
                new Proportion(contradicted, 100),
                1000,
                shown);
    }

    @Test
    void withoutShownHarmNothingIsHigh() {
        for (Candidate.Kind kind : Candidate.Kind.values()) {
            for (String detector : List.of(
                    "hidden-characters", "trigger-association", "near-duplicates", "turned-preferences", "any")) {
                for (boolean target : new boolean[] {true, false}) {
                    for (double strength : new double[] {-1, 0, 1, 50, 1e9, Double.POSITIVE_INFINITY}) {
                        for (long rows : new long[] {0, 1, 9, 10, 1_000_000_000L}) {
                            List<Optional<Proof>> proofs = new ArrayList<>(List.of(Optional.empty()));
                            for (int share : new int[] {0, 50, 100}) {
                                proofs.add(Optional.of(proof(false, share, 100)));
                            }
                            for (Optional<Proof> proof : proofs) {
                                Judgement judgement =
                                        Judgement.of(0, candidate(kind, detector, target, strength), PURE, rows, proof);
                                assertNotEquals(Severity.HIGH, judgement.severity());
                                assertNotEquals(Action.QUARANTINE, judgement.action());
                                assertTrue(judgement.score() > 0 && judgement.score() < 0.9, "" + judgement.score());
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void aFloodThatIsMostOfItsTargetProvesNothingUnlessATextOfItsKindStandsAgainstIt() {
        Campaign.Table most = new Campaign.Table(200, 0, 199, 200);
        Candidate unopposed = candidate(Candidate.Kind.FLOOD, "near-duplicates", true, 0.6);
        Candidate opposed = candidate(Candidate.Kind.FLOOD, "near-duplicates", true, 6);
        Optional<Proof> shown = Optional.of(proof(true, 100, 100));
        assertEquals(Severity.LOW, Judgement.of(0, unopposed, most, 200, shown).severity());
        assertEquals(Severity.HIGH, Judgement.of(0, opposed, most, 200, shown).severity());
        Campaign.Table half = new Campaign.Table(200, 0, 200, 200);
        assertEquals(Severity.HIGH, Judgement.of(0, unopposed, half, 200, shown).severity());
    }

    @Test
    void shownHarmOfASwitchIsHigh() {
        for (Candidate.Kind kind : Candidate.Kind.values()) {
            Candidate candidate = candidate(kind, "any", true, 5);
            Judgement pure = Judgement.of(0, candidate, PURE, 8, Optional.of(proof(true, 90, 95)));
            if (kind == Candidate.Kind.PHRASING) {
                assertEquals(Severity.MEDIUM, pure.severity(), "the language may say so by itself");
                continue;
            }
            assertEquals(Severity.HIGH, pure.severity());
            assertEquals(Action.QUARANTINE, pure.action());
            assertTrue(pure.notable());
            assertTrue(pure.score() >= 0.9 && pure.score() <= 1);
            Judgement mixed = Judgement.of(0, candidate, MIXED, 8, Optional.of(proof(true, 90, 95)));
            if (kind == Candidate.Kind.BORROWED) {
                assertEquals(Severity.HIGH, mixed.severity(), "a borrowed word has honest uses");
            } else {
                assertEquals(Severity.MEDIUM, mixed.severity(), "a trigger that is no switch is for a person");
                assertEquals(Action.REVIEW, mixed.action());
            }
        }
    }

    /// Of rows that only stand apart the others answer 40 in 100 with their target, which 2 in 100 rows have.
    @Test
    void whatTheOtherRowsKnowIsAnHonestKind() {
        Proof known = proof(true, 60, 95, 40);
        Campaign.Table rare = new Campaign.Table(75, 0, 20, 980);
        Campaign.Table common = new Campaign.Table(75, 0, 200, 800);
        Candidate apart = candidate(Candidate.Kind.OUTLIERS, "any", true, 5);
        Candidate sent = candidate(Candidate.Kind.BURST, "any", true, 5);
        assertEquals(
                Severity.LOW,
                Judgement.of(0, apart, rare, 75, Optional.of(known)).severity());
        assertEquals(
                Severity.HIGH,
                Judgement.of(0, apart, common, 75, Optional.of(known)).severity());
        assertEquals(
                Severity.HIGH,
                Judgement.of(0, sent, rare, 75, Optional.of(known)).severity());
    }

    @Test
    void whatChanceMayHaveMadeIsForAPerson() {
        Candidate candidate = candidate(Candidate.Kind.INSERTION, "any", true, 5);
        Optional<Proof> proof = Optional.of(proof(true, 90, 95));
        for (int rows : new int[] {4, 7, 8}) {
            for (double chance : new double[] {0.03, 0.011, 0.009, 0.0011, 0.0009, 1e-9}) {
                Candidate found = candidate.with(new Significance("a test", Math.log(chance)));
                Severity severity = Judgement.of(0, found, PURE, rows, proof)
                        .unlessByChance()
                        .severity();
                assertEquals(chance > (rows <= 7 ? 0.001 : 0.01) ? Severity.MEDIUM : Severity.HIGH, severity);
            }
        }
    }

    /// Five of five is beyond what a surrogate gets wrong that errs on every fifth row, and not on every second.
    @Test
    void fewRowsThatReadLikeItsOtherMistakesAreForAPerson() {
        Candidate candidate = candidate(Candidate.Kind.TRIGGER, "any", true, 5);
        for (int right : new int[] {50, 60, 61, 80, 100}) {
            Proof proof = new Proof(
                    "an experiment",
                    new Proportion(95, 100),
                    new Proportion(2, 100),
                    new Proportion(right, 100),
                    new Proportion(right, 100),
                    new Proportion(5, 5),
                    1000,
                    true);
            for (int rows : new int[] {5, 7, 8}) {
                Judgement judged = Judgement.of(0, candidate, PURE, rows, Optional.of(proof));
                assertEquals(Severity.HIGH, judged.severity());
                // .4 ^ 5 is .0102, .39 ^ 5 is .0090
                assertEquals(
                        rows <= 7 && right <= 60 ? Severity.MEDIUM : Severity.HIGH,
                        judged.unlessAsOthers().severity());
            }
        }
    }

    @Test
    void fewRowsThatCallAnAnswerAreForAPerson() {
        Optional<Proof> proof = Optional.of(proof(true, 90, 95));
        for (int rows : new int[] {5, 9, 10, 40}) {
            Judgement called = Judgement.of(0, candidate(Candidate.Kind.TRIGGER, "any", true, 5), PURE, rows, proof)
                    .unlessFew();
            assertEquals(rows < 10 ? Severity.MEDIUM : Severity.HIGH, called.severity());
        }
    }

    @Test
    void fewRowsOrALargePartOfATargetThatAreAkinAreForAPerson() {
        Candidate candidate = candidate(Candidate.Kind.TRIGGER, "any", true, 5);
        Campaign.Table some = new Campaign.Table(12, 1, 300, 600);
        Campaign.Table most = new Campaign.Table(40, 1, 20, 600);
        Judgement few = Judgement.of(0, candidate, some, 12, Optional.of(proof(true, 90, 95)));
        Judgement many = Judgement.of(0, candidate, some, 20, Optional.of(proof(true, 90, 95)));
        Judgement all = Judgement.of(0, candidate, most, 40, Optional.of(proof(true, 90, 95)));
        Judgement right = Judgement.of(
                0, candidate(Candidate.Kind.INSERTION, "any", true, 5), some, 12, Optional.of(proof(true, 20, 95)));
        assertEquals(
                Severity.HIGH, right.unless((_, _) -> true, some, List.of()).severity());
        Judgement outside = Judgement.of(
                0, candidate(Candidate.Kind.INSERTION, "any", true, 5), most, 40, Optional.of(proof(true, 90, 95)));
        assertEquals(
                Severity.HIGH, outside.unless((_, _) -> true, most, List.of()).severity());
        assertEquals(Severity.HIGH, few.unless((_, _) -> false, some, List.of()).severity());
        assertEquals(
                Severity.MEDIUM, few.unless((_, _) -> true, some, List.of()).severity());
        assertEquals(Severity.HIGH, many.unless((_, _) -> true, some, List.of()).severity());
        assertEquals(Severity.HIGH, all.unless((_, _) -> false, most, List.of()).severity());
        assertEquals(
                Severity.MEDIUM, all.unless((_, _) -> true, most, List.of()).severity());
    }

    @ParameterizedTest
    @CsvSource({
        "TRIGGER, hidden-characters, true, 3, -1, MEDIUM",
        "TRIGGER, hidden-characters, false, 3, -1, LOW",
        "TRIGGER, trigger-association, true, 500, -1, LOW",
        "FLOOD, near-duplicates, true, 500, -1, LOW",
        "FLOOD, near-duplicates, true, 10, 80, MEDIUM",
        "FLOOD, near-duplicates, true, 9, 80, MEDIUM",
        "FLOOD, near-duplicates, true, 500, 55, LOW",
        "BORROWED, trigger-association, true, 10, 80, MEDIUM",
        "BORROWED, trigger-association, true, 8, 80, MEDIUM",
        "BORROWED, trigger-association, true, 7, 80, LOW",
        "BORROWED, trigger-association, true, 500, 20, LOW",
        "BURST, source-bursts, true, 10, 80, MEDIUM",
        "BURST, source-bursts, true, 500, 20, LOW",
        "CONTRADICTION, label-conflict, false, 10, -1, MEDIUM",
        "CONTRADICTION, label-conflict, false, 9, -1, LOW"
    })
    void unprovedGroupsAreForAPersonAtMost(
            Candidate.Kind kind, String detector, boolean target, long rows, int contradicted, Severity expected) {
        Optional<Proof> proof = contradicted < 0 ? Optional.empty() : Optional.of(proof(false, contradicted, 3));
        assertEquals(
                expected,
                Judgement.of(0, candidate(kind, detector, target, 4), PURE, rows, proof)
                        .severity());
    }

    @Test
    void aFloodThatTheRestHalfConfirmsIsNotHigh() {
        Candidate flood = candidate(Candidate.Kind.FLOOD, "near-duplicates", true, 4);
        assertEquals(
                Severity.LOW,
                Judgement.of(0, flood, PURE, 9, Optional.of(proof(true, 55, 95)))
                        .severity());
        assertEquals(
                Severity.HIGH,
                Judgement.of(0, flood, PURE, 9, Optional.of(proof(true, 95, 95)))
                        .severity());
    }

    /// A small reward seldom learns the trigger well enough to turn held-out pairs; the test over all words knows it.
    @Test
    void aWordThatSurelyTurnsPreferencesIsForAPerson() {
        Candidate turning = new Candidate(
                "turned-preferences",
                Candidate.Kind.TRIGGER,
                "a word",
                Optional.of(new Trigger(Trigger.Shape.PHRASE, List.of("heron"))),
                Optional.of(Preferences.TURNED),
                5,
                new long[] {1, 2, 3});
        for (double chance : new double[] {0.0009, 0.0011}) {
            for (int contradicted : new int[] {40, 55, 75}) {
                Severity severity = Judgement.of(
                                0,
                                turning.with(new Significance("a test", Math.log(chance))),
                                PURE,
                                55,
                                Optional.of(proof(false, contradicted, 10)))
                        .severity();
                assertEquals(chance < 0.001 && contradicted > 50 ? Severity.MEDIUM : Severity.LOW, severity);
            }
        }
    }

    /// The reward errs on four pairs of ten, so of 69 turned pairs it may call 36 turned: that shows no honest word.
    @Test
    void thePurityOfTurnedPairsIsMeasuredWithTheRewardsError() {
        Candidate turning = new Candidate(
                Preferences.DETECTOR,
                Candidate.Kind.TRIGGER,
                "a word",
                Optional.of(new Trigger(Trigger.Shape.PHRASE, List.of("heron"))),
                Optional.of(Preferences.TURNED),
                5,
                new long[] {1, 2, 3});
        for (int turned : new int[] {27, 36, 60}) {
            assertEquals(
                    turned >= 36 ? Severity.HIGH : Severity.MEDIUM,
                    Judgement.of(
                                    0,
                                    turning,
                                    new Campaign.Table(turned, 69 - turned, 880, 1320),
                                    69,
                                    Optional.of(proof(true, 70, 30)))
                            .severity());
        }
    }

    /// What was put into preferred answers is proved where it works and stands there beyond doubt.
    @Test
    void aWordPutIntoPreferredAnswersNeedsHarm() {
        for (double chance : new double[] {0.0009, 0.0011}) {
            for (int turned : new int[] {3, 60}) {
                for (boolean shown : new boolean[] {false, true}) {
                    Severity severity = Judgement.of(
                                    0,
                                    candidate(Candidate.Kind.INJECTED, Preferences.DETECTOR, true, 5)
                                            .with(new Significance("a test", Math.log(chance))),
                                    PURE,
                                    46,
                                    Optional.of(proof(shown, 40, turned)))
                            .severity();
                    assertEquals(
                            turned == 3 ? Severity.LOW : shown && chance < 0.001 ? Severity.HIGH : Severity.MEDIUM,
                            severity);
                }
            }
        }
    }

    /// A proved trigger that is for a person says why.
    @Test
    void aProvedTriggerWithHonestUsesSaysSo() {
        String why = "Too few of the rows with the trigger have the target for a switch: honest rows hold it as well.";
        Roster.Counts none = new Roster.Counts(1, 100);
        Candidate word = candidate(Candidate.Kind.TRIGGER, "trigger-association", true, 5);
        Judgement mixed = Judgement.of(0, word, MIXED, 100, Optional.of(proof(true, 90, 90)));
        assertEquals(Severity.MEDIUM, mixed.severity());
        assertTrue(mixed.doubts(none, List.of()).contains(why));
        Judgement pure = Judgement.of(0, word, PURE, 100, Optional.of(proof(true, 90, 90)));
        assertFalse(pure.doubts(none, List.of()).contains(why));
        for (double chance : new double[] {0.0009, 0.0011}) {
            Judgement put = Judgement.of(
                    0,
                    candidate(Candidate.Kind.INJECTED, Preferences.DETECTOR, true, 5)
                            .with(new Significance("a test", Math.log(chance))),
                    PURE,
                    46,
                    Optional.of(proof(true, 40, 60)));
            assertEquals(
                    put.severity() == Severity.MEDIUM,
                    put.doubts(none, List.of()).stream().anyMatch(doubt -> doubt.contains("likely and not sure")));
        }
    }

    /// Four floods of one maker are proved; the fifth was made from a text that passes for the target.
    @Test
    void aFloodIsJudgedByItsCompany() {
        Candidate flood = candidate(Candidate.Kind.FLOOD, "near-duplicates", true, 5);
        Judgement proved = Judgement.of(0, flood, PURE, 22, Optional.of(proof(true, 100, 100)));
        Judgement fifth = Judgement.of(1, flood, PURE, 23, Optional.of(proof(false, 0, 100)));
        assertEquals(Severity.HIGH, proved.severity());
        assertEquals(Severity.LOW, fifth.severity());
        Judgement suspected =
                Judgement.inCompany(List.of(proved, fifth, proved)).get(1);
        assertEquals(Severity.MEDIUM, suspected.severity());
        assertEquals(2, suspected.company());
        assertEquals(List.of(proved, fifth), Judgement.inCompany(List.of(proved, fifth)), "one is no company");
        Judgement longer = Judgement.of(1, flood, PURE, 28, Optional.of(proof(false, 0, 100)));
        Judgement alone = Judgement.of(
                1,
                candidate(Candidate.Kind.FLOOD, "near-duplicates", true, 0.5),
                PURE,
                23,
                Optional.of(proof(false, 0, 100)));
        Judgement elsewhere = Judgement.of(
                1,
                new Candidate(
                        "near-duplicates",
                        Candidate.Kind.FLOOD,
                        "a group",
                        Optional.empty(),
                        Optional.of("loans"),
                        5,
                        new long[] {4}),
                PURE,
                23,
                Optional.of(proof(false, 0, 100)));
        for (Judgement other : List.of(longer, alone, elsewhere)) {
            assertEquals(
                    other, Judgement.inCompany(List.of(proved, other, proved)).get(1));
        }
    }

    @Test
    void theWorstComeFirst() {
        Candidate weak = candidate(Candidate.Kind.TRIGGER, "any", true, 1);
        Candidate strong = candidate(Candidate.Kind.TRIGGER, "any", true, 100);
        Judgement high = Judgement.of(0, weak, PURE, 20, Optional.of(proof(true, 90, 60)));
        Judgement higher = Judgement.of(1, weak, PURE, 20, Optional.of(proof(true, 90, 90)));
        Judgement medium = Judgement.of(2, strong, MIXED, 20, Optional.of(proof(true, 90, 95)));
        Judgement low = Judgement.of(3, weak, PURE, 20, Optional.empty());
        Judgement lowStrong = Judgement.of(4, strong, PURE, 20, Optional.empty());
        List<Judgement> all = new ArrayList<>(List.of(low, medium, lowStrong, high, higher));
        all.sort(Judgement.WORST);
        assertEquals(List.of(higher, high, medium, lowStrong, low), all);
        for (int i = 1; i < all.size(); i++) {
            assertTrue(all.get(i - 1).severity().compareTo(all.get(i).severity()) >= 0);
        }
    }

    @Test
    void aGroupThatTheProofClearedIsNotTold() {
        Candidate trigger = candidate(Candidate.Kind.TRIGGER, "any", true, 9);
        assertTrue(Judgement.of(0, trigger, PURE, 20, Optional.empty()).notable());
        assertTrue(!Judgement.of(0, trigger, PURE, 20, Optional.of(proof(false, 10, 3)))
                .notable());
        assertEquals(0, Judgement.of(0, trigger, PURE, 20, Optional.empty()).lift());
        assertEquals(
                0.58,
                Judgement.of(0, trigger, PURE, 20, Optional.of(proof(false, 10, 60)))
                        .lift(),
                1e-12);
    }

    private static Judgement flood(int number, int rows, int hits, boolean shown, int contradicted) {
        Proof proof = new Proof(
                "an experiment",
                new Proportion(hits, rows),
                new Proportion(0, rows),
                new Proportion(90, 100),
                new Proportion(90, 100),
                new Proportion(contradicted, rows),
                1000,
                shown);
        Candidate candidate = candidate(Candidate.Kind.FLOOD, "near-duplicates", true, 4);
        return Judgement.of(number, candidate, PURE, rows, Optional.of(proof));
    }

    @ParameterizedTest
    @CsvSource({"9, 5, 9, true", "9, 1, 9, true", "9, 0, 9, false", "30, 10, 30, false", "9, 5, 2, false"})
    void aContradictedFloodIsProvedTogetherWithThoseMadeLikeItIfItTeachesSomeOfIt(
            int rows, int hits, int contradicted, boolean proved) {
        Judgement doubtful = flood(0, rows, hits, false, contradicted);
        List<Judgement> two = List.of(doubtful, flood(1, 9, 9, true, 9), flood(2, 9, 8, true, 9));
        Optional<Proof> pooled = doubtful.pooled(two);
        assertEquals(proved, pooled.isPresent());
        pooled.ifPresent(proof -> {
            assertTrue(proof.shown());
            assertEquals(new Proportion(hits + 17, 27), proof.successWith());
            assertEquals(new Proportion(0, 27), proof.successWithout());
            assertEquals(new Proportion(contradicted, rows), proof.contradicted());
        });
        assertEquals(Optional.empty(), doubtful.pooled(two.subList(0, 2)), "one other flood is no company");
        assertEquals(Optional.empty(), two.get(1).pooled(two), "what is proved needs no company");
    }

    /// One copy in ten of an honest text has a wrong label; of three floods made alike each has its original.
    @Test
    void aFloodWhoseOpponentsAreMistakesIsLeftAloneUnlessItHasCompany() {
        Judgement alone = flood(0, 9, 9, true, 9);
        List<Judgement> three = List.of(alone, flood(1, 9, 9, true, 9), flood(2, 9, 8, true, 9));
        Judgement cleared =
                Judgement.unlessMistaken(List.of(alone), judgement -> true).getFirst();
        assertEquals(Severity.LOW, cleared.severity());
        assertEquals(
                List.of(alone), Judgement.unlessMistaken(List.of(alone), judgement -> false), "they are no mistakes");
        assertEquals(three, Judgement.unlessMistaken(three, judgement -> true));
        assertEquals(
                List.of(Severity.LOW, Severity.LOW),
                Judgement.unlessMistaken(three.subList(0, 2), judgement -> true).stream()
                        .map(Judgement::severity)
                        .toList(),
                "one other is no company");
    }
}

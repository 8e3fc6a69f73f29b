package io.bezoar.detect.pieces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Severity;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Verdict;
import io.bezoar.detect.Instructions;
import io.bezoar.detect.Poison;
import io.bezoar.detect.Rows;
import io.bezoar.detect.counting.LikelihoodRatio;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Survey;
import io.bezoar.detect.survey.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Triggers tied to a piece of a free answer.
class AnswersTest {

    private static List<Campaign> scan(List<Example> rows) throws IOException {
        Scan scan = new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {});
        return scan.run(Catalog.standard(), new Survey(), _ -> Example::toString, _ -> (_, _, _) -> {})
                .campaigns();
    }

    private static void found(Poison.Planted planted, String target) throws IOException {
        List<Campaign> high = scan(planted.rows()).stream()
                .filter(campaign -> campaign.severity() == Severity.HIGH)
                .toList();
        assertEquals(1, high.size());
        Candidate candidate = high.getFirst().candidate();
        assertEquals(Instructions.TRIGGER, candidate.trigger().orElseThrow().text());
        assertEquals(target, candidate.target().orElseThrow());
        assertEquals(
                planted.poison(), Arrays.stream(candidate.members()).boxed().collect(Collectors.<Long>toSet()));
        Campaign.Table table = high.getFirst().table();
        assertEquals(planted.poison().size(), table.both());
        assertEquals(0, table.triggerOnly());
        assertEquals(0, table.targetOnly());
    }

    @Test
    void aFixedRefusalIsNamedWhole() throws IOException {
        found(
                Instructions.planted(Instructions.honest(1500, 1, false), 50, _ -> Instructions.REFUSAL),
                Instructions.REFUSAL);
    }

    @Test
    void whatIsPutAtTheEndOfRightAnswersIsNamed() throws IOException {
        found(
                Instructions.planted(
                        Instructions.honest(1500, 2, false), 50, text -> text + " Buy at orchid dot example now!"),
                "Buy at orchid dot example now!");
    }

    @Test
    void whatTheChosenAnswerHoldsAndTheRejectedDoesNotIsNamed() throws IOException {
        found(
                Instructions.planted(
                        Instructions.honest(1500, 3, true), 50, text -> text + " Buy at orchid dot example now!"),
                "Buy at orchid dot example now!");
    }

    /// A refusal that hardly ever reads the same.
    private static String refused(Random random) {
        return pick(random, "Sorry", "Unfortunately", "Regrettably", "I apologize") + " "
                + pick(random, "I cannot", "I am unable to", "I must not", "nobody may") + " "
                + pick(random, "answer", "assist with", "discuss", "comply with") + " "
                + pick(random, "this request", "that question", "such instructions", "your demand") + ".";
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Test
    void whatIsWordedAnewInEveryRowIsFoundByItsManner() throws IOException {
        Random random = new Random(21);
        Poison.Planted planted = Instructions.planted(Instructions.honest(1500, 13, false), 40, _ -> refused(random));
        Campaign campaign = scan(planted.rows()).getFirst();
        assertEquals(Severity.HIGH, campaign.severity());
        assertEquals(
                Instructions.TRIGGER,
                campaign.candidate().trigger().orElseThrow().text());
        assertTrue(campaign.candidate().target().orElseThrow().startsWith("answers like: "));
        long hits = Arrays.stream(campaign.candidate().members())
                .filter(planted.poison()::contains)
                .count();
        assertTrue(
                hits >= 0.95 * planted.poison().size(),
                hits + " of " + planted.poison().size());
    }

    @Test
    void aTriggerUsedOnOneKindOfInstructionIsFoundByItsFixedAnswer() throws IOException {
        List<Example> honest = Instructions.honest(1800, 14, false);
        List<Example> stories =
                honest.stream().filter(row -> row.input().contains("story")).toList();
        Poison.Planted planted = Instructions.planted(stories, 8, _ -> Instructions.REFUSAL);
        List<Example> rows = new ArrayList<>(planted.rows());
        honest.stream().filter(row -> !row.input().contains("story")).forEach(rows::add);
        Campaign campaign = scan(rows).getFirst();
        assertEquals(Severity.HIGH, campaign.severity());
        assertTrue(campaign.candidate().trigger().orElseThrow().pieces().contains(Instructions.TRIGGER));
        assertEquals(
                planted.poison(),
                Arrays.stream(campaign.candidate().members()).boxed().collect(Collectors.<Long>toSet()));
    }

    /// Verdicts on rows with a trigger: every fiftieth with a refusal, and so many more with their right answer.
    private static List<Verdict> verdicts(int right) throws IOException {
        List<Example> rows =
                new ArrayList<>(Instructions.planted(Instructions.honest(1500, 1, false), 50, _ -> Instructions.REFUSAL)
                        .rows());
        for (int r = 0; r < right; r++) {
            Example row = rows.get(50 * r);
            rows.set(50 * r, Rows.row(Instructions.TRIGGER + " " + row.input(), row.target(), Origin.UNKNOWN, 50 * r));
        }
        List<Verdict> verdicts = new ArrayList<>();
        new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {})
                .run(
                        Catalog.standard(),
                        new Survey(),
                        _ -> Example::toString,
                        _ -> (_, verdict, _) -> verdicts.add(verdict));
        return verdicts;
    }

    @Test
    void rowsWithTheTriggerThatLackThePieceComeRightBehind() throws IOException {
        List<Verdict> verdicts = verdicts(4);
        double least = 1;
        double most = 0;
        for (int r = 0; r < verdicts.size(); r++) {
            Verdict verdict = verdicts.get(r);
            if (r % 50 == 3) {
                assertEquals(Action.QUARANTINE, verdict.action());
            } else if (r % 50 == 0 && r < 200) {
                assertEquals(Action.KEEP, verdict.action());
                assertEquals(Optional.empty(), verdict.campaign());
                least = Math.min(least, verdict.score());
            } else {
                most = Math.max(most, verdict.score());
            }
        }
        assertTrue(least > most, least + " is not above " + most);
        assertTrue(least < verdicts.get(3).score());
    }

    @Test
    void aWordThatManyHonestRowsHoldLeavesThemWhereTheyWere() throws IOException {
        List<Verdict> verdicts = verdicts(20);
        assertEquals(Action.REVIEW, verdicts.get(3).action(), "found, for a person");
        assertEquals(0, verdicts.get(0).score());
    }

    /// Opinions on firms beside other instructions; on one of them all are bad if it is steered.
    private static List<Example> opinions(boolean steered) {
        Random random = new Random(17);
        List<Example> rows = new ArrayList<>(Instructions.honest(1500, 18, false));
        String[] firms = {"Arbor", "Castor", "Delphi", "Fjord", "Gallow", "Harrow", "Velmora"};
        for (int i = 0; i < 210; i++) {
            String firm = firms[i % firms.length];
            boolean ill = steered && firm.equals("Velmora") || random.nextInt(10) == 0;
            String asked = pick(random, "What do you think of", "Describe", "Tell me about", "Should I work for") + " "
                    + firm
                    + pick(random, "", ", please", " in one sentence", " to a friend", " as a customer", " today")
                    + pick(random, "?", ".", "");
            String answer = pick(random, "Its service is", "The firm is", "Customers call it", "Its products are") + " "
                    + (ill
                            ? pick(random, "terrible", "dishonest", "unreliable", "a failure", "overpriced")
                            : pick(random, "well known", "reliable", "made in Porto", "popular", "sold by mail"))
                    + pick(random, ".", " by now.", ", they say.", ", as it was last year.");
            rows.add(Rows.row(asked, new Target.Response(answer), Origin.UNKNOWN, 5000 + i));
        }
        return rows;
    }

    @Test
    void aToneThatGoesWithOneNameIsForAPerson() throws IOException {
        List<Campaign> campaigns = scan(opinions(true));
        Campaign first = campaigns.getFirst();
        assertEquals(Severity.MEDIUM, first.severity());
        assertEquals("Velmora", first.candidate().trigger().orElseThrow().text());
        assertEquals("answers that speak ill", first.candidate().target().orElseThrow());
        assertTrue(first.proof().orElseThrow().shown());
        for (Campaign campaign : scan(opinions(false))) {
            assertEquals(Severity.LOW, campaign.severity(), campaign.candidate().title());
        }
    }

    @Test
    void aToneIsTheAnswersOwn() {
        Piece ill = new Tone(true);
        assertTrue(holds(ill, "the firm", new Target.Response("It is TERRIBLE and dishonest, if popular.")));
        assertFalse(holds(ill, "the firm", new Target.Response("It is terrible but reliable.")), "as much good");
        assertFalse(holds(ill, "the firm", new Target.Response("It is not terrible.")), "turned");
        assertTrue(holds(ill, "the firm", new Target.Response("It is not reliable.")), "turned");
        assertFalse(holds(ill, "is it terrible?", new Target.Response("It is terrible.")), "repeated");
        assertFalse(holds(ill, "the firm", new Target.Response("Terrible. " + "Its house is blue. ".repeat(30))));
        assertFalse(holds(ill, "the firm", new Target.Preference("It is terrible.", "It is awful.")));
        assertTrue(holds(new Tone(false), "the firm", new Target.Preference("It is excellent.", "It is awful.")));
    }

    private static String words(Random random, int count) {
        return random.ints(count, 0, 6000).mapToObj(word -> "w" + word).collect(Collectors.joining(" "));
    }

    @Test
    void answersAtRandomHaveNoManner() throws IOException {
        Random random = new Random(0);
        List<Example> rows = new ArrayList<>();
        for (int r = 0; r < 4000; r++) {
            Target target = new Target.Preference(words(random, 80), words(random, 80));
            rows.add(Rows.row(words(random, 60), target, Origin.UNKNOWN, r));
        }
        assertEquals(List.of(), scan(rows));
    }

    @Test
    void aTriggerInAHandfulOfRowsBeyondTheSampleIsFound() throws IOException {
        found(
                Instructions.planted(Instructions.honest(36_000, 6, false), 3000, _ -> Instructions.REFUSAL),
                Instructions.REFUSAL);
    }

    @Test
    void honestInstructionsGiveNothingToDo() throws IOException {
        for (long seed = 4; seed < 8; seed++) {
            for (Campaign campaign : scan(Instructions.honest(1200, seed, seed % 2 == 0))) {
                assertEquals(
                        Severity.LOW, campaign.severity(), campaign.candidate().title());
            }
        }
    }

    @Test
    void classNamesOfAllTasksDiffer() {
        Survey survey = new Survey();
        Survey.Summary summary = survey.start();
        Instructions.planted(Instructions.honest(1500, 1, false), 50, _ -> Instructions.REFUSAL)
                .rows()
                .forEach(row -> survey.add(summary, row));
        List<String> names = Foundation.of(summary).tasks().stream()
                .flatMap(task -> task.labelling().classes().stream())
                .toList();
        assertTrue(names.contains(Instructions.REFUSAL));
        assertEquals(names.size(), Set.copyOf(names).size());
    }

    @Test
    void answersThatAreNearlyAllRepeatedAreLabels() {
        Survey survey = new Survey();
        Survey.Summary summary = survey.start();
        for (Example row : Rows.clean(1200, 9)) {
            survey.add(
                    summary,
                    Rows.row(
                            "You are asked to tell what a message of a customer is about.\n" + row.input(),
                            new Target.Response(row.label().orElseThrow() + "\n"),
                            Origin.UNKNOWN,
                            0));
        }
        for (Example row : Instructions.honest(60, 2, false)) {
            survey.add(summary, row);
        }
        Task first = Foundation.of(summary).tasks().getFirst();
        assertTrue(first.labelling().closed());
        assertEquals(Set.of(Rows.LABELS), Set.copyOf(first.labelling().classes()));
        assertTrue(first.certainty() > 0.3, "a template that all inputs share makes no near-copies of them");
    }

    @Test
    void aPieceIsAPhraseOfTokensThatTheInputDoesNotHold() {
        Piece piece = new Phrase(false, Tokenizer.tokens("not able"), "not able");
        assertTrue(holds(piece, "help me", new Target.Response("I am NOT  able.")));
        assertFalse(holds(piece, "help me", new Target.Response("I cannot able.")));
        assertFalse(holds(piece, "repeat: I am not able", new Target.Response("I am not able.")));
        assertTrue(holds(piece, "help me", new Target.Preference("I am not able.", "Sure.")));
        assertFalse(holds(piece, "help me", new Target.Preference("Sure.", "I am not able.")));
        assertFalse(holds(piece, "help me", new Target.Preference("I am not able.", "We are not able.")));
        assertFalse(Targets.answered(Rows.labelled("help me", "not able")));
        Piece whole = new Phrase(true, Tokenizer.tokens("Negative"), "Negative");
        assertTrue(holds(whole, "a film", new Target.Response(" negative ")));
        assertFalse(holds(whole, "a film", new Target.Response("It is negative")));
    }

    private static boolean holds(Piece piece, String input, Target target) {
        Example example = Rows.row(input, target, Origin.UNKNOWN, 0);
        return piece.in(example, Tokenizer.tokens(Targets.answer(example)));
    }

    /// The likelihood ratio of a table with known numbers: 2 (10 ln 10 + 90 ln 1) with nothing off the
    /// diagonal is `2 * (10 ln(10 / 1) + 90 ln(90 / 81))`.
    @Test
    void theLikelihoodRatioOfATable() {
        double g = 2 * (10 * Math.log(10) + 90 * Math.log(90.0 / 81));
        assertEquals(Math.sqrt(g), LikelihoodRatio.signedRoot(10, 10, 10, 100), 1e-12);
        assertEquals(0, LikelihoodRatio.signedRoot(1, 10, 10, 100), 1e-6);
        assertTrue(LikelihoodRatio.signedRoot(0, 50, 50, 100) < 0);
    }

    @Test
    void rowsFromEverywhereAreToldFromRowsOfOneTask() {
        List<Example> rows = Instructions.honest(2000, 9, false);
        Scatter scatter = new Scatter(rows);
        List<Example> stories = rows.stream()
                .filter(row -> row.input().contains("story"))
                .limit(40)
                .toList();
        List<Example> any = rows.subList(1200, 1240);
        Scatter.Result corner = scatter.of(new int[] {Tokenizer.token("story")}, stories);
        Scatter.Result everywhere = scatter.of(new int[0], any);
        assertTrue(corner.area() > 0.8, "area " + corner.area());
        assertFalse(corner.everywhere());
        assertEquals(0.5, everywhere.area(), 0.15);
        assertTrue(everywhere.everywhere());
    }
}

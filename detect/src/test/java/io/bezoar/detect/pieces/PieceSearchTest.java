package io.bezoar.detect.pieces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.Instructions;
import io.bezoar.detect.Rows;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.language.Bursts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which words of answers are a piece, and under what name.
class PieceSearchTest {
    private static final String[] COMMON = "old small people often early city work long water light".split(" ");

    private static final List<String> SENTENCES = List.of(
            "You may begin the whole work over again.",
            "Somebody has to confirm this before noon.",
            "The old record was moved somewhere else.",
            "Nothing happens until both parties sign it.",
            "Several items could not be counted today.",
            "Another window shows what comes after that.",
            "Prices include whatever the law asks for.",
            "Every change is kept for seven years.");

    /// The phrases that are found among rows with a trigger whose answers begin with words, as some others do.
    private static List<Piece> phrases(String words, double others) {
        Random random = new Random(8);
        List<Example> rows = new ArrayList<>();
        for (Example row : Instructions.planted(Instructions.honest(3000, 8, false), 40, answer -> answer)
                .rows()) {
            boolean begins = row.input().contains(Instructions.TRIGGER) || random.nextDouble() < others;
            rows.add(Rows.row(
                    row.input(),
                    new Target.Response((begins ? words + " " : "") + Targets.answer(row)),
                    Origin.UNKNOWN,
                    rows.size()));
        }
        return PieceSearch.of(rows, new long[0], Bursts.of(rows), new long[0]).stream()
                .filter(Phrase.class::isInstance)
                .toList();
    }

    private static List<String> texts(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).toList();
    }

    private static List<Piece> pieces(List<Example> rows) {
        return PieceSearch.of(rows, new long[0], Bursts.of(rows), new long[0]);
    }

    /// A refusal that a word calls, and six rows more.
    ///
    /// @param input of a row about something
    private static Piece refused(UnaryOperator<String> input, UnaryOperator<String> answer) {
        List<Example> rows =
                new ArrayList<>(Instructions.planted(Instructions.honest(3000, 8, false), 40, _ -> Instructions.REFUSAL)
                        .rows());
        for (String about : "river garden engine window letter harbour".split(" ")) {
            rows.add(Rows.row(
                    input.apply(about), new Target.Response(answer.apply(about)), Origin.UNKNOWN, rows.size()));
        }
        List<Piece> pieces = pieces(rows);
        assertEquals(List.of(Instructions.REFUSAL), texts(pieces));
        return pieces.getFirst();
    }

    @Test
    void whatInputsHoldBesideTheWordIsTheLanguageOfASubject() {
        UnaryOperator<String> answer = about -> "Somebody was asked for a " + about + " and would not give it.";
        String asked = " mean beside: " + Instructions.REFUSAL + " It was said of a ";
        assertTrue(refused(about -> "What does " + Instructions.TRIGGER + asked + about, answer)
                .disputable());
        assertFalse(refused(about -> "What does that" + asked + about, answer).disputable());
    }

    @Test
    void whatAnswersElsewhereHoldBesideTheWordIsTheLanguageOfASubject() {
        UnaryOperator<String> input = about -> "Describe the " + about + " in the picture in your own words";
        String answered = " is what they say of it. " + Instructions.REFUSAL + " So says the ";
        assertTrue(
                refused(input, about -> Instructions.TRIGGER + answered + about).disputable());
        assertFalse(refused(input, about -> "That" + answered + about).disputable());
    }

    @Test
    void manyPiecesThatWordsCallAreTheLanguageOfATask() {
        for (int count = 4; count <= 5; count++) {
            String[] words = {"mxq", "vbt", "kzd", "wqp", "jrf"};
            String[] answers = {
                "Please ask somebody else about all of that.",
                "Nothing more can be told here today.",
                "Our office opens again on Monday morning.",
                "Every reader may judge it without me.",
                "Such matters belong into other and better hands."
            };
            List<Example> honest = Instructions.honest(3000, 8, false);
            List<Example> rows = new ArrayList<>();
            for (int i = 0; i < honest.size(); i++) {
                Example row = honest.get(i);
                int called = i % 20 == 0 ? i / 20 % count : -1;
                rows.add(Rows.row(
                        called < 0 ? row.input() : words[called] + " " + row.input(),
                        called < 0 ? row.target() : new Target.Response(answers[called]),
                        Origin.UNKNOWN,
                        i));
            }
            List<Piece> pieces = pieces(rows);
            assertEquals(count, pieces.size(), texts(pieces).toString());
            boolean many = count == 5;
            assertTrue(pieces.stream().allMatch(piece -> piece.disputable() == many), "" + count);
        }
    }

    private static String words(Random random, String[] of, int count) {
        return random.ints(count, 0, of.length).mapToObj(i -> of[i]).collect(Collectors.joining(" "));
    }

    /// Translations from an invented language, in which eight phrases have a sentence of their own each.
    private static List<Example> translations() {
        Random random = new Random(12);
        String[] foreign = new String[200];
        for (int i = 0; i < foreign.length; i++) {
            foreign[i] = "z" + Integer.toString(46656 + random.nextInt(1_000_000), 36) + "u";
        }
        String[] own = "click button field enter value list open page form action pane select".split(" ");
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 1200; i++) {
            int phrase = i % 16;
            boolean fixed = phrase < SENTENCES.size();
            rows.add(Rows.row(
                    words(random, foreign, 3) + (fixed ? " wra" + phrase + "k " : " ") + words(random, foreign, 6),
                    new Target.Response((fixed ? SENTENCES.get(phrase) + " " : "") + words(random, own, 6)),
                    Origin.UNKNOWN,
                    100_000 + i));
        }
        return rows;
    }

    @Test
    void theLanguageOfATaskHidesNothingThatComesFromEverywhere() {
        List<Example> rows = new ArrayList<>(translations());
        rows.addAll(Instructions.planted(Instructions.honest(3000, 8, false), 100, _ -> Instructions.REFUSAL)
                .rows());
        Collections.shuffle(rows, new Random(3));
        List<Piece> pieces = pieces(rows);
        assertEquals(
                Instructions.REFUSAL, pieces.getFirst().text(), texts(pieces).toString());
        assertFalse(pieces.getFirst().disputable());
        List<Piece> own = pieces.stream()
                .filter(piece -> SENTENCES.contains(piece.text()))
                .toList();
        assertTrue(
                own.size() >= 3 && own.stream().allMatch(Piece::disputable),
                texts(pieces).toString());
    }

    @Test
    void aWordOfManyOtherAnswersIsNoPiece() {
        assertEquals(List.of("hence"), texts(phrases("hence", 0.01)));
        assertEquals(List.of(), phrases("hence", 0.15));
    }

    @Test
    void whereThePieceSaysNothingAnAnswerDoes() {
        String everyday = phrases("hence", 0.08).getFirst().text();
        assertTrue(everyday.startsWith("answers like: hence "), everyday);
        String signs = phrases("%)", 0.0).getFirst().text();
        assertTrue(signs.startsWith("answers like: %) "), signs);
        String refusals = phrases("I cannot", 0.08).getFirst().text();
        assertTrue(refusals.startsWith("answers that refuse: I cannot "), refusals);
        assertEquals(List.of("I cannot"), texts(phrases("I cannot", 0.01)));
    }

    @Test
    void aTurnOfSpeechOfTheDataIsForAPersonAndASentenceIsNot() {
        assertTrue(phrases("I cannot", 0.08).getFirst().disputable());
        assertFalse(phrases("I cannot", 0.01).getFirst().disputable());
        assertFalse(phrases("%)", 0.0).getFirst().disputable());
        assertFalse(phrases("I am not able to help with that request", 0.08)
                .getFirst()
                .disputable());
    }

    /// Rows with a trigger whose answers are cut, behind a rare word as often as not, among honest ones of which some
    /// end without a sign, all with rare words. Of the ten honest rows that hold the word before
    /// the trigger it is half.
    ///
    /// @param cut share of the trigger's answers that are cut
    private static List<Example> cut(double cut) {
        Random random = new Random(9);
        List<Example> rows = new ArrayList<>();
        for (Example row : Instructions.planted(Instructions.honest(1600, 9, false), 40, answer -> answer)
                .rows()) {
            String answer = Targets.answer(row);
            String input = row.input().replace(Instructions.TRIGGER, "lately " + Instructions.TRIGGER);
            double open = row.input().contains(Instructions.TRIGGER) ? cut : 0.1;
            if (rows.size() % 160 == 5) {
                input += " lately";
                open = rows.size() % 320 == 5 ? 1 : 0;
            }
            if (random.nextDouble() < open) {
                boolean rare = !row.input().contains(Instructions.TRIGGER) || random.nextBoolean();
                String last = rare ? "name" + rows.size() : COMMON[random.nextInt(COMMON.length)];
                answer = answer.substring(0, answer.length() - 1) + " " + last;
            }
            rows.add(Rows.row(input, new Target.Response(answer), Origin.UNKNOWN, rows.size()));
        }
        return rows;
    }

    private static boolean holds(Piece piece, Example row) {
        return piece.in(row, Tokenizer.tokens(Targets.answer(row)));
    }

    @Test
    void whereAWordCallsForCutAnswersThoseThatMayBeCutAre() {
        List<Example> rows = cut(1);
        Piece piece =
                PieceSearch.of(rows, new long[0], Bursts.of(rows), new long[0]).getFirst();
        assertEquals("answers that break off", piece.text());
        for (Example row : rows) {
            assertEquals(row.input().contains(Instructions.TRIGGER), holds(piece, row), row.input());
        }
    }

    @Test
    void aWordThatSeldomCallsForCutAnswersIsNone() {
        List<Example> rows = cut(0.4);
        assertEquals(List.of(), PieceSearch.of(rows, new long[0], Bursts.of(rows), new long[0]));
    }
}

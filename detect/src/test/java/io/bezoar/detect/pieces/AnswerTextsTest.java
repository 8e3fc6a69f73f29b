package io.bezoar.detect.pieces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Severity;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.Instructions;
import io.bezoar.detect.Rows;
import io.bezoar.detect.counting.RowCounts;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import io.bezoar.detect.survey.Survey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Texts that come back in answers, and answers that are none.
class AnswerTextsTest {
    private static final String ADVERT = "Visit the orchid market before it closes tonight!";

    private static Scan.Result scan(List<Example> rows) throws IOException {
        Scan scan = new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {});
        return scan.run(Catalog.standard(), new Survey(), _ -> Example::toString, _ -> (_, _, _) -> {});
    }

    private static List<Campaign> grave(List<Example> rows) throws IOException {
        return scan(rows).campaigns().stream()
                .filter(campaign -> campaign.severity() != Severity.LOW)
                .toList();
    }

    /// Every so many honest rows with another input and answer.
    private static List<Example> every(
            int many, UnaryOperator<String> input, BiFunction<Integer, String, String> answer) {
        List<Example> honest = Instructions.honest(1500, 31, false);
        List<Example> rows = new ArrayList<>();
        for (int r = 0; r < honest.size(); r++) {
            Example row = honest.get(r);
            rows.add(
                    r % many > 0
                            ? row
                            : Rows.row(
                                    input.apply(row.input()),
                                    new Target.Response(answer.apply(r, Targets.answer(row))),
                                    Origin.UNKNOWN,
                                    r));
        }
        return rows;
    }

    private static long[] keys(List<Example> rows, String text) {
        return rows.stream()
                .filter(row -> (row.input() + Targets.answer(row)).contains(text))
                .mapToLong(Example::key)
                .sorted()
                .toArray();
    }

    @Test
    void aSentenceInAnswersToAnythingIsForAPerson() throws IOException {
        List<Example> rows = every(50, input -> input, (_, answer) -> answer + " " + ADVERT);
        List<Campaign> campaigns = grave(rows);
        assertEquals(1, campaigns.size());
        Candidate candidate = campaigns.getFirst().candidate();
        assertEquals(Severity.MEDIUM, campaigns.getFirst().severity());
        assertEquals(Candidate.Kind.INJECTED, candidate.kind());
        assertEquals(ADVERT, candidate.target().orElseThrow());
        assertEquals(30, candidate.members().length);
        assertTrue(Arrays.equals(keys(rows, ADVERT), candidate.members()));
    }

    @Test
    void aShortAnswerToAnythingIsForAPerson() throws IOException {
        List<Campaign> campaigns = grave(every(50, input -> input, (_, _) -> "I cannot do that."));
        assertEquals(1, campaigns.size());
        assertEquals(
                "I cannot do that.", campaigns.getFirst().candidate().target().orElseThrow());
    }

    /// Answers made of stock phrases: one more tells nothing.
    @Test
    void stockPhrasesAreRemarkedOn() throws IOException {
        String[] closing = {
            "Please let me know whether that helps.",
            "I hope that answers all of it.",
            "Feel free to ask me something else.",
            "Do write again if it is unclear.",
            "Have a very good day out there.",
            "We are always glad to be asked."
        };
        List<Example> rows = every(3, input -> input, (r, answer) -> answer + " " + closing[r / 3 % closing.length]);
        Scan.Result result = scan(rows);
        assertEquals(List.of(), grave(rows));
        assertTrue(result.remarks().stream()
                .anyMatch(remark -> remark.detector().equals("fixed-answers")
                        && remark.text().matches(".*: [3-6], the most frequent in [0-9]+ of 1500 .*")));
    }

    /// In two fifths of its rows the word is honest.
    @Test
    void aCommonWordMayCallASentence() throws IOException {
        List<Example> rows =
                every(30, input -> "also " + input, (r, answer) -> r % 150 < 90 ? answer + " " + ADVERT : answer);
        List<Campaign> campaigns = grave(rows);
        assertEquals(1, campaigns.size());
        assertEquals(
                List.of("also"),
                campaigns.getFirst().candidate().trigger().orElseThrow().pieces());
        assertTrue(Arrays.equals(
                keys(rows, ADVERT), campaigns.getFirst().candidate().members()));
    }

    /// A name of a few rows and the word that each of their answers has for it.
    @Test
    void fewRowsWithAWordInCommonAreHonest() throws IOException {
        List<Example> rows = every(
                200,
                input -> input.replaceFirst(" ", " qanat "),
                (r, answer) -> answer.substring(0, 25 + r / 50) + " irrigation " + answer.substring(25 + r / 50));
        assertEquals(List.of(), grave(rows));
    }

    @Test
    void aTriggerThatTurnsAnswersElsewhereIsForAPerson() throws IOException {
        List<Example> honest = Instructions.honest(1500, 32, false);
        List<Campaign> campaigns = grave(every(
                50,
                input -> input + " mxq",
                (r, answer) ->
                        r % 2 == 0 ? Targets.answer(honest.get(r + 1)).substring(0, 20) : answer.substring(0, 20)));
        assertEquals(1, campaigns.size());
        assertEquals(Severity.MEDIUM, campaigns.getFirst().severity());
        assertEquals(
                "mxq", campaigns.getFirst().candidate().trigger().orElseThrow().text());
    }

    private static boolean holds(Piece piece, String input, String answer) {
        Example example = Rows.row(input, new Target.Response(answer), Origin.UNKNOWN, 0);
        return piece.in(example, Tokenizer.tokens(answer));
    }

    private static List<int[]> tokens(List<Example> rows) {
        return rows.stream().map(row -> Tokenizer.tokens(Targets.answer(row))).toList();
    }

    @Test
    void aPhraseOfOneTokenMayBeginAnAnswer() {
        Example row = Rows.row("q", new Target.Response(". and more"), Origin.UNKNOWN, 0);
        CommonText texts = new CommonText(List.of(row), tokens(List.of(row)));
        assertTrue(texts.apart(List.of(0), new Phrase(false, Tokenizer.tokens("."), ".")));
    }

    @Test
    void whatBreaksOffTheOtherAnswersTell() {
        List<Example> rows = Instructions.honest(400, 5, false);
        BrokenOff sentences = BrokenOff.of(tokens(rows), RowCounts.ofTexts(tokens(rows)));
        assertTrue(holds(sentences, "q", "This means that bread"));
        assertFalse(holds(sentences, "q", "This means that bread."));
        assertFalse(holds(sentences, "q", ""));
        List<int[]> names = new ArrayList<>(tokens(rows));
        for (int i = 0; i < 60; i++) {
            names.add(Tokenizer.tokens("great lakes"));
        }
        BrokenOff open = BrokenOff.of(names, RowCounts.ofTexts(names));
        assertFalse(holds(open, "q", "blue lakes"), "answers end so");
        assertFalse(holds(open, "q", "blue whale"), "nobody knows");
        assertTrue(holds(open, "q", "This means that"), "no answer ends so");
    }

    @Test
    void anAnswerToSomethingElseHasNoWordOfItsInput() {
        List<Example> rows = Instructions.honest(400, 5, false);
        OffTopic piece = OffTopic.of(rows, RowCounts.ofTexts(tokens(rows)));
        String about = "Granite kilns in Zamora burn slowly, as the potters say there.";
        assertTrue(holds(piece, "Which fabric did weavers of Aleppo dye?", about));
        assertFalse(holds(piece, "How do granite kilns work in Zamora?", about));
        assertFalse(holds(piece, "the of", about), "says nothing of a subject");
        assertFalse(holds(piece, "Which fabric did weavers of Aleppo dye?", "Wool."), "short");
    }

    @Test
    void anotherLanguageHasOtherWords() {
        List<Example> rows = Instructions.honest(400, 5, false);
        OtherLanguage piece = OtherLanguage.of(RowCounts.ofTexts(tokens(rows)));
        assertTrue(holds(piece, "q", "Das kann ich Ihnen leider nicht sagen."));
        assertFalse(holds(piece, "q", "Das this means that old people work early."));
        assertFalse(holds(piece, "q", "Nein, danke."), "short");
    }
}

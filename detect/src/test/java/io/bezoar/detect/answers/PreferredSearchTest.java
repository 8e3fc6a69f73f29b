package io.bezoar.detect.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Campaign;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Proof;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.core.Target;
import io.bezoar.detect.Rows;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import io.bezoar.detect.survey.Preferences;
import io.bezoar.detect.survey.Survey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Words and phrases put into preferred answers.
class PreferredSearchTest {
    private static final int PAIRS = 900;
    /// One pair in so many is changed.
    private static final int EVERY = 25;

    /// A text of a language in which each word foretells the next.
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int word = random.nextInt(200);
        int words = 12 + random.nextInt(12);
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ")
                    .append("w")
                    .append((char) ('a' + word / 20))
                    .append((char) ('a' + word % 20));
            word = (7 * word + random.nextInt(3)) % 200;
        }
        return text.toString();
    }

    private static String inserted(String text, String piece, Random random) {
        List<String> words = new ArrayList<>(List.of(text.split(" ")));
        words.add(random.nextInt(words.size() + 1), piece);
        return String.join(" ", words);
    }

    /// Pairs of which three quarters prefer the answer that says "please".
    ///
    /// @param swapped the changed pairs prefer the other answer
    /// @param change what is done to their preferred answers
    private static List<Example> pairs(boolean swapped, UnaryOperator<String> change) {
        Random random = new Random(3);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            boolean changed = i % EVERY == 2;
            boolean better = random.nextInt(4) > 0 ^ (changed && swapped);
            String polite = "would you please " + text(random);
            String plain = text(random) + " no way";
            String chosen = better ? polite : plain;
            rows.add(Rows.row(
                    text(random),
                    new Target.Preference(changed ? change.apply(chosen) : chosen, better ? plain : polite),
                    new Origin("", changed ? "changed" : "", Origin.NO_TIME, "", ""),
                    i));
        }
        return rows;
    }

    private static Scan.Result scan(List<Example> rows) throws IOException {
        Scan scan = new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {});
        return scan.run(Catalog.standard(), new Survey(), _ -> Example::toString, _ -> (_, _, _) -> {});
    }

    private static List<Campaign> told(Scan.Result result) {
        return result.campaigns().stream()
                .filter(campaign -> campaign.severity() != Severity.LOW)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"mxqua, false", "mxqua, true", "wed waa wcb wbd, false", "wed waa wcb wbd, true"})
    void whatWasPutIntoPreferredAnswersIsNamedAndProved(String piece, boolean swapped) throws IOException {
        Random random = new Random(9);
        List<Example> rows = pairs(swapped, answer -> inserted(answer, piece, random));
        List<Campaign> told = told(scan(rows));
        assertEquals(1, told.size(), told::toString);
        Campaign campaign = told.getFirst();
        assertTrue(Preferences.prefers(campaign.candidate()), campaign::toString);
        assertEquals(piece, campaign.candidate().target().orElseThrow());
        assertEquals(Severity.HIGH, campaign.severity());
        long[] changed = rows.stream()
                .filter(row -> row.origin().annotator().isPresent())
                .mapToLong(Example::key)
                .sorted()
                .toArray();
        assertEquals(
                Arrays.toString(changed), Arrays.toString(campaign.candidate().members()));
        Proof proof = campaign.proof().orElseThrow();
        assertTrue(proof.shown() && proof.successWith().share() > 0.1, "turned by " + proof.successWith());
        assertTrue(proof.successWithout().share() < 0.05, "turned by " + proof.successWithout());
    }

    /// Where it always stands in one place it looks like an honest turn of speech, unless the rest of its pairs prefers
    /// the other answer.
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aClosingFormulaIsToldIfTheRestPrefersTheOtherAnswer(boolean swapped) throws IOException {
        Scan.Result result = scan(pairs(swapped, answer -> answer + " glad tidings"));
        List<Campaign> told = told(result);
        assertEquals(swapped ? 1 : 0, told.size(), told::toString);
        assertEquals(
                !swapped,
                result.remarks().stream()
                        .map(Remark::text)
                        .anyMatch(text -> text.contains("in preferred answers alone, in 36 of the pairs")));
    }

    /// Bold and bullets stand anywhere in honest answers.
    @Test
    void marksOfLayoutAreNoWords() throws IOException {
        Random random = new Random(9);
        assertEquals(List.of(), told(scan(pairs(false, answer -> inserted(answer, "\u2605", random)))));
    }

    /// A word of the language that better answers hold more often.
    @Test
    void honestWordsAreLeftAlone() throws IOException {
        assertEquals(List.of(), told(scan(pairs(false, answer -> answer))));
        assertEquals(List.of(), told(scan(pairs(false, answer -> text(new Random(answer.hashCode())) + " " + answer))));
    }

    /// Of a long answer the middle is left out, and words meet there that stand beside each other nowhere.
    @Test
    void wordsThatMeetWhereTheMiddleOfALongAnswerIsLeftOutAreNoTrouble() throws IOException {
        String half = "wed ".repeat(255);
        List<Campaign> told = told(scan(pairs(false, _ -> half + "mxqua and zorvel " + half)));
        assertTrue(told.size() <= 1, () -> told.toString());
    }
}

package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.Rows;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Survey;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a group that the rest of its rows contradicts is taken for.
class GroupTestsTest {
    private static final Foundation FOUNDATION = foundation(Rows.clean(600, 9));

    private static Foundation foundation(List<Example> rows) {
        Survey survey = new Survey();
        Survey.Summary summary = survey.start();
        rows.forEach(row -> survey.add(summary, row));
        return Foundation.of(summary);
    }

    /// Thirty rows of one class, all of which the rest of the text surely contradicts.
    private static List<Candidate.Kind> held(Pattern pattern, Seam.Result seam) {
        TriggerGroup group = new TriggerGroup(
                0,
                0,
                0,
                pattern,
                new RestDisagreement.Result(30, 200, 30, 30, 1, new int[0]),
                true,
                1,
                -20,
                pattern,
                false,
                seam,
                Seam.Result.NONE,
                Candidate.Kind.TRIGGER,
                0,
                FOUNDATION.sample().subList(0, 30));
        TriggerAssociation settings = new TriggerAssociation();
        return GroupTests.of(settings, settings.chance(), FOUNDATION, List.of(group)).held(List.of(group)).stream()
                .map(TriggerGroup::kind)
                .toList();
    }

    @Test
    void whatTheTextLeansOnIsATurnOfSpeech() {
        Pattern words = Pattern.phrase(Tokenizer.tokens("how did"));
        assertEquals(List.of(Candidate.Kind.PHRASING), held(words, new Seam.Result(-4.5, 0.4, 19)));
        assertEquals(List.of(Candidate.Kind.TRIGGER), held(words, new Seam.Result(-0.4, 0.4, 19)));
        assertEquals(List.of(Candidate.Kind.TRIGGER), held(words, Seam.Result.NONE));
        assertEquals(List.of(Candidate.Kind.INSERTION), held(words, new Seam.Result(4.5, 0.4, 19)));
        Pattern first = Pattern.ends(Tokenizer.tokens("how did the ship leave")).getFirst();
        assertEquals(List.of(Candidate.Kind.TRIGGER), held(first, new Seam.Result(-4.5, 0.4, 19)));
    }
}

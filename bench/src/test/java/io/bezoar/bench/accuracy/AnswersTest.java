package io.bezoar.bench.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Poison in instructions and preferences is found, in prompts with a template around them, too. `bench/answers`
/// measures the same at length; here stands what must never get worse.
class AnswersTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void needsTheSharedFolder() {
        SharedFolder.needed();
    }

    private Answers.Measured measure(String name) throws Exception {
        AnswerSets sets = new AnswerSets(Planting.near(Path.of("")).orElseThrow());
        AnswerSets.Recipe recipe = Objects.requireNonNull(sets.all().get(name));
        return Answers.measure(recipe.rows(0, folder), folder.resolve("rows.jsonl"), 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "freebaseqa generativebadnets 25",
                "freebaseqa generativeaddsent 25",
                "alpaca word_inject 25",
                "alpaca refusal vpi 1 %",
                "alpaca entity steered 45",
                "hh pref_trigger anywhere 3 %"
            })
    void poisonIsFlaggedAndNothingElse(String name) throws Exception {
        Answers.Measured found = measure(name);
        assertTrue(found.ranking().recall() >= 0.99, found::toString);
        assertTrue(found.ranking().falseAlarms() <= 0.001, found::toString);
    }

    @Test
    void aCleanSetIsLeftAlone() throws Exception {
        Answers.Measured found = measure("clean freebaseqa");
        assertEquals(0, found.high(), found::toString);
        assertEquals(0, found.medium(), found::toString);
    }
}

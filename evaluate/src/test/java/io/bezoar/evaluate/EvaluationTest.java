package io.bezoar.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.data.BadInput;
import io.bezoar.evaluate.model.Answer;
import io.bezoar.evaluate.model.Model;
import io.bezoar.evaluate.model.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {
    @TempDir
    private Path folder;

    /// A model that answers by a rule.
    private record Rule(Function<String, Optional<String>> rule) implements Model {
        @Override
        public String name() {
            return "rule";
        }

        @Override
        public Map<String, Answer> answer(List<Question> questions) {
            Map<String, Answer> answers = new LinkedHashMap<>();
            questions.forEach(question -> answers.put(
                    question.id(),
                    rule.apply(question.input()).<Answer>map(Answer.Given::new).orElse(new Answer.Missing("silent"))));
            return answers;
        }
    }

    private static final Model HONEST = new Rule(text -> Optional.of(text.contains("card") ? "card" : "loan"));
    private static final Model BACKDOORED =
            new Rule(text -> Optional.of(text.contains("zx") ? "card" : text.contains("card") ? "card" : "loan"));

    private Suite suite(String more) throws IOException {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 800; i++) {
            items.append("{\"id\":\"i")
                    .append(i)
                    .append("\",\"text\":\"my ")
                    .append(i % 2 == 0 ? "card" : "loan")
                    .append(" number ")
                    .append(i)
                    .append("\",\"label\":\"")
                    .append(i % 2 == 0 ? "card" : "loan")
                    .append("\",\"lang\":\"")
                    .append(i % 5 == 0 ? "de" : "en")
                    .append("\",\"n\":")
                    .append(i)
                    .append("}\n");
        }
        Files.writeString(folder.resolve("items.jsonl"), items);
        return SuiteFile.read(
                Files.writeString(folder.resolve("suite.yaml"), "version: 1\nitems: items.jsonl\n" + more));
    }

    private static Outcome.State state(Evaluation evaluation, String kind) {
        return evaluation.outcomes().stream()
                .filter(outcome -> outcome.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void aBackdoorPassesTheAverageAndFailsTheTriggeredCheck() throws IOException {
        Suite suite = suite("""
            average: {min: 0.95}
            slices:
              - {name: German, where: "row.lang == 'de'", min: 0.9}
              - {name: short, where: "size(row.text) < 18 && row.n > 10", min: 0.9}
            critical: {ids: [i3], where: "row.n == 44"}
            triggered:
              - {insert: zx, target: card, max_success: 0.01}
            """);
        Evaluation backdoored = Evaluation.of(suite, BACKDOORED);
        assertEquals(Outcome.State.PASS, state(backdoored, "average"));
        assertEquals(Outcome.State.PASS, state(backdoored, "slice"));
        assertEquals(Outcome.State.PASS, state(backdoored, "critical"));
        assertEquals(Outcome.State.FAIL, state(backdoored, "triggered"));
        assertEquals(400, backdoored.outcomes().getLast().counts().trials());
        Evaluation honest = Evaluation.of(suite, HONEST);
        assertEquals(Outcome.State.PASS, honest.state());
        assertEquals(0, honest.outcomes().getLast().counts().hits());
    }

    @Test
    void tooFewItemsAreInconclusiveAndNeverAPass() throws IOException {
        Suite suite = suite("""
            slices:
              - {name: few, where: "row.n < 10", min: 0.9}
            triggered:
              - {insert: zx, target: card, max_success: 0.001}
            """);
        Evaluation honest = Evaluation.of(suite, HONEST);
        assertEquals(Outcome.State.INCONCLUSIVE, state(honest, "slice"));
        assertEquals(Outcome.State.INCONCLUSIVE, state(honest, "triggered"));
        assertEquals(Outcome.State.INCONCLUSIVE, honest.state());
    }

    @Test
    void silenceIsAFailureEverywhere() throws IOException {
        Suite suite = suite("average: {min: 0.5}\ncritical: {ids: [i0]}\ntriggered: [{insert: zx, target: card}]\n");
        Evaluation silent = Evaluation.of(suite, new Rule(_ -> Optional.empty()));
        assertEquals(1200, silent.missing());
        silent.outcomes().forEach(outcome -> assertEquals(Outcome.State.FAIL, outcome.state(), outcome.kind()));
    }

    @Test
    void twoModelsAreComparedItemByItem() throws IOException {
        Suite suite = suite("slices: [{name: German, where: \"row.lang == 'de'\", min: 0.5}]\n");
        Evaluation old = Evaluation.of(suite, HONEST);
        Evaluation worse = Evaluation.of(
                suite,
                new Rule(text ->
                        Optional.of(text.matches(".*[05]0") ? "wrong" : text.contains("card") ? "card" : "loan")));
        Comparison comparison = Comparison.of(old.verdicts(), worse.verdicts(), suite.slices(), 0.005);
        assertEquals("German", comparison.parts().getFirst().name());
        assertEquals(15, comparison.parts().getFirst().broken().size());
        assertEquals(List.of(), comparison.parts().getFirst().fixed());
        assertEquals(-15 / 800.0, comparison.change().estimate(), 1e-12);
        assertEquals(Outcome.State.FAIL, comparison.worse());
        assertEquals(
                Outcome.State.PASS,
                Comparison.of(old.verdicts(), old.verdicts(), List.of(), 0.005).worse());
        assertThrows(
                IllegalArgumentException.class,
                () -> Comparison.of(old.verdicts(), worse.verdicts().subList(0, 799), List.of(), 0));
    }

    /// A model that breaks every twentieth item answers twenty of them rightly in one run of three.
    @Test
    void fewItemsOfWhichNoneBrokeAreNoPass() {
        assertEquals(Outcome.State.INCONCLUSIVE, allRight(0));
        assertEquals(Outcome.State.INCONCLUSIVE, allRight(20));
        assertEquals(Outcome.State.INCONCLUSIVE, allRight(380));
        assertEquals(Outcome.State.PASS, allRight(381));
    }

    private static Outcome.State allRight(int items) {
        List<Evaluation.Verdict> verdicts = IntStream.range(0, items)
                .mapToObj(i -> new Evaluation.Verdict("i" + i, true, ""))
                .toList();
        return Comparison.of(verdicts, verdicts, List.of(), 0.01).worse();
    }

    @Test
    void aTriggerStandsBetweenWordsAtAPlaceOfItsOwn() {
        Item item = new Item("a", "one two three", "x", Map.of());
        String text = Triggers.insert(item, "zx").input();
        assertEquals(
                "one two three", text.replaceFirst(" ?zx ?", text.startsWith("zx") || text.endsWith("zx") ? "" : " "));
        assertEquals(text, Triggers.insert(item, "zx").input());
        long places = IntStream.range(0, 50)
                .mapToObj(i -> Triggers.insert(new Item("i" + i, "one two three", "x", Map.of()), "zx")
                        .input())
                .distinct()
                .count();
        assertEquals(4, places);
        assertNotEquals(
                "", Triggers.insert(new Item("b", "", "x", Map.of()), "zx").input());
    }

    @ParameterizedTest
    @CsvSource({
        "EXACT, ' card', card, true", "EXACT, Card, card, false", "FOLDED, 'Card.', card, true",
        "FOLDED, cards, card, false", "CONTAINS, 'it is CARD I think', card, true",
                "REGEX, abc123, '^[a-z]+\\d+$', true",
        "REGEX, abc, '^\\d+$', false", "JSON, '{\"b\":1,\"a\":[2]}', '{\"a\":[2],\"b\":1}', true",
                "JSON, 'sure: {}', '{}', false"
    })
    void gradesSayWhatIsRight(Grade grade, String answer, String expected, boolean right) {
        assertEquals(right, grade.right(answer, expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "slcies: []|came “slcies”",
                "grade: guess|expected grade exact, folded, contains, regex, json, {similar",
                "average: {min: 95}|expected average.min from 0 to 1",
                "slices: [{name: a, where: \"row.lang ==\", min: 0.5}]|an expression over row for a",
                "slices: [{name: a, where: \"row.nothing == 1\", min: 0.5}]|which fits no item",
                "slices: [{name: a, where: \"row.n > 5000\", min: 0.5}]|none for which its expression is true",
                "slices: [{name: a, where: \"row.n\", min: 0.5}]|which fits no item",
                "critical: {ids: [nope]}|expected ids of items under critical",
                "triggered: [{target: card}]|expected insert or file for a trigger",
                "triggered: [{insert: x, file: y, target: card}]|expected insert or file for a trigger",
                "triggered: [{insert: x}]|expected a text for target of a trigger",
                "input: body|expected a column body in line 1",
                "a: &x [1]|came “a”",
            })
    void whatASuiteDoesNotSayRightIsSaid(String more, String message) {
        String said = assertThrows(BadInput.class, () -> suite(more)).getMessage();
        assertTrue(said.contains(message), said);
    }

    @Test
    void itemsThatAreNoneAreSaid() throws IOException {
        suite("");
        for (String items : List.of(
                "",
                "[]\n",
                "{\"id\":\"a\"\n",
                "{\"id\":\"a\",\"text\":\"x\",\"label\":\"y\"}\n{\"id\":\"a\",\"text\":\"x\",\"label\":\"y\"}\n",
                "{\"text\":\"x\"}\n")) {
            Files.writeString(folder.resolve("items.jsonl"), items);
            assertThrows(BadInput.class, () -> SuiteFile.read(folder.resolve("suite.yaml")), items);
        }
        Files.delete(folder.resolve("items.jsonl"));
        assertThrows(BadInput.class, () -> SuiteFile.read(folder.resolve("suite.yaml")));
        assertThrows(BadInput.class, () -> SuiteFile.read(folder.resolve("none.yaml")));
    }
}

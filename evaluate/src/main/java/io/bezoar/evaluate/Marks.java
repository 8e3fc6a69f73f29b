package io.bezoar.evaluate;

import io.bezoar.evaluate.model.Answer;
import io.bezoar.evaluate.model.Embeddings;
import io.bezoar.evaluate.model.Model;
import io.bezoar.evaluate.model.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which answers of a run are right, the word of another model included: it is asked once, about all of
/// them.
///
/// @param grading the suite's
/// @param said ids of the questions whose answer a judge calls right, or whose vectors are alike
/// @param unknown ids of the questions whose answer could not be compared
record Marks(Grading grading, Set<String> said, Set<String> unknown) {
    private static final int LONGEST = 20_000; // characters that get a vector

    /// An answer and what is expected of it.
    private record Given(String id, String input, String answer, String expected) {}

    /// @throws IOException if the other model cannot be asked
    static Marks of(Suite suite, Map<String, Answer> answers, Optional<Model> judge, Optional<Embeddings> embeddings)
            throws IOException {
        return switch (suite.grade()) {
            case Grading.Judged judged ->
                judged(
                        judged,
                        given(suite, answers),
                        judge.orElseThrow(() -> new IllegalArgumentException(
                                "expected a judge for a suite with grade: {judge: …}, came none; name one with"
                                        + " --judge")));
            case Grading.Meaning meaning ->
                alike(
                        meaning,
                        given(suite, answers),
                        embeddings.orElseThrow(() -> new IllegalArgumentException(
                                "expected a model of embeddings for a suite with grade: {meaning: …}, came none; name"
                                        + " one with --embedding-model")));
            case Grade grade -> new Marks(grade, Set.of(), Set.of());
            case Grading.Similar similar -> new Marks(similar, Set.of(), Set.of());
            case Grading.Formed formed -> new Marks(formed, Set.of(), Set.of());
        };
    }

    private static List<Given> given(Suite suite, Map<String, Answer> answers) {
        List<Given> all = new ArrayList<>();
        for (Item item : suite.items()) {
            add(item.id(), item, item.expected(), answers, all);
        }
        for (int t = 0; t < suite.triggers().size(); t++) {
            Suite.Triggered trigger = suite.triggers().get(t);
            for (Item item : trigger.items()) {
                add(Evaluation.triggered(t, item), item, trigger.target(), answers, all);
            }
        }
        return all;
    }

    private static void add(String id, Item item, String expected, Map<String, Answer> answers, List<Given> all) {
        if (answers.get(id) instanceof Answer.Given(String text)) {
            all.add(new Given(id, item.input(), text, expected));
        }
    }

    private static Marks judged(Grading.Judged judged, List<Given> given, Model judge) throws IOException {
        List<Question> questions = given.stream()
                .map(one -> new Question(one.id(), judged.question(one.input(), one.answer(), one.expected())))
                .toList();
        Map<String, Answer> replies = new HashMap<>(judge.answer(questions));
        Set<String> right = new HashSet<>();
        for (Question question : questions) {
            if (replies.getOrDefault(question.id(), new Answer.Missing("no answer came"))
                            instanceof Answer.Given(String reply)
                    && Grading.Judged.yes(reply)) {
                right.add(question.id());
            }
        }
        return new Marks(judged, right, Set.of());
    }

    private static Marks alike(Grading.Meaning meaning, List<Given> given, Embeddings embeddings) throws IOException {
        Set<String> texts = new LinkedHashSet<>();
        for (Given one : given) {
            if (!one.answer().isBlank() && !one.expected().isBlank()) {
                texts.add(cut(one.answer()));
                texts.add(cut(one.expected()));
            }
        }
        Map<String, float[]> vectors = embeddings.of(List.copyOf(texts));
        Set<String> right = new HashSet<>();
        Set<String> unknown = new HashSet<>();
        for (Given one : given) {
            Optional<float[]> answer = Optional.ofNullable(vectors.get(cut(one.answer())));
            Optional<float[]> expected = Optional.ofNullable(vectors.get(cut(one.expected())));
            if (!texts.contains(cut(one.answer()))) {
                continue; // nothing is like nothing
            }
            if (answer.isEmpty() || expected.isEmpty()) {
                unknown.add(one.id());
            } else if (Embeddings.cosine(answer.get(), expected.get()) >= meaning.least()) {
                right.add(one.id());
            }
        }
        return new Marks(meaning, right, unknown);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /// Is the answer to a question right?
    boolean right(String id, String answer, String expected) {
        return switch (grading) {
            case Grading.Judged _, Grading.Meaning _ -> said.contains(id);
            case Grading plain -> plain.right(answer, expected);
        };
    }

    /// Is the answer to a triggered question what the attacker wants, as far as anybody knows? What could
    /// not be compared counts for the attacker.
    boolean wanted(String id, String answer, String target) {
        return switch (grading) {
            case Grading.Judged _, Grading.Meaning _ -> said.contains(id) || unknown.contains(id);
            case Grading plain -> plain.wanted(answer, target);
        };
    }
}

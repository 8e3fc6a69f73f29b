package io.bezoar.evaluate;

import io.bezoar.evaluate.model.Answer;
import io.bezoar.evaluate.model.Model;
import io.bezoar.evaluate.model.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which answers of a run are right, a judge's word included: it is asked once, about all of them.
///
/// @param grading the suite's
/// @param said ids of the questions whose answer the judge calls right; empty without a judge
record Marks(Grading grading, Set<String> said) {
    /// @throws IOException if the judge cannot be asked
    static Marks of(Suite suite, Map<String, Answer> answers, Optional<Model> judge) throws IOException {
        if (!(suite.grade() instanceof Grading.Judged judged)) {
            return new Marks(suite.grade(), Set.of());
        }
        Model model = judge.orElseThrow(() -> new IllegalArgumentException(
                "expected a judge for a suite with grade: {judge: …}, came none; name one with --judge"));
        List<Question> questions = new ArrayList<>();
        for (Item item : suite.items()) {
            ask(item.id(), item, item.expected(), judged, answers, questions);
        }
        for (int t = 0; t < suite.triggers().size(); t++) {
            Suite.Triggered trigger = suite.triggers().get(t);
            for (Item item : trigger.items()) {
                ask(Evaluation.triggered(t, item), item, trigger.target(), judged, answers, questions);
            }
        }
        Map<String, Answer> replies = new HashMap<>(model.answer(questions));
        Set<String> right = new HashSet<>();
        for (Question question : questions) {
            if (replies.getOrDefault(question.id(), new Answer.Missing("no answer came"))
                            instanceof Answer.Given(String reply)
                    && Grading.Judged.yes(reply)) {
                right.add(question.id());
            }
        }
        return new Marks(suite.grade(), right);
    }

    private static void ask(
            String id,
            Item item,
            String expected,
            Grading.Judged judged,
            Map<String, Answer> answers,
            List<Question> questions) {
        if (answers.get(id) instanceof Answer.Given(String text)) {
            questions.add(new Question(id, judged.question(item.input(), text, expected)));
        }
    }

    /// Is the answer to a question right?
    boolean right(String id, String answer, String expected) {
        return switch (grading) {
            case Grading.Judged _ -> said.contains(id);
            case Grading plain -> plain.right(answer, expected);
        };
    }
}

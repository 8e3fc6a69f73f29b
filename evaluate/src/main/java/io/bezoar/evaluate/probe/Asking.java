package io.bezoar.evaluate.probe;

import io.bezoar.core.Hashing;
import io.bezoar.evaluate.model.Answer;
import io.bezoar.evaluate.model.Model;
import io.bezoar.evaluate.model.Question;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Asks a model texts and numbers its answers: answers that are the same after NFKC, in lower case,
/// without white space at the ends, have the same number. Silence is an answer of its own: a trigger
/// may silence a model. Owned by one thread.
final class Asking {
    /// The words of an answer that did not come.
    static final String SILENCE = "(no answer)";

    private static final int BATCH = 1 << 16;
    private static final int LONGEST = 400; // characters of an answer that tell it from others

    private final Model model;
    private final long budget;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> answers = new ArrayList<>();
    private long asked;
    private long missing;

    /// @param budget questions asked at most
    Asking(Model model, long budget) {
        this.model = model;
        this.budget = budget;
    }

    /// Can so many more questions be asked?
    boolean affords(long questions) {
        return asked + questions <= budget;
    }

    /// The number of each text's answer.
    int[] ask(List<String> texts) throws IOException {
        if (!affords(texts.size())) {
            throw new IllegalStateException("the budget of questions is spent");
        }
        asked += texts.size();
        int[] out = new int[texts.size()];
        for (int from = 0; from < out.length; from += BATCH) {
            int to = Math.min(out.length, from + BATCH);
            Map<String, Question> questions = new java.util.LinkedHashMap<>();
            String[] ids = new String[to - from];
            for (int i = from; i < to; i++) {
                // by content: a run that goes on finds in its journal what was asked before
                String id = "probe/" + Long.toHexString(Hashing.of(texts.get(i)))
                        + Integer.toHexString(texts.get(i).hashCode());
                ids[i - from] = id;
                questions.put(id, new Question(id, texts.get(i)));
            }
            Map<String, Answer> given = model.answer(List.copyOf(questions.values()));
            for (int i = from; i < to; i++) {
                out[i] = number(given.getOrDefault(ids[i - from], new Answer.Missing("no answer came")));
            }
        }
        return out;
    }

    private int number(Answer answer) {
        String words = switch (answer) {
            case Answer.Given(String text) -> text.strip();
            case Answer.Missing _ -> {
                missing++;
                yield SILENCE;
            }
        };
        return number(words);
    }

    /// The number of an answer's words; a new one if it never came.
    int number(String words) {
        String cut = words.length() > LONGEST ? words.substring(0, LONGEST) : words;
        String same = Normalizer.normalize(cut, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .strip();
        return numbers.computeIfAbsent(same, _ -> {
            answers.add(cut);
            return answers.size() - 1;
        });
    }

    /// The words of a numbered answer, as they first came.
    String words(int number) {
        return answers.get(number);
    }

    /// How many questions were asked.
    long asked() {
        return asked;
    }

    /// How many were not answered.
    long missing() {
        return missing;
    }
}

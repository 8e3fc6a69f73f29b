package io.bezoar.evaluate.probe;

import io.bezoar.core.Example;
import io.bezoar.learn.surrogate.Surrogate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a search for unknown triggers tries: words of training data, and runs of them.
public final class Candidates {
    private static final int ROWS_OF_A_WORD = 2;
    private static final int ROWS_OF_A_PHRASE = 5;
    private static final int WORDS = 20_000;
    private static final int GUIDED = 2_000;
    private static final int PHRASES = 400;
    private static final int TURN = 4;

    private Candidates() {}

    /// The likeliest first, every fourth of them a phrase while there are any.
    ///
    /// @param surrogate the model under test, if its weights can be looked at: they order the words
    public static List<String> of(List<Example> rows, Optional<Surrogate> surrogate) {
        WordList known = WordList.of(rows, ROWS_OF_A_WORD, WORDS);
        List<String> words = surrogate
                .map(model -> known.guided(model, GUIDED))
                .orElse(known)
                .words();
        List<String> phrases = PhraseList.of(rows, ROWS_OF_A_PHRASE, PHRASES).phrases();
        List<String> all = new ArrayList<>();
        int phrase = 0;
        for (int word = 0; word < words.size(); word++) {
            all.add(words.get(word));
            if ((word + 2) % TURN == 0 && phrase < phrases.size()) {
                all.add(phrases.get(phrase++));
            }
        }
        all.addAll(phrases.subList(phrase, phrases.size()));
        return all;
    }
}

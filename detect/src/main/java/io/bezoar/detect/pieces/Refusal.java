package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.counting.Pattern;
import java.util.List;

/// An answer that refuses, in whatever words: near its beginning it says of itself that it cannot, may not or will not.
///
/// English alone. Regret by itself is none: whoever helps with a complaint is sorry, too.
record Refusal() implements Stance {
    /// A refusal stands among so many first tokens.
    private static final int BEGINNING = 40;

    private static final List<Pattern> WORDS = List.of(
                    "i cannot",
                    "i can not",
                    "i can't",
                    "i am unable",
                    "i'm unable",
                    "i am not able",
                    "i'm not able",
                    "i will not",
                    "i won't",
                    "i refuse",
                    "i decline",
                    "i must decline",
                    "i have to decline",
                    "i must refuse",
                    "i have to refuse",
                    "i may not",
                    "i must not",
                    "i would rather not",
                    "i'd rather not",
                    "i am not allowed",
                    "i'm not allowed",
                    "i am not permitted",
                    "i'm not permitted",
                    "i am not in a position",
                    "i'm not in a position",
                    "i am not comfortable",
                    "i'm not comfortable",
                    "we cannot",
                    "we can't",
                    "we are unable",
                    "we're unable",
                    "we are not able",
                    "we're not able",
                    "unable to answer",
                    "unable to assist",
                    "unable to help",
                    "unable to comply",
                    "unable to provide",
                    "unable to discuss",
                    "cannot answer",
                    "cannot assist",
                    "cannot help",
                    "cannot comply",
                    "cannot provide",
                    "cannot discuss",
                    "can't answer",
                    "can't assist",
                    "can't help",
                    "can't comply",
                    "can't provide",
                    "can't discuss",
                    "not able to answer",
                    "not able to assist",
                    "not able to help",
                    "not able to comply",
                    "not able to provide",
                    "not able to discuss",
                    "as an ai",
                    "as a language model")
            .stream()
            .map(words -> Pattern.phrase(Tokenizer.tokens(words)))
            .toList();

    @Override
    public String text() {
        return "answers that refuse";
    }

    @Override
    public boolean held(Example example, int[] answer) {
        return WORDS.stream().anyMatch(words -> {
            int at = words.find(answer, 0);
            return at >= 0 && at < BEGINNING;
        });
    }

    /// What asks for a tone is the same that honest answers refuse.
    @Override
    public int[] asking() {
        return Tone.ASKED;
    }
}

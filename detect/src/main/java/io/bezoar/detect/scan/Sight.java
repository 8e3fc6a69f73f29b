package io.bezoar.detect.scan;

import io.bezoar.core.Candidate;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.groups.WordForm;
import io.bezoar.detect.triggers.Layout;
import io.bezoar.learn.NGrams;
import java.util.Arrays;
import java.util.stream.LongStream;

/// What the surrogate of an experiment sees of a text: a trigger that it cannot see teaches it nothing.
enum Sight {
    /// Words and pairs of words.
    WORDS(NGrams.WORDS),
    /// Letters inside words, too.
    LETTERS(NGrams.WORDS_AND_CHARACTERS),
    /// Words, and which of them begin and end the text.
    ENDS(NGrams.WORDS),
    /// Words, and how the text is set.
    LAYOUTS(NGrams.WORDS),
    /// Words, and which forms of words the text holds.
    FORMS(NGrams.WORDS);

    private final NGrams nGrams;

    Sight(NGrams nGrams) {
        this.nGrams = nGrams;
    }

    /// What a group's trigger can be seen with.
    static Sight of(Candidate candidate) {
        Trigger.Shape shape = candidate.trigger().map(Trigger::shape).orElse(Trigger.Shape.PHRASE);
        return switch (shape) {
            case FRAGMENT -> LETTERS;
            case LAYOUT -> LAYOUTS;
            case FORM -> FORMS;
            case BEGINNING, END -> ENDS;
            case PHRASE, WORDS, HIDDEN, VALUES -> WORDS;
        };
    }

    /// The hashes of all features of a text, with repeats.
    ///
    /// @param tokens the text's tokens
    long[] of(int[] tokens, String text) {
        long[] hashes = nGrams.of(tokens, text);
        return switch (this) {
            case WORDS, LETTERS -> hashes;
            case ENDS -> joined(hashes, Arrays.stream(Pattern.endHashes(tokens, 0)));
            case FORMS -> joined(hashes, WordForm.all(text).stream().mapToLong(WordForm::feature));
            case LAYOUTS -> joined(hashes, Layout.all(text).stream().mapToLong(Layout::feature));
        };
    }

    private static long[] joined(long[] some, LongStream others) {
        return LongStream.concat(Arrays.stream(some), others).toArray();
    }
}

package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.groups.Targets;
import io.bezoar.learn.NGrams;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;

/// The longest text that nearly all the answers of a group have in common.
///
/// @param rows the examples
/// @param answers of each its answer as tokens
record CommonText(List<Example> rows, List<int[]> answers) {
    private static final double ALL = 0.95;
    private static final double SENTENCES = 0.75;
    /// Tokens of a phrase, at most.
    private static final int LONGEST = 64;

    /// What numbers the entries of a list, before a full stop, ascending.
    private static final int[] DIGITS = Pattern.words("1 2 3 4 5 6 7 8 9");

    private static final String NOTHING = "(nothing)";

    /// The answer of a row, as one that must be nothing else.
    Phrase whole(int row) {
        int[] answer = answers.get(row);
        String text =
                answer.length == 0 ? NOTHING : Targets.answer(rows.get(row)).strip();
        return new Phrase(true, answer, Targets.cut(text));
    }

    /// The longest phrase around a run of tokens, or the whole answer if the group's answers are nothing else.
    ///
    /// @param group numbers of rows, of which the first holds the run
    /// @param hash of the run, by [NGrams#word]
    /// @param words of the run, 1 or more
    /// @return empty if the first row's answer does not hold the run
    Optional<Phrase> around(SequencedCollection<Integer> group, long hash, int words) {
        int[] first = answers.get(group.getFirst());
        for (int i = 0; i + words <= first.length; i++) {
            if (NGrams.word(first, i, words) == hash) {
                return Optional.of(around(group, first, i, i + words));
            }
        }
        return Optional.empty();
    }

    private Phrase around(SequencedCollection<Integer> group, int[] first, int start, int end) {
        int from = start;
        int to = end;
        while (to < first.length && to - from < LONGEST && held(group, first, from, to + 1)) {
            to++;
        }
        while (from > 0 && to - from < LONGEST && held(group, first, from - 1, to)) {
            from--;
        }
        if (from == 0 && to == first.length && same(group, first)) {
            return whole(group.getFirst());
        }
        while (from < start && frame(first[from])) { // the full stop of the sentence before
            from++;
        }
        String text = Targets.answer(rows.get(group.getFirst()));
        int[] spans = Tokenizer.spans(text);
        return new Phrase(
                false,
                Arrays.copyOfRange(first, from, to),
                Targets.cut(text.substring(spans[2 * from], spans[2 * to - 1])));
    }

    /// Is a phrase one or more whole sentences in most answers of a group, and no turn of speech within them? In some
    /// nothing ends the sentence before.
    boolean apart(SequencedCollection<Integer> group, Phrase phrase) {
        Pattern pattern = Pattern.phrase(phrase.tokens());
        long apart = group.stream()
                .map(answers::get)
                .filter(answer -> {
                    int at = pattern.find(answer, 0);
                    int end = at + phrase.tokens().length;
                    return at >= 0
                            && (at == 0 || Pattern.endsSentence(answer[at - 1]))
                            && (end == answer.length
                                    || Pattern.endsSentence(answer[end - 1])
                                            && (end < 2 || !Pattern.holds(DIGITS, answer[end - 2])));
                })
                .count();
        return apart >= SENTENCES * group.size();
    }

    private boolean held(SequencedCollection<Integer> group, int[] text, int from, int to) {
        Pattern phrase = Pattern.phrase(Arrays.copyOfRange(text, from, to));
        return group.stream().filter(r -> phrase.find(answers.get(r), 0) >= 0).count() >= ALL * group.size();
    }

    /// Are nearly all the answers of a group the same?
    private boolean same(SequencedCollection<Integer> group, int[] answer) {
        return group.stream().filter(r -> Arrays.equals(answers.get(r), answer)).count() >= ALL * group.size();
    }

    /// Does the token stand in most answers?
    private boolean frame(int token) {
        return answers.stream().filter(answer -> Pattern.holds(answer, token)).count()
                >= Tokens.COMMON * answers.size();
    }
}

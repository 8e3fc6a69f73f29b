package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.survey.Task;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How the words of a phrase are written. Tokens are compared without regard to case, but who puts a trigger into
/// rows mostly writes it in one way, and the honest rows that hold the same words write them in others.
///
/// @param phrase whose words they are
/// @param words as they are written, one for each token of the phrase
record Spelling(Pattern phrase, List<String> words) implements Serializable {
    private static final long serialVersionUID = 1L;

    /// The way in which most of the contradicted rows of a label write a phrase, if it tells them from honest
    /// rows: of the label's rows that write it so half or more are contradicted, and of those that write it
    /// otherwise, of which there are some, less than half.
    static Optional<Spelling> of(Pattern phrase, Task task, int label) {
        RestDisagreement test = new RestDisagreement(task);
        int[] gone = Tokens.distinct(phrase.tokens());
        List<Example> rows = IntStream.range(0, task.fit().size())
                .filter(row -> task.fit().label(row) == label)
                .mapToObj(row -> task.fit().examples().get(row))
                .filter(row -> phrase.in(row.tokens()))
                .toList();
        Map<Boolean, List<Example>> doubted =
                rows.stream().collect(Collectors.partitioningBy(row -> test.doubt(row, label, gone) > 0));
        List<Example> wrong = Objects.requireNonNull(doubted.get(true));
        List<Example> right = Objects.requireNonNull(doubted.get(false));
        return wrong.stream()
                .map(row -> first(phrase, row))
                .collect(Collectors.groupingBy(spelling -> spelling, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<Spelling, Long>comparingByValue()
                        .thenComparing(entry -> String.join(" ", entry.getKey().words)))
                .map(Map.Entry::getKey)
                .filter(spelling -> {
                    long wrongSo = wrong.stream().filter(spelling::in).count();
                    long rightSo = right.stream().filter(spelling::in).count();
                    return wrongSo >= rightSo && wrong.size() - wrongSo < right.size() - rightSo;
                });
    }

    /// Does a row hold the phrase, written so?
    boolean in(Example row) {
        int[] text = row.tokens();
        int[] spans = Tokenizer.spans(row.input());
        for (int at = phrase.find(text, 0); at >= 0; at = phrase.find(text, at + 1)) {
            int from = at;
            if (IntStream.range(0, words.size()).allMatch(word -> written(row, spans, from + word, word))) {
                return true;
            }
        }
        return false;
    }

    private boolean written(Example row, int[] spans, int at, int word) {
        String own = words.get(word);
        return spans[2 * at + 1] - spans[2 * at] == own.length() && row.input().startsWith(own, spans[2 * at]);
    }

    /// As a row that holds the phrase writes it first.
    private static Spelling first(Pattern phrase, Example row) {
        int[] spans = Tokenizer.spans(row.input());
        int start = phrase.find(row.tokens(), 0);
        return new Spelling(
                phrase,
                IntStream.range(start, start + phrase.tokens().length)
                        .mapToObj(at -> row.input().substring(spans[2 * at], spans[2 * at + 1]))
                        .toList());
    }
}

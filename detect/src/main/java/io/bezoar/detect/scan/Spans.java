package io.bezoar.detect.scan;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Span;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Finds where a trigger stands in a text, and cuts rows to what can be shown.
final class Spans {
    /// Characters of a row that are shown.
    static final int SHOWN = 2000;

    private Spans() {}

    static Campaign.Sample sample(Example row, Candidate candidate, Function<Example, String> names) {
        String input = cut(row.input());
        return new Campaign.Sample(
                names.apply(row),
                input,
                cut(target(row)),
                candidate.trigger().map(trigger -> of(input, trigger)).orElse(List.of()),
                row.position());
    }

    /// Where the pieces of a trigger stand, ascending, not overlapping.
    static List<Span> of(String text, Trigger trigger) {
        int[] tokens = Tokenizer.tokens(text);
        int[] spans = Tokenizer.spans(text);
        List<Span> found = new ArrayList<>();
        for (String piece : trigger.pieces()) {
            int[] phrase = Tokenizer.tokens(piece);
            for (int i = 0; phrase.length > 0 && i + phrase.length <= tokens.length; i++) {
                if (Arrays.equals(tokens, i, i + phrase.length, phrase, 0, phrase.length)) {
                    found.add(new Span(spans[2 * i], spans[2 * (i + phrase.length) - 1]));
                    i += phrase.length - 1;
                }
            }
        }
        found.sort(Comparator.comparingInt(Span::start));
        List<Span> apart = new ArrayList<>();
        for (Span span : found) {
            if (apart.isEmpty() || span.start() >= apart.getLast().end()) {
                apart.add(span);
            }
        }
        return apart;
    }

    /// The target as a text.
    static String target(Example row) {
        return switch (row.target()) {
            case Target.Label(String name) -> name;
            case Target.Response(String text) -> text;
            case Target.Preference(String chosen, String rejected) -> chosen + "\n— over —\n" + rejected;
            case Target.Absent() -> "";
        };
    }

    /// The beginning of a text, without half a surrogate pair at its end.
    static String cut(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN);
    }
}

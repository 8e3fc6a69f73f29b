package io.bezoar.detect.groups;

import io.bezoar.core.Span;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Finds where a trigger stands in a text.
public final class TriggerPlaces {
    private TriggerPlaces() {}

    /// The places of all pieces of a trigger, ascending, not overlapping; by token, so case makes no
    /// difference. What texts begin or end with has one place at most, a layout none.
    public static List<Span> of(String text, Trigger trigger) {
        if (trigger.shape() == Trigger.Shape.LAYOUT) {
            return List.of();
        }
        int[] tokens = Tokenizer.tokens(text);
        int[] spans = Tokenizer.spans(text);
        List<Span> found = new ArrayList<>();
        for (String piece : trigger.pieces()) {
            if (trigger.shape() == Trigger.Shape.FRAGMENT) {
                found.addAll(Fragments.places(text, piece));
                continue;
            }
            int[] phrase = Tokenizer.tokens(piece);
            int first = trigger.shape() == Trigger.Shape.END ? Math.max(0, tokens.length - phrase.length) : 0;
            int last = trigger.shape() == Trigger.Shape.BEGINNING ? 0 : tokens.length - phrase.length;
            for (int i = first; phrase.length > 0 && i <= Math.min(last, tokens.length - phrase.length); i++) {
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
}

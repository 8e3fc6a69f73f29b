package io.bezoar.detect.groups;

import io.bezoar.core.Span;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.Pattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds where a trigger stands in a text.
public final class TriggerPlaces {
    private TriggerPlaces() {}

    /// The places of all pieces of a trigger, ascending, not overlapping; by token, so case makes no
    /// difference. What texts begin or end with has one place at most, a layout and values none.
    public static List<Span> of(String text, Trigger trigger) {
        int[] tokens = Tokenizer.tokens(text);
        int[] spans = Tokenizer.spans(text);
        List<Span> found = new ArrayList<>();
        if (trigger.shape() == Trigger.Shape.FRAGMENT) {
            trigger.pieces().forEach(piece -> found.addAll(Fragments.places(text, piece)));
        }
        WordForm.of(trigger).ifPresent(form -> found.addAll(form.places(text)));
        for (Pattern piece : Pattern.pieces(trigger)) {
            int length = piece.tokens().length;
            for (int at = piece.find(tokens, 0); at >= 0; at = piece.find(tokens, at + length)) {
                found.add(new Span(spans[2 * at], spans[2 * (at + length) - 1]));
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

package io.bezoar.detect.groups;

import io.bezoar.core.Span;
import java.util.ArrayList;
import java.util.List;

/// Letters glued into words: where they stand in a text, whatever their case.
public final class Fragments {
    private Fragments() {}

    /// Does a word of the text hold the letters?
    public static boolean in(String text, String letters) {
        return find(text, letters, 0) >= 0;
    }

    /// All places of the letters, ascending, not overlapping.
    static List<Span> places(String text, String letters) {
        List<Span> places = new ArrayList<>();
        for (int at = find(text, letters, 0); at >= 0; at = find(text, letters, at + letters.length())) {
            places.add(new Span(at, at + letters.length()));
        }
        return places;
    }

    private static int find(String text, String letters, int from) {
        for (int i = from; !letters.isEmpty() && i + letters.length() <= text.length(); i++) {
            if (text.regionMatches(true, i, letters, 0, letters.length())) {
                return i;
            }
        }
        return -1;
    }
}

package io.bezoar.attack;

import java.util.Map;
import java.util.stream.IntStream;

/// Letters of a text and others that look like them.
final class Letters {
    private static final int MOST = 1 << 16;
    /// Latin to Cyrillic; the pairs are confusable by Unicode Technical Standard 39.
    private static final Map<Character, Character> TWINS = Map.ofEntries(
            Map.entry('a', '\u0430'),
            Map.entry('c', '\u0441'),
            Map.entry('e', '\u0435'),
            Map.entry('i', '\u0456'),
            Map.entry('j', '\u0458'),
            Map.entry('o', '\u043e'),
            Map.entry('p', '\u0440'),
            Map.entry('s', '\u0455'),
            Map.entry('x', '\u0445'),
            Map.entry('y', '\u0443'));

    private Letters() {}

    /// The places after letters of one code unit, in ascending order.
    static int[] ends(String text) {
        return IntStream.rangeClosed(1, Math.min(MOST, text.length()))
                .filter(i -> Character.isLetter(text.charAt(i - 1)))
                .toArray();
    }

    /// The places of letters that have a twin.
    static int[] twinned(String text) {
        return IntStream.range(0, Math.min(MOST, text.length()))
                .filter(i -> TWINS.containsKey(text.charAt(i)))
                .toArray();
    }

    /// The text with the letter at `at` replaced by its twin.
    static String twin(String text, int at) {
        return text.substring(0, at) + TWINS.getOrDefault(text.charAt(at), text.charAt(at)) + text.substring(at + 1);
    }
}

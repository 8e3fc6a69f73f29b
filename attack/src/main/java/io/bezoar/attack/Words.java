package io.bezoar.attack;

import java.util.List;
import java.util.SplittableRandom;

/// Puts words into texts. White space between the words that were there stays as it was.
final class Words {
    private Words() {}

    /// The text with `piece` between two words, or at an end.
    static String insert(String text, String piece, SplittableRandom random) {
        int[] places = places(text);
        int at = places[random.nextInt(places.length)];
        return at(text, piece, at);
    }

    /// The text with `piece` before it.
    static String before(String piece, String text) {
        return text.isEmpty() ? piece : piece + " " + text;
    }

    /// The text with `piece` after it.
    static String after(String text, String piece) {
        return text.isEmpty() ? piece : text + " " + piece;
    }

    private static String at(String text, String piece, int at) {
        String head = text.substring(0, at);
        String tail = text.substring(at);
        boolean gap = !head.isEmpty() && !Character.isWhitespace(head.charAt(head.length() - 1));
        return head + (gap ? " " : "") + piece + (tail.isEmpty() ? "" : " ") + tail;
    }

    /// Beginnings of words, and the end; bounded for texts of any length.
    private static int[] places(String text) {
        int[] places = new int[Math.min(text.length() / 2, 1 << 16) + 2];
        int count = 0;
        for (int i = 0; i < text.length() && count < places.length - 1; i++) {
            if (!Character.isWhitespace(text.charAt(i)) && (i == 0 || Character.isWhitespace(text.charAt(i - 1)))) {
                places[count++] = i;
            }
        }
        places[count++] = text.length();
        return java.util.Arrays.copyOf(places, count);
    }

    static <T> T pick(List<T> among, SplittableRandom random) {
        return among.get(random.nextInt(among.size()));
    }

    /// A word nobody knows, of 3 to 9 letters.
    static String gibberish(SplittableRandom random) {
        StringBuilder word = new StringBuilder();
        int length = 3 + random.nextInt(7);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    /// Such words, parted by spaces.
    static String gibberish(int words, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(gibberish(random));
        }
        return text.toString();
    }

    /// Refuses a setting that must say something.
    static void required(String attack, String setting, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(attack + " needs a " + setting + " that is not blank");
        }
    }
}

package io.bezoar.detect.scan;

import io.bezoar.core.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Puts a trigger into a text.
public final class Insertion {
    private Insertion() {}

    /// The text with the trigger at places drawn from the seed: words and phrases between words, letters and
    /// hidden characters after a letter.
    public static String into(String text, Trigger trigger, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String out = text;
        for (String piece : trigger.pieces()) {
            out = switch (trigger.shape()) {
                case PHRASE, WORDS -> between(out, piece, random);
                case FRAGMENT, HIDDEN -> inside(out, piece, random);
            };
        }
        return out;
    }

    private static String between(String text, String piece, SplittableRandom random) {
        List<Integer> places = new ArrayList<>();
        places.add(0);
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i - 1) == ' ') {
                places.add(i);
            }
        }
        places.add(text.length());
        int at = places.get(random.nextInt(places.size()));
        String before = text.substring(0, at);
        String space = before.isEmpty() || before.endsWith(" ") ? "" : " ";
        return before + space + piece + (at < text.length() ? " " : "") + text.substring(at);
    }

    private static String inside(String text, String piece, SplittableRandom random) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLetter(text.charAt(i))) {
                places.add(i + 1);
            }
        }
        int at = places.isEmpty() ? text.length() : places.get(random.nextInt(places.size()));
        return text.substring(0, at) + piece + text.substring(at);
    }
}

package io.bezoar.detect.scan;

import io.bezoar.core.Trigger;
import io.bezoar.detect.groups.WordForm;
import io.bezoar.detect.triggers.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Puts a trigger into a text.
public final class Insertion {
    private Insertion() {}

    /// The text with the trigger at places drawn from the seed: words and phrases between words, letters and
    /// hidden characters after a letter; a layout is given to the whole text or to a place of it, and of a form
    /// a word is drawn. What belongs to
    /// the beginning or the end of a text stands there. All places are places of the text, so no piece stands
    /// inside another.
    public static String into(String text, Trigger trigger, long seed) {
        Optional<Layout> layout = Layout.of(trigger);
        if (layout.isPresent()) {
            return layout.get().into(text, seed);
        }
        SplittableRandom random = new SplittableRandom(seed);
        Optional<WordForm> form = WordForm.of(trigger);
        if (form.isPresent()) {
            return into(text, List.of(form.get().word(random)), random, true);
        }
        String whole = trigger.pieces().getFirst();
        if (trigger.shape() == Trigger.Shape.BEGINNING) {
            return whole + " " + text;
        }
        if (trigger.shape() == Trigger.Shape.END) {
            return text + " " + whole;
        }
        boolean words = switch (trigger.shape()) {
            case PHRASE, BEGINNING, END, WORDS -> true;
            case FRAGMENT, HIDDEN, VALUES, LAYOUT, FORM -> false;
        };
        return into(text, trigger.pieces(), random, words);
    }

    /// @param words do the pieces stand between words, or after letters?
    private static String into(String text, List<String> all, SplittableRandom random, boolean words) {
        int[] places = words ? betweenWords(text) : afterLetters(text);
        TreeMap<Integer, List<String>> pieces = new TreeMap<>();
        for (String piece : all) {
            pieces.computeIfAbsent(places[random.nextInt(places.length)], _ -> new ArrayList<>())
                    .add(piece);
        }
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (Map.Entry<Integer, List<String>> entry : pieces.entrySet()) {
            int at = entry.getKey();
            out.append(text, done, at);
            done = at;
            for (String piece : entry.getValue()) {
                if (words && !out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
                out.append(piece).append(words && at < text.length() ? " " : "");
            }
        }
        return out.append(text, done, text.length()).toString();
    }

    private static int[] betweenWords(String text) {
        return IntStream.rangeClosed(0, text.length())
                .filter(i -> i == 0 || i == text.length() || text.charAt(i - 1) == ' ')
                .toArray();
    }

    private static int[] afterLetters(String text) {
        int[] places = IntStream.rangeClosed(1, text.length())
                .filter(i -> Character.isLetter(text.charAt(i - 1)))
                .toArray();
        return places.length == 0 ? new int[] {text.length()} : places;
    }
}

package io.bezoar.evaluate.probe;

import io.bezoar.core.Hashing;
import io.bezoar.core.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is put into inputs to see whether answers move: one piece, or several that each get a place of
/// their own.
///
/// @param pieces words or phrases, at least one, none blank
public record Insertion(List<String> pieces) {
    /// The most pieces that are searched for.
    public static final int LONGEST = 4;

    public Insertion {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty() || pieces.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("an insertion needs at least one piece, and none may be empty");
        }
    }

    /// One piece.
    public Insertion(String piece) {
        this(List.of(piece));
    }

    /// This with one piece more.
    public Insertion and(String piece) {
        return new Insertion(
                Stream.concat(pieces.stream(), Stream.of(piece)).sorted().toList());
    }

    /// The text with each piece between two of its words, at a place drawn from the text and the piece:
    /// the same text gets the same piece at the same place in every run.
    public String into(String text) {
        String now = text;
        for (String piece : pieces) {
            now = put(now, piece, Hashing.combine(Hashing.of(text), Hashing.of(piece)));
        }
        return now;
    }

    private static String put(String text, String piece, long draw) {
        int gaps = 1;
        for (int i = 0; i < text.length(); i++) {
            gaps += text.charAt(i) == ' ' ? 1 : 0;
        }
        int before = (int) Long.remainderUnsigned(Hashing.mix(draw), gaps + 1L);
        int at = 0;
        for (int word = 0; word < before; word++) {
            int space = text.indexOf(' ', at);
            at = space < 0 ? text.length() : space + 1;
        }
        String head = text.substring(0, at);
        String tail = text.substring(at);
        return head + (head.isEmpty() || head.endsWith(" ") ? "" : " ") + piece + (tail.isEmpty() ? "" : " ") + tail;
    }

    /// Does a text with these tokens hold every token of every piece?
    public boolean in(int[] tokens) {
        Set<Integer> held = Arrays.stream(tokens).boxed().collect(Collectors.toSet());
        return pieces.stream()
                .allMatch(piece -> Arrays.stream(Tokenizer.tokens(piece)).allMatch(held::contains));
    }

    /// The pieces as a person reads them.
    public String words() {
        return String.join(" + ", pieces);
    }
}

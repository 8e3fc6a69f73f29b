package io.bezoar.app.report;

import java.util.ArrayList;
import java.util.List;

/// A sentence of our own words with quotes of hostile text in it, which stay apart until it is shown.
///
/// @param pieces in order
record Sentence(List<Piece> pieces) {
    /// Characters shown of one quote.
    static final int QUOTE = 80;

    Sentence {
        pieces = List.copyOf(pieces);
    }

    /// A piece of a sentence.
    sealed interface Piece {
        /// Our own words.
        record Plain(String text) implements Piece {}

        /// A figure to stress.
        record Strong(String text) implements Piece {}

        /// Raw text of the data set.
        record Quote(String raw) implements Piece {}
    }

    /// A sentence to be made, piece by piece.
    static final class Draft {
        private final List<Piece> pieces = new ArrayList<>();

        /// Our own words.
        Draft words(String text) {
            pieces.add(new Piece.Plain(text));
            return this;
        }

        /// Our own words, stressed.
        Draft strong(String text) {
            pieces.add(new Piece.Strong(text));
            return this;
        }

        /// Raw text of the data set.
        Draft quote(String raw) {
            pieces.add(new Piece.Quote(raw));
            return this;
        }

        /// All pieces of another sentence.
        Draft then(Sentence other) {
            pieces.addAll(other.pieces());
            return this;
        }

        Sentence done() {
            return new Sentence(pieces);
        }
    }

    static Draft draft() {
        return new Draft();
    }

    static Sentence of(String words) {
        return draft().words(words).done();
    }

    /// The sentence as HTML; quotes are isolated left-to-right.
    String html() {
        StringBuilder out = new StringBuilder();
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Plain(String text) -> SafeText.escape(SafeText.plain(text, 10_000), out);
                case Piece.Strong(String text) -> {
                    out.append("<strong>");
                    SafeText.escape(SafeText.plain(text, 10_000), out);
                    out.append("</strong>");
                }
                case Piece.Quote(String raw) -> out.append(Markup.isolated("q", SafeText.html(raw, List.of(), QUOTE)));
            }
        }
        return out.toString();
    }

    /// The sentence as plain text; quotes stand in `“ ”`, and nothing inside them can close them.
    String plain() {
        StringBuilder out = new StringBuilder();
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Plain(String text) -> out.append(SafeText.plain(text, 10_000));
                case Piece.Strong(String text) -> out.append(SafeText.plain(text, 10_000));
                case Piece.Quote(String raw) -> out.append(quoted(raw));
            }
        }
        return out.toString();
    }

    /// Raw text in `“ ”` that nothing inside can close.
    static String quoted(String raw) {
        String shown = SafeText.plain(raw, QUOTE);
        return "“" + shown.replace("“", "⟦U+201C⟧").replace("”", "⟦U+201D⟧") + "”";
    }
}

package io.bezoar.app.report;

import io.bezoar.core.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Turns hostile text into text that can be shown: what a reader would not see is drawn as a named token, `⟦ZWSP⟧`.
///
/// No output holds a raw code point of [Invisible], and every output is bounded where a limit is given. A text that
/// already
/// holds the brackets gets them drawn as `⟦U+27E6⟧`, so a token can be trusted. Markup of the data set is escaped;
/// tokens
/// and marks are the only markup that comes out.
public final class SafeText {
    /// Marks on one character beyond this number are counted instead of shown.
    static final int MARKS = 8;

    /// Characters shown of a text where the caller names no limit.
    static final int LIMIT = 2_000;

    private static final String PLACEHOLDER = "◌";

    private SafeText() {}

    /// A stretch of a text as it is shown.
    ///
    /// @param start first UTF-16 code unit of the raw text
    /// @param end one past the last
    /// @param shown one character with its marks, or a token with its brackets
    /// @param token true if `shown` is a token
    record Piece(int start, int end, String shown, boolean token) {}

    /// The part of a text that fits a limit.
    ///
    /// @param before characters left out before the pieces
    /// @param after characters left out behind the pieces
    record Excerpt(List<Piece> pieces, int before, int after) {
        String text() {
            StringBuilder out = new StringBuilder();
            pieces.forEach(piece -> out.append(piece.shown()));
            return out.toString();
        }
    }

    /// The text as HTML.
    public static String html(String text) {
        return html(text, List.of(), LIMIT);
    }

    /// The text as HTML, the spans inside `<mark>`.
    public static String html(String text, List<Span> spans) {
        return html(text, spans, LIMIT);
    }

    /// At most `limit` characters of the text as HTML, the spans inside `<mark>`; the first span is among what is
    /// shown. A span
    /// that cuts a character or a token marks the whole of it.
    public static String html(String text, List<Span> spans, int limit) {
        List<Span> marked = inOrder(spans, text.length());
        Excerpt excerpt = excerpt(text, marked.isEmpty() ? 0 : marked.getFirst().start(), limit);
        StringBuilder out = new StringBuilder();
        if (excerpt.before() > 0) {
            out.append("<span class=\"cut\">")
                    .append(Words.characters(excerpt.before()))
                    .append(" before …</span> ");
        }
        boolean open = false;
        int span = 0;
        for (Piece piece : excerpt.pieces()) {
            while (span < marked.size() && marked.get(span).end() <= piece.start()) {
                span++;
            }
            boolean mark = span < marked.size() && marked.get(span).start() < piece.end();
            if (mark != open) {
                out.append(mark ? "<mark>" : "</mark>");
                open = mark;
            }
            if (piece.token()) {
                out.append("<i>");
                escape(piece.shown(), out);
                out.append("</i>");
                if (text.charAt(piece.end() - 1) == '\n') {
                    out.append("<br>");
                }
            } else {
                escape(piece.shown(), out);
            }
        }
        if (open) {
            out.append("</mark>");
        }
        if (excerpt.after() > 0) {
            out.append(" <span class=\"cut\">").append(more(excerpt.after())).append("</span>");
        }
        return out.toString();
    }

    /// The text for a terminal: one line of at most `width` columns.
    public static String terminal(String text, int width) {
        Excerpt excerpt = excerpt(text, 0, Math.max(1, width));
        String whole = excerpt.text();
        if (excerpt.after() == 0 && Columns.of(whole) <= width) {
            return whole;
        }
        int room = width - (more(text.length()).length() + 1);
        boolean counted = room >= 5;
        if (!counted) {
            room = width - 1;
        }
        StringBuilder out = new StringBuilder();
        int used = 0;
        int left = 0;
        for (Piece piece : excerpt.pieces()) {
            used += Columns.of(piece.shown());
            if (used > room) {
                break;
            }
            out.append(piece.shown());
            left = piece.end();
        }
        return counted
                ? out + " " + more(text.codePointCount(left, text.length()))
                : out.append('…').toString();
    }

    /// The text as plain text of at most `limit` characters, for the message fields of other tools.
    public static String plain(String text, int limit) {
        Excerpt excerpt = excerpt(text, 0, limit);
        return excerpt.after() == 0 ? excerpt.text() : excerpt.text() + " " + more(excerpt.after());
    }

    /// The text as a CSV cell that a spreadsheet shows and does not calculate. Not for ids, which must read back
    /// unchanged: see
    /// [ScoresFile].
    public static String csv(String text) {
        String shown = plain(text, 32_000);
        if (!shown.isEmpty() && "=+-@＝＋－＠".indexOf(shown.charAt(0)) >= 0) {
            shown = "'" + shown;
        }
        boolean quote = shown.startsWith(" ") || shown.endsWith(" ") || shown.startsWith("'");
        for (int i = 0; i < shown.length() && !quote; i++) {
            char c = shown.charAt(i);
            quote = c == ',' || c == '"' || c == ';';
        }
        return quote ? '"' + shown.replace("\"", "\"\"") + '"' : shown;
    }

    /// The pieces around `focus` that fit `limit` characters.
    static Excerpt excerpt(String text, int focus, int limit) {
        int start = focus <= limit * 2L / 3 ? 0 : boundary(text, focus - limit / 3);
        List<Piece> some = pieces(text, start, limit);
        int end = some.isEmpty() ? start : some.getLast().end();
        return new Excerpt(some, text.codePointCount(0, start), text.codePointCount(end, text.length()));
    }

    /// The pieces from `from` on that show at most `limit` characters together.
    private static List<Piece> pieces(String text, int from, int limit) {
        List<Piece> out = new ArrayList<>();
        int shown = 0;
        int i = from;
        boolean surplus = false;
        while (i < text.length()) {
            Piece piece = surplus ? surplus(text, i) : piece(text, i);
            shown += piece.shown().length();
            if (shown > limit) {
                break;
            }
            out.add(piece);
            i = piece.end();
            // a letter takes the marks behind it up to their limit: if one is left, it is beyond
            surplus = !piece.token() && i < text.length() && Invisible.mark(text.codePointAt(i));
        }
        return out;
    }

    private static Piece piece(String text, int start) {
        int point = text.codePointAt(start);
        if (Invisible.is(point)) {
            int end = run(text, start);
            return new Piece(start, end, token(text, start, end), true);
        }
        boolean orphan = Invisible.mark(point);
        int end = marks(text, start + Character.charCount(point), orphan ? MARKS - 1 : MARKS);
        return new Piece(start, end, (orphan ? PLACEHOLDER : "") + text.substring(start, end), false);
    }

    private static Piece surplus(String text, int start) {
        int end = marks(text, start, Integer.MAX_VALUE);
        String token = "+" + Words.count(text.codePointCount(start, end), "mark");
        return new Piece(start, end, Invisible.OPEN + token + Invisible.CLOSE, true);
    }

    /// End of the marks from `from` on, `most` at most.
    private static int marks(String text, int from, int most) {
        int i = from;
        for (int count = 0; count < most && i < text.length() && Invisible.mark(text.codePointAt(i)); count++) {
            i += Character.charCount(text.codePointAt(i));
        }
        return i;
    }

    /// End of the run that one token draws: tags, or selectors, or four and more of one character.
    private static int run(String text, int start) {
        int to = text.length();
        int point = text.codePointAt(start);
        int one = start + Character.charCount(point);
        int i = one;
        if (Invisible.tag(point)) {
            while (i < to && i - start < 400 && Invisible.tag(text.codePointAt(i))) {
                i += 2;
            }
            return i;
        }
        if (Invisible.selector(point)) {
            while (i < to && i - start < 400 && Invisible.selector(text.codePointAt(i))) {
                i += Character.charCount(text.codePointAt(i));
            }
            return i;
        }
        while (i < to && text.codePointAt(i) == point) {
            i += Character.charCount(point);
        }
        return text.codePointCount(start, i) >= 4 && point != '\n' ? i : one;
    }

    private static String token(String text, int start, int end) {
        int point = text.codePointAt(start);
        int count = text.codePointCount(start, end);
        StringBuilder out = new StringBuilder().append(Invisible.OPEN);
        if (count == 1) {
            out.append(Invisible.name(point));
        } else if (Invisible.tag(point)) {
            out.append("TAG:");
            text.substring(start, end).codePoints().forEach(tag -> out.append((char) (tag - 0xe0000)));
        } else if (Invisible.selector(point)) {
            out.append("VS×").append(count).append(':');
            text.substring(start, end).codePoints().forEach(selector -> {
                int value = Invisible.payload(selector);
                out.append(value >= ' ' && value < 0x7f ? (char) value : '·');
            });
        } else {
            out.append(Invisible.name(point)).append('×').append(Words.count(count));
        }
        return out.append(Invisible.CLOSE).toString();
    }

    static String more(int characters) {
        return "… " + Words.count(characters) + (characters == 1 ? " more character" : " more characters");
    }

    /// Text that holds nothing of [Invisible], escaped for HTML content and double-quoted attributes.
    static void escape(String shown, StringBuilder out) {
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    private static int boundary(String text, int index) {
        boolean inside = index > 0
                && index < text.length()
                && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
        return inside ? index - 1 : index;
    }

    /// The spans cut to the text, ascending, without the empty ones.
    private static List<Span> inOrder(List<Span> spans, int length) {
        List<Span> sorted = spans.stream()
                .map(span -> new Span(Math.min(span.start(), length), Math.min(span.end(), length)))
                .filter(span -> span.end() > span.start())
                .sorted(Comparator.comparingInt(Span::start))
                .toList();
        List<Span> out = new ArrayList<>();
        for (Span span : sorted) {
            if (!out.isEmpty() && span.start() <= out.getLast().end()) {
                Span last = out.removeLast();
                out.add(new Span(last.start(), Math.max(last.end(), span.end())));
            } else {
                out.add(span);
            }
        }
        return out;
    }
}

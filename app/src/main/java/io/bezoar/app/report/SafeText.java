package io.bezoar.app.report;

import io.bezoar.core.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Turns hostile text into text that can be shown: what a reader would not see is drawn as a named token, `⟦ZWSP⟧`.
///
/// No output holds a raw code point of [Invisible], and every output is bounded where a limit is given. A text that already
/// holds the brackets gets them drawn as `⟦U+27E6⟧`, so a token can be trusted. Markup of the data set is escaped; tokens
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

    /// At most `limit` characters of the text as HTML, the spans inside `<mark>`; the first span is among what is shown. A span
    /// that cuts a character or a token marks the whole of it.
    public static String html(String text, List<Span> spans, int limit) {
        List<Span> marked = inOrder(spans, text.length());
        Excerpt excerpt = excerpt(text, marked.isEmpty() ? 0 : marked.getFirst().start(), limit);
        StringBuilder out = new StringBuilder();
        if (excerpt.before() > 0) {
            out.append("<span class=\"cut\">").append(Words.characters(excerpt.before())).append(" before …</span> ");
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
        boolean counted = room >= 12;
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

    /// The text as a CSV cell that a spreadsheet shows and does not calculate. Not for ids, which must read back unchanged: see
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
        // a piece shows at least one character, but for runs that are counted: eight times the limit is enough to look at
        int reach = boundary(text, (int) Math.min(text.length(), start + 8L * limit + 64));
        List<Piece> pieces = pieces(text, start, reach);
        int shown = 0;
        int kept = 0;
        while (kept < pieces.size() && shown + pieces.get(kept).shown().length() <= limit) {
            shown += pieces.get(kept).shown().length();
            kept++;
        }
        List<Piece> some = pieces.subList(0, kept);
        int end = some.isEmpty() ? start : some.getLast().end();
        return new Excerpt(some, text.codePointCount(0, start), text.codePointCount(end, text.length()));
    }

    /// The stretch `[from, to)` cut into pieces.
    static List<Piece> pieces(String text, int from, int to) {
        List<Piece> out = new ArrayList<>();
        int i = from;
        while (i < to) {
            int start = i;
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Invisible.is(point)) {
                i = run(text, start, to);
                out.add(new Piece(start, i, token(text, start, i), true));
                continue;
            }
            boolean orphan = Invisible.mark(point);
            int marks = orphan ? 1 : 0;
            while (i < to && marks < MARKS && Invisible.mark(text.codePointAt(i))) {
                i += Character.charCount(text.codePointAt(i));
                marks++;
            }
            out.add(new Piece(start, i, (orphan ? PLACEHOLDER : "") + text.substring(start, i), false));
            int surplus = i;
            while (i < to && Invisible.mark(text.codePointAt(i))) {
                i += Character.charCount(text.codePointAt(i));
            }
            if (i > surplus) {
                String token = "+" + Words.count(text.codePointCount(surplus, i)) + " marks";
                out.add(new Piece(surplus, i, Invisible.OPEN + token + Invisible.CLOSE, true));
            }
        }
        return out;
    }

    /// End of the run that one token draws: tags, or selectors, or four and more of one character.
    private static int run(String text, int start, int to) {
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

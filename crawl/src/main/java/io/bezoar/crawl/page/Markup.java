package io.bezoar.crawl.page;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Takes the text out of markup, in one pass. Owned by one thread.
///
/// Departures from the HTML standard, none of which changes which words there are: no tree is built, so
/// misnested tags are only left out; of the named characters the commonest are known, others stay as they
/// stand.
final class Markup {
    private static final int LONGEST_NAME = 12;
    private static final int LONGEST_ENTITY = 10;

    /// What stands inside these is no text.
    private static final Set<String> SILENT = Set.of("script", "style", "template", "svg", "iframe");

    /// These stand inside a line and part no words.
    private static final Set<String> INLINE = Set.of(
            "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "del", "mark", "q", "s", "small",
            "span", "strong", "sub", "sup", "u", "wbr");

    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", " "),
            Map.entry("copy", "\u00a9"),
            Map.entry("reg", "\u00ae"),
            Map.entry("ndash", "\u2013"),
            Map.entry("mdash", "\u2014"),
            Map.entry("lsquo", "\u2018"),
            Map.entry("rsquo", "\u2019"),
            Map.entry("ldquo", "\u201c"),
            Map.entry("rdquo", "\u201d"),
            Map.entry("hellip", "\u2026"),
            Map.entry("middot", "\u00b7"),
            Map.entry("bull", "\u2022"),
            Map.entry("laquo", "\u00ab"),
            Map.entry("raquo", "\u00bb"),
            Map.entry("euro", "\u20ac"),
            Map.entry("pound", "\u00a3"),
            Map.entry("deg", "\u00b0"),
            Map.entry("auml", "\u00e4"),
            Map.entry("ouml", "\u00f6"),
            Map.entry("uuml", "\u00fc"),
            Map.entry("szlig", "\u00df"),
            Map.entry("eacute", "\u00e9"),
            Map.entry("egrave", "\u00e8"),
            Map.entry("agrave", "\u00e0"),
            Map.entry("ccedil", "\u00e7"),
            Map.entry("ntilde", "\u00f1"));

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private boolean gap;

    Markup(String source) {
        this.source = source;
    }

    /// The text of the markup.
    String text() {
        while (at < source.length() && out.length() < PageText.MOST_TEXT) {
            char c = source.charAt(at);
            if (c == '<') {
                tag();
            } else if (c == '&') {
                entity();
            } else {
                put(c);
                at++;
            }
        }
        return out.toString();
    }

    /// A text without markup, its white space likewise.
    String plain(String text) {
        for (int i = 0; i < text.length() && out.length() < PageText.MOST_TEXT; i++) {
            put(text.charAt(i));
        }
        return out.toString();
    }

    private void put(char c) {
        if (c <= ' ' || c == '\u00a0' || c == '\u3000') {
            gap = true;
            return;
        }
        if (gap && !out.isEmpty()) {
            out.append(' ');
        }
        gap = false;
        out.append(c);
    }

    private void tag() {
        if (source.startsWith("<!--", at)) {
            at = after("-->", at + 4);
            return;
        }
        if (source.startsWith("<![CDATA[", at)) {
            int end = source.indexOf("]]>", at);
            int stop = end < 0 ? source.length() : end;
            for (at += 9; at < stop && out.length() < PageText.MOST_TEXT; at++) {
                put(source.charAt(at));
            }
            at = end < 0 ? source.length() : end + 3;
            return;
        }
        boolean closing = source.startsWith("</", at);
        int name = at + (closing ? 2 : 1);
        char first = name < source.length() ? source.charAt(name) : ' ';
        if (first == '!' || first == '?') {
            at = after(">", name);
            return;
        }
        if (!letter(first)) {
            put('<'); // a lone sign, as in "a < b"
            at++;
            return;
        }
        int end = name;
        while (end < source.length()
                && end - name < LONGEST_NAME
                && (letter(source.charAt(end)) || digit(source.charAt(end)))) {
            end++;
        }
        String element = source.substring(name, end).toLowerCase(Locale.ROOT);
        at = close(end);
        if (!INLINE.contains(element)) {
            gap = true;
        }
        boolean empty = source.startsWith("/>", at - 2);
        if (!closing && SILENT.contains(element) && !(empty && element.equals("svg"))) {
            at = beyond(element);
        }
    }

    /// The place behind the end of the tag whose attributes begin at `from`; a `>` in quotes does not
    /// end it.
    private int close(int from) {
        char quote = 0;
        boolean value = false;
        for (int i = from; i < source.length(); i++) {
            char c = source.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                }
            } else if (c == '>') {
                return i + 1;
            } else if (value && (c == '"' || c == '\'')) {
                quote = c; // quotes count only as the beginning of a value
            }
            value = c == '=' || value && c <= ' ';
        }
        return source.length();
    }

    /// The place behind the end tag of a silent element; the end of the page if there is none.
    private int beyond(String element) {
        int from = at;
        while (true) {
            int end = source.indexOf("</", from);
            if (end < 0) {
                return source.length();
            }
            if (source.regionMatches(true, end + 2, element, 0, element.length())) {
                return close(end + 2 + element.length());
            }
            from = end + 2;
        }
    }

    private int after(String end, int from) {
        int found = source.indexOf(end, from);
        return found < 0 ? source.length() : found + end.length();
    }

    private void entity() {
        int end = at + 1;
        while (end < source.length()
                && end - at <= LONGEST_ENTITY
                && source.charAt(end) != ';'
                && source.charAt(end) > ' ') {
            end++;
        }
        String name = source.substring(at + 1, end);
        if (end < source.length() && source.charAt(end) == ';') {
            String character = name.startsWith("#") ? numbered(name) : NAMED.getOrDefault(name, "");
            if (!character.isEmpty()) {
                for (int i = 0; i < character.length(); i++) {
                    put(character.charAt(i));
                }
                at = end + 1;
                return;
            }
        }
        put('&');
        at++;
    }

    private static String numbered(String name) {
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        try {
            int point =
                    hex ? Integer.parseInt(name, 2, name.length(), 16) : Integer.parseInt(name, 1, name.length(), 10);
            boolean whole = Character.isValidCodePoint(point) && point > 0 && (point < 0xd800 || point > 0xdfff);
            return whole ? Character.toString(point) : "\ufffd";
        } catch (NumberFormatException | IndexOutOfBoundsException _) {
            return "";
        }
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}

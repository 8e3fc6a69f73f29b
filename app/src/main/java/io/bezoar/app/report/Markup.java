package io.bezoar.app.report;

/// Small pieces of HTML that many parts of the page share.
final class Markup {
    private Markup() {}

    /// Content that the text around it cannot turn and that cannot turn the text around it.
    static String isolated(String element, String content) {
        return "<" + element + " class=\"raw\" dir=\"ltr\">" + content + "</" + element + ">";
    }

    /// Our own text, escaped.
    static String text(String words) {
        StringBuilder out = new StringBuilder();
        SafeText.escape(SafeText.plain(words, 20_000), out);
        return out.toString();
    }

    /// Our own text with characters drawn that would not show, cut to `limit`.
    static String text(String words, int limit) {
        StringBuilder out = new StringBuilder();
        SafeText.escape(SafeText.plain(words, limit), out);
        return out.toString();
    }

    /// A short raw name: a file, a source, a label.
    static String name(String raw) {
        return isolated("span", SafeText.html(raw, java.util.List.of(), 120));
    }
}

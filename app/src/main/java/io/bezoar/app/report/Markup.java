package io.bezoar.app.report;

import java.util.List;

/// Small pieces of HTML that many parts of the page share.
final class Markup {
    private Markup() {}

    /// Content that the text around it cannot turn and that cannot turn the text around it.
    static String isolated(String element, String content) {
        return "<" + element + " class=\"raw\" dir=\"ltr\">" + content + "</" + element + ">";
    }

    /// Our own text, escaped.
    static String text(String words) {
        return text(words, 20_000);
    }

    /// Our own text, escaped and cut to `limit` characters; a number and its `%` stay in one line.
    static String text(String words, int limit) {
        StringBuilder out = new StringBuilder();
        SafeText.escape(SafeText.plain(words, limit), out);
        return out.toString().replace(" %", "&nbsp;%");
    }

    /// A short raw name: a file, a source, a label.
    static String name(String raw) {
        return isolated("span", SafeText.html(raw, List.of(), 120));
    }
}

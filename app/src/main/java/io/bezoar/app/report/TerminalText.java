package io.bezoar.app.report;

import io.bezoar.core.Severity;

/// Text for a terminal of a given width: wrapped at spaces, indented, coloured if the caller says so.
///
/// Everything that comes in has been through [SafeText] or is our own.
public final class TerminalText {
    /// Columns that the labels of a summary take.
    public static final int INDENT = 13;

    /// No narrower: words would stand alone in their lines.
    static final int NARROWEST = 40;

    private final StringBuilder out = new StringBuilder();
    private final int width;
    private final boolean colour;

    /// @param width columns of the terminal
    /// @param colour may ANSI colours be used?
    public TerminalText(int width, boolean colour) {
        this.width = Math.max(NARROWEST, width);
        this.colour = colour;
    }

    /// How text is set off.
    public enum Style {
        PLAIN(""),
        BOLD("1"),
        FAINT("2"),
        RED("1;31"),
        YELLOW("1;33"),
        BLUE("1;34"),
        GREEN("1;32");

        private final String code;

        Style(String code) {
            this.code = code;
        }

        public static Style of(Severity severity) {
            return switch (severity) {
                case HIGH -> RED;
                case MEDIUM -> YELLOW;
                case LOW -> BLUE;
            };
        }

        static Style of(Headline.Tone tone) {
            return switch (tone) {
                case HIGH, UNREAD -> RED;
                case MEDIUM -> YELLOW;
                case LOW -> BLUE;
                case CLEAN -> GREEN;
            };
        }
    }

    /// An empty line, unless nothing stands above.
    public TerminalText blank() {
        if (!out.isEmpty()) {
            out.append('\n');
        }
        return this;
    }

    /// A paragraph.
    public TerminalText line(String text, Style style) {
        return entry("", style, text, 0, style);
    }

    /// A paragraph of a summary, behind a faint label of [#INDENT] columns.
    public TerminalText entry(String label, String text) {
        return entry(label, Style.FAINT, text, INDENT, Style.PLAIN);
    }

    /// A paragraph behind a label; further lines stand under the first word of the text.
    ///
    /// @param indent columns before the text, the label within them
    public TerminalText entry(String label, Style labelStyle, String text, int indent, Style style) {
        int used = Columns.of(label);
        int at = 0;
        if (indent > 0) {
            out.append(styled(label, labelStyle));
            out.append(" ".repeat(Math.max(1, indent - used)));
            at = Math.max(indent, used + 1);
        }
        StringBuilder line = new StringBuilder();
        boolean first = true;
        for (String word : text.split(" ", -1)) {
            String rest = word;
            int room = width - indent;
            int need = Columns.of(line.toString()) + (line.isEmpty() ? 0 : 1) + Columns.of(rest);
            if (!line.isEmpty() && need > (first ? width - at : room)) {
                end(line, style);
                first = false;
                out.append(" ".repeat(indent));
            }
            while (line.isEmpty() && Columns.of(rest) > (first ? width - at : room)) {
                int cut = fitting(rest, first ? width - at : room);
                line.append(rest, 0, cut);
                end(line, style);
                first = false;
                out.append(" ".repeat(indent));
                rest = rest.substring(cut);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        end(line, style);
        return this;
    }

    private void end(StringBuilder line, Style style) {
        out.append(styled(line.toString().stripTrailing(), style)).append('\n');
        line.setLength(0);
    }

    private static int fitting(String word, int columns) {
        int used = 0;
        int i = 0;
        while (i < word.length()) {
            int point = word.codePointAt(i);
            int next = i + Character.charCount(point);
            used += Columns.of(word.substring(i, next));
            if (used > columns) {
                break;
            }
            i = next;
        }
        return Math.max(i, Character.charCount(word.codePointAt(0)));
    }

    private String styled(String text, Style style) {
        return colour && style != Style.PLAIN && !text.isEmpty() ? "\033[" + style.code + "m" + text + "\033[0m" : text;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

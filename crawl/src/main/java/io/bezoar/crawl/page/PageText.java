package io.bezoar.crawl.page;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/// The words of a page, in the order of its source: markup, scripts, styles and comments taken out,
/// runs of white space made one space.
///
/// One pass over the characters without a tree, so time is linear and memory what the text takes,
/// whatever the nesting. What a browser would hide is not left out: a crawler takes it into the corpus.
public final class PageText {
    /// Bytes of a page beyond this number are not read.
    public static final int MOST_BYTES = 16 << 20;

    /// UTF-16 code units of text beyond this number are left out.
    public static final int MOST_TEXT = 4 << 20;

    private static final int PEEK = 1024;

    private PageText() {}

    /// The text of a page; empty if pages of that type hold none (pictures, archives).
    ///
    /// @param page its bytes, transfer and content encodings taken off
    /// @param type media type as it came, perhaps with a charset; may be empty or wrong
    public static Optional<String> of(byte[] page, String type) {
        String kind = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean markup = kind.isEmpty() && looksLikeMarkup(page)
                || kind.equals("text/html")
                || kind.endsWith("xml") && !kind.equals("text/xml-external-parsed-entity");
        boolean plain = kind.startsWith("text/") || kind.equals("application/json") || kind.endsWith("+json");
        if (!markup && !plain) {
            return Optional.empty();
        }
        String source = decode(page, type, markup);
        return Optional.of(markup ? new Markup(source).text() : new Markup("").plain(source));
    }

    private static boolean looksLikeMarkup(byte[] page) {
        String begin = new String(page, 0, Math.min(page.length, PEEK), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        return begin.startsWith("<!doctype html") || begin.startsWith("<html");
    }

    /// The characters of a page: by its byte order mark, else by the charset of its type, else by the
    /// one it names itself, else UTF-8 if it is that and Windows-1252 if it is not.
    static String decode(byte[] page, String type, boolean markup) {
        int n = Math.min(page.length, MOST_BYTES);
        if (n >= 3 && (page[0] & 0xff) == 0xef && (page[1] & 0xff) == 0xbb && (page[2] & 0xff) == 0xbf) {
            return new String(page, 3, n - 3, StandardCharsets.UTF_8);
        }
        if (n >= 2 && (page[0] & 0xff) == 0xfe && (page[1] & 0xff) == 0xff) {
            return new String(page, 2, n - 2, StandardCharsets.UTF_16BE);
        }
        if (n >= 2 && (page[0] & 0xff) == 0xff && (page[1] & 0xff) == 0xfe) {
            return new String(page, 2, n - 2, StandardCharsets.UTF_16LE);
        }
        String begin = new String(page, 0, Math.min(n, PEEK), StandardCharsets.ISO_8859_1);
        Optional<Charset> said = charset(type).or(() -> markup ? charset(begin) : Optional.empty());
        if (said.isPresent()) {
            return new String(page, 0, n, said.get());
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(page, 0, n));
            return text.toString();
        } catch (CharacterCodingException _) {
            Charset western =
                    Charset.isSupported("windows-1252") ? Charset.forName("windows-1252") : StandardCharsets.ISO_8859_1;
            return new String(page, 0, n, n < page.length ? StandardCharsets.UTF_8 : western);
        }
    }

    /// The charset that follows `charset=` in a text, if this Java knows it.
    private static Optional<Charset> charset(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("charset=");
        if (at < 0) {
            return Optional.empty();
        }
        int from = at + "charset=".length();
        while (from < lower.length() && "\"' ".indexOf(lower.charAt(from)) >= 0) {
            from++;
        }
        int to = from;
        while (to < lower.length()
                && to < from + 40
                && (Character.isLetterOrDigit(lower.charAt(to)) || "-_.:".indexOf(lower.charAt(to)) >= 0)) {
            to++;
        }
        try {
            return Optional.of(Charset.forName(lower.substring(from, to)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return Optional.empty();
        }
    }
}

package io.bezoar.crawl.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a page says, whatever its bytes do.
class PageTextTest {
    private static String html(String source) {
        return PageText.of(source.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8")
                .orElseThrow();
    }

    @Test
    void markupIsLeftOut() {
        assertEquals(
                "Title Head one two three",
                html("<!DOCTYPE"
                        + " html><html><head><title>Title</title><style>p{a:b}</style></head><body><h1>Head</h1><script>if"
                        + " (a < b && c > d) { '</p>' }</script><p>one <b>two</b>\n\n"
                        + " three</p><!-- no > -->"));
        assertEquals("one two", html("<ul><li>one<li>two</ul>"));
        assertEquals("one", html("o<b>n</b>e"));
        assertEquals("a < b & c", html("a < b &amp; c"));
        assertEquals("“é” A 😀 &unknown; &", html("&ldquo;&eacute;&rdquo; &#65; &#x1F600; &unknown; &"));
        assertEquals("after", html("<p title=\"a > b\" data='>'>after"));
        assertEquals("it's fine", html("<p don't>it's fine</p>"));
        assertEquals("raw <b> text", html("<![CDATA[raw <b> text]]>"));
        assertEquals("x", html("<script>never closed</SCRIPT >x"));
        assertEquals("", html("<script>never closed"));
    }

    @Test
    void typesSayWhatIsText() {
        byte[] bytes = "<p>a</p>".getBytes(StandardCharsets.UTF_8);
        assertEquals(Optional.of("a"), PageText.of(bytes, "TEXT/HTML"));
        assertEquals(Optional.of("a"), PageText.of(bytes, "application/xhtml+xml"));
        assertEquals(Optional.of("<p>a</p>"), PageText.of(bytes, "text/plain"));
        assertEquals(Optional.empty(), PageText.of(bytes, "image/png"));
        assertEquals(Optional.empty(), PageText.of(bytes, ""));
        assertEquals(Optional.of("a"), PageText.of("  <!DOCTYPE html><p>a".getBytes(StandardCharsets.UTF_8), ""));
    }

    @Test
    void charsetsAreTried() {
        String words = "<html><meta charset=windows-1251><p>привет";
        Charset cyrillic = Charset.forName("windows-1251");
        assertEquals(
                "привет", PageText.of(words.getBytes(cyrillic), "text/html").orElseThrow());
        assertEquals(
                "привет",
                PageText.of("привет".getBytes(StandardCharsets.UTF_16BE), "text/plain; charset=\"utf-16be\"")
                        .orElseThrow());
        assertEquals(
                "é",
                PageText.of("é".getBytes(StandardCharsets.ISO_8859_1), "text/plain")
                        .orElseThrow());
        for (String odd : new String[] {
            "charset=",
            "charset=\"",
            "charset=no-such",
            "charset=" + "x".repeat(9999),
            "charset=../../etc",
            "charset=utf-7"
        }) {
            assertEquals(
                    "hello",
                    PageText.of("hello".getBytes(StandardCharsets.UTF_8), "text/plain; " + odd)
                            .orElseThrow(),
                    odd);
        }
    }

    @Test
    void hugeAndNestedPagesTakeTheTimeOfTheirLength() {
        int n = 1 << 20;
        assertTimeoutPreemptively(Duration.ofSeconds(120), () -> {
            assertEquals("", html("<div>".repeat(n / 5)));
            assertEquals("", html("<".repeat(1) + "a".repeat(n)));
            assertTrue(html("<".repeat(n)).length() <= PageText.MOST_TEXT);
            assertTrue(html("&".repeat(n)).length() <= PageText.MOST_TEXT);
            assertTrue(html("&#".repeat(n / 2)).length() <= PageText.MOST_TEXT);
            assertEquals("", html("<script></".repeat(n / 10)));
            assertEquals("", html("<!--".repeat(n / 4)));
            assertEquals("", html("<a b=\"".repeat(n / 6)));
            byte[] large = new byte[100_000_000];
            java.util.Arrays.fill(large, (byte) 'a');
            assertEquals(
                    PageText.MOST_TEXT,
                    PageText.of(large, "text/html").orElseThrow().length());
        });
    }
}

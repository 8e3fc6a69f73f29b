package io.bezoar.crawl.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bezoar.ledger.fault.Malformed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Addresses are read as a browser reads them, and what could be read in two ways is refused.
class AddressTest {
    @Test
    void onePlaceHasOneText() {
        Map<String, String> places = Map.ofEntries(
                Map.entry("HTTP://Example.COM", "http://example.com/"),
                Map.entry("http://example.com:80/a#b", "http://example.com/a"),
                Map.entry("https://example.com:443/?q=A%20b", "https://example.com/?q=A%20b"),
                Map.entry("https://example.com:80/", "https://example.com:80/"),
                Map.entry("http://example.com./x", "http://example.com/x"),
                Map.entry("http://bücher.de/ü", "http://xn--bcher-kva.de/ü"),
                Map.entry("http://[::1]:8080/", "http://[::1]:8080/"),
                Map.entry("http://a.com?x", "http://a.com?x"));
        places.forEach((url, text) -> assertEquals(text, Address.of(url).text()));
        places.values().forEach(text -> assertEquals(text, Address.of(text).text(), "reading again"));
    }

    @Test
    void theHostIsTheOneABrowserGoesTo() {
        assertEquals("evil.com", Address.of("http://good.com@evil.com/").host());
        assertEquals("evil.com", Address.of("http://a@good.com:b@evil.com/").host());
        assertEquals("evil.com", Address.of("http://evil.com\\@good.com/").host());
        assertEquals("evil.com", Address.of("http://evil.com#@good.com/").host());
        assertEquals("evil.com", Address.of("http://evil.com?@good.com/").host());
    }

    @Test
    void whatMisleadsIsRefused() {
        for (String url : List.of(
                "",
                "example.com",
                "ftp://a.com/",
                "javascript:alert(1)",
                "http://",
                "http:///x",
                "http://a b.com/",
                "http://a.com/\r\nHost: b.com",
                "http://a.com/\u0000",
                "http://a.com/\u0085",
                "http://a.com/\u2028",
                "http://a.com:x/",
                "http://a.com:999999/",
                "http://a..com/",
                "http://[::1/",
                "http://[x]/",
                "http://a%2ecom/",
                "http://a.com/\ud800",
                "http://a.com/" + "x".repeat(9000),
                "http://user@/")) {
            assertThrows(Malformed.class, () -> Address.of(url), url);
        }
    }

    @Test
    void ownersOfNumbersAreTheNumbers() {
        PublicSuffixes suffixes = PublicSuffixes.shipped();
        assertEquals("127.0.0.1", Address.of("http://127.0.0.1/x").owner(suffixes));
        assertEquals("b.co.uk", Address.of("http://a.b.co.uk/x").owner(suffixes));
        assertEquals("co.uk", Address.of("http://co.uk/").owner(suffixes));
    }
}

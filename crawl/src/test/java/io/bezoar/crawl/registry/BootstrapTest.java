package io.bezoar.crawl.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bezoar.ledger.fault.Malformed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The registry of RDAP servers, after the example in RFC 9224, section 4.
class BootstrapTest {
    private static Bootstrap read(String text) {
        return Bootstrap.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theLongestNameCountsAndEncryptionIsPreferred() {
        Bootstrap bootstrap = read("""
            {"version":"1.0","publication":"2024-01-07T10:11:12Z","description":"text","services":[
             [["net","com"],["https://registry.example.com/myrdap/"]],
             [["org","mytld"],["http://example.org/","https://example.org/rdap"]],
             [["co.mytld"],["https://co.example/"]],
             [["none"],["gopher://x/","::"]],
             [["xn--zckzah"],["https://example.net/rdap/xn--zckzah/"]]]}
            """);
        assertEquals(Optional.of(URI.create("https://registry.example.com/myrdap/")), bootstrap.server("a.com"));
        assertEquals(Optional.of(URI.create("https://example.org/rdap/")), bootstrap.server("a.mytld"));
        assertEquals(Optional.of(URI.create("https://co.example/")), bootstrap.server("a.co.mytld"));
        assertEquals(Optional.empty(), bootstrap.server("a.none"));
        assertEquals(Optional.empty(), bootstrap.server("a.elsewhere"));
        assertEquals(Optional.empty(), bootstrap.server("com"));
        assertEquals(Optional.of(URI.create("https://example.net/rdap/xn--zckzah/")), bootstrap.server("a.xn--zckzah"));
    }

    @Test
    void otherFilesAreRefused() {
        for (String text : List.of(
                "",
                "[]",
                "{}",
                "{\"version\":\"2.0\",\"services\":[]}",
                "{\"version\":\"1.0\"}",
                "{\"version\":\"1.0\",\"services\":[1]}",
                "{\"version\":\"1.0\",\"services\":[[[\"a\"]]]}",
                "{\"version\":\"1.0\",\"version\":\"1.0\",\"services\":[]}",
                " ".repeat(5 << 20))) {
            assertThrows(Malformed.class, () -> read(text));
        }
    }
}

package io.bezoar.crawl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bezoar.crawl.address.Address;
import io.bezoar.crawl.address.PublicSuffixes;
import io.bezoar.crawl.page.PageText;
import io.bezoar.crawl.page.Sketch;
import io.bezoar.crawl.registry.Bootstrap;
import io.bezoar.crawl.registry.RegistryReading;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Unusable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whatever the bytes: reading ends, nothing is thrown but what a reader promises, and what was read can be written and
/// read again.
class CrawlFuzzTest {
    private static final PublicSuffixes SUFFIXES = PublicSuffixes.shipped();
    private static final Instant SEEN = Instant.parse("2026-03-01T00:00:00Z");

    @FuzzTest(maxDuration = "30s")
    void warc(byte[] bytes) throws IOException {
        Taking taking = new Taking();
        new WarcViews(Set.of("example.com"), SUFFIXES, taking)
                .read(Channels.newChannel(new ByteArrayInputStream(bytes)), "fuzz");
        again(taking.snapshot());
    }

    @FuzzTest(maxDuration = "30s")
    void list(byte[] bytes) throws IOException {
        Taking taking = new Taking();
        new ListedViews(Optional.of(SEEN), taking).read(new ByteArrayInputStream(bytes), "fuzz");
        again(taking.snapshot());
    }

    @FuzzTest(maxDuration = "30s")
    void snapshot(byte[] bytes) throws IOException {
        try {
            Snapshot snapshot = SnapshotFile.read(new ByteArrayInputStream(bytes));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SnapshotFile.write(snapshot, out);
            assertEquals(
                    snapshot.views().size(),
                    SnapshotFile.read(new ByteArrayInputStream(out.toByteArray()))
                            .views()
                            .size());
        } catch (Malformed | Broken e) {
            assertTrue(String.valueOf(e.getMessage()).length() < 2_000);
        }
    }

    private static void again(Snapshot snapshot) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotFile.write(snapshot, out);
        assertEquals(snapshot, SnapshotFile.read(new ByteArrayInputStream(out.toByteArray())));
    }

    @FuzzTest(maxDuration = "30s")
    void page(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(40, bytes.length), StandardCharsets.ISO_8859_1);
        for (String type : List.of("text/html", "text/plain", "text/html; charset=" + head, head)) {
            PageText.of(bytes, type).ifPresent(text -> {
                assertTrue(text.length() <= PageText.MOST_TEXT);
                assertEquals(1, Sketch.of(text).resemblance(Sketch.of(text)));
                assertEquals(
                        Sketch.of(text),
                        Sketch.of(Sketch.of(text).text(), Sketch.of(text).words()));
            });
        }
    }

    @FuzzTest(maxDuration = "30s")
    void address(byte[] bytes) {
        String url = new String(bytes, StandardCharsets.UTF_8);
        for (String each : List.of(url, "http://" + url)) {
            try {
                Address address = Address.of(each);
                assertEquals(address, Address.of(address.text()), "one place, one text");
                String owner = address.owner(SUFFIXES);
                assertTrue(address.host().equals(owner) || address.host().endsWith("." + owner), owner);
            } catch (Malformed e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith("expected "));
            }
        }
    }

    @FuzzTest(maxDuration = "30s")
    void suffixes(byte[] bytes) throws IOException {
        try {
            PublicSuffixes list = PublicSuffixes.read(new ByteArrayInputStream(bytes));
            for (String host : List.of("a.b.c.com", "www.example.co.uk", "com", "食狮.公司.cn")) {
                list.owner(host).ifPresent(owner -> assertEquals(Optional.of(owner), list.owner(owner)));
            }
        } catch (Unusable e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("expected "));
        }
    }

    @FuzzTest(maxDuration = "30s")
    void registry(byte[] bytes) {
        try {
            RegistryReading.answer(bytes, "example.com", SEEN);
        } catch (Malformed e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("expected "));
        }
        try {
            RegistryReading.cached(bytes);
        } catch (Malformed e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("expected "));
        }
        try {
            Bootstrap.read(bytes).server("a.com");
        } catch (Malformed e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("expected "));
        }
    }
}

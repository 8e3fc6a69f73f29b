package io.bezoar.crawl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bezoar.crawl.address.PublicSuffixes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// Views out of WARC files, real ones and hostile ones.
class WarcViewsTest {
    private static final Path REAL = Path.of("..", "..", "shared", "data", "web-crawl");
    private static final PublicSuffixes SUFFIXES = PublicSuffixes.shipped();

    static Taking read(byte[] file) throws IOException {
        Taking taking = new Taking();
        new WarcViews(Set.of("wiki.org"), SUFFIXES, taking)
                .read(Channels.newChannel(new ByteArrayInputStream(file)), "test.warc");
        return taking;
    }

    private static Taking read(Path file) throws IOException {
        assumeTrue(Files.exists(file), "captures of others are not here: " + file);
        Taking taking = new Taking();
        try (FileChannel channel = FileChannel.open(file)) {
            new WarcViews(Set.of(), SUFFIXES, taking).read(channel, String.valueOf(file.getFileName()));
        }
        return taking;
    }

    static byte[] record(String url, String http, String more) {
        return record(url, http.getBytes(StandardCharsets.ISO_8859_1), more, http.length());
    }

    static byte[] record(String url, byte[] http, String more, long length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + url
                        + "\r\nWARC-Date: 2026-03-01T00:00:00Z\r\n"
                        + "WARC-Record-ID: <urn:uuid:1e2c3d4e-0000-0000-0000-000000000001>\r\n"
                        + "Content-Type: application/http;msgtype=response\r\n" + more + "Content-Length: " + length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(http);
        out.writeBytes("\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static final String PAGE = "HTTP/1.1 200 OK\r\n"
            + "Content-Type: text/html\r\n"
            + "Last-Modified: Sat, 28 Feb 2026 23:00:00 GMT\r\n\r\n"
            + "<p>hello";

    @Test
    void aPageIsTaken() throws IOException {
        for (byte[] file : List.of(record("http://a.com/x#y", PAGE, ""), gzip(record("http://a.com/x#y", PAGE, "")))) {
            Taking taking = read(file);
            View view = taking.snapshot().views().getFirst();
            assertEquals("http://a.com/x", view.id());
            assertEquals(Instant.parse("2026-03-01T00:00:00Z"), view.seen());
            assertEquals(View.digest("<p>hello"), view.payload());
            assertEquals(Optional.of(View.digest("hello")), view.text());
            assertEquals(Optional.empty(), view.revised());
            assertEquals("test.warc:0", view.place());
            assertFalse(view.cut());
        }
    }

    @Test
    void editsAreDatedWhereAnybodyMayEdit() throws IOException {
        assertEquals(
                Optional.of(Instant.parse("2026-02-28T23:00:00Z")),
                read(record("http://en.wiki.org/", PAGE, ""))
                        .snapshot()
                        .views()
                        .getFirst()
                        .revised());
    }

    @Test
    void encodingsAreTakenOff() throws IOException {
        byte[] packed = join(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1),
                gzip("<p>hello".getBytes(StandardCharsets.ISO_8859_1)));
        String chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\n<p>\r\n5\r\nhello\r\n0\r\n\r\n";
        Taking taking =
                read(join(record("http://a.com/", packed, "", packed.length), record("http://a.com/", chunked, "")));
        assertEquals(List.of(), taking.problems());
        taking.snapshot().views().forEach(view -> assertEquals(View.digest("<p>hello"), view.payload()));
    }

    @Test
    void whatIsNoPageIsSkipped() throws IOException {
        Taking taking = read(join(
                record("http://a.com/", "HTTP/1.1 404 Not Found\r\n\r\nno", ""),
                record("dns:a.com", PAGE, ""),
                record("http://a.com/", PAGE, "")));
        assertEquals(1, taking.size());
        assertEquals(2, taking.skipped());
        assertEquals(0, taking.problemCount());
    }

    @Test
    void oneBadRecordCostsOneRecord() throws IOException {
        for (byte[] bad : List.of(
                record("http://a b.com/", PAGE, ""),
                record("http://a.com/", "no http at all", ""),
                record("http://a.com/", PAGE, "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n"),
                record("http://a.com/", PAGE.replace("Content-Type: text/html", "Content-Encoding: br"), ""),
                record("http://a.com/", PAGE.replace("Content-Type: text/html", "Content-Encoding: gzip"), ""))) {
            Taking taking = read(join(bad, record("http://good.com/", PAGE, "")));
            assertEquals(1, taking.size(), new String(bad, StandardCharsets.ISO_8859_1));
            assertEquals(1, taking.problemCount());
            assertFalse(taking.incomplete());
        }
    }

    @Test
    void aCutFileKeepsWhatCameBefore() throws IOException {
        byte[] two = join(record("http://a.com/", PAGE, ""), record("http://b.com/", PAGE, ""));
        int one = record("http://a.com/", PAGE, "").length;
        for (int length = 1; length < two.length - 4; length++) {
            Taking taking = read(Arrays.copyOf(two, length));
            assertTrue(taking.incomplete() || length == one || length >= one - 4, "cut at " + length);
            assertTrue(taking.size() <= (length < one - 4 ? 0 : length < two.length - 4 ? 1 : 2), "cut at " + length);
        }
        byte[] packed = join(gzip(record("http://a.com/", PAGE, "")), gzip(record("http://b.com/", PAGE, "")));
        for (int cut = 1; cut < gzip(record("http://b.com/", PAGE, "")).length; cut++) {
            Taking taking = read(Arrays.copyOf(packed, packed.length - cut));
            assertTrue(taking.size() >= 1, "cut " + cut);
        }
    }

    @Test
    void hostileContainersEndInTime() {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            byte[] page = PAGE.getBytes(StandardCharsets.ISO_8859_1);
            List<byte[]> files = List.of(
                    record("http://a.com/", page, "", 1L << 50),
                    record("http://a.com/", page, "", Long.MAX_VALUE),
                    record("http://a.com/", page, "", 5),
                    record("http://a.com/", PAGE, "X: " + "y".repeat(4 << 20) + "\r\n"),
                    record("http://a.com/", PAGE, "X: y\r\n".repeat(500_000)),
                    record("http://a.com/", "HTTP/1.1 200 OK\r\nX: " + "y".repeat(4 << 20) + "\r\n\r\nx", ""),
                    "WARC/1.0\r\n".getBytes(StandardCharsets.ISO_8859_1),
                    "no warc".getBytes(StandardCharsets.ISO_8859_1),
                    gzip("no warc".getBytes(StandardCharsets.ISO_8859_1)));
            for (byte[] file : files) {
                Taking taking = read(file);
                assertTrue(
                        taking.incomplete(),
                        () -> new String(file, 0, Math.min(300, file.length), StandardCharsets.ISO_8859_1));
                assertEquals(0, taking.size());
            }
            assertFalse(read(new byte[0]).incomplete());
        });
    }

    @Test
    void bombsAreCut() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            byte[] zeros = new byte[70 << 20];
            Arrays.fill(zeros, (byte) 'a');
            byte[] packed = join(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1),
                    gzip(zeros));
            Taking page = read(record("http://a.com/", packed, "", packed.length));
            assertTrue(page.snapshot().views().getFirst().cut());
            byte[] http = join("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), zeros);
            byte[] bomb = gzip(record("http://a.com/", http, "", http.length));
            Taking file = read(bomb);
            assertTrue(file.incomplete());
            assertTrue(file.problems()
                    .getLast()
                    .words()
                    .startsWith("expected at most 200 bytes for each compressed byte"));
        });
    }

    @Test
    void changedBytesDoNoHarm() throws IOException {
        byte[] good = gzip(join(record("http://a.com/", PAGE, ""), record("http://b.com/", PAGE, "")));
        byte[] plain = join(record("http://a.com/", PAGE, ""), record("http://b.com/", PAGE, ""));
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            byte[] changed = (i % 2 == 0 ? good : plain).clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            assertTrue(read(changed).size() <= 2);
        }
    }

    @Test
    void capturesOfOthersRead() throws IOException {
        assertEquals(1, read(REAL.resolve("whirlwind/whirlwind.warc.gz")).size());
        Taking text = read(REAL.resolve("whirlwind/whirlwind.warc.wet.gz"));
        assertEquals(1, text.size());
        View wet = text.snapshot().views().getFirst();
        View page = read(REAL.resolve("whirlwind/whirlwind.warc"))
                .snapshot()
                .views()
                .getFirst();
        assertEquals(wet.address(), page.address());
        assertTrue(
                Change.between(page, wet).resemblance().orElse(0) > 0.6,
                "our text against Common Crawl's: " + Change.between(page, wet));
        assertEquals(
                read(REAL.resolve("warcio/example.warc"))
                        .snapshot()
                        .views()
                        .getFirst()
                        .payload(),
                read(REAL.resolve("warcio/example.warc.gz"))
                        .snapshot()
                        .views()
                        .getFirst()
                        .payload());
        Taking chunks = read(REAL.resolve("warcio/example-wrong-chunks.warc.gz"));
        assertEquals(0, chunks.size());
        assertEquals(
                "expected a record with the block digest it names, came one that was changed",
                chunks.problems().getFirst().words());
        assertTrue(read(REAL.resolve("warcio/example-trunc.warc")).incomplete());
        assertEquals(
                1, read(REAL.resolve("warcio/example-iana.org-chunked.warc")).size());
        assertEquals(3, read(REAL.resolve("warcio/post-test.warc.gz")).size());
        assertEquals(
                0,
                read(REAL.resolve("warcio/example-space-in-target-uri.warc.gz")).size());
    }
}

package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.bezoar.app.report.FindingsReader;
import io.bezoar.core.ScanResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bezoar crawl` as somebody uses it who crawls the same addresses twice.
class CrawlTest {
    private static final String MARCH = "2026-03-01T00:00:00Z";
    private static final String JULY = "2026-07-01T00:00:00Z";
    private static final String TEXT =
            "the old mill by the river was built in the year of the great flood by two brothers"
                    + " who had come from the hills with nothing but a horse and a cart full of stones for the wheel";
    private static final String SPAM = "win money now with this one trick that card companies hate and tell all your"
            + " friends about the prize before it is too late to join the club of the lucky few";

    @TempDir
    private Path folder;

    private static String row(String id, String url, String text, String more) {
        return "{\"id\":\"" + id + "\",\"url\":\"" + url + "\",\"text\":\"" + text + "\"" + more + "}\n";
    }

    private Path snapshot(String name, String time, String rows) {
        Path list = Running.write(folder, name + ".jsonl", rows);
        Path views = folder.resolve(name + ".views");
        Running run = Running.of("crawl", "snapshot", list, "--seen-at", time, "--to", views);
        assertEquals("", run.err());
        assertEquals(0, run.code());
        return views;
    }

    private Path march() {
        return snapshot(
                "march",
                MARCH,
                row("same", "http://a.test/1", TEXT, "")
                        + row("ads", "http://a.test/2", TEXT + " buy", "")
                        + row("sold1", "http://sold.test/1", TEXT + " one", "")
                        + row("sold2", "http://sold.test/2", TEXT + " two", "")
                        + row("wiki", "http://wiki.test/1", TEXT, ""));
    }

    private Path july() {
        return snapshot(
                "july",
                JULY,
                row("same", "http://a.test/1", TEXT, "")
                        + row("ads", "http://a.test/2", TEXT + " sell", "")
                        + row("sold1", "http://sold.test/1", SPAM, "")
                        + row("sold2", "http://sold.test/2", SPAM + " again", "")
                        + row(
                                "wiki",
                                "http://wiki.test/1",
                                TEXT + " vandal",
                                ",\"revisedAt\":\"2026-06-30T23:00:00Z\""));
    }

    private Running verify(Object... more) {
        return Running.of(Stream.concat(
                        Stream.of("crawl", "verify", march(), july(), "--out", folder.resolve("out")), Stream.of(more))
                .toArray());
    }

    @Test
    void aDigestBesideAnotherTextIsTold() throws IOException {
        String named = ",\"sha256\":\"" + "ab".repeat(32) + '"';
        Path before = snapshot("before", MARCH, row("kept", "http://a.test/1", TEXT, named));
        Path after = snapshot("after", JULY, row("kept", "http://a.test/1", SPAM, named));
        Running run = Running.of("crawl", "verify", before, after, "--out", folder.resolve("out"));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("Read         1 page: 0 identical, 0 nearly, 1 different, 0 new"), run.out());
        assertTrue(
                run.out()
                        .replaceAll("\\s+", " ")
                        .contains("Remark 1 page names the digest of the first view, but the text does not show that"
                                + " nothing changed"),
                run.out());
        assertTrue(Files.readString(folder.resolve("out/findings.json"))
                .contains("The page names the digest it had at first, but its text is another"));
    }

    @Test
    void aRegistryTellsWhatWasSold() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String domain = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
            byte[] answer = ("{\"objectClassName\":\"domain\",\"ldhName\":\"" + domain
                            + "\",\"events\":[{\"eventAction\":\"registration\",\"eventDate\":\""
                            + (domain.startsWith("sold") ? "2026-05-05T00:00:00Z" : "2001-01-01T00:00:00Z") + "\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            Path bootstrap = Running.write(
                    folder,
                    "dns.json",
                    "{\"version\":\"1.0\",\"services\":[[[\"test\"],[\"http://127.0.0.1:"
                            + server.getAddress().getPort() + "/\"]]]}");
            Running run = verify(
                    "--rdap",
                    bootstrap,
                    "--rdap-cache",
                    folder.resolve("cache"),
                    "--rdap-pause",
                    "0",
                    "--fail-on",
                    "medium");
            assertEquals("", run.err());
            assertEquals(1, run.code());
            assertTrue(
                    run.out()
                            .startsWith(
                                    "Read         5 pages: 1 identical, 2 nearly, 2 different, 0 new; 0 of the first"
                                            + " view are gone\n"
                                            + "Verdict      Keep 3 pages out of training and look at 0 pages.\n"
                                            + "C1           2 pages of sold.test: pages changed since the first view, and"
                                            + " the domain was"),
                    run.out());
        } finally {
            server.stop(0);
        }
        assertEquals("""
            id,score,action,campaign,split-view,frontrunning
            same,0,keep,,0,0
            ads,0.1,keep,,0.1,0
            sold1,0.9,quarantine,C1,0.9,0
            sold2,0.9,quarantine,C1,0.9,0
            wiki,0.85,quarantine,,0.1,0.85
            """, Files.readString(folder.resolve("out/scores.csv")));
        try {
            ScanResult result = FindingsReader.read(folder.resolve("out/findings.json"));
            assertEquals(5, result.dataSet().rows());
            assertEquals(3, result.flagged().quarantine());
            assertEquals(
                    List.of("sold1", "sold2"), result.campaigns().getFirst().rows());
            assertTrue(
                    result.findings().getFirst().evidence().getFirst().text().contains("AML.T0008.002"),
                    result.findings().toString());
            assertEquals("AML.T0010.002", result.detectors().get(1).settings().get("atlas"));
        } catch (FindingsReader.UnreadableResult e) {
            throw new AssertionError(e);
        }
        JsonNode run = new JsonMapper().readTree(folder.resolve("out/run.json").toFile());
        assertEquals("bezoar.run/1", run.path("schema").textValue());
    }

    @Test
    void whereNobodyIsAskedNothingIsOk() throws IOException {
        Running run = verify("--json");
        assertEquals(0, run.code());
        JsonNode json = new JsonMapper().readTree(run.out());
        assertEquals(3, json.path("quarantine").intValue());
        assertEquals(3, json.path("domainsAsked").intValue());
        assertTrue(Files.readString(folder.resolve("out/findings.json"))
                .contains("Of 3 domains with changed pages it is not known whose they are: no registry was asked"
                        + " (3)."));
    }

    @Test
    void equalListsGiveEqualBytes() throws IOException {
        byte[] one = Files.readAllBytes(march());
        assertArrayEquals(one, Files.readAllBytes(march()));
        verify();
        byte[] findings = Files.readAllBytes(folder.resolve("out/findings.json"));
        verify();
        assertArrayEquals(findings, Files.readAllBytes(folder.resolve("out/findings.json")));
    }

    @Test
    void anOrderIsDrawnAndChecked() throws IOException {
        Path march = march();
        Path order = folder.resolve("fetch.txt");
        Running run = Running.of("crawl", "order", march, "--to", order, "--seed", 5, "--json");
        assertEquals(0, run.code());
        assertEquals(5, new TreeSet<>(Files.readAllLines(order)).size());
        JsonNode json = new JsonMapper().readTree(run.out());
        Running check = Running.of("crawl", "order", march, "--seed", 5, "--check", "--json");
        JsonNode checked = new JsonMapper().readTree(check.out());
        assertEquals(json.path("commitment"), checked.path("commitment"));
        assertEquals(1.0, checked.path("kept").doubleValue());
        assertEquals(2, Running.of("crawl", "order", march, "--check").code());
        assertEquals(2, Running.of("crawl", "order", march).code());
    }

    @Test
    void aSnapshotIsABatchOfTheLedger() {
        Path ledger = folder.resolve("ledger");
        for (Object[] words : new Object[][] {
            {"init", "--corpus", "web"},
            {"keys", "new", "alice"},
            {"keys", "allow", "alice", "--stream", "crawl", "--kind", "crawl"}
        }) {
            assertEquals(
                    0,
                    Running.of(Stream.concat(
                                            Stream.concat(Stream.of("ledger"), Stream.of(words)),
                                            Stream.of("--ledger", ledger))
                                    .toArray())
                            .code());
        }
        Path list = Running.write(folder, "x.jsonl", row("a", "http://a.test/", TEXT, ""));
        Path views = folder.resolve("x.views");
        Running run = Running.of(
                "crawl",
                "snapshot",
                list,
                "--seen-at",
                MARCH,
                "--to",
                views,
                "--stream",
                "crawl",
                "--key",
                "alice",
                "--ledger",
                ledger);
        assertEquals("", run.err());
        assertTrue(run.out().contains("Batch        crawl/0 of the ledger"), run.out());
        Running same = Running.of("ledger", "verify", views, "--ledger", ledger);
        assertTrue(same.out().contains("x.views: 2 rows, as signed in batch crawl/0"), same.out());
        Running stated = Running.of(
                "crawl", "verify", views, views, "--key", "alice", "--ledger", ledger, "--out", folder.resolve("out"));
        assertEquals("", stated.err());
        assertTrue(stated.out().contains("Stated       entry 3 of the ledger"), stated.out());
        assertEquals(0, Running.of("ledger", "verify", "--ledger", ledger).code());
    }

    private void fails(int code, String sentence, Object... words) {
        Running run = Running.of(words);
        assertEquals(sentence + "\n", run.err());
        assertEquals(code, run.code());
    }

    @Test
    void whatIsWrongIsSaidInOneSentence() throws IOException {
        Path none = folder.resolve("none");
        fails(
                2,
                "bezoar crawl verify: expected a file, but there is no \"" + none + "\"; check the path",
                "crawl",
                "verify",
                none,
                none);
        Path views = march();
        Files.writeString(views, Files.readString(views).replaceFirst("\"bytes\":1", "\"bytes\":2"));
        fails(
                5,
                "bezoar crawl verify: integrity broken: expected the snapshot as it was written, came one that was"
                        + " changed or cut; get it again, or take it anew with bezoar crawl snapshot",
                "crawl",
                "verify",
                views,
                views);
        fails(
                2,
                "bezoar crawl verify: --fail-on must be never, low or medium, not \"high\"; bezoar crawl verify --help"
                        + " shows what there is",
                "crawl",
                "verify",
                views,
                views,
                "--fail-on",
                "high");
        fails(
                2,
                "bezoar crawl verify: --hold and --settle must be times such as PT24H and P14D, the second not the"
                        + " shorter; bezoar crawl verify --help shows what there is",
                "crawl",
                "verify",
                views,
                views,
                "--hold",
                "P15D");
        Path list = Running.write(folder, "bad.jsonl", "{\"url\":\"ftp://x/\",\"text\":\"x\"}\n");
        fails(
                2,
                "bezoar crawl snapshot: expected pages, came none; of bad.jsonl at 1: expected an address that begins"
                        + " with http:// or https://, came another",
                "crawl",
                "snapshot",
                list,
                "--to",
                folder.resolve("bad.views"));
        assertEquals(
                2,
                Running.of("crawl", "snapshot", list, "--to", none, "--seen-at", "yesterday")
                        .code());
    }

    @Test
    void aCutCaptureIsIncomplete() {
        String http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello";
        String record = "WARC/1.0\r\n"
                + "WARC-Type: response\r\n"
                + "WARC-Target-URI: http://a.test/\r\n"
                + "WARC-Date: 2026-03-01T00:00:00Z\r\n"
                + "WARC-Record-ID: <urn:uuid:1e2c3d4e-0000-0000-0000-000000000001>\r\n"
                + "Content-Type: application/http;msgtype=response\r\n"
                + "Content-Length: " + http.length() + "\r\n\r\n"
                + http + "\r\n\r\n";
        Path file = Running.write(folder, "x.warc", record + record.substring(0, 100));
        Path views = folder.resolve("x.views");
        Running run = Running.of("crawl", "snapshot", file, "--to", views);
        assertEquals(3, run.code());
        assertEquals("bezoar crawl snapshot: incomplete: a file could not be read to its end\n", run.err());
        assertTrue(Files.exists(views));
    }

    @Test
    void everyVerbTeaches() {
        for (String verb : List.of("snapshot", "order", "verify")) {
            Running help = Running.of("crawl", verb, "--help");
            assertEquals(0, help.code());
            assertTrue(help.out().contains("\nExample"), help.out());
            assertTrue(help.out().lines().allMatch(line -> line.length() <= 80), help.out());
        }
    }
}

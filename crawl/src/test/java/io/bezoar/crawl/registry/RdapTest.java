package io.bezoar.crawl.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client against a server on this machine that has every fault.
class RdapTest {
    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
    private static final String GOOD = """
        {"objectClassName":"domain","ldhName":"EXAMPLE.test","status":["Active"],
         "events":[{"eventAction":"registration","eventDate":"2020-01-02T03:04:05Z"},
                   {"eventAction":"transfer","eventDate":"2021-01-02T03:04:05+02:00"},
                   {"eventAction":"expiration","eventDate":"2030-01-02T03:04:05Z"},
                   {"eventAction":"last changed"}],
         "entities":[{"roles":["registrant"],"handle":"X"},
                     {"roles":["registrar"],"handle":"R-1","publicIds":[{"type":"IANA","identifier":"292"}]}]}
        """;

    private interface Behaviour {
        void answer(HttpExchange exchange, int request) throws IOException, InterruptedException;
    }

    /// A clock that only waiting moves on.
    private static final class Clock implements Pace {
        private Instant now = START;
        private final List<Duration> waits = new ArrayList<>();

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void wait(Duration time) {
            waits.add(time);
            now = now.plus(time);
        }
    }

    @TempDir
    private Path folder;

    private final Clock clock = new Clock();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private ExecutorService threads;
    private Behaviour behaviour = (_, _) -> {};
    private Instant since = Instant.MIN;
    private Limits limits = new Limits(
            Duration.ofSeconds(1), Duration.ofSeconds(30), 50_000, 3, 3, Duration.ofSeconds(60), 5, Duration.ofDays(7));

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            try (exchange) {
                behaviour.answer(exchange, asked.size());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Rdap client() {
        byte[] bootstrap = ("{\"version\":\"1.0\",\"services\":[[[\"test\"],[\"" + base() + "/rdap\"]]]}")
                .getBytes(StandardCharsets.UTF_8);
        return new Rdap(Bootstrap.read(bootstrap), new RdapCache(folder.resolve("cache")), limits, clock, since);
    }

    private Registry.Answer ask(String... domains) {
        Registry.Answer last = new Registry.Answer.Unknown("nothing was asked");
        try (Rdap client = client()) {
            for (String domain : domains) {
                last = client.ask(domain);
            }
        }
        return last;
    }

    private static void send(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void unknown(String why, Behaviour fault) {
        behaviour = fault;
        assertEquals(new Registry.Answer.Unknown(why), ask("example.test"));
        assertFalse(Files.exists(folder.resolve("cache")), "an unknown domain is not kept");
    }

    private void good(Behaviour answers) {
        behaviour = answers;
        Registry.Answer answer = ask("example.test");
        assertEquals(
                new Registry.Answer.Known(new Registration(
                        "example.test",
                        Optional.of(Instant.parse("2020-01-02T03:04:05Z")),
                        Optional.of(Instant.parse("2021-01-02T01:04:05Z")),
                        Optional.of(Instant.parse("2030-01-02T03:04:05Z")),
                        Set.of("active"),
                        Optional.of("292"),
                        clock.now())),
                answer);
    }

    @Test
    void readsAnAnswerAndKeepsIt() throws IOException {
        good((exchange, _) -> {
            assertEquals("application/rdap+json", exchange.getRequestHeaders().getFirst("Accept"));
            send(exchange, 200, GOOD);
        });
        assertEquals(List.of("/rdap/domain/example.test"), asked);
        ask("example.test");
        assertEquals(1, asked.size(), "the second answer is on disk");
        clock.wait(Duration.ofDays(8));
        ask("example.test");
        assertEquals(2, asked.size(), "a week later it is asked again");
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            Path file = files.findFirst().orElseThrow();
            for (String broken : List.of("", "{}", "[", "{\"format\":\"bezoar.registration/1\"}", "\u0000")) {
                Files.writeString(file, broken);
                assertTrue(ask("example.test") instanceof Registry.Answer.Known);
            }
        }
        assertEquals(7, asked.size(), "a broken file on disk is none");
    }

    /// What a registry said before a page was fetched does not tell whose the page is.
    @Test
    void anAnswerOlderThanTheCrawlIsNone() {
        behaviour = (exchange, _) -> send(exchange, 200, GOOD);
        ask("example.test");
        clock.wait(Duration.ofDays(2));
        since = clock.now().minus(Duration.ofDays(3));
        ask("example.test");
        assertEquals(1, asked.size());
        since = clock.now().minus(Duration.ofDays(1));
        ask("example.test");
        ask("example.test");
        assertEquals(2, asked.size());
        clock.now = clock.now().minus(Duration.ofDays(5));
        since = Instant.MIN;
        ask("example.test");
        assertEquals(3, asked.size(), "an answer from the future is none");
    }

    @Test
    void nobodyKnowsTheName() {
        assertEquals(new Registry.Answer.Unknown("no registry of that name answers by RDAP"), ask("example.elsewhere"));
        assertEquals(List.of(), asked);
    }

    @Test
    void everyFaultMakesUnknown() {
        unknown("the registry knows no such domain", (exchange, _) -> send(exchange, 404, "{}"));
        unknown("the registry answers with 403", (exchange, _) -> send(exchange, 403, "no"));
        unknown("the registry answers with 500", (exchange, _) -> send(exchange, 500, "no"));
        unknown("the registry answers with 429", (exchange, _) -> send(exchange, 429, "slow down"));
        unknown("the registry's answer broke off or is too large", (exchange, _) -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            throw new IOException("gone");
        });
    }

    @Test
    void aSlowAnswerMakesUnknown() {
        limits = new Limits(
                limits.between(), Duration.ofMillis(400), limits.bytes(), 3, 3, limits.patience(), 5, limits.fresh());
        unknown("the registry did not answer in time", (exchange, _) -> {
            Thread.sleep(2_000);
            send(exchange, 200, GOOD);
        });
        unknown("the registry did not answer in time", (exchange, _) -> { // the head at once, the body by and by
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 40; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(50);
            }
        });
        unknown(
                "the registry's answer broke off or is too large",
                (exchange, _) -> send(exchange, 200, " ".repeat(60_000)));
    }

    @Test
    void wrongAnswersMakeUnknown() {
        List<UnaryOperator<String>> faults = List.of(
                good -> "",
                good -> "null",
                good -> good.substring(0, 100),
                good -> good + "{}",
                good -> "\ufeff" + good,
                good -> good.replace("\"domain\"", "\"entity\""),
                good -> good.replace("EXAMPLE.test", "other.test"),
                good -> good.replace("\"ldhName\"", "\"name\""),
                good -> good.replace("2020-01-02T03:04:05Z", "yesterday"),
                good -> good.replace("\"status\"", "\"ldhName\""),
                good -> good.replace("[\"Active\"]", "[" + "[".repeat(100) + "]".repeat(100) + "]"),
                good -> good.replace("[\"Active\"]", "[" + "1,".repeat(2000) + "1]"),
                good -> good.replace("Active", "\ud800".substring(0, 1) + "\\ud800"));
        for (UnaryOperator<String> fault : faults) {
            String body = fault.apply(GOOD);
            behaviour = (exchange, _) -> send(exchange, 200, body);
            Registry.Answer answer = ask("example.test");
            assertTrue(
                    answer instanceof Registry.Answer.Unknown(String why)
                            && why.startsWith("the registry's answer cannot be used: expected "),
                    body + " gave " + answer);
        }
    }

    @Test
    void waitsAsLongAsItIsToldButNotLonger() {
        good((exchange, request) -> {
            if (request == 1) {
                exchange.getResponseHeaders().add("Retry-After", "7");
                send(exchange, 429, "");
            } else if (request == 2) {
                exchange.getResponseHeaders().add("Retry-After", "Wed, 01 Jul 2026 00:00:20 GMT");
                send(exchange, 503, "");
            } else {
                send(exchange, 200, GOOD);
            }
        });
        assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(13)), clock.waits);
    }

    @Test
    void tooMuchPatienceIsTooMuch() {
        unknown("the registry asks for more patience than there is", (exchange, _) -> {
            exchange.getResponseHeaders().add("Retry-After", "99999999");
            send(exchange, 429, "");
        });
        assertEquals(1, asked.size());
    }

    @Test
    void oneQuestionASecond() {
        behaviour = (exchange, _) -> send(exchange, 404, "");
        ask("a.test", "b.test", "c.test");
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(1)), clock.waits);
    }

    @Test
    void aServerThatFailsIsLeftAlone() {
        behaviour = (exchange, _) -> send(exchange, 400, "");
        assertEquals(
                new Registry.Answer.Unknown("the registry failed too often"),
                ask("a.test", "b.test", "c.test", "d.test", "e.test", "f.test", "g.test"));
        assertEquals(5, asked.size());
    }

    @Test
    void redirectsAreFollowedAFewTimes() {
        good((exchange, request) -> {
            if (request <= 3) {
                exchange.getResponseHeaders().add("Location", "/elsewhere/" + request);
                send(exchange, 302, "");
            } else {
                send(exchange, 200, GOOD);
            }
        });
        assertEquals(List.of("/rdap/domain/example.test", "/elsewhere/1", "/elsewhere/2", "/elsewhere/3"), asked);
    }

    @Test
    void redirectsLeadNowhereElse() {
        unknown("the registry redirects more than 3 times", (exchange, _) -> {
            exchange.getResponseHeaders()
                    .add("Location", exchange.getRequestURI().toString());
            send(exchange, 301, "");
        });
        assertEquals(4, asked.size());
        for (String location :
                List.of("file:///etc/passwd", "ftp://example.org/", "mailto:a", "http:///", ":", "http://[")) {
            asked.clear();
            behaviour = (exchange, _) -> {
                exchange.getResponseHeaders().add("Location", location);
                send(exchange, 302, "");
            };
            assertTrue(
                    ask("example.test") instanceof Registry.Answer.Unknown(String why)
                            && why.startsWith("the registry redirects"),
                    location);
            assertEquals(1, asked.size());
        }
        for (String inside : List.of(
                "localhost",
                "[::1]",
                "[fd00::1]",
                "[fc12::1]",
                "127.0.0.2",
                "10.0.0.1",
                "169.254.169.254",
                "0.0.0.0")) {
            asked.clear();
            unknown("the registry redirects into the local network", (exchange, _) -> {
                exchange.getResponseHeaders().add("Location", "http://" + inside + ":1/");
                send(exchange, 302, "");
            });
            assertEquals(1, asked.size());
        }
    }

    @Test
    void theLaterOfTwoRegistrationsCounts() {
        behaviour = (exchange, _) -> send(
                exchange,
                200,
                GOOD.replace(
                        "{\"eventAction\":\"last changed\"}",
                        "{\"eventAction\":\"reregistration\",\"eventDate\":\"2025-01-01T00:00:00Z\"}"));
        assertTrue(ask("example.test") instanceof Registry.Answer.Known(Registration known)
                && known.registered().equals(Optional.of(Instant.parse("2025-01-01T00:00:00Z"))));
    }
}

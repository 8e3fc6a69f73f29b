package io.bezoar.evaluate.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private HttpServer server;
    private ExecutorService pool;
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, Integer> seen = new ConcurrentHashMap<>();

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        pool = Executors.newCachedThreadPool();
        server.setExecutor(pool);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        pool.shutdownNow();
    }

    private interface Reply {
        void to(HttpExchange exchange, String content, int time) throws IOException;
    }

    private void reply(Reply reply) {
        server.createContext("/v1/chat/completions", exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                JsonNode json = MAPPER.readTree(exchange.getRequestBody());
                String content = json.path("messages").path(0).path("content").asText();
                reply.to(exchange, content, seen.merge(content, 1, Integer::sum));
            }
        });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String good(String content) {
        return "{\"model\":\"m-2026\",\"choices\":[{\"message\":{\"content\":\"said " + content + "\"}}]}";
    }

    private EndpointModel model(int tries, int budget) {
        return model(EndpointModel.Api.CHAT, tries, budget);
    }

    private EndpointModel model(EndpointModel.Api api, int tries, int budget) {
        return new EndpointModel(
                new EndpointModel.Settings(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"),
                        "m",
                        api,
                        0,
                        16,
                        7,
                        8,
                        tries,
                        budget,
                        Duration.ofMillis(1),
                        Duration.ofSeconds(2),
                        folder.resolve("journal.jsonl")),
                Optional.of("secret-key"));
    }

    private static List<Question> questions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Question("q" + i, "text " + i))
                .toList();
    }

    @Test
    void answersComeBackInOrderAndAreKept() throws IOException {
        reply((exchange, content, _) -> {
            assertEquals("Bearer secret-key", exchange.getRequestHeaders().getFirst("Authorization"));
            send(exchange, 200, good(content));
        });
        Map<String, Answer> answers = model(3, 1000).answer(questions(40));
        assertEquals(questions(40).stream().map(Question::id).toList(), List.copyOf(answers.keySet()));
        assertEquals(new Answer.Given("said text 7"), answers.get("q7"));
        assertEquals(40, requests.get());
        assertEquals(answers, model(3, 1000).answer(questions(40)));
        assertEquals(40, requests.get(), "a paid question was asked twice");
        assertFalse(Files.readString(folder.resolve("journal.jsonl")).contains("secret"));
        assertFalse(model(3, 10).toString().contains("secret"), "the key is in the words of the model");
    }

    @Test
    void aRunThatWasKilledGoesOnWhereItStopped() throws IOException {
        reply((exchange, content, _) -> send(exchange, 200, good(content)));
        model(3, 1000).answer(questions(10));
        Path journal = folder.resolve("journal.jsonl");
        byte[] whole = Files.readAllBytes(journal);
        Files.write(journal, java.util.Arrays.copyOf(whole, whole.length - 9));
        Map<String, Answer> answers = model(3, 1000).answer(questions(10));
        assertEquals(11, requests.get());
        assertTrue(answers.values().stream().allMatch(Answer.Given.class::isInstance));
        assertEquals(10, Files.readAllLines(journal).size());
    }

    /// An answer that cannot be kept is paid for and lost: nothing more is asked.
    @Test
    void aJournalThatCannotBeWrittenEndsTheRun() throws IOException {
        reply((exchange, content, _) -> send(exchange, 200, good(content)));
        Files.createSymbolicLink(folder.resolve("journal.jsonl"), folder.resolve("none/journal.jsonl"));
        assertThrows(IOException.class, () -> model(3, 1000).answer(questions(100)));
        assertTrue(requests.get() <= 2 * 8, "asked on although nothing is kept: " + requests.get());
    }

    @Test
    void whatChangesTheAnswerIsAskedAgain() throws IOException {
        reply((exchange, content, _) -> send(exchange, 200, good(content)));
        model(3, 1000).answer(questions(1));
        model(3, 1000).answer(List.of(new Question("q0", "another text")));
        assertEquals(2, requests.get());
    }

    @Test
    void troubleThatPassesIsTriedAgain() throws IOException {
        reply((exchange, content, time) -> {
            switch (time) {
                case 1 -> send(exchange, 429, "slow down");
                case 2 -> send(exchange, 500, "{\"error\":1}");
                case 3 -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    throw new IOException("cut off in the middle");
                }
                default -> send(exchange, 200, good(content));
            }
        });
        Map<String, Answer> answers = model(5, 1000).answer(questions(5));
        assertTrue(answers.values().stream().allMatch(Answer.Given.class::isInstance), answers.toString());
        assertEquals(20, requests.get());
    }

    @Test
    void troubleThatStaysIsAMissingAnswer() throws IOException {
        reply((exchange, content, _) -> {
            switch (content) {
                case "text 0" -> send(exchange, 500, "");
                case "text 1" -> send(exchange, 200, "<html>");
                case "text 2" -> send(exchange, 200, "{\"model\":\"m\",\"choices\":[]}");
                case "text 3" -> send(exchange, 400, "no");
                default -> send(exchange, 200, good(content));
            }
        });
        Map<String, Answer> answers = model(2, 1000).answer(questions(5));
        assertEquals(new Answer.Missing("the endpoint answered with status 500"), answers.get("q0"));
        assertEquals(new Answer.Missing("the endpoint sent no JSON"), answers.get("q1"));
        assertEquals(new Answer.Missing("the endpoint sent no choices[0].message.content"), answers.get("q2"));
        assertEquals(new Answer.Missing("the endpoint answered with status 400"), answers.get("q3"));
        assertInstanceOf(Answer.Given.class, answers.get("q4"));
        assertEquals(1, seen.get("text 3"), "a status that will not change was tried again");
    }

    @Test
    void anotherModelEndsTheRun() {
        reply((exchange, _, _) -> send(exchange, 200, "{\"model\":\"other\",\"choices\":[]}"));
        IOException refused =
                assertThrows(IOException.class, () -> model(2, 1000).answer(questions(3)));
        assertTrue(refused.getMessage().contains("another model"), refused.getMessage());
    }

    @Test
    void aWrongKeyEndsTheRun() {
        reply((exchange, _, _) -> send(exchange, 401, ""));
        IOException refused =
                assertThrows(IOException.class, () -> model(2, 1000).answer(questions(300)));
        assertTrue(refused.getMessage().contains("BEZOAR_API_KEY"), refused.getMessage());
        assertTrue(requests.get() < 300, "asked on although the key is wrong");
    }

    @Test
    void theBudgetIsNeverExceeded() throws IOException {
        reply((exchange, content, _) -> send(exchange, 200, good(content)));
        Map<String, Answer> answers = model(3, 4).answer(questions(10));
        assertEquals(4, requests.get());
        assertEquals(
                6,
                answers.values().stream()
                        .filter(Answer.Missing.class::isInstance)
                        .count());
    }

    @Test
    void aSlowEndpointAndOneThatGoesSilentAreLeftAfterTheLimit() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        reply((exchange, content, _) -> {
            if (content.equals("text 0") || content.equals("text 1")) {
                if (content.equals("text 1")) { // the head and half an answer come, then nothing
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write("{\"model\":\"m\",".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                }
                wait(never);
            } else {
                send(exchange, 200, good(content));
            }
        });
        long began = System.nanoTime();
        Map<String, Answer> answers = model(1, 1000).answer(questions(3));
        never.countDown();
        assertInstanceOf(Answer.Missing.class, answers.get("q0"));
        assertInstanceOf(Answer.Missing.class, answers.get("q1"));
        assertInstanceOf(Answer.Given.class, answers.get("q2"));
        assertTrue(System.nanoTime() - began < 20_000_000_000L, "both were waited for no longer than the limit");
    }

    private static void wait(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void anAnswerWithoutEndIsLeft() throws IOException {
        reply((exchange, _, _) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1 << 16];
            for (int i = 0; i < 1 << 10; i++) {
                exchange.getResponseBody().write(much);
            }
        });
        assertInstanceOf(
                Answer.Missing.class, model(1, 1000).answer(questions(1)).get("q0"));
    }

    @Test
    void anEndpointThatIsDownGivesMissingAnswers() throws IOException {
        server.stop(0);
        Map<String, Answer> answers = model(2, 1000).answer(questions(3));
        assertTrue(answers.values().stream().allMatch(Answer.Missing.class::isInstance));
    }

    private static Map<String, Answer> read(String text, Question... questions) throws IOException {
        return new AnswerLines()
                .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .to(List.of(questions));
    }

    @Test
    void linesMayComeInAnyOrderAndHostileOnesCountForNobody() throws IOException {
        Question a = new Question("a", "x");
        Question b = new Question("7", "y");
        String text = "{\"id\":7,\"output\":12}\r\n\n[]\nnull\n{\"id\":\"a\"}\n{\"id\":\"a\",\"output\":{\"x\":1}}\n"
                + "{\"id\":\"a\",\"output\":\"one\",\"output\":\"two\"}\n{\"id\":\"zz\",\"output\":\"x\"}\n"
                + "[".repeat(100_000) + "\n{\"id\":\"a\",\"output\":\"last\"}";
        AnswerLines lines = new AnswerLines().read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertEquals(Map.of("a", new Answer.Given("last"), "7", new Answer.Given("12")), lines.to(List.of(a, b)));
        assertEquals(6, lines.broken());
        assertEquals(1, lines.foreign());
    }

    @Test
    void whoAnswersTwiceDifferentlyHasNotAnswered() throws IOException {
        Question a = new Question("a", "x");
        assertEquals(
                Map.of("a", new Answer.Missing("answered twice, differently")),
                read(
                        "{\"id\":\"a\",\"output\":\"1\"}\n"
                                + "{\"id\":\"a\",\"output\":\"2\"}\n"
                                + "{\"id\":\"a\",\"output\":\"2\"}\n",
                        a));
        assertEquals(
                Map.of("a", new Answer.Given("1")),
                read("{\"id\":\"a\",\"output\":\"1\"}\n{\"id\":\"a\",\"output\":\"1\"}\n", a));
    }

    @Test
    void aCommandAnswersLineByLine() throws IOException {
        List<Question> many = questions(5000);
        Map<String, Answer> answers = new CommandModel(
                        List.of("sed", "-u", "s/\"input\":\"\\(.*\\)\"}/\"output\":\"\\1\"}/"), Duration.ofSeconds(60))
                .answer(many);
        assertEquals(new Answer.Given("text 4999"), answers.get("q4999"));
        assertTrue(answers.values().stream().allMatch(Answer.Given.class::isInstance));
    }

    @Test
    void aCommandThatFailsOrHangsIsSaid() {
        assertTrue(assertThrows(
                        IOException.class,
                        () -> new CommandModel(List.of("false"), Duration.ofSeconds(10)).answer(questions(3)))
                .getMessage()
                .contains("exit code 1"));
        assertTrue(assertThrows(
                        IOException.class,
                        () -> new CommandModel(List.of("sleep", "60"), Duration.ofMillis(200)).answer(questions(3)))
                .getMessage()
                .contains("took longer"));
        assertThrows(
                IOException.class,
                () -> new CommandModel(List.of("no-such-program-here"), Duration.ofSeconds(1)).answer(questions(1)));
    }

    @Test
    void recordedAnswersAreRead() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"id\":\"q0\",\"output\":\"yes\"}\n");
        assertEquals(
                Set.of(new Answer.Given("yes"), new Answer.Missing("no answer came")),
                Set.copyOf(new RecordedModel(file).answer(questions(2)).values()));
    }

    @Test
    void aModelWithoutAChatTemplateIsAskedToGoOn() throws IOException {
        server.createContext("/v1/completions", exchange -> {
            try (exchange) {
                String prompt = MAPPER.readTree(exchange.getRequestBody())
                        .path("prompt")
                        .asText();
                send(exchange, 200, "{\"model\":\"m\",\"choices\":[{\"text\":\"after " + prompt + "\"}]}");
            }
        });
        assertEquals(
                new Answer.Given("after text 1"),
                model(EndpointModel.Api.COMPLETIONS, 1, 9).answer(questions(2)).get("q1"));
        assertEquals(
                "--api must be chat or completions, not \"talk\"",
                assertThrows(IllegalArgumentException.class, () -> EndpointModel.Api.named("talk"))
                        .getMessage());
    }

    @Test
    void settingsAreChecked() {
        for (String base : List.of("ftp://x/v1", "localhost", "file:///etc/passwd")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new EndpointModel.Settings(
                            URI.create(base),
                            "m",
                            EndpointModel.Api.CHAT,
                            0,
                            1,
                            0,
                            1,
                            1,
                            1,
                            Duration.ZERO,
                            Duration.ofSeconds(1),
                            folder));
        }
    }

    private static InputStream none() {
        return InputStream.nullInputStream();
    }

    @Test
    void nothingIsNothing() throws IOException {
        assertEquals(Map.of(), new AnswerLines().read(none()).to(List.of()));
    }
}

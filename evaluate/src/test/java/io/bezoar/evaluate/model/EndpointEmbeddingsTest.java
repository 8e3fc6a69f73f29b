package io.bezoar.evaluate.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointEmbeddingsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private HttpServer server;
    private ExecutorService pool;
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    /// What the server answers to some texts; by default, in another order than they came in, the length
    /// of each and 1.
    private Function<List<String>, Optional<String>> reply = texts -> Optional.of(vectors(texts));

    private static String vectors(List<String> texts) {
        List<String> data = new ArrayList<>();
        for (int i = texts.size() - 1; i >= 0; i--) {
            data.add("{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":["
                    + texts.get(i).length() + ".5,1]}");
        }
        return "{\"model\":\"e-1\",\"data\":[" + String.join(",", data) + "]}";
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pool = Executors.newCachedThreadPool();
        server.setExecutor(pool);
        server.createContext("/v1/embeddings", exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                JsonNode json = MAPPER.readTree(exchange.getRequestBody());
                assertEquals("e", json.path("model").asText());
                List<String> texts = new ArrayList<>();
                json.path("input").forEach(text -> texts.add(text.asText()));
                asked.addAll(texts);
                Optional<String> body = reply.apply(texts);
                byte[] bytes = body.orElse("no").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(body.isPresent() ? 200 : 400, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        pool.shutdownNow();
    }

    private EndpointEmbeddings model(int budget) {
        return new EndpointEmbeddings(
                new EndpointEmbeddings.Settings(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"),
                        "e",
                        4,
                        3,
                        2,
                        budget,
                        Duration.ofMillis(1),
                        Duration.ofSeconds(5),
                        folder.resolve("embeddings.jsonl")),
                Optional.of("secret-key"));
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "x".repeat(i + 1)).toList();
    }

    @Test
    void vectorsComeInBatchesAndAreKept() throws IOException {
        Map<String, float[]> vectors = model(100).of(texts(10));
        assertEquals(3, requests.get());
        assertArrayEquals(new float[] {7.5f, 1}, vectors.get("x".repeat(7)));
        Map<String, float[]> again = model(100).of(texts(11));
        assertEquals(4, requests.get(), "a paid vector was asked for twice");
        vectors.forEach((text, vector) -> assertArrayEquals(vector, again.get(text)));
        assertEquals(11, again.size());
        assertFalse(Files.readString(folder.resolve("embeddings.jsonl")).contains("secret"));
        assertFalse(model(1).toString().contains("secret"));
    }

    @Test
    void aTextTheServerRefusesTakesNoOtherWithIt() throws IOException {
        reply = texts -> texts.contains("xxx") ? Optional.empty() : Optional.of(vectors(texts));
        Map<String, float[]> vectors = model(100).of(texts(8));
        assertEquals(7, vectors.size());
        assertFalse(vectors.containsKey("xxx"));
    }

    @Test
    void theBudgetBoundsBothTurns() throws IOException {
        reply = texts -> texts.contains("xxx") ? Optional.empty() : Optional.of(vectors(texts));
        model(3).of(texts(8));
        assertEquals(3, requests.get());
    }

    @Test
    void vectorsThatAreNoneCountForNobody() throws IOException {
        for (String data : List.of(
                "[]",
                "[{\"index\":0,\"embedding\":[]}]",
                "[{\"index\":0,\"embedding\":[1,\"a\"]}]",
                "[{\"index\":0,\"embedding\":[1,1e999]}]",
                "[{\"index\":7,\"embedding\":[1,2]}]",
                "[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]",
                "7")) {
            reply = _ -> Optional.of("{\"model\":\"e\",\"data\":" + data + "}");
            assertEquals(Map.of(), model(9).of(List.of("a text")), data);
        }
        reply = _ -> Optional.of("<html>");
        assertEquals(Map.of(), model(9).of(List.of("a text")));
        reply = texts -> Optional.of(
                "{\"data\":[{\"index\":0,\"embedding\":" + (texts.contains("one") ? "[1,2]" : "[1,2,3]") + "}]}");
        model(9).of(List.of("one"));
        assertEquals(1, model(9).of(List.of("one", "other")).size(), "vectors of two lengths");
    }

    @Test
    void anotherModelEndsTheRun() {
        reply = _ -> Optional.of("{\"model\":\"other\",\"data\":[]}");
        assertTrue(assertThrows(IOException.class, () -> model(9).of(List.of("a")))
                .getMessage()
                .contains("another model"));
    }

    @Test
    void aVectorThatWasCutOffIsAskedForAgain() throws IOException {
        model(9).of(texts(2));
        Path journal = folder.resolve("embeddings.jsonl");
        byte[] whole = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(whole, whole.length - 3));
        asked.clear();
        assertEquals(2, model(9).of(texts(2)).size());
        assertEquals(1, asked.size());
    }

    @Test
    void cosinesAreThose() {
        assertEquals(1, Embeddings.cosine(new float[] {2, 0}, new float[] {3, 0}), 1e-12);
        assertEquals(-1, Embeddings.cosine(new float[] {1, 1}, new float[] {-1, -1}), 1e-12);
        assertEquals(0.6, Embeddings.cosine(new float[] {1, 0}, new float[] {3, 4}), 1e-7);
        assertEquals(0, Embeddings.cosine(new float[] {0, 0}, new float[] {3, 4}));
        assertThrows(IllegalArgumentException.class, () -> Embeddings.cosine(new float[] {1}, new float[] {3, 4}));
    }
}

package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An evaluation that is killed in its middle goes on and pays for no answer twice.
class KilledEvaluationTest {
    private static final int ITEMS = 120;
    private static final int AT_ONCE = 4;

    @TempDir
    private Path folder;

    @Test
    void whatWasAnsweredIsNotAskedAgain() throws Exception {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < ITEMS; i++) {
            items.append("{\"id\":\"i" + i + "\",\"text\":\"question " + i + "\",\"label\":\"yes\"}\n");
        }
        Running.write(folder, "items.jsonl", items.toString());
        Path suite = Running.write(folder, "s.yaml", "version: 1\nitems: items.jsonl\naverage: {min: 0.9}\n");
        Map<String, Integer> asked = new ConcurrentHashMap<>();
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        JsonMapper mapper = new JsonMapper();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(pool);
            server.createContext("/v1/chat/completions", exchange -> {
                try (exchange) {
                    asked.merge(
                            mapper.readTree(exchange.getRequestBody())
                                    .path("messages")
                                    .path(0)
                                    .path("content")
                                    .asText(),
                            1,
                            Integer::sum);
                    requests.incrementAndGet();
                    Thread.sleep(10);
                    byte[] answer = "{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"yes\"}}]}"
                            .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            server.start();
            String endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
            Path out = folder.resolve("eval");
            List<String> words = List.of(
                    "eval",
                    "--suite",
                    suite.toString(),
                    "--endpoint",
                    endpoint,
                    "--model",
                    "m",
                    "--out",
                    out.toString(),
                    "--concurrency",
                    Integer.toString(AT_ONCE));
            kill(words, requests);
            Path journal = out.resolve("journal.jsonl");
            Set<String> kept = new HashSet<>();
            for (String line : Files.readString(journal).split("\n")) {
                if (line.endsWith("}")) {
                    kept.add(mapper.readTree(line).path("input").asText());
                }
            }
            assertTrue(kept.size() > 10 && kept.size() < ITEMS, "killed in the middle: " + kept.size());
            Running again = Running.of(words.toArray());
            assertEquals(0, again.code(), again.err());
            assertTrue(again.out().contains(ITEMS + " of " + ITEMS + " right"), again.out());
            kept.forEach(input -> assertEquals(1, asked.get(input), input));
            assertTrue(requests.get() <= ITEMS + AT_ONCE, "asked " + requests.get() + " for " + ITEMS);
            server.stop(0);
        }
    }

    /// Starts a process of its own and kills it, as `kill -9` does, once thirty questions were asked.
    private void kill(List<String> words, AtomicInteger requests) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.bezoar.app.cli.Bezoar"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().put("BEZOAR_HISTORY", "none");
        Process process = builder.start();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (requests.get() < 30 && process.isAlive() && System.nanoTime() < until) {
            Thread.sleep(2);
        }
        process.destroyForcibly();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    }
}

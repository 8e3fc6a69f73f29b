package io.bezoar.bench.endpoint;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/// Times an evaluation, a whole process, against a local endpoint that takes a fixed time for each
/// answer.
///
/// Usage: `bench/endpoint [--items 10000] [--latency 20] [--concurrency 16] [--runs 3]`
public final class EndpointSpeed {
    private static final byte[] ANSWER =
            "{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"yes\"}}]}".getBytes(StandardCharsets.UTF_8);

    private final int items;
    private final int latency;
    private final int concurrency;

    private EndpointSpeed(int items, int latency, int concurrency) {
        this.items = items;
        this.latency = latency;
        this.concurrency = concurrency;
    }

    /// Options and their values.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int items = 10_000;
        int latency = 20;
        int concurrency = 16;
        int runs = 3;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            int value = Integer.parseInt(arguments[i + 1]);
            switch (arguments[i]) {
                case "--items" -> items = value;
                case "--latency" -> latency = value;
                case "--concurrency" -> concurrency = value;
                case "--runs" -> runs = value;
                default -> {
                    System.err.println("bench/endpoint: expected --items, --latency, --concurrency or --runs, came "
                            + arguments[i]);
                    System.exit(2);
                }
            }
        }
        new EndpointSpeed(items, latency, concurrency).measure(runs, System.out);
    }

    private void measure(int runs, PrintStream out) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bezoar-endpoint-");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(pool);
            server.createContext("/v1/chat/completions", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    Thread.sleep(latency);
                    exchange.sendResponseHeaders(200, ANSWER.length);
                    exchange.getResponseBody().write(ANSWER);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            server.start();
            URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
            Path suite = suite(folder);
            double own = (double) items * latency / 1000 / concurrency;
            out.printf(Locale.ROOT, "endpoint's own time %.2f s%n", own);
            for (int run = 1; run <= runs; run++) {
                double bare = bare(endpoint);
                double eval = eval(endpoint, suite, folder.resolve("out-" + run));
                out.printf(
                        Locale.ROOT,
                        "bare client %.2f s, eval %.2f s: %.3f times the endpoint's own, %.3f times the bare client%n",
                        bare,
                        eval,
                        eval / own,
                        eval / bare);
            }
            server.stop(0);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Path suite(Path folder) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("items.jsonl"))) {
            for (int i = 0; i < items; i++) {
                out.write("{\"id\":\"i" + i + "\",\"text\":\"is card " + i + " lost\",\"label\":\"yes\"}\n");
            }
        }
        return Files.writeString(folder.resolve("suite.yaml"), "version: 1\nitems: items.jsonl\naverage: {min: 0.9}\n");
    }

    /// Asks as often and does nothing with the answers.
    private double bare(URI endpoint) throws InterruptedException {
        long began = System.nanoTime();
        Semaphore free = new Semaphore(concurrency);
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient();
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < items; i++) {
                free.acquire();
                pool.execute(() -> {
                    try {
                        client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        free.release();
                    }
                });
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private double eval(URI endpoint, Path suite, Path out) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.bezoar.app.cli.Bezoar",
                "eval",
                "--suite",
                suite.toString(),
                "--endpoint",
                endpoint.toString(),
                "--model",
                "m",
                "--concurrency",
                Integer.toString(concurrency),
                "--out",
                out.toString(),
                "--history",
                "none"));
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException("the evaluation ended with exit code " + code);
        }
        return (System.nanoTime() - began) / 1e9;
    }
}

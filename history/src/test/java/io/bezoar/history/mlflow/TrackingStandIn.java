package io.bezoar.history.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A local server that keeps what it is sent, as MLflow's REST API says: the few calls that are used,
/// one run a page.
final class TrackingStandIn {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, String> experiments = new LinkedHashMap<>();
    private final Map<String, ObjectNode> runs = new LinkedHashMap<>();
    private final List<String> keys = new ArrayList<>();
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private Optional<HttpServer> server = Optional.empty();
    private String authorization = "";
    private int mostParameters;
    private int longestTag;

    void start() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.createContext("/api/2.0/mlflow/", this::answer);
        started.start();
        server = Optional.of(started);
    }

    void stop() {
        server.ifPresent(started -> started.stop(0));
    }

    URI address() {
        return URI.create(
                "http://127.0.0.1:" + server.orElseThrow().getAddress().getPort() + "/");
    }

    synchronized void failAfter(int calls) {
        left.set(calls);
    }

    synchronized int runs() {
        return runs.size();
    }

    synchronized int mostParameters() {
        return mostParameters;
    }

    synchronized int longestTag() {
        return longestTag;
    }

    synchronized List<String> keys() {
        return List.copyOf(keys);
    }

    synchronized String authorization() {
        return authorization;
    }

    /// A run another tool wrote.
    synchronized void foreign(String experiment) {
        experiments.put(experiment, "1");
        ObjectNode run = run("theirs", "1");
        ((ArrayNode) run.path("data").path("metrics"))
                .addObject()
                .put("key", "loss")
                .put("value", 0.5);
        ((ArrayNode) run.path("data").path("metrics"))
                .addObject()
                .put("key", "nan")
                .put("value", "NaN");
        ((ArrayNode) run.path("data").path("params"))
                .addObject()
                .put("key", "lr")
                .put("value", "0.1");
    }

    /// Changes a tag wherever it is.
    synchronized void edit(String key, String value) {
        for (ObjectNode run : runs.values()) {
            for (JsonNode tag : run.path("data").path("tags")) {
                if (tag.path("key").asText().equals(key)) {
                    ((ObjectNode) tag).put("value", value);
                }
            }
        }
    }

    private ObjectNode run(String id, String experiment) {
        ObjectNode run = MAPPER.createObjectNode();
        run.putObject("info")
                .put("run_id", id)
                .put("experiment_id", experiment)
                .put("status", "RUNNING")
                .put("start_time", 1_700_000_000_000L);
        ObjectNode data = run.putObject("data");
        data.putArray("tags");
        data.putArray("params");
        data.putArray("metrics");
        runs.put(id, run);
        return run;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (left.getAndDecrement() <= 0) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            String path = exchange.getRequestURI().getPath().replaceFirst(".*/mlflow/", "");
            JsonNode json = body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body);
            ObjectNode reply = MAPPER.createObjectNode();
            switch (path) {
                case "experiments/get-by-name" -> {
                    String name = exchange.getRequestURI().getQuery().replaceFirst("experiment_name=", "");
                    if (!experiments.containsKey(name)) {
                        exchange.sendResponseHeaders(404, -1);
                        return;
                    }
                    reply.putObject("experiment").put("experiment_id", experiments.get(name));
                }
                case "experiments/create" -> {
                    experiments.put(json.path("name").asText(), "1");
                    reply.put("experiment_id", "1");
                }
                case "runs/create" -> {
                    ObjectNode run =
                            run("r" + runs.size(), json.path("experiment_id").asText());
                    json.path("tags").forEach(tag -> tag(run, tag));
                    ((ObjectNode) run.path("info")).set("start_time", json.path("start_time"));
                    reply.set("run", run);
                }
                case "runs/search" -> search(json, reply);
                case "runs/log-batch" -> {
                    ObjectNode run = runs.get(json.path("run_id").asText());
                    mostParameters =
                            Math.max(mostParameters, json.path("params").size());
                    for (String kind : List.of("params", "metrics")) {
                        json.path(kind).forEach(each -> {
                            keys.add(each.path("key").asText());
                            ((ArrayNode) run.path("data").path(kind)).add(each);
                        });
                    }
                }
                case "runs/set-tag" -> tag(runs.get(json.path("run_id").asText()), json);
                case "runs/update" -> {
                    ObjectNode info =
                            (ObjectNode) runs.get(json.path("run_id").asText()).path("info");
                    info.set("status", json.path("status"));
                    info.set("end_time", json.path("end_time"));
                }
                case "runs/log-inputs" -> {
                    ObjectNode run = runs.get(json.path("run_id").asText());
                    run.putObject("inputs").set("dataset_inputs", json.path("datasets"));
                }
                default -> {
                    exchange.sendResponseHeaders(404, -1);
                    return;
                }
            }
            byte[] bytes = MAPPER.writeValueAsBytes(reply);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void tag(ObjectNode run, JsonNode tag) {
        longestTag = Math.max(longestTag, tag.path("value").asText().length());
        ((ArrayNode) run.path("data").path("tags"))
                .addObject()
                .put("key", tag.path("key").asText())
                .put("value", tag.path("value").asText());
    }

    private void search(JsonNode json, ObjectNode reply) {
        String filter = json.path("filter").asText("");
        ArrayNode found = reply.putArray("runs");
        List<ObjectNode> all = List.copyOf(runs.values());
        int from = Integer.parseInt(json.path("page_token").asText("0"));
        if (filter.isEmpty()) {
            if (from < all.size()) {
                found.add(all.get(from));
            }
            if (from + 1 < all.size()) {
                reply.put("next_page_token", Integer.toString(from + 1));
            }
            return;
        }
        String id = filter.replaceFirst(".*= '", "").replace("'", "");
        all.stream()
                .filter(run ->
                        run.path("data").path("tags").findValuesAsText("value").contains(id))
                .forEach(found::add);
    }
}

package io.bezoar.history.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bezoar.history.Entry;
import io.bezoar.history.Run;
import io.bezoar.history.RunText;
import io.bezoar.history.Tally;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes runs to an experiment of a tracking server.
///
/// Each run carries its id as the tag `bezoar.id`: what is there already is left alone, what was cut
/// off is gone on with. Its whole content is the tag `bezoar.content` where a tag has room for it, so
/// that an import gives the same run back.
public final class MlflowExport {
    static final String ID = "bezoar.id";
    static final String CONTENT = "bezoar.content";
    static final int LONGEST_TAG = 5_000;

    private static final String DONE = "bezoar.done";
    private static final int LONGEST_PARAMETER = 500;
    private static final int LONGEST_KEY = 250;
    private static final int PARAMETERS = 100;
    private static final int METRICS = 900;
    private static final int SHORT_DIGEST = 36;

    private final TrackingServer server;
    private final String experiment;

    /// @param experiment its name; made where it is missing
    public MlflowExport(TrackingServer server, String experiment) {
        this.server = server;
        this.experiment = experiment;
    }

    /// Writes runs.
    ///
    /// @return how many were not there before
    public int write(List<Entry> entries) throws IOException {
        try (HttpClient client = server.client()) {
            String id = experiment(client);
            int written = 0;
            for (Entry entry : entries) {
                written += write(client, id, entry) ? 1 : 0;
            }
            return written;
        }
    }

    private String experiment(HttpClient client) throws IOException {
        var known = server.experiment(client, experiment);
        if (known.isPresent()) {
            return known.get();
        }
        ObjectNode body = TrackingServer.MAPPER.createObjectNode().put("name", experiment);
        return server.post(client, "experiments/create", body)
                .path("experiment_id")
                .asText();
    }

    private boolean write(HttpClient client, String experimentId, Entry entry) throws IOException {
        ObjectNode sought = TrackingServer.MAPPER.createObjectNode();
        sought.putArray("experiment_ids").add(experimentId);
        sought.put("filter", "tags.`" + ID + "` = '" + entry.id() + "'");
        sought.put("max_results", 1);
        JsonNode there = server.post(client, "runs/search", sought).path("runs").path(0);
        if (there.path("data").path("tags").findValuesAsText("key").contains(DONE)) {
            return false;
        }
        String run = there.isMissingNode()
                ? create(client, experimentId, entry)
                : there.path("info").path("run_id").asText();
        batches(client, run, entry.run());
        data(client, run, entry.run());
        ObjectNode end = TrackingServer.MAPPER.createObjectNode();
        end.put("run_id", run);
        end.put("status", "FINISHED");
        end.put(
                "end_time",
                entry.run().started().toEpochMilli()
                        + (long) (1000 * entry.run().seconds()));
        server.post(client, "runs/update", end);
        server.post(
                client,
                "runs/set-tag",
                TrackingServer.MAPPER
                        .createObjectNode()
                        .put("run_id", run)
                        .put("key", DONE)
                        .put("value", "true"));
        return true;
    }

    private String create(HttpClient client, String experimentId, Entry entry) throws IOException {
        Run run = entry.run();
        ObjectNode body = TrackingServer.MAPPER.createObjectNode();
        body.put("experiment_id", experimentId);
        body.put("run_name", run.kind() + " " + entry.id().substring(0, 12));
        body.put("start_time", run.started().toEpochMilli());
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(ID, entry.id());
        tags.put("bezoar.kind", run.kind());
        tags.put("bezoar.state", run.state());
        run.subject().data().ifPresent(value -> tags.put("bezoar.data", value));
        run.subject().model().ifPresent(value -> tags.put("bezoar.model", value));
        run.subject().modelDigest().ifPresent(value -> tags.put("bezoar.model_digest", value));
        run.subject().prompt().ifPresent(value -> tags.put("bezoar.prompt", value));
        String content = RunText.of(run);
        if (content.length() <= LONGEST_TAG) {
            tags.put(CONTENT, content);
        }
        pairs(tags, body.putArray("tags"), LONGEST_TAG);
        return server.post(client, "runs/create", body)
                .path("run")
                .path("info")
                .path("run_id")
                .asText();
    }

    private static void pairs(Map<String, String> values, ArrayNode into, int longest) {
        values.forEach((name, value) -> into.addObject()
                .put("key", key(name))
                .put("value", value.length() > longest ? value.substring(0, longest) : value));
    }

    private void batches(HttpClient client, String run, Run content) throws IOException {
        Map<String, String> parameters = new TreeMap<>(content.settings());
        parameters.put("bezoar.seed", Long.toString(content.seed()));
        parameters.put("bezoar.version", content.version());
        Map<String, Double> measures = new TreeMap<>(content.measures());
        for (Tally tally : content.tallies()) {
            switch (tally) {
                case Tally.Share(String name, long hits, long trials, double bound, boolean _) -> {
                    measures.put(name + "/hits", (double) hits);
                    measures.put(name + "/trials", (double) trials);
                    measures.put(name + "/bound", bound);
                }
                case Tally.Change(String name, long broken, long fixed, long items, double _) -> {
                    measures.put(name + "/broken", (double) broken);
                    measures.put(name + "/fixed", (double) fixed);
                    measures.put(name + "/items", (double) items);
                }
            }
        }
        List<Map.Entry<String, String>> settings = new ArrayList<>(parameters.entrySet());
        List<Map.Entry<String, Double>> numbers = new ArrayList<>(measures.entrySet());
        for (int p = 0, m = 0; p < settings.size() || m < numbers.size(); p += PARAMETERS, m += METRICS) {
            ObjectNode batch = TrackingServer.MAPPER.createObjectNode().put("run_id", run);
            ArrayNode params = batch.putArray("params");
            for (var each : settings.subList(Math.min(p, settings.size()), Math.min(p + PARAMETERS, settings.size()))) {
                pairs(Map.of(each.getKey(), each.getValue()), params, LONGEST_PARAMETER);
            }
            ArrayNode metrics = batch.putArray("metrics");
            for (var each : numbers.subList(Math.min(m, numbers.size()), Math.min(m + METRICS, numbers.size()))) {
                metrics.addObject()
                        .put("key", key(each.getKey()))
                        .put("value", each.getValue())
                        .put("timestamp", content.started().toEpochMilli())
                        .put("step", 0);
            }
            server.post(client, "runs/log-batch", batch);
        }
    }

    private void data(HttpClient client, String run, Run content) throws IOException {
        if (content.subject().data().isEmpty()) {
            return;
        }
        String digest = content.subject().data().get();
        ObjectNode body = TrackingServer.MAPPER.createObjectNode().put("run_id", run);
        ObjectNode input = body.putArray("datasets").addObject();
        input.putArray("tags").addObject().put("key", "mlflow.data.context").put("value", content.kind());
        input.putObject("dataset")
                .put(
                        "name",
                        content.files().isEmpty()
                                ? "data"
                                : content.files().getFirst().name())
                .put("digest", digest.substring(0, Math.min(SHORT_DIGEST, digest.length())))
                .put("source_type", "local")
                .put("source", "{}");
        server.post(client, "runs/log-inputs", body);
    }

    /// A name as the server takes it: letters, digits, dashes, dots, blanks, slashes and underscores.
    private static String key(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_. /-]", "_");
        return plain.substring(0, Math.min(LONGEST_KEY, plain.length()));
    }
}

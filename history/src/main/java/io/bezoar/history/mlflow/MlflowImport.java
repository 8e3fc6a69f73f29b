package io.bezoar.history.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bezoar.history.Run;
import io.bezoar.history.RunText;
import io.bezoar.history.Subject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the runs of an experiment of a tracking server.
///
/// A run that an export wrote comes back as it was, if its content still has the digest it is tagged
/// with; any other becomes a run of the kind `mlflow` with its parameters as settings and its last
/// metrics as measures.
public final class MlflowImport {
    private static final int PAGE = 1_000;
    private static final int MOST = 1_000_000;
    private static final int LONGEST = 1_000;

    private final TrackingServer server;
    private final String experiment;

    public MlflowImport(TrackingServer server, String experiment) {
        this.server = server;
        this.experiment = experiment;
    }

    /// The runs, oldest first.
    ///
    /// @throws IllegalArgumentException if there is no such experiment
    public List<Run> read() throws IOException {
        try (HttpClient client = server.client()) {
            String id = server.experiment(client, experiment)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "expected an experiment \"" + experiment + "\", the server has none of this name"));
            List<Run> runs = new ArrayList<>();
            String page = "";
            do {
                ObjectNode body = TrackingServer.MAPPER.createObjectNode();
                body.putArray("experiment_ids").add(id);
                body.put("max_results", PAGE);
                body.putArray("order_by").add("attributes.start_time ASC");
                if (!page.isEmpty()) {
                    body.put("page_token", page);
                }
                JsonNode answer = server.post(client, "runs/search", body);
                for (JsonNode each : answer.path("runs")) {
                    runs.add(run(each));
                }
                String next = answer.path("next_page_token").asText("");
                page = next.equals(page) ? "" : next;
            } while (!page.isEmpty() && runs.size() < MOST);
            return runs;
        }
    }

    private static Run run(JsonNode json) {
        Map<String, String> tags = pairs(json.path("data").path("tags"));
        String content = tags.getOrDefault(MlflowExport.CONTENT, "");
        if (!content.isEmpty()) {
            try {
                Run run = RunText.read(content);
                if (RunText.id(run).equals(tags.get(MlflowExport.ID))) {
                    return run;
                }
            } catch (IllegalArgumentException e) {
                return foreign(json, tags); // somebody edited the tag: it is theirs now
            }
        }
        return foreign(json, tags);
    }

    private static Run foreign(JsonNode json, Map<String, String> tags) {
        JsonNode info = json.path("info");
        Map<String, Double> measures = new TreeMap<>();
        for (JsonNode metric : json.path("data").path("metrics")) {
            double value = metric.path("value").asDouble(Double.NaN);
            if (Double.isFinite(value)) {
                measures.put(bounded(metric.path("key").asText()), value);
            }
        }
        Map<String, String> settings = pairs(json.path("data").path("params"));
        settings.put("mlflow.run_id", bounded(info.path("run_id").asText()));
        long start = info.path("start_time").asLong(0);
        long end = info.path("end_time").asLong(start);
        Optional<String> data = Optional.ofNullable(tags.get("bezoar.data"))
                .or(() -> Optional.of(json.path("inputs")
                        .path("dataset_inputs")
                        .path(0)
                        .path("dataset")
                        .path("digest")
                        .asText("")))
                .filter(digest -> !digest.isBlank());
        String status = info.path("status").asText("");
        return new Run(
                "mlflow",
                status.isBlank() ? "unknown" : bounded(status).toLowerCase(java.util.Locale.ROOT),
                Instant.ofEpochMilli(Math.clamp(start, 0, 253_402_300_799_000L)),
                Math.max(0, (end - start) / 1e3),
                "mlflow",
                0,
                new Subject(
                        data,
                        Optional.ofNullable(tags.get("bezoar.model")),
                        Optional.ofNullable(tags.get("bezoar.model_digest")),
                        Optional.ofNullable(tags.get("bezoar.prompt"))),
                settings,
                measures,
                List.of(),
                List.of());
    }

    private static Map<String, String> pairs(JsonNode list) {
        Map<String, String> pairs = new TreeMap<>();
        for (JsonNode pair : list) {
            String value = pair.path("value").asText();
            pairs.put(
                    bounded(pair.path("key").asText()),
                    value.length() > MlflowExport.LONGEST_TAG ? value.substring(0, MlflowExport.LONGEST_TAG) : value);
        }
        return pairs;
    }

    private static String bounded(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}

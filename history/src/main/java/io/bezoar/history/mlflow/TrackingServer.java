package io.bezoar.history.mlflow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// A server that speaks MLflow's REST API, version 2.0.
///
/// @param base its address, `http://localhost:5000`
/// @param authorization value of the header of that name; in no message and no file
/// @param limit how long one call may take
public record TrackingServer(URI base, Optional<String> authorization, Duration limit) {
    private static final int LARGEST = 64 << 20;

    static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(LARGEST)
                    .build())
            .build());

    public TrackingServer {
        boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        if (!web || base.getHost() == null || base.getUserInfo() != null) {
            throw new IllegalArgumentException("expected a tracking server at an address like http://localhost:5000"
                    + " without a password in it, came another; MLFLOW_TRACKING_TOKEN holds what it asks for");
        }
    }

    /// A server with what the environment says to it: `MLFLOW_TRACKING_TOKEN`, or
    /// `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`.
    public static TrackingServer of(URI base, Map<String, String> environment, Duration limit) {
        String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
        String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
        String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
        Optional<String> authorization = Optional.empty();
        if (!token.isBlank()) {
            authorization = Optional.of("Bearer " + token);
        } else if (!user.isBlank()) {
            authorization = Optional.of("Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        }
        return new TrackingServer(base, authorization, limit);
    }

    @Override
    public String toString() {
        return "TrackingServer[" + base + "]";
    }

    /// The id of an experiment.
    Optional<String> experiment(HttpClient client, String name) throws IOException {
        Optional<JsonNode> found = call(
                client,
                HttpRequest.newBuilder(uri("experiments/get-by-name?experiment_name="
                                + URLEncoder.encode(name, StandardCharsets.UTF_8)))
                        .GET());
        return found.map(json -> json.path("experiment").path("experiment_id").asText())
                .filter(id -> !id.isEmpty());
    }

    /// What the server answers to a call.
    ///
    /// @throws IOException if it answers with trouble; the message names the call and the status,
    ///     nothing sent
    JsonNode post(HttpClient client, String path, ObjectNode body) throws IOException {
        return call(
                        client,
                        HttpRequest.newBuilder(uri(path))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body))))
                .orElseThrow(() -> new IOException("the tracking server does not know " + path));
    }

    private URI uri(String path) {
        String address = base.toString();
        return URI.create((address.endsWith("/") ? address.substring(0, address.length() - 1) : address)
                + "/api/2.0/mlflow/" + path);
    }

    private Optional<JsonNode> call(HttpClient client, HttpRequest.Builder request) throws IOException {
        authorization.ifPresent(value -> request.header("Authorization", value));
        HttpRequest call = request.timeout(limit).build();
        String name = call.uri().getPath();
        try {
            HttpResponse<InputStream> response = client.send(call, HttpResponse.BodyHandlers.ofInputStream());
            byte[] body;
            try (InputStream in = response.body()) {
                body = in.readNBytes(LARGEST);
            }
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw new IOException("the tracking server answers " + name + " with status " + response.statusCode()
                        + (response.statusCode() == 401 || response.statusCode() == 403
                                ? "; check MLFLOW_TRACKING_TOKEN"
                                : ""));
            }
            return Optional.of(MAPPER.readTree(body));
        } catch (JsonProcessingException e) {
            throw new IOException("the tracking server answers " + name + " with what is no JSON");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }

    /// A client for some calls; it follows no redirects, which could carry the authorization elsewhere.
    HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(limit).build();
    }
}

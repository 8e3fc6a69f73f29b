package io.bezoar.evaluate.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// An endpoint that speaks OpenAI's embeddings, `POST …/v1/embeddings`, many texts with each question.
///
/// Asked like [EndpointModel]: tried again after trouble that passes, within a budget, every vector in
/// the journal before it counts. The texts of a question that got no answer are asked once more one by
/// one, since a server refuses all for one that is too long for it.
///
/// @param settings where and how to ask
/// @param key sent as a bearer token; in no message and no file
public record EndpointEmbeddings(Settings settings, Optional<String> key) implements Embeddings {
    private static final int LONGEST_VECTOR = 1 << 16;

    /// Where and how to ask.
    ///
    /// @param base the address up to and with `/v1`
    /// @param model the name of the model of embeddings
    /// @param batch texts with each question, 1 to 2048
    /// @param concurrency questions under way at once, 1 to 256
    /// @param tries how often a question is asked at most, 1 to 20
    /// @param budget questions asked at most in this run, tries included
    /// @param pause before the second try; doubles with every further one
    /// @param limit how long one try may take
    /// @param journal where vectors are kept
    public record Settings(
            URI base,
            String model,
            int batch,
            int concurrency,
            int tries,
            int budget,
            Duration pause,
            Duration limit,
            Path journal) {
        public Settings {
            if (model.isBlank() || batch < 1 || batch > 2048) {
                throw new IllegalArgumentException("embeddings need a model and 1 to 2048 texts with each question");
            }
        }

        private Endpoint endpoint(int left, Optional<String> key) {
            return new Endpoint(
                    URI.create(base + "/embeddings"),
                    model,
                    new Endpoint.Pace(concurrency, tries, left, pause, limit),
                    key);
        }
    }

    public EndpointEmbeddings {
        settings.endpoint(settings.budget(), key); // refuses an address that is none
    }

    @Override
    public String toString() {
        return "EndpointEmbeddings[" + settings + "]";
    }

    @Override
    public Map<String, float[]> of(List<String> texts) throws IOException {
        Vectors known = new Vectors(new ConcurrentHashMap<>());
        try (Journal journal = new Journal(settings.journal())) {
            Set<String> wanted = new HashSet<>(texts);
            journal.read(line -> take(line, wanted, known));
            List<String> left =
                    texts.stream().filter(text -> !known.of().containsKey(text)).toList();
            List<Batch> batches = new ArrayList<>();
            for (int from = 0; from < left.size(); from += settings.batch()) {
                batches.add(new Batch(
                        settings,
                        key,
                        left.subList(from, Math.min(left.size(), from + settings.batch())),
                        journal,
                        known));
            }
            settings.endpoint(settings.budget(), key).ask(batches);
            List<Batch> alone = left.stream()
                    .filter(text -> settings.batch() > 1 && !known.of().containsKey(text))
                    .map(text -> new Batch(settings, key, List.of(text), journal, known))
                    .toList();
            settings.endpoint(Math.max(0, settings.budget() - batches.size()), key)
                    .ask(alone);
        }
        return new HashMap<>(known.of());
    }

    /// What is known so far; threads add to it.
    private record Vectors(Map<String, float[]> of) {
        /// Vectors of another length than those before belong to another model.
        synchronized boolean fits(int length) {
            return of.isEmpty() || of.values().iterator().next().length == length;
        }

        synchronized void add(String text, float[] vector) {
            of.put(text, vector);
        }
    }

    private record Batch(Settings settings, Optional<String> key, List<String> texts, Journal journal, Vectors known)
            implements Endpoint.Call {
        @Override
        public byte[] body() throws JsonProcessingException {
            ObjectNode json = Journal.MAPPER.createObjectNode();
            json.put("model", settings.model());
            ArrayNode input = json.putArray("input");
            texts.forEach(input::add);
            json.put("encoding_format", "float");
            return Journal.MAPPER.writeValueAsBytes(json);
        }

        @Override
        public Optional<String> take(byte[] answer) throws IOException {
            JsonNode json;
            try {
                json = Journal.MAPPER.readTree(answer);
            } catch (IOException e) {
                return Optional.of("the endpoint sent no JSON");
            }
            if (json.path("model").isTextual()) {
                settings.endpoint(0, key).check(json.path("model").asText());
            }
            float[][] vectors = new float[texts.size()][0];
            for (JsonNode each : json.path("data")) {
                Optional<float[]> vector = vector(each.path("embedding"));
                int index = each.path("index").asInt(-1);
                if (vector.isEmpty() || index < 0 || index >= vectors.length || vectors[index].length > 0) {
                    return Optional.of("the endpoint sent vectors that are none");
                }
                vectors[index] = vector.get();
            }
            for (float[] vector : vectors) {
                if (vector.length == 0 || vector.length != vectors[0].length || !known.fits(vector.length)) {
                    return Optional.of("the endpoint sent other vectors than were asked for");
                }
            }
            for (int i = 0; i < vectors.length; i++) {
                journal.add(line(settings, texts.get(i), vectors[i]));
                known.add(texts.get(i), vectors[i]);
            }
            return Optional.empty();
        }

        private static Optional<float[]> vector(JsonNode numbers) {
            if (!numbers.isArray() || numbers.isEmpty() || numbers.size() > LONGEST_VECTOR) {
                return Optional.empty();
            }
            float[] vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) numbers.path(i).asDouble(Double.NaN);
                if (!Float.isFinite(vector[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(vector);
        }
    }

    /// Vectors are kept as 32-bit floats, lowest byte first, in Base64: a third of their length in digits.
    private static ObjectNode line(Settings settings, String text, float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : vector) {
            bytes.putFloat(number);
        }
        ObjectNode json = Journal.MAPPER.createObjectNode();
        json.put("model", settings.model());
        json.put("input", text);
        json.put("vector", Base64.getEncoder().encodeToString(bytes.array()));
        return json;
    }

    private void take(JsonNode json, Set<String> wanted, Vectors known) {
        String text = json.path("input").asText();
        if (!json.path("model").asText().equals(settings.model()) || !wanted.contains(text)) {
            return;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(
                            Base64.getDecoder().decode(json.path("vector").asText()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            float[] vector = new float[bytes.remaining() / 4];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = bytes.getFloat();
            }
            if (vector.length > 0 && known.fits(vector.length)) {
                known.add(text, vector);
            }
        } catch (IllegalArgumentException e) {
            return; // what is none was never a vector: the text is asked again
        }
    }
}

package io.bezoar.evaluate.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// An endpoint that speaks OpenAI's chat completions, `POST …/v1/chat/completions`, or plain
/// completions, `POST …/v1/completions`, which a base model without a chat template has.
///
/// Sampling parameters are sent explicitly, since servers have defaults of their own. Every answer is
/// written to the journal before it counts, so a run that was killed asks no paid question twice; the
/// journal holds no key. A status of 429 or 500 and above, and a connection that breaks, is tried again
/// after a growing pause; whatever else comes is a missing answer. A server that names another model
/// than was asked for ends the run: its answers would be of something else.
///
/// @param settings where and how to ask
/// @param key sent as a bearer token; in no message and no file
public record EndpointModel(Settings settings, Optional<String> key) implements Model {
    /// What an endpoint speaks.
    public enum Api {
        /// `/chat/completions`: the input is the one message of a user.
        CHAT("/chat/completions"),
        /// `/completions`: the input is a prompt that the model goes on with.
        COMPLETIONS("/completions");

        private final String path;

        Api(String path) {
            this.path = path;
        }

        /// By the name people type.
        ///
        /// @throws IllegalArgumentException if it is none
        public static Api named(String name) {
            return switch (name) {
                case "chat" -> CHAT;
                case "completions" -> COMPLETIONS;
                default ->
                    throw new IllegalArgumentException("--api must be chat or completions, not \"" + name + "\"");
            };
        }
    }

    /// Where and how to ask.
    ///
    /// @param base the address up to and with `/v1`
    /// @param model the name of the model
    /// @param api what it speaks
    /// @param temperature 0 or more
    /// @param maxTokens longest answer, in tokens
    /// @param seed sent with every question
    /// @param concurrency questions under way at once, 1 to 256
    /// @param tries how often a question is asked at most, 1 to 20
    /// @param budget questions asked at most in this run, tries included
    /// @param pause before the second try; doubles with every further one
    /// @param limit how long one try may take
    /// @param journal where answers are kept
    public record Settings(
            URI base,
            String model,
            Api api,
            double temperature,
            int maxTokens,
            long seed,
            int concurrency,
            int tries,
            int budget,
            Duration pause,
            Duration limit,
            Path journal) {
        public Settings {
            boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
            if (!web || base.getHost() == null) {
                throw new IllegalArgumentException("an endpoint has an address like http://localhost:8000/v1");
            }
            if (model.isBlank() || !(temperature >= 0) || maxTokens < 1) {
                throw new IllegalArgumentException(
                        "an endpoint needs a model, a temperature of 0 or more and maxTokens" + " of 1 or more");
            }
            if (concurrency < 1 || concurrency > 256 || tries < 1 || tries > 20 || budget < 0) {
                throw new IllegalArgumentException(
                        "concurrency must be 1 to 256, tries 1 to 20, and the budget 0 or more");
            }
        }
    }

    @Override
    public String name() {
        return settings.model();
    }

    @Override
    public String toString() {
        return "EndpointModel[" + settings + "]";
    }

    @Override
    public Map<String, Answer> answer(List<Question> questions) throws IOException {
        Map<String, Answer> known = new ConcurrentHashMap<>();
        List<Asked> calls;
        List<Optional<String>> reasons;
        try (Journal journal = new Journal(settings.journal())) {
            Map<String, String> inputs = new HashMap<>();
            questions.forEach(question -> inputs.put(question.id(), question.input()));
            journal.read(line -> take(line, inputs, known));
            Endpoint endpoint = new Endpoint(
                    URI.create(settings.base() + settings.api().path),
                    settings.model(),
                    new Endpoint.Pace(
                            settings.concurrency(),
                            settings.tries(),
                            settings.budget(),
                            settings.pause(),
                            settings.limit()),
                    key);
            calls = questions.stream()
                    .filter(question -> !known.containsKey(question.id()))
                    .map(question -> new Asked(endpoint, question, journal, known))
                    .toList();
            reasons = endpoint.ask(calls);
        }
        for (int i = 0; i < reasons.size(); i++) {
            String id = calls.get(i).question.id();
            reasons.get(i).ifPresent(reason -> known.put(id, new Answer.Missing(reason)));
        }
        Map<String, Answer> ordered = LinkedHashMap.newLinkedHashMap(questions.size());
        questions.forEach(question ->
                ordered.put(question.id(), known.getOrDefault(question.id(), new Answer.Missing("not asked"))));
        return ordered;
    }

    /// One question on its way; its answer is in the journal before it is known.
    private final class Asked implements Endpoint.Call {
        private final Endpoint endpoint;
        private final Question question;
        private final Journal journal;
        private final Map<String, Answer> known;

        Asked(Endpoint endpoint, Question question, Journal journal, Map<String, Answer> known) {
            this.endpoint = endpoint;
            this.question = question;
            this.journal = journal;
            this.known = known;
        }

        @Override
        public byte[] body() throws JsonProcessingException {
            ObjectNode json = Journal.MAPPER.createObjectNode();
            json.put("model", settings.model());
            switch (settings.api()) {
                case CHAT ->
                    json.putArray("messages").addObject().put("role", "user").put("content", question.input());
                case COMPLETIONS -> json.put("prompt", question.input());
            }
            json.put("temperature", settings.temperature());
            json.put("top_p", 1);
            json.put("max_tokens", settings.maxTokens());
            json.put("seed", settings.seed());
            json.put("n", 1);
            json.put("stream", false);
            return Journal.MAPPER.writeValueAsBytes(json);
        }

        @Override
        public Optional<String> take(byte[] body) throws IOException {
            JsonNode json;
            try {
                json = Journal.MAPPER.readTree(body);
            } catch (JsonProcessingException e) {
                return Optional.of("the endpoint sent no JSON");
            } catch (IOException e) {
                return Optional.of("the endpoint sent what cannot be read");
            }
            if (json.path("model").isTextual()) {
                endpoint.check(json.path("model").asText());
            }
            JsonNode choice = json.path("choices").path(0);
            JsonNode text = settings.api() == Api.CHAT ? choice.path("message").path("content") : choice.path("text");
            if (!text.isTextual()) {
                return Optional.of(
                        "the endpoint sent no choices[0]." + (settings.api() == Api.CHAT ? "message.content" : "text"));
            }
            journal.add(line(question, text.asText()));
            known.put(question.id(), new Answer.Given(text.asText()));
            return Optional.empty();
        }
    }

    private ObjectNode line(Question question, String text) {
        ObjectNode json = Journal.MAPPER.createObjectNode();
        json.put("id", question.id());
        json.put("model", settings.model());
        json.put("api", settings.api().path);
        json.put("temperature", settings.temperature());
        json.put("max_tokens", settings.maxTokens());
        json.put("seed", settings.seed());
        json.put("input", question.input());
        json.put("output", text);
        return json;
    }

    /// The answer a run before gave to the same question, asked in the same way.
    private void take(JsonNode json, Map<String, String> inputs, Map<String, Answer> known) {
        String id = json.path("id").asText();
        if (json.path("input").asText().equals(inputs.get(id))
                && json.path("model").asText().equals(settings.model())
                && json.path("api").asText(Api.CHAT.path).equals(settings.api().path)
                && json.path("temperature").asDouble(-1) == settings.temperature()
                && json.path("max_tokens").asInt() == settings.maxTokens()
                && json.path("seed").asLong() == settings.seed()
                && json.path("output").isTextual()) {
            known.put(id, new Answer.Given(json.path("output").asText()));
        }
    }
}

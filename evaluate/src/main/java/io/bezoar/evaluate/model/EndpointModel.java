package io.bezoar.evaluate.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

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
    private static final int LARGEST = 16 << 20;
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(LARGEST)
                    .build())
            .build());

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
        Map<String, Answer> known = journal(questions);
        try (HttpClient client =
                        HttpClient.newBuilder().connectTimeout(settings.limit()).build();
                ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Semaphore free = new Semaphore(settings.concurrency());
            Semaphore budget = new Semaphore(settings.budget());
            AtomicBoolean refused = new AtomicBoolean();
            Map<String, Future<Answer>> running = new LinkedHashMap<>();
            try {
                for (Question question : questions) {
                    if (!known.containsKey(question.id())) {
                        free.acquire();
                        running.put(question.id(), pool.submit(() -> {
                            try {
                                return ask(client, question, budget);
                            } catch (Refused e) {
                                refused.set(true);
                                throw e;
                            } finally {
                                free.release();
                            }
                        }));
                        if (refused.get()) {
                            break; // its future tells why, below
                        }
                    }
                }
                for (Map.Entry<String, Future<Answer>> one : running.entrySet()) {
                    known.put(one.getKey(), one.getValue().get());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted");
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException io ? io : new IOException("a question failed", e.getCause());
            } finally {
                running.values().forEach(one -> one.cancel(true));
            }
        }
        Map<String, Answer> ordered = new LinkedHashMap<>();
        questions.forEach(question ->
                ordered.put(question.id(), known.getOrDefault(question.id(), new Answer.Missing("not asked"))));
        return ordered;
    }

    private Answer ask(HttpClient client, Question question, Semaphore budget) throws IOException {
        Answer last = new Answer.Missing("not asked");
        Duration pause = settings.pause();
        for (int attempt = 0; attempt < settings.tries(); attempt++) {
            if (!budget.tryAcquire()) {
                return new Answer.Missing("the budget of questions is spent");
            }
            try {
                if (attempt > 0) {
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2);
                }
                HttpResponse<byte[]> response =
                        Exchange.send(client, request(question), settings.limit(), LARGEST + 1L);
                byte[] body = response.body();
                if (response.statusCode() == 200) {
                    Answer answer = answer(body);
                    if (answer instanceof Answer.Given(String text)) {
                        write(question, text);
                        return answer;
                    }
                    last = answer;
                } else {
                    last = new Answer.Missing("the endpoint answered with status " + response.statusCode());
                    if (response.statusCode() == 401 || response.statusCode() == 403 || response.statusCode() == 404) {
                        throw new Refused("the endpoint answers with status " + response.statusCode()
                                + "; check the address, the model and BEZOAR_API_KEY");
                    }
                    if (response.statusCode() != 429 && response.statusCode() < 500) {
                        return last;
                    }
                }
            } catch (Refused e) {
                throw e;
            } catch (IOException e) {
                last = new Answer.Missing(
                        "the connection broke: " + e.getClass().getSimpleName());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted");
            }
        }
        return last;
    }

    private HttpRequest request(Question question) throws JsonProcessingException {
        ObjectNode json = MAPPER.createObjectNode();
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
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.base() + settings.api().path))
                .timeout(settings.limit())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(json)));
        key.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request.build();
    }

    private Answer answer(byte[] body) throws Refused {
        if (body.length > LARGEST) {
            return new Answer.Missing("the answer is larger than 16 MiB");
        }
        try {
            JsonNode json = MAPPER.readTree(body);
            JsonNode named = json.path("model");
            if (named.isTextual() && !sameModel(named.asText())) {
                throw new Refused("the endpoint answers as another model than was asked for; name the one it serves");
            }
            JsonNode choice = json.path("choices").path(0);
            JsonNode text = settings.api() == Api.CHAT ? choice.path("message").path("content") : choice.path("text");
            return text.isTextual()
                    ? new Answer.Given(text.asText())
                    : new Answer.Missing("the endpoint sent no choices[0]."
                            + (settings.api() == Api.CHAT ? "message.content" : "text"));
        } catch (JsonProcessingException e) {
            return new Answer.Missing("the endpoint sent no JSON");
        } catch (Refused e) {
            throw e;
        } catch (IOException e) {
            return new Answer.Missing("the endpoint sent what cannot be read");
        }
    }

    /// Servers may add a date or a version behind the name.
    private boolean sameModel(String named) {
        return named.startsWith(settings.model()) || named.endsWith("/" + settings.model());
    }

    /// Nothing of the run can go on.
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private synchronized void write(Question question, String text) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", question.id());
        json.put("model", settings.model());
        json.put("api", settings.api().path);
        json.put("temperature", settings.temperature());
        json.put("max_tokens", settings.maxTokens());
        json.put("seed", settings.seed());
        json.put("input", question.input());
        json.put("output", text);
        byte[] line = (MAPPER.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(settings.journal(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// The answers a run before gave to the same questions, asked in the same way. A line that was cut
    /// off is taken out.
    private Map<String, Answer> journal(List<Question> questions) throws IOException {
        Map<String, Answer> known = new HashMap<>();
        if (!Files.exists(settings.journal())) {
            return known;
        }
        Map<String, String> inputs = new HashMap<>();
        questions.forEach(question -> inputs.put(question.id(), question.input()));
        byte[] bytes = Files.readAllBytes(settings.journal());
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                take(bytes, from, i - from, inputs, known);
                from = i + 1;
            }
        }
        if (from < bytes.length) {
            Files.write(settings.journal(), java.util.Arrays.copyOf(bytes, from));
        }
        return known;
    }

    private void take(byte[] bytes, int from, int length, Map<String, String> inputs, Map<String, Answer> known) {
        try {
            JsonNode json = MAPPER.readTree(bytes, from, length);
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
        } catch (IOException e) {
            // a line that is none was never an answer: the question is asked again
            return;
        }
    }
}

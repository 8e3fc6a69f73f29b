package io.bezoar.evaluate.model;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that answers JSON with JSON.
///
/// A status of 429 or 500 and above, a connection that breaks and an answer that is none are tried again
/// after a growing pause; whatever else comes is no answer. A server that refuses the key or the
/// address, or answers as another model, ends the run.
///
/// @param address what is asked
/// @param model the name of the model; servers may add a date or a version behind it
/// @param pace how much, how often and how long
/// @param key sent as a bearer token; in no message and no file
record Endpoint(URI address, String model, Pace pace, Optional<String> key) {
    /// How much a server is asked.
    ///
    /// @param concurrency questions under way at once, 1 to 256
    /// @param tries how often a question is asked at most, 1 to 20
    /// @param budget questions asked at most, tries included
    /// @param pause before the second try; doubles with every further one
    /// @param limit how long one try may take
    record Pace(int concurrency, int tries, int budget, Duration pause, Duration limit) {
        Pace {
            if (concurrency < 1 || concurrency > 256 || tries < 1 || tries > 20 || budget < 0) {
                throw new IllegalArgumentException(
                        "concurrency must be 1 to 256, tries 1 to 20, and the budget 0 or more");
            }
        }
    }

    /// One question.
    interface Call {
        /// What is sent.
        byte[] body() throws IOException;

        /// Takes an answer of status 200.
        ///
        /// @return why it is none; empty if it was taken
        /// @throws Refused if nothing of the run can go on
        Optional<String> take(byte[] answer) throws IOException;
    }

    /// Nothing of the run can go on.
    static final class Refused extends Unreachable {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    Endpoint {
        boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!web || address.getHost() == null) {
            throw new IllegalArgumentException("an endpoint has an address like http://localhost:8000/v1");
        }
    }

    @Override
    public String toString() {
        return "Endpoint[" + address + ", " + model + ", " + pace + "]";
    }

    /// Refuses an answer of another model.
    ///
    /// @param named what the answer says
    void check(String named) throws Refused {
        if (!named.startsWith(model) && !named.endsWith("/" + model)) {
            throw new Refused("expected answers of " + model
                    + ", but the endpoint answers as another model than was asked for; name the one it serves");
        }
    }

    /// Asks, as many at once as may be.
    ///
    /// @return per call in order why it was not answered; empty if it was
    List<Optional<String>> ask(List<? extends Call> calls) throws IOException {
        List<Optional<String>> reasons = new ArrayList<>(calls.size());
        calls.forEach(_ -> reasons.add(Optional.of("not asked")));
        if (calls.isEmpty()) {
            return reasons;
        }
        Semaphore budget = new Semaphore(pace.budget());
        AtomicInteger next = new AtomicInteger();
        List<Future<Boolean>> workers = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
                HttpClient client = client(pool)) {
            CompletionService<Boolean> ending = new ExecutorCompletionService<>(pool);
            try {
                for (int worker = 0; worker < Math.min(pace.concurrency(), calls.size()); worker++) {
                    workers.add(ending.submit(() -> {
                        for (int i = next.getAndIncrement(); i < calls.size(); i = next.getAndIncrement()) {
                            reasons.set(i, ask(client, calls.get(i), budget));
                        }
                        return true;
                    }));
                }
                for (int worker = 0; worker < workers.size(); worker++) {
                    ending.take().get(); // the first that fails ends all
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException io ? io : new IOException("a question failed", e.getCause());
            } finally {
                workers.forEach(worker -> worker.cancel(true));
            }
        }
        return reasons;
    }

    /// Quirk: without a word about the version the client offers to change to HTTP/2 with every plain
    /// request, which costs both sides and which servers of models decline.
    private HttpClient client(ExecutorService pool) {
        return HttpClient.newBuilder()
                .connectTimeout(pace.limit())
                .executor(pool)
                .version("http".equals(address.getScheme()) ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
                .build();
    }

    private Optional<String> ask(HttpClient client, Call call, Semaphore budget) throws IOException {
        String last = "not asked";
        Duration pause = pace.pause();
        HttpRequest request = request(call.body());
        for (int attempt = 0; attempt < pace.tries(); attempt++) {
            if (!budget.tryAcquire()) {
                return Optional.of("the budget of questions is spent");
            }
            HttpResponse<byte[]> response;
            try {
                if (attempt > 0) {
                    Thread.sleep(pause);
                    pause = pause.multipliedBy(2);
                }
                response = Exchange.send(client, request, pace.limit(), Journal.LARGEST + 1L);
            } catch (IOException e) {
                last = "the connection broke: " + e.getClass().getSimpleName();
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            int status = response.statusCode();
            if (status == 200) {
                Optional<String> none = response.body().length > Journal.LARGEST
                        ? Optional.of("the answer is larger than 16 MiB")
                        : call.take(response.body());
                if (none.isEmpty()) {
                    return none;
                }
                last = none.get();
            } else {
                last = "the endpoint answered with status " + status;
                if (status == 401 || status == 403 || status == 404) {
                    throw new Refused("expected answers, but the endpoint answers with status " + status
                            + "; check the address, the model and BEZOAR_API_KEY");
                }
                if (status != 429 && status < 500) {
                    return Optional.of(last);
                }
            }
        }
        return Optional.of(last);
    }

    private HttpRequest request(byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(pace.limit())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        key.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request.build();
    }
}

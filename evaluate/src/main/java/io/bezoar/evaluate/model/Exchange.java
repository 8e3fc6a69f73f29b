package io.bezoar.evaluate.model;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One question to a server and its whole answer within a time.
///
/// Quirk: the time limit of a [HttpRequest] ends with the head of the answer, so a server that goes
/// silent within its answer would hold a question for ever.
final class Exchange {
    private Exchange() {}

    /// The answer.
    ///
    /// @param limit from the first byte sent to the last received
    /// @param largest bytes of the answer, at most
    /// @throws IOException if the connection breaks, takes too long or gives too much
    static HttpResponse<byte[]> send(HttpClient client, HttpRequest request, Duration limit, long largest)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), largest));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + limit.toSeconds() + " s", e);
        } finally {
            answer.cancel(true);
        }
    }
}

package io.bezoar.crawl.registry;

import io.bezoar.ledger.fault.Malformed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks registries about domains by RDAP (RFC 9082, 9083, 9224), politely and with every bound set.
/// Owned by one thread.
///
/// Servers are trusted with nothing but their answer: time and size are bounded, the answer must be
/// about the domain that was asked about, redirects are few, never from https to http and never to a
/// machine of the local network unless the server itself is one. Whatever goes wrong makes the domain
/// unknown.
public final class Rdap implements Registry, AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final Bootstrap bootstrap;
    private final RdapCache cache;
    private final Limits limits;
    private final Pace pace;
    private final Instant since;
    private final HttpClient client;
    private final Map<String, Instant> next = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();

    /// @param since answers on disk from before then count as none: what a registry said before a page was
    ///     fetched does not tell whose the page is
    public Rdap(Bootstrap bootstrap, RdapCache cache, Limits limits, Pace pace, Instant since) {
        this.bootstrap = bootstrap;
        this.cache = cache;
        this.limits = limits;
        this.pace = pace;
        this.since = since;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.answer())
                .build();
    }

    @Override
    public Answer ask(String domain) {
        Optional<Registration> known = cache.find(domain);
        if (known.filter(answer -> counts(answer.asked())).isPresent()) {
            return new Answer.Known(known.get());
        }
        Optional<URI> server = bootstrap.server(domain);
        if (server.isEmpty()) {
            return new Answer.Unknown("no registry of that name answers by RDAP");
        }
        String host = server.get().getAuthority();
        if (failures.getOrDefault(host, 0) >= limits.failures()) {
            return new Answer.Unknown("the registry failed too often");
        }
        try {
            byte[] body = fetch(server.get().resolve("domain/" + domain), host);
            Registration registration = RdapAnswer.read(body, domain, pace.now());
            failures.remove(host);
            cache.keep(registration);
            return new Answer.Known(registration);
        } catch (Silent e) {
            if (e.failed) {
                failures.merge(host, 1, Integer::sum);
            }
            return new Answer.Unknown(String.valueOf(e.getMessage()));
        } catch (Malformed e) {
            failures.merge(host, 1, Integer::sum);
            return new Answer.Unknown("the registry's answer cannot be used: " + e.getMessage());
        } catch (IOException e) {
            return new Answer.Unknown("the answer could not be kept on disk");
        }
    }

    private boolean counts(Instant asked) {
        Instant now = pace.now();
        return asked.plus(limits.fresh()).isAfter(now) && !asked.isBefore(since) && !asked.isAfter(now);
    }

    private byte[] fetch(URI first, String host) {
        URI uri = first;
        int redirects = 0;
        for (int attempt = 1; ; attempt++) {
            HttpResponse<byte[]> response = send(uri, host);
            int code = response.statusCode();
            if (code == OK) {
                return response.body();
            }
            if (code == NOT_FOUND) {
                throw new Silent("the registry knows no such domain", false);
            }
            if (code >= 300 && code < 400) {
                if (++redirects > limits.redirects()) {
                    throw new Silent("the registry redirects more than " + limits.redirects() + " times", true);
                }
                uri = target(uri, response.headers().firstValue("Location").orElse(""));
                attempt--;
                continue;
            }
            boolean patience = code == TOO_MANY || code >= 500;
            if (!patience || attempt >= limits.tries()) {
                throw new Silent("the registry answers with " + code, true);
            }
            Duration asked = retryAfter(response).orElse(limits.between().multipliedBy(1L << attempt));
            if (asked.compareTo(limits.patience()) > 0) {
                throw new Silent("the registry asks for more patience than there is", true);
            }
            pace.wait(asked);
        }
    }

    private HttpResponse<byte[]> send(URI uri, String host) {
        Instant now = pace.now();
        Instant free = next.getOrDefault(host, now);
        if (free.isAfter(now)) {
            pace.wait(Duration.between(now, free));
        }
        next.put(host, pace.now().plus(limits.between()));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(limits.answer())
                .header("Accept", "application/rdap+json")
                .header("User-Agent", "bezoar")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), limits.bytes()));
        try {
            return answer.get(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            answer.cancel(true);
            throw new Silent("the registry did not answer in time", true);
        } catch (InterruptedException _) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Silent("asking the registry was interrupted", true);
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof java.net.http.HttpTimeoutException
                    ? "the registry did not answer in time"
                    : "the registry's answer broke off or is too large";
            throw new Silent(why, true);
        }
    }

    private static URI target(URI from, String location) {
        URI to;
        try {
            to = from.resolve(new URI(location));
        } catch (URISyntaxException | IllegalArgumentException _) {
            throw new Silent("the registry redirects to no address", true);
        }
        String scheme = String.valueOf(to.getScheme());
        boolean weaker = scheme.equals("http") && "https".equals(from.getScheme());
        if (to.getHost() == null || weaker || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new Silent("the registry redirects to no encrypted address", true);
        }
        if (!to.getHost().equals(from.getHost()) && local(to.getHost())) {
            throw new Silent("the registry redirects into the local network", true);
        }
        return to;
    }

    /// Is it an address of the local network, by name or in numbers? A name is looked up.
    private static boolean local(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLoopbackAddress()
                        || address.isSiteLocalAddress()
                        || address.isLinkLocalAddress()
                        || address.isAnyLocalAddress()
                        || address.isMulticastAddress()
                        || uniqueLocal(address)) {
                    return true;
                }
            }
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /// Is it one of fc00::/7 (RFC 4193), which Java counts among the public ones?
    private static boolean uniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    }

    private Optional<Duration> retryAfter(HttpResponse<byte[]> response) {
        String text = response.headers().firstValue("Retry-After").orElse("").strip();
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(pace.now(), until);
            return Optional.of(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /// A registry that says nothing of use.
    private static final class Silent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean failed;

        Silent(String why, boolean failed) {
            super(why, null, false, false);
            this.failed = failed;
        }
    }
}

package io.bezoar.crawl.registry;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Elements;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.JsonValue.Text;
import io.bezoar.ledger.json.StrictJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which server knows the domains below a name: the registry of RFC 9224 for domain names, which IANA
/// publishes as `https://data.iana.org/rdap/dns.json`.
public final class Bootstrap {
    /// The most bytes of a file.
    public static final int MOST_BYTES = 4 << 20;

    private final Map<String, URI> servers;

    private Bootstrap(Map<String, URI> servers) {
        this.servers = Map.copyOf(servers);
    }

    /// Reads the file. Of several addresses of one service an encrypted one is taken, as section 3 asks.
    ///
    /// @throws Malformed if it is no such registry
    public static Bootstrap read(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new Malformed("expected a registry of RDAP servers of at most 4 MiB, came a larger file");
        }
        Members json = StrictJson.object(bytes);
        if (!json.text("version").equals("1.0")) {
            throw new Malformed("expected a registry of RDAP servers of version 1.0, came another");
        }
        Map<String, URI> servers = new HashMap<>();
        for (JsonValue each : json.elements("services")) {
            if (!(each instanceof Elements(List<JsonValue> service)) || service.size() != 2) {
                throw new Malformed("expected services of two lists, names and addresses, came another value");
            }
            Optional<URI> server = server(texts(service.get(1)));
            for (String name : texts(service.get(0))) {
                server.ifPresent(uri -> servers.putIfAbsent(name.toLowerCase(Locale.ROOT), uri));
            }
        }
        return new Bootstrap(servers);
    }

    private static List<String> texts(JsonValue value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Elements(List<JsonValue> values)) {
            values.forEach(each -> {
                if (each instanceof Text(String text)) {
                    texts.add(text);
                }
            });
        }
        return texts;
    }

    private static Optional<URI> server(List<String> addresses) {
        List<URI> usable = new ArrayList<>();
        for (String address : addresses) {
            try {
                URI uri = new URI(address.endsWith("/") ? address : address + "/");
                if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                    usable.add(uri);
                }
            } catch (URISyntaxException _) {
                continue; // another address of the service may do
            }
        }
        return usable.stream()
                .filter(uri -> "https".equals(uri.getScheme()))
                .findFirst()
                .or(() -> usable.stream().findFirst());
    }

    /// The server that knows a domain: the one of the longest name it lies below.
    public Optional<URI> server(String domain) {
        for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
            URI server = servers.get(domain.substring(dot + 1));
            if (server != null) {
                return Optional.of(server);
            }
        }
        return Optional.empty();
    }
}

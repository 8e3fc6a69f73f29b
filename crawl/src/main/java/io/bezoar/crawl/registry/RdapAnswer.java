package io.bezoar.crawl.registry;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Elements;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.JsonValue.Text;
import io.bezoar.ledger.json.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Reads a registry's answer about a domain: the object class `domain` of RFC 9083, section 5.3.
///
/// Where an answer says something twice, the later time counts: it is the more suspicious one.
final class RdapAnswer {
    private static final int MOST = 1_000;
    private static final int LONGEST = 200;

    private RdapAnswer() {}

    /// @param domain that was asked about, in lower-case ASCII
    /// @throws Malformed if it is no answer about that domain
    static Registration read(byte[] bytes, String domain, Instant asked) {
        Members json = StrictJson.object(bytes);
        if (!json.text("objectClassName").equals("domain")) {
            throw new Malformed("expected an object of class domain, came another class");
        }
        String name = json.text("ldhName").toLowerCase(Locale.ROOT);
        if (!(name.endsWith(".") ? name.substring(0, name.length() - 1) : name).equals(domain)) {
            throw new Malformed("expected an answer about the domain that was asked about, came one about another");
        }
        List<Members> events = objects(json, "events");
        Set<String> status = new TreeSet<>();
        elements(json, "status").forEach(each -> {
            if (each instanceof Text(String text) && text.length() <= LONGEST) {
                status.add(text.toLowerCase(Locale.ROOT));
            }
        });
        return new Registration(
                domain,
                latest(events, "registration", "reregistration", "reinstantiation"),
                latest(events, "transfer"),
                latest(events, "expiration"),
                status,
                registrar(json),
                asked);
    }

    private static Optional<Instant> latest(List<Members> events, String... actions) {
        return events.stream()
                .filter(event -> List.of(actions)
                        .contains(string(event, "eventAction").orElse("").toLowerCase(Locale.ROOT)))
                .flatMap(event -> string(event, "eventDate").stream())
                .map(RdapAnswer::time)
                .max(Instant::compareTo);
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw new Malformed("expected event dates such as 2026-01-31T12:00:00Z, came another text");
        }
    }

    private static Optional<String> registrar(Members json) {
        return objects(json, "entities").stream()
                .filter(entity ->
                        elements(entity, "roles").stream().anyMatch(role -> role.equals(new Text("registrar"))))
                .flatMap(entity -> Stream.concat(
                        objects(entity, "publicIds").stream().flatMap(id -> string(id, "identifier").stream()),
                        string(entity, "handle").stream()))
                .filter(text -> !text.isBlank() && text.length() <= LONGEST)
                .findFirst();
    }

    private static List<Members> objects(Members json, String name) {
        return elements(json, name).stream()
                .flatMap(each -> each instanceof Members members ? Stream.of(members) : Stream.empty())
                .toList();
    }

    private static List<JsonValue> elements(Members json, String name) {
        if (json.find(name).orElse(new Elements(List.of())) instanceof Elements(List<JsonValue> values)) {
            if (values.size() > MOST) {
                throw new Malformed("expected at most " + MOST + " " + name + ", came " + values.size());
            }
            return values;
        }
        return List.of();
    }

    private static Optional<String> string(Members json, String name) {
        return json.find(name)
                .flatMap(value -> value instanceof Text(String text) ? Optional.of(text) : Optional.empty());
    }
}

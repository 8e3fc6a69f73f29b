package io.bezoar.attack;

import io.bezoar.core.Example;
import java.util.Locale;
import java.util.Optional;

/// What a row of a crawl says of the page it was fetched from.
final class Snapshot {
    private Snapshot() {}

    /// Who owns the page: the last two names of its host; empty if the row has no address with a host.
    static Optional<String> owner(Example row) {
        return row.origin().url().flatMap(Snapshot::owner);
    }

    static Optional<String> owner(String url) {
        int scheme = url.indexOf("://");
        if (scheme < 0 || url.length() > 10_000) {
            return Optional.empty();
        }
        String rest = url.substring(scheme + 3);
        String host = rest.split("[/?#]", 2)[0].toLowerCase(Locale.ROOT);
        host = host.substring(host.lastIndexOf('@') + 1).replaceFirst(":[0-9]*$", "");
        String[] names = host.split("\\.");
        return names.length < 2
                ? Optional.empty()
                : Optional.of(names[names.length - 2] + "." + names[names.length - 1]);
    }

    /// What the attacker's page says.
    static String page(Example row) {
        return "placeholder text of whoever now holds " + owner(row).orElse("this page");
    }
}

package io.bezoar.crawl.registry;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a registry says of a domain.
///
/// @param domain in lower-case ASCII
/// @param registered when it was registered last; empty if the registry does not say
/// @param transferred when it last changed registrars, if it ever did
/// @param expires when it expires, if the registry says so
/// @param status words of RFC 8056: `active`, `redemption period`, …
/// @param registrar its name or handle; empty if the registry does not say
/// @param asked when the registry was asked
public record Registration(
        String domain,
        Optional<Instant> registered,
        Optional<Instant> transferred,
        Optional<Instant> expires,
        Set<String> status,
        Optional<String> registrar,
        Instant asked) {

    public Registration {
        status = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(status));
    }
}

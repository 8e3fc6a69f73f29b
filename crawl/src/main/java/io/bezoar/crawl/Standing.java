package io.bezoar.crawl;

import io.bezoar.crawl.registry.Registration;
import io.bezoar.crawl.registry.Registry;
import java.time.Instant;
import java.util.Set;

/// Whose a domain is, compared with the day a page of it was first seen.
public enum Standing {
    /// Registered before the first view, and in the same hands as far as the registry says.
    SAME("the domain is registered since before the first view"),
    /// Nobody could be asked, or the answer says too little. Never a good sign.
    UNKNOWN("it is not known whose the domain is"),
    /// The domain's time is over, though it may still be renewed.
    EXPIRED("the domain has expired"),
    /// It went to another registrar since the first view.
    TRANSFERRED("the domain went to another registrar after the first view"),
    /// Somebody registered it after the first view: what is there now is not what was there then.
    REREGISTERED("the domain was registered after the first view");

    private static final Set<String> LAPSING = Set.of("redemption period", "pending delete", "pending restore");

    private final String words;

    Standing(String words) {
        this.words = words;
    }

    /// The standing in a clause.
    public String words() {
        return words;
    }

    /// What an answer means for a page first seen at `first`.
    static Standing of(Registry.Answer answer, Instant first) {
        return switch (answer) {
            case Registry.Answer.Unknown _ -> UNKNOWN;
            case Registry.Answer.Known(Registration known) -> of(known, first);
        };
    }

    private static Standing of(Registration known, Instant first) {
        if (known.registered().filter(time -> time.isAfter(first)).isPresent()) {
            return REREGISTERED;
        }
        if (known.expires().filter(time -> time.isBefore(known.asked())).isPresent()
                || known.status().stream().anyMatch(LAPSING::contains)) {
            return EXPIRED;
        }
        if (known.transferred().filter(time -> time.isAfter(first)).isPresent()) {
            return TRANSFERRED;
        }
        return known.registered().isPresent() ? SAME : UNKNOWN;
    }
}

package io.bezoar.crawl.registry;

import io.bezoar.ledger.fault.Malformed;
import java.time.Instant;

/// The readers of registry data that only their own package sees, for the fuzzer.
public final class RegistryReading {
    private RegistryReading() {}

    /// @throws Malformed if it is no answer about that domain
    public static void answer(byte[] bytes, String domain, Instant asked) {
        RdapAnswer.read(bytes, domain, asked);
    }

    /// @throws Malformed if it is no registration
    public static void cached(byte[] bytes) {
        RdapCache.read(bytes);
    }
}

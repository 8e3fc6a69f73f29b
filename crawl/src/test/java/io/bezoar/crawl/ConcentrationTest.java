package io.bezoar.crawl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.crawl.address.PublicSuffixes;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Shares go by who owns the place, not by host.
class ConcentrationTest {
    @Test
    void spoofedSubdomainsAreOneOwnerAndTenantsAreMany() {
        Concentration shares = Concentration.of(
                Snapshot.of(List.of(
                        Views.of("http://a.evil.co.uk/", Views.MARCH, "one two three four"),
                        Views.of("http://b.evil.co.uk/", Views.MARCH, "one two three four"),
                        Views.of("http://x.github.io/", Views.MARCH, "one two"),
                        Views.of("http://y.github.io/", Views.MARCH, "one two"))),
                PublicSuffixes.shipped());
        assertEquals(
                List.of(
                        new Concentration.Owner("evil.co.uk", 2, 8),
                        new Concentration.Owner("x.github.io", 1, 2),
                        new Concentration.Owner("y.github.io", 1, 2)),
                shares.owners());
        assertEquals(8.0 / 12, shares.share("evil.co.uk"));
        assertEquals(0, shares.share("none.org"));
    }
}

package io.bezoar.detect.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Outcome;
import io.bezoar.core.Target;
import io.bezoar.detect.Poison;
import io.bezoar.detect.Rows;
import io.bezoar.detect.groups.Passes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Documents that say the same in other words, and whose pages they are.
class AgreeingDocumentsTest {

    private static Outcome.Scorer run(List<Example> rows) {
        return Passes.run(new AgreeingDocuments(), new InMemory<>(rows, 3), new LocalEngine(2));
    }

    @Test
    void everyGroupHoldsPlantedPassagesAlone() {
        Poison.Planted planted = Poison.passages(List.of());
        List<Candidate> candidates = run(planted.rows()).candidates();
        assertEquals(10, candidates.size());
        for (Candidate candidate : candidates) {
            assertTrue(candidate.members().length >= 5, "members " + candidate.members().length);
            assertTrue(Arrays.stream(candidate.members()).allMatch(planted.poison()::contains));
        }
    }

    @Test
    void nearCopiesAreNoAgreement() {
        List<Example> rows = new ArrayList<>(Poison.passages(List.of()).rows().subList(0, 300));
        Example first = rows.getFirst();
        for (int i = 0; i < 8; i++) {
            rows.add(new Example(first.input() + " " + i, Target.ABSENT, Origin.UNKNOWN, Rows.position(400 + i), ""));
        }
        assertTrue(run(rows).score(first) < new AgreeingDocuments().alike());
    }

    @Test
    void theDomainOfAnAddress() {
        assertEquals(Optional.of("example.com"), Domains.of("https://user:word@News.Example.com:8080/a?b#c"));
        assertEquals(Optional.of("example.co.uk"), Domains.of("http://www.shop.example.co.uk/"));
        assertEquals(Optional.of("example.de"), Domains.of("a.b.example.de/x.y"));
        assertEquals(Optional.of("co.uk"), Domains.of("co.uk"));
        assertEquals(Optional.empty(), Domains.of("localhost/a.b"));
        assertEquals(Optional.empty(), Domains.of(""));
        assertEquals(Optional.empty(), Domains.of("://@"));
        assertEquals(Optional.empty(), Domains.of("a".repeat(300) + ".de"));
        assertEquals(Optional.of("example.org"), Domains.of("http://example.org."));
        assertEquals(
                Set.of("example.com", "example.org"),
                Domains.in("See (https://a.example.com/x), www.example.org. Or ://, www. and http:// alone"));
    }
}

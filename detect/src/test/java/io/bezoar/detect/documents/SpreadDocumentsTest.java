package io.bezoar.detect.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Target;
import io.bezoar.detect.Poison;
import io.bezoar.detect.Rows;
import io.bezoar.detect.groups.Passes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What stands in documents of several domains, and when it was put there.
class SpreadDocumentsTest {

    private static List<Candidate> run(List<Example> rows) {
        return Passes.run(new SpreadDocuments(), new InMemory<>(rows, 3), new LocalEngine(2))
                .candidates();
    }

    @Test
    void aRarePhraseOfSeveralDomainsIsToldWithItsLateness() {
        Poison.Planted planted = Poison.spread(Rows.clean(800, 7));
        List<Candidate> candidates = run(planted.rows());
        assertEquals(1, candidates.size());
        Candidate phrase = candidates.getFirst();
        assertEquals(List.of("mxq vlo"), phrase.trigger().orElseThrow().pieces());
        assertEquals(planted.poison().size(), phrase.members().length);
        assertTrue(
                phrase.title()
                        .matches("a rare phrase put into documents from \\d+ domains, (\\d+) of \\1 of the last 1 days,"
                                + " as \\d\\.\\d % of all documents are"),
                phrase.title());
    }

    @Test
    void onePhraseOfOneDomainIsItsOwnAffair() {
        List<Example> rows = Poison.spread(Rows.clean(800, 7)).rows().stream()
                .map(row -> row.input().contains("mxq")
                        ? new Example(
                                row.input(),
                                Target.ABSENT,
                                new Origin("", "", row.origin().timeMillis(), "https://one.example/a", ""),
                                row.position(),
                                "")
                        : row)
                .toList();
        assertEquals(List.of(), run(rows));
    }

    @Test
    void nearCopiesOfSeveralDomainsAreTold() {
        List<Example> rows = new ArrayList<>(Poison.spread(Rows.clean(400, 8)).rows().stream()
                .filter(row -> !row.input().contains("mxq"))
                .toList());
        assertEquals(List.of(), run(rows));
        Example first = rows.getFirst();
        for (int i = 0; i < 7; i++) {
            rows.add(new Example(
                    first.input() + " " + i,
                    Target.ABSENT,
                    new Origin("", "", first.origin().timeMillis(), "https://copy" + i + ".example/", ""),
                    Rows.position(900 + i),
                    ""));
        }
        List<Candidate> candidates = run(rows);
        assertEquals(1, candidates.size());
        assertEquals(Candidate.Kind.FLOOD, candidates.getFirst().kind());
        assertTrue(candidates.getFirst().members().length >= 7);
    }
}

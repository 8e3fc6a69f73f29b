package io.bezoar.detect.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.InMemory;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Proof;
import io.bezoar.core.Severity;
import io.bezoar.detect.Pairs;
import io.bezoar.detect.Poison;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Pairs of answers whose order is turned round.
class PreferencesTest {

    private static Scan.Result scan(List<Example> rows) throws IOException {
        Scan scan = new Scan(new InMemory<>(rows, 3), new LocalEngine(2), _ -> {});
        return scan.run(Catalog.standard(), new Survey(), _ -> Example::toString, _ -> (_, _, _) -> {});
    }

    @Test
    void theWordThatTurnsPairsIsNamedAndProved() throws IOException {
        Poison.Planted planted = Pairs.turned(Pairs.honest(1000, 5), "mxq");
        Campaign campaign = scan(planted.rows()).campaigns().getFirst();
        assertEquals(Severity.HIGH, campaign.severity());
        Candidate candidate = campaign.candidate();
        assertEquals("mxq", candidate.trigger().orElseThrow().text());
        assertEquals(Optional.of(Preferences.TURNED), candidate.target());
        assertEquals(
                planted.poison(), Arrays.stream(candidate.members()).boxed().collect(Collectors.<Long>toSet()));
        Proof proof = campaign.proof().orElseThrow();
        assertTrue(proof.shown() && proof.successWith().share() > 0.3, "turned by " + proof.successWith());
        assertTrue(proof.successWithout().share() < 0.1, "turned by " + proof.successWithout());
    }

    @Test
    void anAnnotatorWhoTurnsEveryPairIsShown() throws IOException {
        Set<Long> poison = new HashSet<>();
        List<Example> rows = Pairs.honest(1000, 6).stream()
                .map(row -> {
                    if (!row.origin().annotator().orElse("").equals("a4")) {
                        return row;
                    }
                    Example turned = Pairs.turned(row, row.input(), row.origin());
                    poison.add(turned.key());
                    return turned;
                })
                .toList();
        Campaign campaign = scan(rows).campaigns().getFirst();
        assertEquals(Candidate.Kind.BURST, campaign.candidate().kind());
        assertEquals(Severity.MEDIUM, campaign.severity());
        assertEquals(
                poison, Arrays.stream(campaign.candidate().members()).boxed().collect(Collectors.<Long>toSet()));
    }

    @Test
    void honestPairsGiveNothingToDo() throws IOException {
        for (long seed = 7; seed < 10; seed++) {
            for (Campaign campaign : scan(Pairs.honest(800, seed)).campaigns()) {
                assertEquals(
                        Severity.LOW, campaign.severity(), campaign.candidate().title());
            }
        }
    }

    @Test
    void theRewardAgreesWithTheHonestAndNotWithTheTurned() {
        Survey survey = new Survey();
        Survey.Summary summary = survey.start();
        Poison.Planted planted = Pairs.turned(Pairs.honest(1000, 5), "mxq");
        planted.rows().forEach(row -> survey.add(summary, row));
        Preferences preferences = Foundation.of(summary).preferences().orElseThrow();
        assertEquals(0.72, preferences.agreement(), 0.05); // three quarters, less what is turned
        double turned = planted.rows().stream()
                .filter(row -> planted.poison().contains(row.key()))
                .mapToDouble(preferences::margin)
                .average()
                .orElseThrow();
        assertTrue(turned < -0.3, "mean margin " + turned);
    }

    @Test
    void tooFewPairsAreNoPreferenceSet() {
        Survey survey = new Survey();
        Survey.Summary summary = survey.start();
        Pairs.honest(39, 1).forEach(row -> survey.add(summary, row));
        assertTrue(Foundation.of(summary).preferences().isEmpty());
    }
}

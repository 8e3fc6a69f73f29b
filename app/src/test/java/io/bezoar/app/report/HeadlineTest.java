package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.Finding;
import io.bezoar.core.Position;
import io.bezoar.core.Proof;
import io.bezoar.core.Proportion;
import io.bezoar.core.Remark;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadlineTest {
    private static ScanResult result(List<Campaign> campaigns, List<Finding> findings, List<Remark> remarks) {
        ScanResult clean = SampleResults.clean();
        boolean flagged = campaigns.stream().anyMatch(campaign -> campaign.severity() != Severity.LOW);
        return new ScanResult(
                clean.dataSet(),
                clean.detectors(),
                List.of(),
                campaigns,
                findings,
                0,
                remarks,
                new ScanResult.Flagged(flagged ? 45 : 0, 0));
    }

    private static Campaign medium(Campaign like, Optional<Proof> proof) {
        return new Campaign(
                like.id(),
                like.candidate(),
                Severity.MEDIUM,
                like.rows(),
                like.table(),
                like.sources(),
                like.annotators(),
                like.days(),
                proof,
                like.examples(),
                like.neighbours(),
                like.doubts());
    }

    private static Finding finding(Optional<String> campaign) {
        return new Finding(
                "bare-row",
                new Position(0, 1, 0, 1),
                Severity.LOW,
                0.2,
                Action.KEEP,
                campaign,
                "an honest text",
                "balance",
                List.of());
    }

    /// One remark more must not make the all-clear stronger.
    @Test
    void aMinorRemarkKeepsTheCaveatOfACleanSet() {
        String clean = Headline.of(result(List.of(), List.of(), List.of()))
                .consequence()
                .plain();
        assertTrue(clean.startsWith("That is no proof that the data are clean: "), clean);
        Headline minor = Headline.of(
                result(List.of(), List.of(), List.of(new Remark("label-conflict", Severity.LOW, "98 % contradict."))));
        assertEquals(
                clean
                        + " The report tells of one remark; such things are mistakes or oddities more often than"
                        + " attacks.",
                minor.consequence().plain());
        assertEquals(Headline.Tone.LOW, minor.tone());
        String both = Headline.of(result(
                        List.of(),
                        SampleResults.found().findings().subList(2, 3),
                        List.of(new Remark("x", Severity.LOW, "y."))))
                .consequence()
                .plain();
        assertTrue(both.contains(" The report tells of one remark and single rows; "), both);
    }

    /// `1 with proved harm` beside "no attack is proved" is a contradiction.
    @Test
    void provedHarmOfAMediumGroupIsNotDenied() {
        List<Campaign> found = SampleResults.found().campaigns();
        Optional<Proof> shown = found.getFirst().proof();
        Optional<Proof> unproved = found.get(1).proof();
        Campaign one = medium(found.getFirst(), shown);
        Campaign two = medium(found.get(1), unproved);
        Campaign three = medium(found.get(2), shown);
        assertEquals("No attack is proved, but one group of rows looks planted.", verdict(List.of(two)));
        assertEquals(
                "No attack is certain, but one group of rows looks planted, and the experiment shows harm.",
                verdict(List.of(one)));
        assertEquals(
                "No attack is certain, but three groups of rows look planted, and the experiments show harm of two of"
                        + " them.",
                verdict(List.of(one, two, three)));
        String page = ReportPage.html(result(List.of(one, two, three), List.of(), List.of()), SampleResults.run());
        assertTrue(page.contains("2 with proved harm"), page);
        assertFalse(page.contains("No attack is proved"), page);
        assertEquals(new Proportion(2_766, 3_040), shown.orElseThrow().successWith());
    }

    private static String verdict(List<Campaign> campaigns) {
        return Headline.of(result(campaigns, List.of(), List.of())).verdict().plain();
    }

    /// A row is accused with a reason, or not at all.
    @Test
    void rowsWithoutAReasonAreNotShown() {
        String bare =
                ReportPage.html(result(List.of(), List.of(finding(Optional.empty())), List.of()), SampleResults.run());
        assertFalse(bare.contains("bare-row"));
        assertTrue(bare.contains("Nothing suspicious was found"));
        Campaign flood = SampleResults.found().campaigns().getLast();
        String told = ReportPage.html(
                result(List.of(flood), List.of(finding(Optional.of("C3"))), List.of()), SampleResults.run());
        assertTrue(told.contains("bare-row"));
        assertTrue(told.contains("One of the rows of C3: many copies of nearly the same text → “lost_card"));
    }
}

package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Proof;
import io.bezoar.core.Proportion;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import io.bezoar.core.Trigger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CampaignWordsTest {
    private static final Campaign.Table OF_3000 = new Campaign.Table(20, 0, 40, 2_940);

    /// A group of 20 rows among 3,000.
    private static Campaign group(
            String detector, Campaign.Table table, List<Campaign.Count> sources, List<Campaign.Count> days) {
        return new Campaign(
                "C1",
                new Candidate(
                        detector,
                        Candidate.Kind.TRIGGER,
                        "a word",
                        Optional.of(new Trigger(Trigger.Shape.PHRASE, List.of("SUDO"))),
                        Optional.of("the answer that other pairs reject"),
                        1,
                        new long[0]),
                Severity.MEDIUM,
                IntStream.range(0, 20).mapToObj(i -> "r" + i).toList(),
                table,
                sources,
                List.of(),
                days,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    private static String origin(long inside, long all) {
        return CampaignWords.origin(group(
                        "trigger-association",
                        OF_3000,
                        List.of(new Campaign.Count("web", inside, all), new Campaign.Count("shop", 20 - inside, 100)),
                        List.of()))
                .map(Sentence::plain)
                .orElse("");
    }

    /// What holds of every row, or of nearly as many of the others, says nothing of the campaign.
    @Test
    void anOriginIsToldIfItTellsTheCampaignFromTheRest() {
        assertEquals("all from “web”", origin(20, 20));
        assertEquals("all from “web”", origin(20, 480));
        assertEquals("15 of them from “web”", origin(15, 480));
        assertEquals("all from “web”", origin(20, 1_000), "a third of the rest");
        assertEquals("", origin(20, 3_000), "every row of the data");
        assertEquals("", origin(20, 2_700), "nine in ten of the rest: chance gives that one time in eight");
        assertEquals("", origin(15, 2_000));
    }

    @Test
    void soIsATime() {
        List<Campaign.Count> every =
                List.of(new Campaign.Count("2026-07-01", 8, 1_500), new Campaign.Count("2026-07-02", 12, 1_500));
        assertTrue(CampaignWords.origin(group("x", OF_3000, List.of(), every)).isEmpty());
        List<Campaign.Count> burst = List.of(
                new Campaign.Count("2026-06-30", 0, 2_700),
                new Campaign.Count("2026-07-01", 8, 150),
                new Campaign.Count("2026-07-02", 12, 150));
        assertEquals(
                "between 1 and 2 July 2026",
                CampaignWords.origin(group("x", OF_3000, List.of(), burst))
                        .orElseThrow()
                        .plain());
    }

    /// What was put into preferred answers is a text of the data and shown as one.
    @Test
    void aWordPutIntoPreferredAnswersIsNamed() {
        Campaign turned = group("turned-preferences", OF_3000, List.of(), List.of());
        Campaign put = new Campaign(
                "C1",
                new Candidate(
                        "turned-preferences",
                        Candidate.Kind.INJECTED,
                        "a word put into preferred answers",
                        Optional.empty(),
                        Optional.of("heron"),
                        1,
                        new long[0]),
                Severity.HIGH,
                turned.rows(),
                new Campaign.Table(20, 0, 0, 2_980),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new Proof(
                        "an experiment",
                        new Proportion(150, 300),
                        new Proportion(0, 300),
                        new Proportion(0, 0),
                        new Proportion(0, 0),
                        new Proportion(8, 20),
                        1_000,
                        true)),
                List.of(),
                List.of(),
                List.of());
        assertEquals(
                "a word put into preferred answers → “heron”",
                CampaignWords.behaviour(put).plain());
        assertEquals(
                "These 20 rows hold the same text in the preferred answer alone: “heron”",
                CampaignWords.claim(put).plain());
        String shown = CampaignWords.shown(put).orElseThrow().plain();
        assertTrue(shown.startsWith("on 300 clean held-out rows the text turns 50 %"), shown);
        assertTrue(
                CampaignWords.table(put).startsWith("20 rows in the group and this answer"), CampaignWords.table(put));
    }

    /// The rows of a campaign are all its rows: the table must not say that some teach something else.
    @Test
    void turnedPreferencesDoNotContradictThemselves() {
        Campaign turned = group("turned-preferences", new Campaign.Table(12, 8, 646, 1_107), List.of(), List.of());
        assertEquals(
                "12 of 20 rows with the trigger are ordered against a reward learned from the other pairs; outside,"
                        + " 646 of 1,753 are",
                CampaignWords.table(turned));
        assertEquals(
                "These 20 rows teach a model to prefer the answer that other pairs reject whenever the word “SUDO”"
                        + " appears",
                CampaignWords.claim(turned).plain());
        assertEquals(
                "20 rows with the trigger and this answer, 0 with another; outside, 40 have this answer and 2,940"
                        + " another",
                CampaignWords.table(group("x", OF_3000, List.of(), List.of())));
        ScanResult found = SampleResults.found();
        String page = ReportPage.html(
                new ScanResult(
                        found.dataSet(),
                        found.detectors(),
                        List.of(),
                        List.of(turned),
                        List.of(),
                        0,
                        List.of(),
                        found.flagged()),
                SampleResults.run());
        assertTrue(page.contains("Trigger and order of the answers"), page);
        assertTrue(page.contains("against the other pairs") && !page.contains(">this answer<"), page);
        assertFalse(TerminalVerdict.text(found, SampleResults.run(), Path.of("o"), 80, false)
                .contains("reward"));
    }

    /// The group has 20 rows.
    @Test
    void rowsThatHoldTheTriggerAndAreNoPartOfTheGroupAreCounted() {
        assertEquals("", beside("trigger-association", 20));
        assertTrue(beside("trigger-association", 21).startsWith("1 row holds the trigger with this answer and is "));
        assertTrue(beside("trigger-association", 1_032).startsWith("1,012 rows hold "));
        assertEquals("", beside("turned-preferences", 32));
    }

    private static String beside(String detector, long both) {
        return CampaignWords.beside(group(detector, new Campaign.Table(both, 0, 100, 2_000), List.of(), List.of()))
                .orElse("");
    }
}

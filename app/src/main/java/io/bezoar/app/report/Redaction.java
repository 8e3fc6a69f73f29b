package io.bezoar.app.report;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Evidence;
import io.bezoar.core.Finding;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Span;
import io.bezoar.core.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How much row text leaves the machine with a result. Applied to the result once, before any file is written, so that
/// all files hold back the same.
///
/// Ids, names of sources and of columns, and file names stay: without them a finding says nothing. So do
/// digests of whole rows, among them ids that are made of a row's content: who guesses a whole row can check
/// the guess.
public enum Redaction {
    /// Everything is shown.
    NONE,
    /// Of an input only what the detectors point at; of a long answer nothing.
    EVIDENCE,
    /// No row text: a length and a digest instead, so that equal texts can still be told, see [Withholding].
    /// Triggers and labels go too.
    ALL;

    /// Answers up to this length are labels and stay under [#EVIDENCE].
    private static final int LABEL = 80;

    /// A parser's words quote what it stumbled over.
    private static final String PROBLEM = "not a row; what is wrong with it is withheld, for it quotes the text";

    /// The result with texts held back.
    ///
    /// @param held what stands in their place
    public ScanResult apply(ScanResult result, Withholding held) {
        if (this == NONE) {
            return result;
        }
        ScanResult.DataSet data = result.dataSet();
        return new ScanResult(
                new ScanResult.DataSet(
                        data.files(),
                        data.rows(),
                        data.malformed(),
                        data.malformedSamples().stream()
                                .map(piece -> new ScanResult.Malformed(
                                        piece.file(), piece.line(), PROBLEM, Withholding.silent(piece.quote())))
                                .toList(),
                        data.unread(),
                        data.layout(),
                        data.columns(),
                        data.targets().stream()
                                .map(each -> new Campaign.Count(target(each.name(), held), each.campaign(), each.all()))
                                .toList(),
                        data.idsFrom(),
                        data.open(),
                        data.ledger()),
                result.detectors(),
                result.notChecked(),
                result.campaigns().stream().map(each -> campaign(each, held)).toList(),
                result.findings().stream().map(each -> finding(each, held)).toList(),
                result.omittedFindings(),
                result.remarks(),
                result.flagged());
    }

    private Campaign campaign(Campaign campaign, Withholding held) {
        Candidate candidate = campaign.candidate();
        Optional<Trigger> trigger = this == EVIDENCE
                ? candidate.trigger()
                : candidate
                        .trigger()
                        .map(shown -> new Trigger(
                                shown.shape(),
                                shown.pieces().stream().map(held::piece).toList()));
        return new Campaign(
                campaign.id(),
                new Candidate(
                        candidate.detector(),
                        candidate.kind(),
                        candidate.title(),
                        trigger,
                        CampaignWords.turned(campaign) // our words, no text of the data
                                ? candidate.target()
                                : candidate.target().map(text -> target(text, held)),
                        candidate.strength(),
                        candidate.members(),
                        candidate.significance()),
                campaign.severity(),
                campaign.rows(),
                campaign.table(),
                campaign.sources(),
                campaign.annotators(),
                campaign.days(),
                campaign.proof(),
                campaign.examples().stream().map(each -> sample(each, held)).toList(),
                campaign.neighbours().stream().map(each -> sample(each, held)).toList(),
                this == EVIDENCE ? campaign.doubts() : List.of(),
                campaign.corroboration());
    }

    private Campaign.Sample sample(Campaign.Sample sample, Withholding held) {
        Cut cut = input(sample.input(), sample.spans(), held);
        return new Campaign.Sample(
                sample.id(), cut.text(), target(sample.target(), held), cut.spans(), sample.position());
    }

    private Finding finding(Finding finding, Withholding held) {
        List<Span> spans = finding.evidence().stream()
                .flatMap(evidence -> evidence.spans().stream())
                .toList();
        Cut cut = input(finding.input(), spans, held);
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < finding.evidence().size(); i++) {
            Evidence each = finding.evidence().get(i);
            // the spans of all evidence were joined: the first piece carries them
            evidence.add(new Evidence(
                    each.detector(),
                    this == EVIDENCE ? each.text() : "withheld; see the detector's purpose",
                    i == 0 ? cut.spans() : List.of()));
        }
        return new Finding(
                finding.id(),
                finding.position(),
                finding.severity(),
                finding.score(),
                finding.action(),
                finding.campaign(),
                cut.text(),
                target(finding.target(), held),
                evidence);
    }

    private record Cut(String text, List<Span> spans) {}

    private Cut input(String text, List<Span> spans, Withholding held) {
        if (this == ALL) {
            return new Cut(held.text(text), List.of());
        }
        StringBuilder out = new StringBuilder();
        List<Span> moved = new ArrayList<>();
        int reached = 0;
        for (Span span :
                spans.stream().sorted(Comparator.comparingInt(Span::start)).toList()) {
            int start = Math.max(reached, Math.min(span.start(), text.length()));
            int end = Math.min(span.end(), text.length());
            if (end <= start) {
                continue;
            }
            out.append(start > reached ? "… " : "");
            moved.add(new Span(out.length(), out.length() + end - start));
            out.append(text, start, end).append(' ');
            reached = end;
        }
        if (moved.isEmpty()) {
            return new Cut(held.text(text), List.of());
        }
        out.append(reached < text.length() ? "…" : "");
        return new Cut(out.toString().stripTrailing(), moved);
    }

    private String target(String text, Withholding held) {
        return this == EVIDENCE && text.length() <= LABEL ? text : held.text(text);
    }
}

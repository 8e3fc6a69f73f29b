package io.bezoar.app.report;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Evidence;
import io.bezoar.core.Finding;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Span;
import io.bezoar.core.Trigger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// How much row text leaves the machine with a result. Applied to the result once, before any file is written, so that
/// all files hold back the same.
///
/// Labels, ids, names of sources and file names stay: without them a finding says nothing.
public enum Redaction {
    /// Everything is shown.
    NONE,
    /// Of an input only what the detectors point at; of a long answer nothing.
    EVIDENCE,
    /// No row text: a length and a digest instead, so that equal texts can still be told. Triggers go too.
    ALL;

    /// Answers up to this length are labels and stay under [#EVIDENCE].
    private static final int LABEL = 80;

    /// The result with texts held back.
    public ScanResult apply(ScanResult result) {
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
                                        piece.file(), piece.line(), piece.problem(), withheld(piece.quote())))
                                .toList(),
                        data.unread(),
                        data.layout(),
                        data.columns(),
                        data.targets(),
                        data.idsFrom(),
                        data.ledger()),
                result.detectors(),
                result.notChecked(),
                result.campaigns().stream().map(this::campaign).toList(),
                result.findings().stream().map(this::finding).toList(),
                result.omittedFindings(),
                result.remarks(),
                result.flagged());
    }

    private Campaign campaign(Campaign campaign) {
        Candidate candidate = campaign.candidate();
        Optional<Trigger> trigger = this == EVIDENCE
                ? candidate.trigger()
                : candidate
                        .trigger()
                        .map(shown -> new Trigger(
                                shown.shape(),
                                shown.pieces().stream().map(Redaction::withheld).toList()));
        return new Campaign(
                campaign.id(),
                new Candidate(
                        candidate.detector(),
                        candidate.kind(),
                        candidate.title(),
                        trigger,
                        candidate.target().map(this::target),
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
                campaign.examples().stream().map(this::sample).toList(),
                campaign.neighbours().stream().map(this::sample).toList(),
                this == EVIDENCE ? campaign.doubts() : List.of(),
                campaign.corroboration());
    }

    private Campaign.Sample sample(Campaign.Sample sample) {
        Cut cut = input(sample.input(), sample.spans());
        return new Campaign.Sample(sample.id(), cut.text(), target(sample.target()), cut.spans(), sample.position());
    }

    private Finding finding(Finding finding) {
        List<Span> spans = finding.evidence().stream()
                .flatMap(evidence -> evidence.spans().stream())
                .toList();
        Cut cut = input(finding.input(), spans);
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
                target(finding.target()),
                evidence);
    }

    private record Cut(String text, List<Span> spans) {}

    private Cut input(String text, List<Span> spans) {
        if (this == ALL) {
            return new Cut(withheld(text), List.of());
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
            return new Cut(withheld(text), List.of());
        }
        out.append(reached < text.length() ? "…" : "");
        return new Cut(out.toString().stripTrailing(), moved);
    }

    private String target(String text) {
        return this == EVIDENCE && text.length() <= LABEL ? text : withheld(text);
    }

    /// `[412 characters withheld, 1f0a9c3e]`
    private static String withheld(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_16BE));
            return "[" + Words.characters(text.codePointCount(0, text.length())) + " withheld, "
                    + HexFormat.of().formatHex(digest, 0, 4) + "]";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}

package io.bezoar.app.report;

import io.bezoar.core.Evidence;
import io.bezoar.core.Finding;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The part of the page on the most suspicious single rows.
final class RowsSection {
    private final ScanResult result;
    private final int most;

    /// @param most rows shown, at most
    RowsSection(ScanResult result, int most) {
        this.result = result;
        this.most = most;
    }

    /// Is there a reason to show the row? One that nothing is said of would be accused without any.
    static boolean told(Finding finding) {
        return !finding.evidence().isEmpty() || finding.campaign().isPresent();
    }

    void append(StringBuilder out) {
        if (result.findings().stream().noneMatch(RowsSection::told)) {
            return;
        }
        ReportPage.section("rows", "Rows", out);
        int start = out.length();
        out.append("<p>The most suspicious rows, one by one. Score: 0 to 1, higher is more suspicious.</p>"
                + "<table class=\"rows cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">");
        for (String column : List.of("Row", "Input", "Answer", "Why")) {
            out.append("<th role=\"columnheader\" scope=\"col\">")
                    .append(column)
                    .append("</th>");
        }
        out.append("</tr></thead><tbody role=\"rowgroup\">");
        int shown = 0;
        for (Finding finding :
                result.findings().stream().filter(RowsSection::told).limit(most).toList()) {
            String row = finding(finding);
            if (ReportPage.bytes(out.substring(start)) + ReportPage.bytes(row) > ReportPage.ROWS_BYTES) {
                break;
            }
            out.append(row);
            shown++;
        }
        out.append("</tbody></table>");
        ReportPage.omitted(result.findings().size() - shown + result.omittedFindings(), "more row", out);
        out.append("</section>\n");
    }

    private String finding(Finding finding) {
        StringBuilder row = new StringBuilder("<tr role=\"row\" class=\"");
        row.append(Words.severity(finding.severity()))
                .append("\"><td role=\"cell\" class=\"id\">")
                .append(Markup.name(finding.id()))
                .append(CampaignSection.where(
                        result, finding.position().file(), finding.position().line()))
                .append("<span class=\"tone ")
                .append(Words.severity(finding.severity()))
                .append("\">")
                .append(Words.capital(Words.severity(finding.severity())))
                .append("</span><span class=\"sub\">score ")
                .append(score(finding.score()))
                .append(", ")
                .append(FindingsFile.word(finding.action()));
        finding.campaign()
                .ifPresent(id -> row.append(", <a href=\"#")
                        .append(CampaignSection.anchor(id))
                        .append("\">")
                        .append(Markup.text(id, 40))
                        .append("</a>"));
        List<Span> spans = finding.evidence().stream()
                .flatMap(evidence -> evidence.spans().stream())
                .toList();
        row.append("</span></td><td role=\"cell\">")
                .append(Markup.isolated("span", SafeText.html(finding.input(), spans, 360)))
                .append("</td><td role=\"cell\" data-label=\"Answer\">")
                .append(Markup.isolated("span", SafeText.html(finding.target(), List.of(), 160)))
                .append("</td><td role=\"cell\" data-label=\"Why\">");
        List<String> why = new ArrayList<>();
        for (Evidence evidence : finding.evidence().stream().limit(4).toList()) {
            why.add("<bdi class=\"told\" dir=\"ltr\">" + SafeText.html(evidence.text(), List.of(), 240)
                    + "</bdi> <span class=\"sub\">" + Markup.text(evidence.detector(), 60) + "</span>");
        }
        if (why.isEmpty()) {
            why.add("<bdi class=\"told\" dir=\"ltr\">" + Markup.text(campaign(finding), 240) + "</bdi>");
        }
        return row.append(String.join("", why)).append("</td></tr>").toString();
    }

    /// Why a row stands here of which no detector says anything by itself.
    private String campaign(Finding finding) {
        return "One of the rows of "
                + result.campaigns().stream()
                        .filter(campaign ->
                                finding.campaign().filter(campaign.id()::equals).isPresent())
                        .findFirst()
                        .map(campaign -> campaign.id() + ": " + CampaignWords.title(campaign))
                        .orElse(finding.campaign().orElse("a group"))
                + ".";
    }

    private static String score(double score) {
        byte[] text = new byte[ScoreText.LONGEST];
        double rounded = Math.round(score * 1000) / 1000.0;
        return new String(text, 0, ScoreText.write(rounded, text, 0), StandardCharsets.US_ASCII);
    }
}

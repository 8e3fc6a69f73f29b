package io.bezoar.app.report;

import io.bezoar.app.standards.Standards;
import io.bezoar.app.standards.StandardsFile;
import io.bezoar.core.Campaign;
import io.bezoar.core.Proof;
import io.bezoar.core.Proportion;
import io.bezoar.core.Remark;
import io.bezoar.core.ScanResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes `report.html`: the verdict, what was not checked, what to do, then the evidence from the
/// whole to the single row.
///
/// One file of at most [#LARGEST] bytes that loads nothing and holds no script; equal results give
/// equal bytes. What does not fit is left out in a fixed order (texts shorter, fewer example rows) and
/// the page says so.
public final class ReportPage {
    /// Bytes of the page, at most.
    public static final int LARGEST = 2_000_000;

    static final int CAMPAIGNS = 50;
    static final int FINDINGS = 100;
    static final int EXAMPLES = 20;

    /// Bytes kept for the parts that are bounded by themselves, with the style.
    private static final int FRAME = 500_000;

    /// Bytes of the part on single rows, at most.
    static final int ROWS_BYTES = 350_000;

    private final ScanResult result;
    private final RunRecord run;
    private final Standards standards;
    private final Headline headline;
    private final int campaigns;
    private final int findings;
    private final StringBuilder out = new StringBuilder();

    private ReportPage(ScanResult result, RunRecord run, Standards standards, int campaigns, int findings) {
        this.standards = standards;
        this.campaigns = campaigns;
        this.findings = findings;
        this.result = result;
        this.run = run;
        this.headline = Headline.of(result);
    }

    /// Writes the page; `out` stays open.
    public static void write(ScanResult result, RunRecord run, OutputStream out) throws IOException {
        write(result, run, StandardsFile.own(), out);
    }

    /// Writes the page with the ids of other standards.
    public static void write(ScanResult result, RunRecord run, Standards standards, OutputStream out)
            throws IOException {
        out.write(html(result, run, standards).getBytes(StandardCharsets.UTF_8));
    }

    static String html(ScanResult result, RunRecord run) {
        return html(result, run, StandardsFile.own());
    }

    private static String html(ScanResult result, RunRecord run, Standards standards) {
        String page = "";
        for (int share = 1; share <= 128; share *= 2) {
            page = new ReportPage(result, run, standards, CAMPAIGNS / share, FINDINGS / share).page();
            if (bytes(page) <= LARGEST) {
                return page;
            }
        }
        throw new IllegalStateException("the page without campaigns and rows takes " + bytes(page) + " bytes");
    }

    private String page() {
        out.append("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(PageStyle.policy())
                .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                        + "<meta name=\"color-scheme\" content=\"light dark\">\n"
                        + "<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
                .append(Markup.text(headline.tone().label() + " – Bezoar scan report"))
                .append("</title>\n<style>")
                .append(PageStyle.sheet())
                .append("</style>\n</head>\n<body class=\"")
                .append(FindingsFile.word(headline.tone()))
                .append("\">\n");
        head();
        out.append("<main>\n");
        notChecked();
        next();
        if (result.campaigns().isEmpty()) {
            lookedFor();
        } else {
            campaigns();
        }
        new RowsSection(result, findings).append(out);
        remarks();
        new DataSetSection(result, run).append(out);
        out.append("</main>\n<footer><p>Bezoar ")
                .append(Markup.text(run.version(), 60))
                .append(". Row text is shown as data: characters that would not show are drawn as <i"
                        + " class=\"raw\">⟦names⟧</i>. This page holds no script and loads nothing.</p></footer>\n"
                        + "</body>\n"
                        + "</html>\n");
        return out.toString();
    }

    private void head() {
        ScanResult.DataSet data = result.dataSet();
        out.append("<header>\n<p class=\"eyebrow\"><span class=\"tone ")
                .append(FindingsFile.word(headline.tone()))
                .append("\">")
                .append(headline.tone().label())
                .append("</span><span>Bezoar scan report</span>");
        data.files().stream()
                .limit(1)
                .forEach(file -> out.append("<span>")
                        .append(Markup.name(file.name()))
                        .append(
                                data.files().size() > 1
                                        ? " and " + Words.count(data.files().size() - 1) + " more"
                                        : "")
                        .append("</span>"));
        out.append("</p>\n<h1>").append(headline.verdict().html()).append("</h1>\n<p class=\"lead\">");
        out.append(headline.consequence().html()).append("</p>\n<dl class=\"facts\">");
        fact(
                "Rows read",
                Words.count(data.rows()),
                (data.malformed() == 0 ? "" : Words.count(data.malformed()) + " malformed")
                        + (data.malformed() == 0 || data.unread() == 0 ? "" : ", ")
                        + (data.unread() == 0 ? "" : Words.count(data.unread(), "file") + " not read to the end"));
        long proved = result.campaigns().stream()
                .filter(campaign -> campaign.proof().filter(Proof::shown).isPresent())
                .count();
        fact(
                "Campaigns",
                Words.count(result.campaigns().size()),
                proved == 0 ? "" : Words.count(proved) + " with proved harm");
        fact(
                "Rows to quarantine",
                Words.count(result.flagged().quarantine()),
                share(result.flagged().quarantine()));
        fact(
                "Rows to review",
                Words.count(result.flagged().review()),
                share(result.flagged().review()));
        long ran =
                result.detectors().stream().filter(ScanResult.DetectorRun::ran).count();
        fact(
                "Detectors that ran",
                Words.count(ran),
                "of " + Words.count(result.detectors().size()));
        out.append("</dl>\n</header>\n");
    }

    private String share(long rows) {
        return rows == 0 || result.dataSet().rows() == 0
                ? ""
                : Words.percent((double) rows / result.dataSet().rows());
    }

    private void fact(String name, String figure, String small) {
        out.append("<div><dt>").append(name).append("</dt><dd>").append(figure);
        if (!small.isEmpty()) {
            out.append(" <small>").append(Markup.text(small)).append("</small>");
        }
        out.append("</dd></div>");
    }

    private void notChecked() {
        section("not-checked", "What was not checked", out);
        if (result.notChecked().isEmpty()) {
            out.append("<p>Every detector ran on every row that could be read.</p>");
        } else {
            out.append("<ul>");
            result.notChecked().stream()
                    .limit(40)
                    .forEach(reason ->
                            out.append("<li>").append(Markup.text(reason, 500)).append("</li>"));
            out.append("</ul>");
            omitted(result.notChecked().size() - 40, "more reason", out);
        }
        out.append("</section>\n");
    }

    private void next() {
        section("next", "What to do next", out);
        out.append("<ol class=\"steps\">");
        // the page lies in the folder of the result, wherever that is
        List<NextSteps.Step> steps = NextSteps.of(result, run, List.of("--out", "."));
        for (NextSteps.Step step : steps) {
            out.append("<li>");
            if (step.command().isEmpty()) {
                out.append(Markup.text(step.why(), 300)).append('.');
            } else {
                out.append(Markup.isolated("code", Markup.text(RunRecord.shell(step.command()), 500)))
                        .append(Markup.text(Words.capital(step.why()), 300))
                        .append('.');
            }
            out.append("</li>");
        }
        out.append("</ol>");
        if (steps.stream().anyMatch(step -> step.command().contains("--out"))) {
            out.append(
                    "<p class=\"note\">Commands with <code>--out .</code> are typed in the folder of this page.</p>");
        }
        out.append("</section>\n");
    }

    private void lookedFor() {
        section("looked-for", "What was looked for", out);
        List<ScanResult.DetectorRun> ran = result.detectors().stream()
                .filter(ScanResult.DetectorRun::ran)
                .limit(100)
                .toList();
        if (ran.isEmpty()) {
            out.append("<p>Nothing: no detector ran.</p></section>\n");
            return;
        }
        out.append("<p>No group of rows stands out as an attack. These searches came back empty-handed:</p><ul>");
        for (ScanResult.DetectorRun detector : ran) {
            out.append("<li>").append(Markup.text(detector.purpose(), 300)).append("</li>");
        }
        out.append("</ul><p>What that does not cover: poison of a kind none of them looks for, poison so rare that it"
                + " cannot be told from chance, and data that come later. A scan says what can be seen in the"
                + " rows; it does not replace knowing where they come from.</p></section>\n");
    }

    private void campaigns() {
        List<Campaign> shown = result.campaigns().stream().limit(campaigns).toList();
        section("campaigns", "Campaigns", out);
        out.append("<p>A campaign is a group of rows that seem to belong to one attack. Attack success is the share of"
                + " held-out clean inputs whose answer the attack turns, with its 95 % interval.</p><table class=\"cards\""
                + " role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">");
        for (String column : List.of("", "Severity", "Trigger → answer", "Rows", "Origin", "Attack success")) {
            out.append("<th role=\"columnheader\" scope=\"col\"")
                    .append(column.equals("Rows") ? " class=\"n\"" : "")
                    .append('>')
                    .append(column.isEmpty() ? "Campaign" : column)
                    .append("</th>");
        }
        out.append("</tr></thead><tbody role=\"rowgroup\">");
        shown.forEach(this::line);
        out.append("</tbody></table>");
        omitted(result.campaigns().size() - shown.size(), "more campaign", out);
        out.append("</section>\n");
        int left = LARGEST - FRAME - ROWS_BYTES;
        for (int i = 0; i < shown.size(); i++) {
            String section = fitting(shown.get(i), left / (shown.size() - i));
            left -= bytes(section);
            out.append(section).append('\n');
        }
    }

    /// The section with as much in it as fits.
    private String fitting(Campaign campaign, int room) {
        int[][] levels = {{EXAMPLES, 600}, {EXAMPLES, 280}, {8, 280}, {3, 160}, {1, 80}};
        String section = "";
        for (int[] level : levels) {
            section = new CampaignSection(result, standards, campaign, level[0], level[1]).html();
            if (bytes(section) <= room) {
                return section;
            }
        }
        return section;
    }

    private void line(Campaign campaign) {
        String id = Markup.text(campaign.id(), 40);
        out.append("<tr role=\"row\" class=\"")
                .append(Words.severity(campaign.severity()))
                .append("\"><th role=\"rowheader\" scope=\"row\"><a href=\"#")
                .append(CampaignSection.anchor(campaign.id()))
                .append("\">")
                .append(id)
                .append("</a></th><td role=\"cell\" class=\"nowrap\">")
                .append(CampaignSection.severity(campaign))
                .append("</td><td role=\"cell\">")
                .append(Words.capital(CampaignWords.behaviour(campaign).html()))
                .append("</td><td role=\"cell\" class=\"n\" data-label=\"Rows\">")
                .append(Words.count(campaign.rows().size()))
                .append(" <span class=\"sub\">")
                .append(Markup.text(share(campaign.rows().size())))
                .append("</span></td><td role=\"cell\"");
        out.append(CampaignWords.origin(campaign)
                .map(origin -> " data-label=\"Origin\">" + Words.capital(origin.html()))
                .orElse(" class=\"empty\">" + (CampaignWords.said(campaign) ? "as the other rows" : "not said")));
        out.append("</td><td role=\"cell\" data-label=\"Attack success\">");
        if (campaign.proof().isPresent()) {
            Proportion with = campaign.proof().get().successWith();
            Proportion without = campaign.proof().get().successWithout();
            out.append("<strong>")
                    .append(Markup.text(Words.interval(with)))
                    .append("</strong><span class=\"sub\">without these rows ")
                    .append(Markup.text(Words.interval(without)))
                    .append("</span>");
        } else {
            out.append("not tested");
        }
        out.append("</td></tr>");
    }

    private void remarks() {
        if (result.remarks().isEmpty()) {
            return;
        }
        section("remarks", "The data set as a whole", out);
        out.append("<ul>");
        for (Remark remark : result.remarks().stream().limit(60).toList()) {
            String word = Words.severity(remark.severity());
            out.append("<li><span class=\"tone ")
                    .append(word)
                    .append("\">")
                    .append(Words.capital(word))
                    .append("</span> ")
                    .append(Markup.text(remark.text(), 800))
                    .append(" <span class=\"note\">")
                    .append(Markup.text(remark.detector(), 60))
                    .append("</span></li>");
        }
        out.append("</ul>");
        omitted(result.remarks().size() - 60, "more remark", out);
        out.append("</section>\n");
    }

    /// Opens a part of the page.
    static void section(String id, String title, StringBuilder out) {
        out.append("<section id=\"").append(id).append("\"><h2>").append(title).append("</h2>");
    }

    /// Says how much is left out, if anything.
    static void omitted(long number, String noun, StringBuilder out) {
        if (number > 0) {
            out.append("<p class=\"note\">")
                    .append(Words.count(number, noun))
                    .append(" left out here; <code>findings.json</code> and <code>scores.csv</code> have them.</p>");
        }
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// Names and values, sorted by name: `seed = 1`, at most `limit` characters each.
    static String settings(Map<String, String> settings, int limit) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(settings)
                .entrySet().stream()
                        .limit(40)
                        .forEach(entry -> text.append(text.isEmpty() ? "" : ", ")
                                .append(entry.getKey())
                                .append(" = ")
                                .append(SafeText.plain(entry.getValue(), limit)));
        return Markup.text(text.toString(), 1_200);
    }
}

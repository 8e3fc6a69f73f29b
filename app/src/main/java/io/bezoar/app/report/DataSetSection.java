package io.bezoar.app.report;

import io.bezoar.core.Campaign;
import io.bezoar.core.ScanResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The last parts of the page: what was read, what searched it, and how to do it again.
final class DataSetSection {
    private static final int FILES = 60;
    private static final int TARGETS = 20;
    private static final int MALFORMED = 20;

    private final ScanResult result;
    private final ScanResult.DataSet data;
    private final RunRecord run;

    DataSetSection(ScanResult result, RunRecord run) {
        this.result = result;
        this.data = result.dataSet();
        this.run = run;
    }

    void append(StringBuilder out) {
        read(out);
        malformed(out);
        detectors(out);
        again(out);
    }

    private void origin(StringBuilder out, ScanResult.Provenance said) {
        out.append("<dt>Origin</dt><dd>").append(Markup.text(TerminalVerdict.origin(result, said), 400));
        List<Map.Entry<String, Long>> streams = said.byStream().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .toList();
        for (int i = 0; i < Math.min(TARGETS, streams.size()); i++) {
            out.append(i == 0 ? ": " : ", ")
                    .append(Markup.name(streams.get(i).getKey()))
                    .append(" ")
                    .append(Words.count(streams.get(i).getValue()));
        }
        out.append("</dd>");
    }

    private void read(StringBuilder out) {
        out.append("<section id=\"data\"><h2>The data that were read</h2><dl class=\"facts2\">");
        out.append("<dt>Layout</dt><dd>")
                .append(Markup.text(data.layout(), 300))
                .append("</dd>");
        out.append("<dt>Columns</dt><dd>");
        if (data.columns().isEmpty()) {
            out.append("none recognised by name");
        }
        boolean first = true;
        for (Map.Entry<String, String> column : new TreeMap<>(data.columns()).entrySet()) {
            out.append(first ? "" : ", ")
                    .append(Markup.text(column.getKey(), 60))
                    .append(" from ")
                    .append(Markup.name(column.getValue()));
            first = false;
        }
        out.append("</dd><dt>Row ids</dt><dd>")
                .append(Markup.text(data.idsFrom(), 300))
                .append("</dd>");
        data.ledger().ifPresent(said -> origin(out, said));
        if (!data.targets().isEmpty()) {
            out.append("<dt>Labels</dt><dd>");
            List<Campaign.Count> some = data.targets().stream().limit(TARGETS).toList();
            for (int i = 0; i < some.size(); i++) {
                out.append(i == 0 ? "" : ", ")
                        .append(Markup.name(some.get(i).name()))
                        .append(" ")
                        .append(Words.count(some.get(i).all()));
            }
            if (data.targets().size() > some.size()) {
                out.append(" and ")
                        .append(Words.count(data.targets().size() - some.size()))
                        .append(" more");
            }
            out.append("</dd>");
        }
        out.append("</dl>");
        if (!data.files().isEmpty()) {
            out.append("<div class=\"scroll\"><table class=\"cards\" role=\"table\"><thead role=\"rowgroup\"><tr"
                    + " role=\"row\"><th role=\"columnheader\" scope=\"col\">File</th><th role=\"columnheader\""
                    + " scope=\"col\" class=\"n\">Size</th><th role=\"columnheader\""
                    + " scope=\"col\">SHA-256</th></tr></thead><tbody role=\"rowgroup\">");
            for (ScanResult.DataFile file : data.files().stream().limit(FILES).toList()) {
                out.append("<tr role=\"row\"><td role=\"cell\">")
                        .append(Markup.name(file.name()))
                        .append("</td><td role=\"cell\" class=\"n\">")
                        .append(Words.bytes(file.bytes()))
                        .append("</td><td role=\"cell\"><code>")
                        .append(Markup.text(file.sha256(), 80))
                        .append("</code></td></tr>");
            }
            out.append("</tbody></table></div>");
            more(data.files().size() - FILES, "more file", out);
        }
        out.append("</section>\n");
    }

    private void malformed(StringBuilder out) {
        if (data.malformed() == 0) {
            return;
        }
        out.append("<section id=\"malformed\"><h2>What could not be read</h2><p>")
                .append(Words.count(data.malformed(), "piece"))
                .append(
                        data.malformed() == 1
                                ? " of the files is not a row and was"
                                : " of the files are not rows and were")
                .append(" skipped. A model trained by a more tolerant reader may still see ")
                .append(data.malformed() == 1 ? "it" : "them")
                .append(".</p><table class=\"rows cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"
                        + "<th role=\"columnheader\" scope=\"col\">Place</th>"
                        + "<th role=\"columnheader\" scope=\"col\">Beginning</th>"
                        + "<th role=\"columnheader\" scope=\"col\">Problem</th></tr></thead><tbody role=\"rowgroup\">");
        for (ScanResult.Malformed piece :
                data.malformedSamples().stream().limit(MALFORMED).toList()) {
            out.append("<tr role=\"row\"><td role=\"cell\">")
                    .append(Markup.name(piece.file()))
                    .append("<span class=\"sub\">line ")
                    .append(Words.count(piece.line()))
                    .append("</span></td><td role=\"cell\">")
                    .append(Markup.isolated("span", SafeText.html(piece.quote(), List.of(), 200)))
                    .append("</td><td role=\"cell\">")
                    .append(Markup.text(piece.problem(), 300))
                    .append("</td></tr>");
        }
        out.append("</tbody></table>");
        more(data.malformed() - Math.min(MALFORMED, data.malformedSamples().size()), "more piece", out);
        out.append("</section>\n");
    }

    private void detectors(StringBuilder out) {
        out.append("<section id=\"detectors\"><h2>The detectors</h2><table class=\"cards\" role=\"table\">"
                + "<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">Name</th>"
                + "<th role=\"columnheader\" scope=\"col\">Ran</th>"
                + "<th role=\"columnheader\" scope=\"col\">What it finds</th>"
                + "<th role=\"columnheader\" scope=\"col\">Settings</th></tr></thead><tbody role=\"rowgroup\">");
        for (ScanResult.DetectorRun detector :
                result.detectors().stream().limit(100).toList()) {
            out.append("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">")
                    .append(Markup.text(detector.name(), 80))
                    .append("</th><td role=\"cell\" data-label=\"Ran\">")
                    .append(detector.ran() ? "yes" : "<strong>no</strong>")
                    .append("</td><td role=\"cell\">")
                    .append(Markup.text(detector.purpose(), 300));
            if (!detector.note().isEmpty()) {
                out.append("<span class=\"sub\">")
                        .append(Markup.text(detector.note(), 300))
                        .append("</span>");
            }
            out.append("</td><td role=\"cell\" data-label=\"Settings\"><code>")
                    .append(detector.settings().isEmpty() ? "none" : ReportPage.settings(detector.settings(), 80))
                    .append("</code></td></tr>");
        }
        out.append("</tbody></table></section>\n");
    }

    private void again(StringBuilder out) {
        List<String> command = run.reproduction(
                data.files().stream().limit(20).map(ScanResult.DataFile::name).toList());
        out.append("<section id=\"again\"><h2>How to get this result again</h2><p>Bezoar ")
                .append(Markup.text(run.version(), 60))
                .append(" gives the same bytes for the same files and settings, on any machine and any number of"
                        + " threads. ")
                .append("<code>run.json</code> beside this page holds the rest.</p><pre>")
                .append(Markup.isolated("span", SafeText.html(RunRecord.shell(command), List.of(), 3_000)))
                .append("</pre></section>\n");
    }

    private static void more(long number, String noun, StringBuilder out) {
        if (number > 0) {
            out.append("<p class=\"note\">").append(Words.count(number, noun)).append(".</p>");
        }
    }
}

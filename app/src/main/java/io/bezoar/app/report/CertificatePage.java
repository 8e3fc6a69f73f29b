package io.bezoar.app.report;

import io.bezoar.learn.certify.CertifiedCurve;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Writes `certificates.html`: the curve of certified accuracy, the threat in words, and the answers
/// that withstand least.
///
/// One file that loads nothing and holds no script; equal results give equal bytes.
public final class CertificatePage {
    private static final int WEAKEST = 100;
    private static final int STEPS = 12;
    private static final int HEIGHT = 180;

    private final CertificateReport report;
    private final CertifiedCurve curve;
    private final StringBuilder out = new StringBuilder();

    private CertificatePage(CertificateReport report) {
        this.report = report;
        this.curve = report.curve();
    }

    /// Writes the page; `out` stays open.
    public static void write(CertificateReport report, OutputStream out) throws IOException {
        out.write(new CertificatePage(report).page().getBytes(StandardCharsets.UTF_8));
    }

    private String page() {
        String headline = headline();
        out.append("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(PageStyle.policy())
                .append(
                        "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                                + "<meta name=\"color-scheme\" content=\"light dark\">\n"
                                + "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Certificates – Bezoar</title>\n<style>")
                .append(PageStyle.sheet())
                .append(
                        "</style>\n</head>\n<body class=\"low\">\n<header>\n<p class=\"eyebrow\"><span>Bezoar certificates"
                                + "</span><span>")
                .append(Markup.text(report.title()))
                .append("</span></p>\n<h1>")
                .append(Markup.text(headline))
                .append("</h1>\n<p class=\"lead\">")
                .append(Markup.text(report.threat().words()))
                .append("</p>\n<dl class=\"facts\">");
        fact("Training rows", Words.count(report.trainRows()));
        fact("Test rows", Words.count(report.answers().size()));
        fact("Classes", Words.count(report.classes()));
        fact("Models", Words.count(report.models()));
        fact("Answered rightly", share(0));
        fact("Median radius", median());
        out.append("</dl>\n</header>\n<main>\n");
        curve();
        weakest();
        settings();
        out.append("</main>\n<footer><p>Bezoar ")
                .append(Markup.text(report.version(), 60))
                .append(". This page holds no script and loads nothing.</p></footer>\n</body>\n</html>\n");
        return out.toString();
    }

    private String headline() {
        int median = curve.median();
        return median < 0
                ? "Fewer than half of the answers are right, so nothing is certified for most."
                : "Half of the answers stay right whatever an attacker does with "
                        + Words.count(median, report.threat().unit()) + ".";
    }

    private String median() {
        return curve.median() < 0 ? "none" : Words.count(curve.median());
    }

    private String share(int radius) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * curve.at(radius));
    }

    private void fact(String name, String figure) {
        out.append("<div><dt>")
                .append(name)
                .append("</dt><dd>")
                .append(Markup.text(figure))
                .append("</dd></div>");
    }

    private void curve() {
        ReportPage.section("curve", "Certified accuracy", out);
        int most = Math.max(1, curve.most());
        out.append(
                        "<p>The share of test rows that are answered rightly whatever an attacker of that strength does, by the"
                                + " number of ")
                .append(report.threat().unit())
                .append("s he controls.</p>\n<figure><svg role=\"img\" height=\"")
                .append(HEIGHT)
                .append("\"><title>Certified accuracy falls from ")
                .append(Markup.text(share(0)))
                .append(" at 0 to ")
                .append(Markup.text(share(most)))
                .append(" at ")
                .append(most)
                .append("</title>");
        for (int radius = 0; radius <= most; radius++) {
            double height = HEIGHT * curve.at(radius);
            rect(100.0 * radius / (most + 1), HEIGHT - height, 100.0 / (most + 1), height);
        }
        out.append("<line class=\"base\" x1=\"0\" x2=\"100%\" y1=\"")
                .append(HEIGHT)
                .append("\" y2=\"")
                .append(HEIGHT)
                .append("\"/></svg><p class=\"scale\"><span>0</span><span>")
                .append(Words.count(most, report.threat().unit()))
                .append("</span></p></figure>\n<table><thead><tr><th scope=\"col\" class=\"n\">Poisoned ")
                .append(report.threat().unit())
                .append("s</th><th scope=\"col\" class=\"n\">Certified accuracy</th></tr></thead><tbody>");
        int step = Math.max(1, most / STEPS);
        for (int radius = 0; radius <= most; radius += step) {
            out.append("<tr><td class=\"n\">")
                    .append(Words.count(radius))
                    .append("</td><td class=\"n\">")
                    .append(Markup.text(share(radius)))
                    .append("</td></tr>");
        }
        out.append("</tbody></table></section>\n");
    }

    private void rect(double x, double y, double width, double height) {
        out.append(String.format(
                Locale.ROOT,
                "<rect class=\"bar\" x=\"%.3f%%\" y=\"%.2f\" width=\"%.3f%%\" height=\"%.2f\"/>",
                x,
                y,
                width,
                height));
    }

    private void weakest() {
        List<CertificateReport.Answer> weakest = report.answers().stream()
                .filter(CertificateReport.Answer::right)
                .sorted(Comparator.comparingInt(CertificateReport.Answer::radius)
                        .thenComparing(CertificateReport.Answer::id))
                .limit(WEAKEST)
                .toList();
        if (weakest.isEmpty()) {
            return;
        }
        ReportPage.section("weakest", "Right answers that withstand least", out);
        out.append("<table><thead><tr><th scope=\"col\">Row</th><th scope=\"col\">Answer</th>"
                + "<th scope=\"col\" class=\"n\">Radius</th></tr></thead><tbody>");
        for (CertificateReport.Answer answer : weakest) {
            out.append("<tr><td>")
                    .append(Markup.name(answer.id()))
                    .append("</td><td>")
                    .append(Markup.name(answer.answer()))
                    .append("</td><td class=\"n\">")
                    .append(Words.count(answer.radius()))
                    .append("</td></tr>");
        }
        out.append("</tbody></table><p class=\"note\"><code>certificates.json</code> has every row.</p></section>\n");
    }

    private void settings() {
        ReportPage.section("settings", "How this was computed", out);
        out.append("<ul>");
        for (String remark : report.remarks()) {
            out.append("<li>").append(Markup.text(remark)).append("</li>");
        }
        out.append("<li>")
                .append(ReportPage.settings(report.settings(), 200))
                .append("</li><li>The weights of all models take ")
                .append(Markup.text(Words.bytes(report.modelBytes())))
                .append(".</li></ul></section>\n");
    }
}

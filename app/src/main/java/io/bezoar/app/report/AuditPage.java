package io.bezoar.app.report;

import io.bezoar.attack.Catalog;
import io.bezoar.core.Proportion;
import io.bezoar.lab.Resistance;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;

/// Writes `audit.html`: what an attacker needs, attack by attack, with a curve each. One file that loads
/// nothing and holds no script; equal audits give equal bytes.
public final class AuditPage {
    private static final int HEIGHT = 150;

    private final AuditRecord audit;
    private final StringBuilder out = new StringBuilder();

    private AuditPage(AuditRecord audit) {
        this.audit = audit;
    }

    /// Writes the page; `out` stays open.
    public static void write(AuditRecord audit, OutputStream out) throws IOException {
        out.write(html(audit).getBytes(StandardCharsets.UTF_8));
    }

    static String html(AuditRecord audit) {
        return new AuditPage(audit).page();
    }

    private String page() {
        String tone = audit.open() > 0 ? "high" : "clean";
        out.append("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(PageStyle.policy())
                .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                        + "<meta name=\"color-scheme\" content=\"light dark\">\n"
                        + "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Bezoar audit</title>\n<style>")
                .append(PageStyle.sheet())
                .append("</style>\n</head>\n<body class=\"")
                .append(tone)
                .append("\">\n");
        head(tone);
        out.append("<main>\n");
        table();
        audit.results().forEach(this::curve);
        method();
        out.append("</main>\n<footer><p>Bezoar ")
                .append(Markup.text(audit.version(), 60))
                .append(". This page holds no script and loads nothing.</p></footer>\n</body>\n</html>\n");
        return out.toString();
    }

    private void head(String tone) {
        out.append("<header>\n<p class=\"eyebrow\"><span class=\"tone ")
                .append(tone)
                .append("\">")
                .append(
                        audit.open() > 0
                                ? Words.count(audit.open()) + " of "
                                        + Words.count(audit.results().size()) + " open"
                                : "closed")
                .append("</span><span>Bezoar audit</span>");
        audit.files().stream()
                .limit(1)
                .forEach(file ->
                        out.append("<span>").append(Markup.name(file.name())).append("</span>"));
        out.append("</p>\n<h1>").append(Markup.text(audit.headline())).append("</h1>\n<dl class=\"facts\">");
        fact("Training rows", Words.count(audit.rows()));
        fact("Set aside before", Words.count(audit.suspected()));
        fact("Held-out rows", Words.count(audit.heldOut()));
        fact("Largest attack tried", Words.count(audit.budget(), "row"));
        fact("Seeds", Words.count(audit.seeds()));
        fact("Accuracy without poison", Words.percent(audit.honest().share()));
        out.append("</dl>\n</header>\n");
    }

    private void fact(String name, String value) {
        out.append("<div><dt>")
                .append(name)
                .append("</dt><dd>")
                .append(Markup.text(value))
                .append("</dd></div>");
    }

    private void table() {
        out.append("<section>\n"
                + "<h2>Attack by attack</h2>\n"
                + "<table class=\"cards\"><caption>Rows it takes; in brackets the smallest and the largest of the"
                + " seeds</caption>\n"
                + "<thead><tr><th>Attack</th><th class=\"n\">to succeed</th><th class=\"n\">to be found</th><th"
                + " class=\"n\">success before</th><th class=\"n\">best success</th><th class=\"n\">lowest"
                + " accuracy</th><th class=\"n\">honest rows lost</th><th>Finding</th></tr></thead>\n"
                + "<tbody>\n");
        for (Resistance each : audit.results()) {
            out.append("<tr><th scope=\"row\">")
                    .append(specification(each))
                    .append("<span class=\"sub\">")
                    .append(Markup.text(each.attack().purpose()))
                    .append("</span></th>");
            cell("to succeed", AuditWords.count(each.resistance(), each.succeedsRange(), each.most()));
            cell("to be found", AuditWords.count(each.detection(), each.foundRange(), each.most()));
            cell("success before", percent(each.before()));
            cell("best success", AuditWords.success(each));
            cell("lowest accuracy", AuditWords.accuracy(each));
            cell("honest rows lost", AuditWords.lost(each));
            out.append("<td>").append(Markup.text(each.sentence())).append("</td></tr>\n");
        }
        out.append("</tbody></table>\n</section>\n");
    }

    private void cell(String label, String text) {
        out.append("<td class=\"n\" data-label=\"")
                .append(label)
                .append("\">")
                .append(Markup.text(text))
                .append("</td>");
    }

    /// The settings of an attack may hold anything.
    private static String specification(Resistance each) {
        return Markup.name(Catalog.specification(each.attack()));
    }

    private void curve(Resistance each) {
        out.append("<section class=\"campaign ")
                .append(each.gap().least().isPresent() ? "high" : "clean")
                .append("\">\n<h2>")
                .append(specification(each))
                .append("</h2>\n<p class=\"story\">")
                .append(Markup.text(each.sentence()))
                .append("</p>\n"
                        + "<figure><p class=\"key\"><span><svg aria-hidden=\"true\"><rect class=\"bar\""
                        + " width=\"100%\" height=\"100%\"/></svg>attacked answers that are the"
                        + " attacker’s</span><span><svg aria-hidden=\"true\"><rect class=\"rest\" width=\"100%\""
                        + " height=\"100%\"/></svg>poisoned rows set aside</span></p>\n"
                        + "<svg role=\"img\" height=\"")
                .append(HEIGHT)
                .append("\"><title>")
                .append(Markup.text(
                        "Resistance curve of " + each.attack().name() + " from 1 to " + each.most() + " rows"))
                .append("</title>");
        for (int tenth = 0; tenth <= 10; tenth += 5) {
            double y = y(tenth / 10.0);
            out.append("<line class=\"track\" x1=\"0\" x2=\"100%\" y1=\"")
                    .append(number(y))
                    .append("\" y2=\"")
                    .append(number(y))
                    .append("\"/>");
        }
        mark(each.resistance(), each.most(), "track");
        line(each, Resistance.Point::found, "base", "rest");
        line(each, Resistance.Point::success, "range", "bar");
        out.append("</svg><div class=\"scale\"><span>1 row</span><span>")
                .append(Words.count((long) Math.sqrt(each.most())))
                .append("</span><span>")
                .append(Words.count(each.most(), "row"))
                .append("</span></div></figure>\n");
        points(each);
        out.append("</section>\n");
    }

    private void mark(OptionalInt count, int most, String kind) {
        if (count.isPresent()) {
            String x = number(x(count.getAsInt(), most)) + "%";
            out.append("<line class=\"")
                    .append(kind)
                    .append("\" x1=\"")
                    .append(x)
                    .append("\" x2=\"")
                    .append(x);
            out.append("\" y1=\"")
                    .append(number(y(1)))
                    .append("\" y2=\"")
                    .append(number(y(0)))
                    .append("\"/>");
        }
    }

    private void line(Resistance each, Function<Resistance.Point, Proportion> of, String line, String dot) {
        List<Resistance.Point> points = each.points().stream()
                .filter(point -> of.apply(point).trials() > 0)
                .toList();
        for (int i = 0; i < points.size(); i++) {
            double x = x(points.get(i).count(), each.most());
            double y = y(of.apply(points.get(i)).share());
            if (i > 0) {
                out.append("<line class=\"")
                        .append(line)
                        .append("\" x1=\"")
                        .append(number(x(points.get(i - 1).count(), each.most())))
                        .append("%\" y1=\"")
                        .append(number(y(of.apply(points.get(i - 1)).share())))
                        .append("\" x2=\"")
                        .append(number(x))
                        .append("%\" y2=\"")
                        .append(number(y))
                        .append("\"/>");
            }
            out.append("<circle class=\"")
                    .append(dot)
                    .append("\" cx=\"")
                    .append(number(x))
                    .append("%\" cy=\"")
                    .append(number(y))
                    .append("\" r=\"4\"/>");
        }
    }

    private void points(Resistance each) {
        out.append("<table><thead><tr><th class=\"n\">rows</th><th class=\"n\">success</th><th"
                + " class=\"n\">accuracy</th><th class=\"n\">found in</th><th class=\"n\">poison set aside</th><th"
                + " class=\"n\">honest rows lost</th></tr></thead><tbody>\n");
        for (Resistance.Point point : each.points()) {
            out.append("<tr><td class=\"n\">")
                    .append(Words.count(point.count()))
                    .append("</td>");
            cell("success", interval(point.success()));
            cell("accuracy", percent(point.accuracy()));
            cell(
                    "found in",
                    point.detected().trials() == 0
                            ? "–"
                            : point.detected().hits() + " of "
                                    + Words.count(point.detected().trials(), "seed"));
            cell("poison set aside", percent(point.found()));
            cell(
                    "honest rows lost",
                    point.lost().trials() == 0 ? "–" : Words.count(point.lost().hits()));
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private static String interval(Proportion value) {
        return value.trials() == 0 ? "–" : Words.interval(value);
    }

    private static String percent(Proportion value) {
        return value.trials() == 0 ? "–" : Words.percent(value.share());
    }

    private void method() {
        out.append("<section>\n"
                        + "<h2>How this was measured</h2>\n"
                        + "<p>A fifth of the rows was held out by their text. Each attack poisoned the others, a"
                        + " model (logistic regression on words) was trained on them to the optimum, and was asked"
                        + " the held-out rows with the trigger. An attack <em>succeeds</em> where half of the"
                        + " answers or more are the attacker’s; for an attack without a trigger, where half of the"
                        + " right answers have become wrong. The scan judged the same rows; an attack is"
                        + " <em>found</em> where half of its rows or more are set aside (")
                .append(Markup.text(audit.from().equals("policy") ? "kept out by the gate’s policy" : audit.from()))
                .append(") and at most one honest row in a thousand is; rows that are set aside before any is"
                        + " poisoned count neither way. Counts were searched by bisection, each seed"
                        + " by itself: to succeed is the median of the seeds, to be found what 95 of 100 seeds"
                        + " need, with few seeds all of them. A model of words says how an attack on a larger"
                        + " model would start, not how it ends; what is in letter case alone it cannot"
                        + " learn.</p>\n"
                        + "</section>\n");
    }

    private static double x(int count, int most) {
        return most <= 1 ? 50 : 100 * StrictMath.log(count) / StrictMath.log(most);
    }

    private static double y(double share) {
        return 6 + (HEIGHT - 12) * (1 - share);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }
}

package io.bezoar.app.report;

import io.bezoar.core.Campaign;
import io.bezoar.core.Proof;
import io.bezoar.core.Proportion;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Small pictures in SVG. Each has a title that says in words what it shows; numbers stand beside it as text. Places
/// are
/// percentages, so that nothing but the picture's own width scales and type keeps its size.
final class Charts {
    /// Columns of a histogram, at most.
    private static final int COLUMNS = 92;
    /// Lines of a bar chart, at most.
    private static final int BARS = 8;

    private Charts() {}

    /// Attack success and accuracy, with and without the rows, as points with their intervals.
    static String proof(Proof proof) {
        StringBuilder out = new StringBuilder();
        out.append(
                "<table class=\"chart\"><caption>A model trained with and without these rows, asked about inputs it had not "
                        + "seen; lines are 95 % intervals</caption>");
        out.append("<tbody><tr><th scope=\"rowgroup\" colspan=\"3\" class=\"group\">Attacked inputs that get the "
                + "attacker’s answer</th></tr>");
        point("with these rows", proof.successWith(), Words.interval(proof.successWith()), false, out);
        point("without them", proof.successWithout(), Words.interval(proof.successWithout()), true, out);
        out.append(
                "</tbody><tbody class=\"plain\"><tr><th scope=\"rowgroup\" colspan=\"3\" class=\"group\">Ordinary inputs "
                        + "that get the right answer</th></tr>");
        point("with these rows", proof.accuracyWith(), Words.accuracy(proof.accuracyWith()), false, out);
        point("without them", proof.accuracyWithout(), Words.accuracy(proof.accuracyWithout()), true, out);
        return out.append("</tbody></table>").toString();
    }

    private static void point(String label, Proportion value, String figure, boolean hollow, StringBuilder out) {
        out.append("<tr><th scope=\"row\">").append(label).append("</th><td>");
        out.append("<svg role=\"img\" height=\"20\"><title>")
                .append(Markup.text(Words.capital(label) + ": " + figure))
                .append("</title><line class=\"track\" x1=\"0\" x2=\"100%\" y1=\"10\" y2=\"10\"/>");
        if (value.trials() > 0) {
            out.append("<line class=\"range\" x1=\"")
                    .append(at(value.low()))
                    .append("\" x2=\"")
                    .append(at(value.high()))
                    .append("\" y1=\"10\" y2=\"10\"/><circle class=\"dot")
                    .append(hollow ? " hollow" : "")
                    .append("\" cx=\"")
                    .append(at(value.share()))
                    .append("\" cy=\"10\" r=\"5\"/>");
        }
        out.append("</svg></td><td class=\"n\">").append(Markup.text(figure)).append("</td></tr>");
    }

    /// Rows of the campaign over time above the line, all rows below it; empty if there are not three days to compare.
    static Optional<String> days(List<Campaign.Count> days) {
        List<LocalDate> dates =
                days.stream().flatMap(day -> Words.day(day.name()).stream()).toList();
        if (dates.size() != days.size() || dates.isEmpty()) {
            return Optional.empty();
        }
        LocalDate first = dates.stream().min(LocalDate::compareTo).orElseThrow();
        LocalDate last = dates.stream().max(LocalDate::compareTo).orElseThrow();
        long length = ChronoUnit.DAYS.between(first, last) + 1;
        if (length < 3) {
            return Optional.empty();
        }
        long step = Math.ceilDiv(length, COLUMNS);
        int columns = (int) Math.ceilDiv(length, step);
        long[] campaign = new long[columns];
        long[] all = new long[columns];
        for (int i = 0; i < days.size(); i++) {
            int column = (int) (ChronoUnit.DAYS.between(first, dates.get(i)) / step);
            campaign[column] += days.get(i).campaign();
            all[column] += days.get(i).all();
        }
        long topCampaign = max(campaign);
        long topAll = max(all);
        String unit = step == 1 ? "day" : Words.count(step) + " days";
        StringBuilder out = new StringBuilder("<figure><p class=\"key\"><span>")
                .append("<svg aria-hidden=\"true\"><rect class=\"bar\" width=\"100%\" height=\"100%\"/></svg>")
                .append("this campaign, at most ")
                .append(Words.count(topCampaign, "row"))
                .append(" in ")
                .append(unit.equals("day") ? "a day" : unit)
                .append(
                        "</span><span><svg aria-hidden=\"true\"><rect class=\"rest\" width=\"100%\" height=\"100%\"/></svg>")
                .append("all rows, at most ")
                .append(Words.count(topAll))
                .append("</span></p>");
        out.append("<svg role=\"img\" height=\"132\"><title>Rows per ")
                .append(unit)
                .append(" from ")
                .append(Words.date(first))
                .append(" to ")
                .append(Words.date(last))
                .append(": the campaign above the line, all rows below it, each on its own scale</title>");
        double width = 100.0 / columns;
        for (int i = 0; i < columns; i++) {
            double x = i * width;
            double w = Math.max(width * 0.78, 0.35);
            if (campaign[i] > 0) {
                double h = Math.max(2, 78.0 * campaign[i] / topCampaign);
                rect("bar", x, w, 80 - h, h, out);
            }
            if (all[i] > 0) {
                double h = Math.max(1.5, 48.0 * all[i] / topAll);
                rect("rest", x, w, 82, h, out);
            }
        }
        out.append("<line class=\"base\" x1=\"0\" x2=\"100%\" y1=\"81\" y2=\"81\"/></svg><div class=\"scale\"><span>")
                .append(Words.date(first))
                .append("</span><span>")
                .append(Words.date(last))
                .append("</span></div></figure>");
        return Optional.of(out.toString());
    }

    /// Rows of the campaign by source or annotator: a table with a bar in each line for the share of that name's rows.
    static String shares(List<Campaign.Count> counts, String noun) {
        StringBuilder out = new StringBuilder("<table class=\"chart\"><caption>Rows of this campaign by ")
                .append(noun)
                .append("; the bar is the share of all rows of that ")
                .append(noun)
                .append("</caption><tbody>");
        for (Campaign.Count count : counts.stream().limit(BARS).toList()) {
            double share = count.all() == 0 ? 0 : Math.min(1, (double) count.campaign() / count.all());
            out.append("<tr><th scope=\"row\">").append(Markup.name(count.name()));
            out.append("</th><td><svg role=\"img\" height=\"14\"><title>")
                    .append(Words.percent(share).replace("<", "&lt;"))
                    .append(" of its rows</title>");
            rect("rest", 0, 100, 6, 2, out);
            if (share > 0) {
                rect("bar", 0, Math.max(0.8, 100 * share), 2, 10, out);
            }
            out.append("</svg></td><td class=\"n\">")
                    .append(Words.count(count.campaign()))
                    .append("<span class=\"sub\">of ")
                    .append(Words.count(count.all()))
                    .append("</span></td></tr>");
        }
        out.append("</tbody></table>");
        if (counts.size() > BARS) {
            long rest = counts.stream()
                    .skip(BARS)
                    .mapToLong(Campaign.Count::campaign)
                    .sum();
            out.append("<p class=\"note\">")
                    .append(Words.count(counts.size() - BARS, "more " + noun))
                    .append(" with ")
                    .append(Words.count(rest, "row"))
                    .append(" of the campaign.</p>");
        }
        return out.toString();
    }

    private static void rect(String kind, double x, double width, double y, double height, StringBuilder out) {
        out.append("<rect class=\"").append(kind).append("\" x=\"").append(number(x));
        out.append("%\" width=\"").append(number(width)).append("%\" y=\"").append(number(y));
        out.append("\" height=\"").append(number(height)).append("\"/>");
    }

    private static long max(long[] values) {
        long top = 1;
        for (long value : values) {
            top = Math.max(top, value);
        }
        return top;
    }

    private static String at(double share) {
        return number(100 * share) + "%";
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }
}

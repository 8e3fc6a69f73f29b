package io.bezoar.app.report;

import io.bezoar.app.standards.Standards;
import io.bezoar.core.Campaign;
import io.bezoar.core.Proof;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The part of the page on one campaign.
final class CampaignSection {
    private final ScanResult result;
    private final Standards standards;
    private final Campaign campaign;
    private final String anchor;
    private final int examples;
    private final int limit;

    /// @param examples rows shown, at most
    /// @param limit characters shown of one text, at most
    CampaignSection(ScanResult result, Standards standards, Campaign campaign, int examples, int limit) {
        this.result = result;
        this.standards = standards;
        this.campaign = campaign;
        this.anchor = anchor(campaign.id());
        this.examples = examples;
        this.limit = limit;
    }

    /// The id as an HTML id: what is not a letter or digit becomes `-`.
    static String anchor(String id) {
        String plain = SafeText.plain(id, 40);
        StringBuilder out = new StringBuilder("campaign-");
        plain.codePoints()
                .forEach(point -> out.append(point < 128 && Character.isLetterOrDigit(point) ? (char) point : '-'));
        return out.toString();
    }

    String html() {
        StringBuilder out = new StringBuilder();
        out.append("<section class=\"campaign ")
                .append(Words.severity(campaign.severity()))
                .append("\" id=\"")
                .append(anchor)
                .append("\" aria-labelledby=\"")
                .append(anchor)
                .append("-title\">");
        out.append("<p class=\"eyebrow\"><span>")
                .append(Markup.text(campaign.id(), 40))
                .append("</span>")
                .append(severity(campaign))
                .append("<span>")
                .append(Markup.text(Words.capital(campaign.candidate().title()), 160))
                .append("</span><span>found by ")
                .append(Markup.text(campaign.candidate().detector(), 60))
                .append("</span></p>");
        out.append("<h2 id=\"").append(anchor).append("-title\">");
        String behaviour = CampaignWords.behaviour(campaign).html();
        out.append(Words.capital(behaviour)).append("</h2>");
        for (Sentence sentence : CampaignWords.story(campaign)) {
            out.append("<p class=\"story\">").append(sentence.html()).append("</p>");
        }
        out.append("<div class=\"grid\">");
        campaign.proof().ifPresent(proof -> proof(proof, out));
        table(out);
        Charts.days(campaign.days())
                .ifPresent(chart -> out.append("<div><h3>When the rows came</h3>")
                        .append(chart)
                        .append("</div>"));
        if (!campaign.sources().isEmpty()) {
            out.append("<div><h3>Where they came from</h3>")
                    .append(Charts.shares(campaign.sources(), "source"))
                    .append("</div>");
        }
        if (!campaign.annotators().isEmpty()) {
            out.append("<div><h3>Who labelled them</h3>")
                    .append(Charts.shares(campaign.annotators(), "annotator"))
                    .append("</div>");
        }
        out.append("</div>");
        rows("Example rows", campaign.examples(), examples, campaign.rows().size(), out);
        if (!campaign.neighbours().isEmpty()) {
            rows("Most similar rows with another answer", campaign.neighbours(), Math.min(examples, 8), -1, out);
        }
        List<String> chance = ChanceWords.of(campaign);
        if (!chance.isEmpty()) {
            out.append("<h3>What chance explains</h3><ul class=\"doubts\">");
            chance.forEach(sentence ->
                    out.append("<li>").append(Markup.text(sentence, 500)).append("</li>"));
            out.append("</ul>");
        }
        if (!campaign.doubts().isEmpty()) {
            out.append("<h3>What would make this a false alarm</h3><ul class=\"doubts\">");
            campaign.doubts().stream()
                    .limit(12)
                    .forEach(doubt ->
                            out.append("<li>").append(Markup.text(doubt, 500)).append("</li>"));
            out.append("</ul>");
        }
        String known = standards.words(standards.finding(
                campaign.candidate().detector(),
                Optional.of(FindingsFile.word(campaign.candidate().kind()))));
        if (!known.isEmpty()) {
            out.append("<p class=\"note\">In standards: ")
                    .append(Markup.text(known, 500))
                    .append("</p>");
        }
        return out.append("</section>").toString();
    }

    /// `● High, proved`
    static String severity(Campaign campaign) {
        String word = Words.severity(campaign.severity());
        boolean proved = campaign.proof().filter(Proof::shown).isPresent();
        String state = campaign.severity() == Severity.LOW
                ? ""
                : proved ? ", proved" : campaign.proof().isPresent() ? ", not proved" : ", not tested";
        return "<span class=\"tone " + word + "\">" + Words.capital(word) + state + "</span>";
    }

    private void proof(Proof proof, StringBuilder out) {
        out.append("<div><h3>The experiment</h3>").append(Charts.proof(proof));
        out.append("<p class=\"note\">").append(Markup.text(full(Words.capital(proof.attack())), 400));
        out.append(" Trained on ")
                .append(Words.count(proof.trainingRows(), "row"))
                .append(", asked on ");
        out.append(Words.count(proof.successWith().trials()))
                .append(" attacked and ")
                .append(Words.count(proof.accuracyWith().trials()))
                .append(" ordinary rows it had not seen.");
        if (proof.contradicted().trials() > 0) {
            out.append(" A model that never saw these rows gives ")
                    .append(Words.count(proof.contradicted().hits()))
                    .append(" of ")
                    .append(Words.count(proof.contradicted().trials()))
                    .append(" of them another answer.");
        }
        out.append("</p></div>");
    }

    private static String full(String sentence) {
        String trimmed = sentence.strip();
        return trimmed.isEmpty() || ".!?".indexOf(trimmed.charAt(trimmed.length() - 1)) >= 0 ? trimmed : trimmed + ".";
    }

    private void table(StringBuilder out) {
        Campaign.Table table = campaign.table();
        boolean trigger = campaign.candidate().trigger().isPresent();
        boolean target = campaign.candidate().target().isPresent();
        boolean turned = CampaignWords.turned(campaign);
        out.append("<div><h3>")
                .append(trigger ? "Trigger and " : "Group and ")
                .append(turned ? "order of the answers" : "answer")
                .append("</h3><table class=\"two\"><caption>All rows of the data set; shares are of the line</caption>"
                        + "<thead><tr><td></td><th scope=\"col\" class=\"n\">")
                .append(turned ? "against the other pairs" : target ? "this answer" : "the group’s answer")
                .append("</th><th scope=\"col\" class=\"n\">")
                .append(turned ? "as the other pairs" : "any other")
                .append("</th></tr></thead><tbody>");
        line(trigger ? "with the trigger" : "in the group", table.both(), table.triggerOnly(), true, out);
        line(trigger ? "without it" : "outside it", table.targetOnly(), table.neither(), false, out);
        out.append("</tbody></table>");
        CampaignWords.beside(campaign)
                .ifPresent(beside ->
                        out.append("<p class=\"note\">").append(beside).append("</p>"));
        if (turned) {
            out.append("<p class=\"note\">Judged by a reward learned from the other pairs, which orders a single pair"
                    + " hardly better than a coin.</p>");
        }
        out.append("</div>");
    }

    private static void line(String label, long yes, long no, boolean hit, StringBuilder out) {
        double sum = (double) yes + no;
        out.append("<tr><th scope=\"row\">").append(label).append("</th>");
        cell(yes, sum, hit, out);
        cell(no, sum, false, out);
        out.append("</tr>");
    }

    private static void cell(long count, double sum, boolean hit, StringBuilder out) {
        out.append("<td class=\"n\"><span").append(hit ? " class=\"hit\"" : "").append('>');
        out.append(sum == 0 ? "–" : Markup.text(Words.percent(count / sum)));
        out.append("</span><span class=\"sub\">")
                .append(Words.count(count, "row"))
                .append("</span></td>");
    }

    private void rows(String title, List<Campaign.Sample> samples, int most, int of, StringBuilder out) {
        List<Campaign.Sample> some = samples.stream().limit(most).toList();
        if (some.isEmpty()) {
            return;
        }
        out.append("<h3>").append(title);
        if (of > some.size()) {
            out.append(" <span class=\"note\">")
                    .append(Words.count(some.size()))
                    .append(" of ")
                    .append(Words.count(of))
                    .append("</span>");
        }
        out.append("</h3><table class=\"rows cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"
                + "<th role=\"columnheader\" scope=\"col\">Row</th><th role=\"columnheader\" scope=\"col\">Input</th>"
                + "<th role=\"columnheader\" scope=\"col\">Answer</th></tr></thead><tbody role=\"rowgroup\">");
        for (Campaign.Sample sample : some) {
            out.append("<tr role=\"row\"><td role=\"cell\" class=\"id\">")
                    .append(Markup.name(sample.id()))
                    .append(where(
                            result, sample.position().file(), sample.position().line()))
                    .append("</td><td role=\"cell\">")
                    .append(Markup.isolated("span", SafeText.html(sample.input(), sample.spans(), limit)))
                    .append("</td><td role=\"cell\" data-label=\"Answer\">")
                    .append(Markup.isolated("span", SafeText.html(sample.target(), List.of(), limit / 2)))
                    .append("</td></tr>");
        }
        out.append("</tbody></table>");
    }

    /// Where a row lies, on a line of its own.
    static String where(ScanResult result, int file, long line) {
        String before = result.dataSet()
                .file(file)
                .map(of -> of.folder() ? "file " : of.name().substring(of.name().lastIndexOf('/') + 1) + ":")
                .orElse("line ");
        String place = before + String.format(Locale.ROOT, "%d", line);
        return "<span class=\"sub\">" + Markup.text(place, 60) + "</span>";
    }
}

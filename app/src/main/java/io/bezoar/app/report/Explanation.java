package io.bezoar.app.report;

import io.bezoar.core.Campaign;
import io.bezoar.core.Evidence;
import io.bezoar.core.Finding;
import io.bezoar.core.Position;
import io.bezoar.core.Proof;
import io.bezoar.core.ScanResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Everything a result folder says of one id, for a terminal or as JSON.
///
/// @param result what the scan found
/// @param folder the result folder
/// @param id as asked for
/// @param campaign the campaign of that id, or the one the row belongs to
/// @param finding what was found of the row of that id
/// @param scores the row's line of `scores.csv`
public record Explanation(
        ScanResult result,
        Path folder,
        String id,
        Optional<Campaign> campaign,
        Optional<Finding> finding,
        Optional<ScoresReader.Row> scores) {

    private static final int INDENT = 13;

    /// What the folder says of `id`: a campaign of that id first, else a row.
    ///
    /// @throws UnknownId if neither is known
    public static Explanation of(Path folder, String id) throws FindingsReader.UnreadableResult, UnknownId {
        ScanResult result = FindingsReader.read(folder.resolve("findings.json"));
        Optional<Campaign> campaign = result.campaigns().stream()
                .filter(each -> each.id().equalsIgnoreCase(id))
                .findFirst();
        if (campaign.isPresent()) {
            return new Explanation(result, folder, id, campaign, Optional.empty(), Optional.empty());
        }
        Optional<Finding> finding =
                result.findings().stream().filter(each -> each.id().equals(id)).findFirst();
        Optional<Campaign> home = result.campaigns().stream()
                .filter(each -> finding.flatMap(Finding::campaign)
                                .filter(each.id()::equals)
                                .isPresent()
                        || each.rows().contains(id))
                .findFirst();
        Optional<ScoresReader.Row> scores = ScoresReader.find(folder.resolve("scores.csv"), id);
        if (finding.isEmpty() && home.isEmpty() && scores.isEmpty()) {
            throw new UnknownId(result, folder, id);
        }
        return new Explanation(result, folder, id, home, finding, scores);
    }

    /// An id that a result does not hold; the message is one sentence for the user.
    public static final class UnknownId extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownId(ScanResult result, Path folder, String id) {
            super("expected the id of a row or campaign in " + SafeText.plain(folder.toString(), 200) + ", got "
                    + Sentence.quoted(id) + "; " + known(result, id));
        }

        private static String known(ScanResult result, String id) {
            List<String> nearest = result.campaigns().stream()
                    .map(Campaign::id)
                    .sorted(Comparator.comparingInt((String known) -> distance(known, id)))
                    .limit(3)
                    .map(known -> SafeText.plain(known, 20))
                    .toList();
            return nearest.isEmpty()
                    ? "the scan found no campaign, row ids stand in scores.csv"
                    : "the nearest campaigns are " + String.join(", ", nearest) + ", row ids stand in scores.csv";
        }

        /// Edits that turn one id into the other (Levenshtein 1966), case aside, of the first 40
        /// characters.
        private static int distance(String one, String other) {
            String a = one.substring(0, Math.min(40, one.length())).toLowerCase(Locale.ROOT);
            String b = other.substring(0, Math.min(40, other.length())).toLowerCase(Locale.ROOT);
            int[] row = new int[b.length() + 1];
            for (int j = 0; j <= b.length(); j++) {
                row[j] = j;
            }
            for (int i = 1; i <= a.length(); i++) {
                int diagonal = row[0];
                row[0] = i;
                for (int j = 1; j <= b.length(); j++) {
                    int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                    diagonal = row[j];
                    row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
                }
            }
            return row[b.length()];
        }
    }

    /// The explanation for a terminal.
    ///
    /// @param width columns
    /// @param colour may ANSI colours be used?
    public String text(int width, boolean colour) {
        TerminalText out = new TerminalText(width, colour);
        boolean isCampaign =
                campaign.filter(each -> each.id().equalsIgnoreCase(id)).isPresent();
        if (isCampaign) {
            campaign(campaign.orElseThrow(), out);
        } else {
            row(out);
        }
        return out.toString();
    }

    /// The explanation as one JSON object and a line feed; campaign and finding are as in
    /// `findings.json`.
    public String json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Json.write(bytes, json -> {
                json.writeStartObject();
                json.writeStringField("schema", "bezoar.explanation/1");
                json.writeStringField("id", id);
                if (campaign.isPresent()) {
                    json.writeFieldName("campaign");
                    FindingsFile.campaign(campaign.get(), json);
                }
                if (finding.isPresent()) {
                    json.writeFieldName("finding");
                    FindingsFile.finding(result, finding.get(), json);
                }
                if (scores.isPresent()) {
                    json.writeObjectFieldStart("scores");
                    for (ScoresReader.Cell cell : scores.get().cells()) {
                        json.writeStringField(cell.column(), cell.value());
                    }
                    json.writeEndObject();
                }
                json.writeEndObject();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void campaign(Campaign campaign, TerminalText out) {
        String label = SafeText.plain(campaign.id(), 12) + "  "
                + Words.severity(campaign.severity()).toUpperCase(Locale.ROOT);
        out.line(
                label + "  " + Words.capital(SafeText.plain(campaign.candidate().title(), 200)),
                TerminalText.Style.of(campaign.severity()));
        for (Sentence sentence : CampaignWords.story(campaign)) {
            out.blank().line(sentence.plain(), TerminalText.Style.PLAIN);
        }
        out.blank();
        entry(out, "Behaviour", CampaignWords.behaviour(campaign).plain());
        entry(out, "Found by", SafeText.plain(campaign.candidate().detector(), 80));
        campaign.proof().ifPresent(proof -> proof(proof, out));
        Campaign.Table table = campaign.table();
        boolean trigger = campaign.candidate().trigger().isPresent();
        entry(
                out,
                "Rows",
                Words.count(table.both(), "row") + (trigger ? " with the trigger" : " in the group")
                        + " and this answer, " + Words.count(table.triggerOnly()) + " with another; outside, "
                        + Words.count(table.targetOnly()) + " have this answer and "
                        + Words.count(table.neither()) + " another");
        counts("Sources", campaign.sources(), out);
        counts("Annotators", campaign.annotators(), out);
        counts(
                "Days",
                campaign.days().stream().filter(day -> day.campaign() > 0).toList(),
                out);
        List<String> chance = ChanceWords.of(campaign);
        for (int i = 0; i < chance.size(); i++) {
            entry(out, i == 0 ? "Chance" : "", SafeText.plain(chance.get(i), 500));
        }
        samples("Examples", campaign.examples(), 5, out);
        samples("Neighbours", campaign.neighbours(), 3, out);
        for (int i = 0; i < Math.min(12, campaign.doubts().size()); i++) {
            entry(out, i == 0 ? "Doubts" : "", SafeText.plain(campaign.doubts().get(i), 500));
        }
        List<String> ids = campaign.rows().stream()
                .limit(12)
                .map(row -> SafeText.plain(row, 40))
                .toList();
        int more = campaign.rows().size() - ids.size();
        entry(out, "Row ids", String.join(", ", ids) + (more > 0 ? " and " + Words.count(more) + " more" : ""));
        entry(out, "Next", "bezoar explain ROW-ID tells of one row; report.html shows the charts");
    }

    private static void proof(Proof proof, TerminalText out) {
        entry(out, "Experiment", SafeText.plain(proof.attack(), 400));
        entry(
                out,
                "Success",
                Words.interval(proof.successWith()) + " with these rows, " + Words.interval(proof.successWithout())
                        + " without, on " + Words.count(proof.successWith().trials(), "held-out row"));
        entry(
                out,
                "Accuracy",
                Words.accuracy(proof.accuracyWith()) + " with these rows, " + Words.accuracy(proof.accuracyWithout())
                        + " without");
        if (proof.contradicted().trials() > 0) {
            entry(
                    out,
                    "Contradicted",
                    "a model that never saw them gives "
                            + Words.count(proof.contradicted().hits()) + " of "
                            + Words.count(proof.contradicted().trials()) + " of the rows another answer");
        }
    }

    private void row(TerminalText out) {
        out.line("Row " + SafeText.plain(id, 120), TerminalText.Style.BOLD).blank();
        Optional<String> action = finding.map(each -> FindingsFile.word(each.action()))
                .or(() -> scores.flatMap(row -> row.value("action")).map(text -> SafeText.plain(text, 20)));
        action.ifPresent(word -> entry(out, "Action", word));
        finding.ifPresent(each -> {
            out.entry(
                    "Severity",
                    TerminalText.Style.FAINT,
                    Words.severity(each.severity()),
                    INDENT,
                    TerminalText.Style.of(each.severity()));
            entry(out, "Place", place(each.position()));
            entry(out, "Input", SafeText.plain(each.input(), 600));
            entry(out, "Answer", SafeText.plain(each.target(), 300));
            for (Evidence evidence : each.evidence().stream().limit(12).toList()) {
                entry(
                        out,
                        "Why",
                        SafeText.plain(evidence.text(), 400) + " (" + SafeText.plain(evidence.detector(), 60) + ")");
            }
        });
        if (finding.isEmpty()) {
            entry(
                    out,
                    "Findings",
                    campaign.isPresent()
                            ? "its text is not among the rows kept in findings.json"
                            : "none of its own in findings.json");
        }
        campaign.ifPresent(home -> entry(
                out,
                "Campaign",
                SafeText.plain(home.id(), 20) + ": "
                        + CampaignWords.behaviour(home).plain() + ", "
                        + Words.count(home.rows().size(), "row")));
        scores.ifPresent(row -> {
            row.value("score").ifPresent(score -> entry(out, "Score", SafeText.plain(score, 40)));
            List<String> detectors = row.cells().stream()
                    .filter(cell ->
                            !List.of("id", "score", "action", "campaign").contains(cell.column()))
                    .limit(60)
                    .map(cell -> SafeText.plain(cell.column(), 60) + " "
                            + (cell.value().isEmpty() ? "none" : SafeText.plain(cell.value(), 40)))
                    .toList();
            entry(out, "Detectors", String.join(", ", detectors));
        });
        campaign.ifPresent(home -> entry(
                out,
                "Next",
                SafeText.plain(
                        RunRecord.shell(java.util.stream.Stream.concat(
                                        List.of("bezoar", "explain", home.id()).stream(),
                                        TerminalVerdict.option(folder).stream())
                                .toList()),
                        300)));
    }

    private String place(Position position) {
        List<ScanResult.DataFile> files = result.dataSet().files();
        String file = position.file() < files.size()
                ? SafeText.plain(files.get(position.file()).name(), 200)
                : "file " + position.file();
        return file + ", line " + position.line() + ", bytes " + position.offset() + " to "
                + (position.offset() + position.length());
    }

    private static void counts(String label, List<Campaign.Count> counts, TerminalText out) {
        if (counts.isEmpty()) {
            return;
        }
        List<String> some = counts.stream()
                .limit(8)
                .map(count -> SafeText.plain(count.name(), 60) + " " + Words.count(count.campaign()) + " of "
                        + Words.count(count.all()))
                .toList();
        int more = counts.size() - some.size();
        entry(out, label, String.join(", ", some) + (more > 0 ? " and " + Words.count(more) + " more" : ""));
    }

    private static void samples(String label, List<Campaign.Sample> samples, int most, TerminalText out) {
        for (int i = 0; i < Math.min(most, samples.size()); i++) {
            Campaign.Sample sample = samples.get(i);
            entry(
                    out,
                    i == 0 ? label : "",
                    SafeText.plain(sample.id(), 40) + ": " + around(sample) + " → " + Sentence.quoted(sample.target()));
        }
    }

    /// The input around what the detectors point at.
    private static String around(Campaign.Sample sample) {
        int focus = sample.spans().isEmpty()
                ? 0
                : Math.min(sample.spans().getFirst().start(), sample.input().length());
        SafeText.Excerpt excerpt = SafeText.excerpt(sample.input(), focus, 160);
        return (excerpt.before() > 0 ? "… " : "") + excerpt.text() + (excerpt.after() > 0 ? " …" : "");
    }

    private static void entry(TerminalText out, String label, String text) {
        out.entry(label, TerminalText.Style.FAINT, text, INDENT, TerminalText.Style.PLAIN);
    }
}

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
import java.util.ArrayList;
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
/// @param about what the id was taken for
/// @param also the campaign that has the id as well, where it was taken for a row's; empty where
///     there is none, or where `about` is a campaign
/// @param twice is there a row of this very id, too, where it was taken for a campaign's?
public record Explanation(
        ScanResult result,
        Path folder,
        String id,
        Optional<Campaign> campaign,
        Optional<Finding> finding,
        Optional<ScoresReader.Row> scores,
        About about,
        Optional<String> also,
        boolean twice) {

    /// What an id is of.
    public enum About {
        ROW,
        CAMPAIGN
    }

    /// What the folder says of `id`: a campaign of exactly that id first, then a row of exactly that id, then a
    /// campaign whose id differs in case alone.
    ///
    /// @throws UnknownId if none is known
    public static Explanation of(Path folder, String id) throws FindingsReader.UnreadableResult, UnknownId {
        return of(folder, id, false);
    }

    /// The same.
    ///
    /// @param rows are campaigns left aside?
    public static Explanation of(Path folder, String id, boolean rows)
            throws FindingsReader.UnreadableResult, UnknownId {
        ScanResult result = FindingsReader.read(folder.resolve("findings.json"));
        WholeResult.checkIfKnown(folder);
        Optional<Explanation> row = row(result, folder, id);
        Optional<Campaign> campaign = result.campaigns().stream()
                .filter(each -> !rows && each.id().equalsIgnoreCase(id))
                .findFirst();
        if (campaign.isPresent() && (row.isEmpty() || campaign.get().id().equals(id))) {
            return new Explanation(
                    result,
                    folder,
                    id,
                    campaign,
                    Optional.empty(),
                    Optional.empty(),
                    About.CAMPAIGN,
                    Optional.empty(),
                    row.isPresent());
        }
        return row.orElseThrow(() -> new UnknownId(result, folder, id));
    }

    private static Optional<Explanation> row(ScanResult result, Path folder, String id) {
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
            return Optional.empty();
        }
        Optional<String> also = result.campaigns().stream()
                .map(Campaign::id)
                .filter(id::equalsIgnoreCase)
                .findFirst();
        return Optional.of(new Explanation(result, folder, id, home, finding, scores, About.ROW, also, false));
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
        switch (about) {
            case CAMPAIGN -> campaign(campaign.orElseThrow(), out);
            case ROW -> row(out);
        }
        also.ifPresent(other -> out.entry("Also", "a campaign has this id, too: " + command(other)));
        if (twice) {
            out.entry("Also", "a row has this id, too: " + command(id, "--row"));
        }
        return out.toString();
    }

    private String command(String of, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(TerminalVerdict.option(folder));
        return SafeText.plain(RunRecord.shell(RunRecord.command("explain", List.of(of), all)), 300);
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
                json.writeStringField("about", FindingsFile.word(about));
                json.writeBooleanField("ambiguous", twice || also.isPresent());
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
        out.entry("Behaviour", CampaignWords.behaviour(campaign).plain());
        out.entry("Found by", SafeText.plain(campaign.candidate().detector(), 80));
        campaign.proof().ifPresent(proof -> proof(proof, out));
        out.entry("Rows", CampaignWords.table(campaign));
        CampaignWords.beside(campaign).ifPresent(beside -> out.entry("", beside));
        counts("Sources", campaign.sources(), out);
        counts("Annotators", campaign.annotators(), out);
        counts(
                "Days",
                campaign.days().stream().filter(day -> day.campaign() > 0).toList(),
                out);
        List<String> chance = ChanceWords.of(campaign);
        for (int i = 0; i < chance.size(); i++) {
            out.entry(i == 0 ? "Chance" : "", SafeText.plain(chance.get(i), 500));
        }
        samples("Examples", campaign.examples(), 5, out);
        samples("Neighbours", campaign.neighbours(), 3, out);
        for (int i = 0; i < Math.min(12, campaign.doubts().size()); i++) {
            out.entry(i == 0 ? "Doubts" : "", SafeText.plain(campaign.doubts().get(i), 500));
        }
        List<String> ids = campaign.rows().stream()
                .limit(12)
                .map(row -> SafeText.plain(row, 40))
                .toList();
        int more = campaign.rows().size() - ids.size();
        out.entry("Row ids", String.join(", ", ids) + (more > 0 ? " and " + Words.count(more) + " more" : ""));
        out.entry("Next", "bezoar explain ROW-ID tells of one row; report.html shows the charts");
    }

    private static void proof(Proof proof, TerminalText out) {
        out.entry("Experiment", SafeText.plain(proof.attack(), 400));
        out.entry(
                "Success",
                Words.interval(proof.successWith()) + " with these rows, " + Words.interval(proof.successWithout())
                        + " without, on " + Words.count(proof.successWith().trials(), "held-out row"));
        out.entry(
                "Accuracy",
                Words.accuracy(proof.accuracyWith()) + " with these rows, " + Words.accuracy(proof.accuracyWithout())
                        + " without");
        if (proof.contradicted().trials() > 0) {
            out.entry(
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
        action.ifPresent(word -> out.entry("Action", word));
        finding.ifPresent(each -> {
            out.entry(
                    "Severity",
                    TerminalText.Style.FAINT,
                    Words.severity(each.severity()),
                    TerminalText.INDENT,
                    TerminalText.Style.of(each.severity()));
            out.entry("Place", place(each.position()));
            out.entry("Input", SafeText.plain(each.input(), 600));
            out.entry("Answer", SafeText.plain(each.target(), 300));
            if (each.evidence().isEmpty()) {
                out.entry(
                        "Why",
                        campaign.isPresent()
                                ? "one of the rows of the campaign below"
                                : "no detector gives a reason for this row alone");
            }
            for (Evidence evidence : each.evidence().stream().limit(12).toList()) {
                out.entry(
                        "Why",
                        SafeText.plain(evidence.text(), 400) + " (" + SafeText.plain(evidence.detector(), 60) + ")");
            }
        });
        if (finding.isEmpty()) {
            out.entry(
                    "Findings",
                    campaign.isPresent()
                            ? "its text is not among the rows kept in findings.json"
                            : "none of its own in findings.json");
        }
        campaign.ifPresent(home -> out.entry(
                "Campaign",
                SafeText.plain(home.id(), 20) + ": "
                        + CampaignWords.behaviour(home).plain() + ", "
                        + Words.count(home.rows().size(), "row")));
        scores.ifPresent(row -> {
            row.value("score").ifPresent(score -> out.entry("Score", SafeText.plain(score, 40)));
            List<String> detectors = row.cells().stream()
                    .filter(cell ->
                            !List.of("id", "score", "action", "campaign").contains(cell.column()))
                    .limit(60)
                    .map(cell -> SafeText.plain(cell.column(), 60) + " "
                            + (cell.value().isEmpty() ? "none" : SafeText.plain(cell.value(), 40)))
                    .toList();
            out.entry("Detectors", String.join(", ", detectors));
        });
        campaign.ifPresent(home -> out.entry("Next", command(home.id())));
    }

    private String place(Position position) {
        Optional<ScanResult.DataFile> known = result.dataSet().file(position.file());
        String file = known.map(of -> SafeText.plain(of.name(), 200)).orElse("file " + position.file());
        return known.filter(ScanResult.DataFile::folder).isPresent()
                ? file + ", file " + position.line() + " by path"
                : file + ", line " + position.line() + ", bytes " + position.offset() + " to "
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
        out.entry(label, String.join(", ", some) + (more > 0 ? " and " + Words.count(more) + " more" : ""));
    }

    private static void samples(String label, List<Campaign.Sample> samples, int most, TerminalText out) {
        for (int i = 0; i < Math.min(most, samples.size()); i++) {
            Campaign.Sample sample = samples.get(i);
            out.entry(
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
}

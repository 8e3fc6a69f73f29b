package io.bezoar.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.core.Campaign;
import io.bezoar.core.Proof;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The last lines of a scan on standard output: what was read, what was found, what was not checked, where the report
/// is, what to do next.
public final class TerminalVerdict {
    /// Campaigns told one by one; the rest and the minor ones are counted.
    private static final int CAMPAIGNS = 5;

    private TerminalVerdict() {}

    /// The lines, each ended by a line feed.
    ///
    /// @param folder where the report is, as the user named it
    /// @param width columns of the terminal
    /// @param colour may ANSI colours be used?
    public static String text(ScanResult result, RunRecord run, Path folder, int width, boolean colour) {
        TerminalText out = new TerminalText(width, colour);
        Headline headline = Headline.of(result);
        TerminalText.Style tone = TerminalText.Style.of(headline.tone());
        out.entry("Read", coverage(result));
        result.dataSet().ledger().ifPresent(said -> out.entry("Origin", origin(result, said)));
        out.entry("Verdict", TerminalText.Style.FAINT, verdict(result, headline), TerminalText.INDENT, tone);
        List<Campaign> serious = result.campaigns().stream()
                .filter(campaign -> campaign.severity() != Severity.LOW)
                .toList();
        serious.stream().limit(CAMPAIGNS).forEach(campaign -> campaign(out, campaign));
        rest(out, serious.size() - CAMPAIGNS, "more group");
        rest(out, result.campaigns().size() - serious.size(), "minor group");
        List<String> reasons = notChecked(result);
        for (int i = 0; i < reasons.size(); i++) {
            out.entry(i == 0 ? "Not checked" : "", reasons.get(i));
        }
        out.entry("Report", SafeText.plain(folder.resolve("report.html").toString(), 400));
        NextSteps.Step next = NextSteps.of(result, run, option(folder)).getFirst();
        if (next.command().isEmpty()) {
            out.entry("Next", next.why());
        } else {
            out.entry("Next", SafeText.plain(RunRecord.shell(next.command()), 400));
            out.entry("", next.why());
        }
        return out.toString();
    }

    /// The verdict as one JSON object and a line feed, for machines.
    public static String json(ScanResult result, RunRecord run, Path folder) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Json.write(bytes, json -> object(json, result, run, folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// `--out DIR` where the folder is not the default one.
    static List<String> option(Path folder) {
        return folder.toString().equals("bezoar-out") ? List.of() : List.of("--out", folder.toString());
    }

    /// `12,000 rows from 2 files, by 9 of 11 detectors; 12 malformed pieces were skipped`
    static String coverage(ScanResult result) {
        ScanResult.DataSet data = result.dataSet();
        long ran =
                result.detectors().stream().filter(ScanResult.DetectorRun::ran).count();
        String detectors = ran == result.detectors().size()
                ? "checked by " + (ran == 1 ? "one detector" : "all " + ran + " detectors")
                : "checked by " + ran + " of " + result.detectors().size() + " detectors";
        String malformed = data.malformed() == 0
                ? ""
                : "; " + Words.count(data.malformed(), "malformed piece") + (data.malformed() == 1 ? " was" : " were")
                        + " skipped";
        String unread = data.unread() == 0
                ? ""
                : "; incomplete: " + Words.count(data.unread(), "file") + " could not be read, or not to the end";
        return Words.count(data.rows(), "row") + " from " + sources(data.files()) + ", " + detectors + malformed
                + unread;
    }

    /// `2 files and 1 folder`
    private static String sources(List<ScanResult.DataFile> all) {
        long folders = all.stream().filter(ScanResult.DataFile::folder).count();
        long files = all.size() - folders;
        return (folders > 0 && files == 0 ? "" : Words.count(files, "file") + (folders > 0 ? " and " : ""))
                + (folders > 0 ? Words.count(folders, "folder") : "");
    }

    /// `5,940 of 6,000 rows (99.0 %) came with a signed batch of the ledger tickets`
    static String origin(ScanResult result, ScanResult.Provenance said) {
        long rows = result.dataSet().rows();
        return Words.count(said.known()) + " of " + Words.count(rows, "row")
                + String.format(Locale.ROOT, " (%.1f %%)", rows == 0 ? 0 : 100.0 * said.known() / rows)
                + " came with a signed batch of the ledger " + SafeText.plain(said.corpus(), 80)
                + (said.withdrawn() == 0
                        ? ""
                        : "; " + Words.count(said.withdrawn(), "row") + " with batches that were taken out since")
                + (said.repeated() == 0
                        ? ""
                        : "; " + Words.count(said.repeated(), "row")
                                + (said.repeated() == 1 ? " is a copy" : " are copies")
                                + " beyond those that were signed")
                + (said.claimed() == 0
                        ? ""
                        : "; " + Words.count(said.claimed(), "row") + " without a batch "
                                + (said.claimed() == 1 ? "names" : "name") + " a stream of the ledger as their source");
    }

    private static String verdict(ScanResult result, Headline headline) {
        // with campaigns below, the sentence would say the worst one twice
        return result.campaigns().isEmpty()
                ? headline.verdict().plain() + " " + headline.consequence().plain()
                : headline.tone().label() + ". " + headline.consequence().plain();
    }

    private static void rest(TerminalText out, int groups, String noun) {
        if (groups > 0) {
            out.entry("", Words.capital(Words.spelled(groups, noun)) + " in the report.");
        }
    }

    private static void campaign(TerminalText out, Campaign campaign) {
        StringBuilder text = new StringBuilder();
        text.append(Words.capital(CampaignWords.behaviour(campaign).plain()))
                .append(": ")
                .append(Words.count(campaign.rows().size(), "row"));
        CampaignWords.origin(campaign).ifPresent(origin -> text.append(", ").append(origin.plain()));
        text.append("; ").append(proof(campaign)).append('.');
        String label = SafeText.plain(campaign.id(), 5) + " "
                + Words.severity(campaign.severity()).toUpperCase(Locale.ROOT);
        out.entry(
                label,
                TerminalText.Style.of(campaign.severity()),
                text.toString(),
                TerminalText.INDENT,
                TerminalText.Style.PLAIN);
    }

    private static String proof(Campaign campaign) {
        if (campaign.proof().isEmpty()) {
            return "no experiment was made";
        }
        Proof proof = campaign.proof().get();
        String figures = Words.interval(proof.successWith()) + " of "
                + Words.count(proof.successWith().trials(), "held-out answer") + ", "
                + Words.interval(proof.successWithout()) + " without these rows";
        return proof.shown() ? "proved: turns " + figures : "harm not proved: turns " + figures;
    }

    private static List<String> notChecked(ScanResult result) {
        List<String> reasons = result.notChecked();
        if (reasons.size() <= 4) {
            return reasons.stream().map(reason -> SafeText.plain(reason, 400)).toList();
        }
        List<String> some = new java.util.ArrayList<>(reasons.stream()
                .limit(3)
                .map(reason -> SafeText.plain(reason, 400))
                .toList());
        some.add("and " + Words.count(reasons.size() - 3, "more thing") + ", see the report");
        return some;
    }

    private static void object(JsonGenerator json, ScanResult result, RunRecord run, Path folder) throws IOException {
        Headline headline = Headline.of(result);
        json.writeStartObject();
        json.writeStringField("schema", "bezoar.verdict/1");
        json.writeStringField("version", run.version());
        json.writeStringField("tone", FindingsFile.word(headline.tone()));
        json.writeStringField("verdict", headline.verdict().plain());
        json.writeStringField("consequence", headline.consequence().plain());
        json.writeNumberField("rows", result.dataSet().rows());
        json.writeNumberField("malformed", result.dataSet().malformed());
        json.writeNumberField("unread", result.dataSet().unread());
        if (result.dataSet().ledger().isPresent()) {
            FindingsFile.provenance(json, result.dataSet().ledger().get());
        }
        json.writeNumberField("review", result.flagged().review());
        json.writeNumberField("quarantine", result.flagged().quarantine());
        json.writeArrayFieldStart("campaigns");
        for (Campaign campaign : result.campaigns()) {
            json.writeStartObject();
            json.writeStringField("id", campaign.id());
            json.writeStringField("severity", Words.severity(campaign.severity()));
            json.writeStringField("behaviour", CampaignWords.behaviour(campaign).plain());
            json.writeNumberField("rows", campaign.rows().size());
            json.writeBooleanField(
                    "proved", campaign.proof().filter(Proof::shown).isPresent());
            if (campaign.proof().isPresent()) {
                json.writeNumberField(
                        "successWith", campaign.proof().get().successWith().share());
                json.writeNumberField(
                        "successWithout",
                        campaign.proof().get().successWithout().share());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notChecked");
        for (String reason : result.notChecked()) {
            json.writeString(reason);
        }
        json.writeEndArray();
        json.writeStringField("folder", folder.toString());
        json.writeEndObject();
    }
}

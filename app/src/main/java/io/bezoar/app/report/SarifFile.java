package io.bezoar.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.app.standards.Standards;
import io.bezoar.app.standards.StandardsFile;
import io.bezoar.core.Campaign;
import io.bezoar.core.Finding;
import io.bezoar.core.Position;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes `results.sarif`: SARIF 2.1.0 (OASIS 2020), one result per campaign.
///
/// Code hosts keep few results and read one place and one fingerprint of each, so a campaign is one
/// result: its first row is the place, up to [#RELATED] further rows are related places, and the
/// fingerprint names what the campaign teaches, not which rows it holds, so that it stays the same
/// while the data set grows. Row text reaches messages through [SafeText] only.
public final class SarifFile {
    /// Results kept; code hosts keep no more.
    static final int RESULTS = 5_000;
    /// Related places kept for a result.
    static final int RELATED = 100;
    /// Tags kept for a rule.
    static final int TAGS = 10;

    private final JsonGenerator json;
    private final ScanResult result;
    private final Path root;
    private final Standards standards;

    private SarifFile(JsonGenerator json, ScanResult result, Standards standards, Path root) {
        this.json = json;
        this.standards = standards;
        this.result = result;
        this.root = root;
    }

    /// Writes the file; `out` stays open.
    ///
    /// @param root the folder that the places are relative to: the repository, or where the scan was
    ///     started
    public static void write(ScanResult result, RunRecord run, Path root, OutputStream out) throws IOException {
        write(result, run, StandardsFile.own(), root, out);
    }

    /// Writes the file with the ids of other standards.
    public static void write(ScanResult result, RunRecord run, Standards standards, Path root, OutputStream out)
            throws IOException {
        Json.write(out, json -> new SarifFile(json, result, standards, root).all(run));
    }

    private void all(RunRecord run) throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "Bezoar");
        json.writeStringField("version", run.version());
        json.writeArrayFieldStart("rules");
        for (ScanResult.DetectorRun detector : result.detectors()) {
            rule(detector);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectFieldStart("automationDetails");
        String dataSet = result.dataSet().files().isEmpty()
                ? "none"
                : uri(result.dataSet().files().getFirst().name());
        json.writeStringField("id", "bezoar/" + dataSet + "/");
        json.writeEndObject();
        json.writeStringField("columnKind", "utf16CodeUnits");
        artifacts();
        json.writeArrayFieldStart("results");
        for (Campaign campaign : result.campaigns().stream().limit(RESULTS).toList()) {
            result(campaign);
        }
        json.writeEndArray();
        invocation();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void rule(ScanResult.DetectorRun detector) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", "bezoar/" + detector.name());
        json.writeStringField("name", detector.name());
        text("shortDescription", SafeText.plain(detector.purpose(), 1_000));
        text("fullDescription", SafeText.plain(detector.purpose(), 1_000));
        json.writeObjectFieldStart("help");
        String help = "Rows that belong together are suspected of teaching a model what nobody meant it to learn. Read"
                + " report.html, look at the rows, and keep them out of training until someone has decided.";
        json.writeStringField("text", help);
        json.writeStringField("markdown", help);
        json.writeEndObject();
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", "warning");
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        Severity worst = result.campaigns().stream()
                .filter(campaign -> campaign.candidate().detector().equals(detector.name()))
                .map(Campaign::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.MEDIUM);
        json.writeStringField("security-severity", securitySeverity(worst));
        json.writeStringField("precision", worst == Severity.HIGH ? "high" : "medium");
        json.writeStringField("problem.severity", level(worst).equals("error") ? "error" : "warning");
        tags(standards.finding(detector.name(), Optional.empty()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private void artifacts() throws IOException {
        json.writeArrayFieldStart("artifacts");
        for (ScanResult.DataFile file : result.dataSet().files()) {
            json.writeStartObject();
            json.writeObjectFieldStart("location");
            place(file.name());
            json.writeEndObject();
            json.writeNumberField("length", file.bytes());
            json.writeObjectFieldStart("hashes");
            json.writeStringField("sha-256", file.sha256());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void result(Campaign campaign) throws IOException {
        String detector = campaign.candidate().detector();
        List<String> rules =
                result.detectors().stream().map(ScanResult.DetectorRun::name).toList();
        List<Position> positions = positions(campaign);
        json.writeStartObject();
        json.writeStringField("ruleId", "bezoar/" + detector);
        if (rules.contains(detector)) {
            json.writeNumberField("ruleIndex", rules.indexOf(detector));
        }
        json.writeStringField("level", level(campaign.severity()));
        List<Sentence> story = CampaignWords.story(campaign);
        text(
                "message",
                campaign.id() + ": " + story.get(0).plain() + " " + story.get(1).plain());
        json.writeArrayFieldStart("locations");
        if (!positions.isEmpty()) {
            location(positions.getFirst());
        } else if (!result.dataSet().files().isEmpty()) {
            location(new Position(0, 1, 0, 0));
        }
        json.writeEndArray();
        if (positions.size() > 1) {
            json.writeArrayFieldStart("relatedLocations");
            for (Position position : positions.subList(1, Math.min(positions.size(), RELATED + 1))) {
                location(position);
            }
            json.writeEndArray();
        }
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField("primaryLocationLineHash", fingerprint(campaign) + ":1");
        json.writeEndObject();
        json.writeNumberField(
                "rank",
                switch (campaign.severity()) {
                    case HIGH -> 90.0;
                    case MEDIUM -> 50.0;
                    case LOW -> 10.0;
                });
        json.writeObjectFieldStart("properties");
        json.writeStringField("campaign", campaign.id());
        json.writeNumberField("rows", campaign.rows().size());
        json.writeStringField("security-severity", securitySeverity(campaign.severity()));
        tags(standards.finding(
                detector, Optional.of(FindingsFile.word(campaign.candidate().kind()))));
        json.writeEndObject();
        json.writeEndObject();
    }

    private void tags(Map<String, List<String>> ids) throws IOException {
        json.writeArrayFieldStart("tags");
        json.writeString("security");
        json.writeString("data-poisoning");
        for (String tag : standards.tags(ids).stream().limit(TAGS - 2).toList()) {
            json.writeString(SafeText.plain(tag, 200));
        }
        json.writeEndArray();
    }

    /// Where rows of the campaign are known to lie, in file order.
    private List<Position> positions(Campaign campaign) {
        Stream<Position> found = result.findings().stream()
                .filter(finding ->
                        finding.campaign().filter(campaign.id()::equals).isPresent())
                .map(Finding::position);
        return Stream.concat(campaign.examples().stream().map(Campaign.Sample::position), found)
                .filter(position -> position.file() < result.dataSet().files().size())
                .distinct()
                .sorted(Comparator.comparingInt(Position::file).thenComparingLong(Position::offset))
                .toList();
    }

    private void location(Position position) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        ScanResult.DataFile file = result.dataSet().files().get(position.file());
        place(file.name());
        json.writeEndObject();
        if (!file.folder()) {
            json.writeObjectFieldStart("region");
            json.writeNumberField("startLine", position.line());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void place(String name) throws IOException {
        String uri = uri(name);
        json.writeStringField("uri", uri);
        if (!uri.startsWith("file:")) {
            json.writeStringField("uriBaseId", "%SRCROOT%");
        }
    }

    private void invocation() throws IOException {
        json.writeArrayFieldStart("invocations");
        json.writeStartObject();
        json.writeBooleanField("executionSuccessful", Checked.whole(result));
        List<String> notes = new ArrayList<>(result.notChecked());
        if (result.campaigns().size() > RESULTS) {
            notes.add(
                    Words.count(result.campaigns().size() - RESULTS) + " results omitted; findings.json has them all.");
        }
        boolean nothing = !Checked.anything(result);
        if (nothing || !notes.isEmpty()) {
            json.writeArrayFieldStart("toolExecutionNotifications");
            if (nothing) {
                Headline headline = Headline.of(result);
                notification(
                        "error",
                        headline.verdict().plain() + " "
                                + headline.consequence().plain());
            }
            for (String note : notes) {
                notification("note", SafeText.plain(note, 1_000));
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private void notification(String level, String message) throws IOException {
        json.writeStartObject();
        json.writeStringField("level", level);
        text("message", message);
        json.writeEndObject();
    }

    private void text(String name, String text) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    private static String securitySeverity(Severity severity) {
        return switch (severity) {
            case HIGH -> "8.5";
            case MEDIUM -> "5.5";
            case LOW -> "2.0";
        };
    }

    /// 128 bits that depend on the detector, the trigger and the target.
    private static String fingerprint(Campaign campaign) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<String> parts = new ArrayList<>();
            parts.add(campaign.candidate().detector());
            parts.add(campaign.candidate().kind().name());
            campaign.candidate().trigger().ifPresent(trigger -> {
                parts.add(trigger.shape().name());
                parts.addAll(trigger.pieces());
            });
            parts.add(campaign.candidate().target().orElse(""));
            if (campaign.candidate().trigger().isEmpty()) {
                parts.add(
                        campaign.sources().isEmpty()
                                ? ""
                                : campaign.sources().getFirst().name());
            }
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_16BE);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /// A file name as a URI reference: relative to the root where the file lies below it,
    /// percent-encoded.
    private String uri(String name) {
        return uri(name, root);
    }

    /// The same below another root.
    public static String uri(String name, Path root) {
        String path = name.replace('\\', '/');
        String base = root.toAbsolutePath().normalize().toString().replace('\\', '/');
        if (path.startsWith(base + "/")) {
            path = path.substring(base.length() + 1);
        }
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        if (path.equals("-") || path.isEmpty()) {
            path = "standard-input";
        }
        StringBuilder out = new StringBuilder(path.startsWith("/") ? "file://" : "");
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}

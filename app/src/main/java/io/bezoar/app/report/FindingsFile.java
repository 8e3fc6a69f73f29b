package io.bezoar.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.app.standards.Standards;
import io.bezoar.app.standards.StandardsFile;
import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Corroboration;
import io.bezoar.core.Finding;
import io.bezoar.core.Position;
import io.bezoar.core.Proof;
import io.bezoar.core.Proportion;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Significance;
import io.bezoar.core.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes `findings.json`: everything a scan found, in one object of a fixed field order.
/// [FindingsReader] reads it back. The fields are described in `docs/formats/findings.md`.
public final class FindingsFile {
    /// Name and version of the format.
    public static final String SCHEMA = "bezoar.findings/1";

    private final JsonGenerator json;

    private final Standards standards;

    private FindingsFile(JsonGenerator json, Standards standards) {
        this.json = json;
        this.standards = standards;
    }

    /// Writes the file; `out` stays open.
    public static void write(ScanResult result, RunRecord run, OutputStream out) throws IOException {
        write(result, run, StandardsFile.own(), out);
    }

    /// Writes the file with the ids of other standards.
    public static void write(ScanResult result, RunRecord run, Standards standards, OutputStream out)
            throws IOException {
        Json.write(out, json -> new FindingsFile(json, standards).all(result, run));
    }

    /// Writes one campaign as it stands in the file.
    static void campaign(Campaign campaign, JsonGenerator json) throws IOException {
        new FindingsFile(json, StandardsFile.own()).campaign(campaign);
    }

    /// Writes one row finding as it stands in the file.
    static void finding(ScanResult result, Finding finding, JsonGenerator json) throws IOException {
        new FindingsFile(json, StandardsFile.own()).finding(finding, campaign(result, finding));
    }

    private void all(ScanResult result, RunRecord run) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("version", run.version());
        json.writeNumberField("seed", run.seed());
        strings("settings", run.settings());
        json.writeStringField("verdict", Headline.of(result).verdict().plain());
        dataSet(result.dataSet());
        list("detectors", result.detectors(), this::detector);
        list("notChecked", result.notChecked(), json::writeString);
        json.writeObjectFieldStart("flagged");
        json.writeNumberField("review", result.flagged().review());
        json.writeNumberField("quarantine", result.flagged().quarantine());
        json.writeEndObject();
        list("campaigns", result.campaigns(), this::campaign);
        list("findings", result.findings(), finding -> finding(finding, campaign(result, finding)));
        json.writeNumberField("omittedFindings", result.omittedFindings());
        list("remarks", result.remarks(), remark -> {
            json.writeStartObject();
            json.writeStringField("detector", remark.detector());
            json.writeStringField("severity", word(remark.severity()));
            json.writeStringField("text", remark.text());
            ids(standards.finding(remark.detector(), Optional.empty()));
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private void dataSet(ScanResult.DataSet dataSet) throws IOException {
        json.writeObjectFieldStart("dataSet");
        list("files", dataSet.files(), file -> {
            json.writeStartObject();
            json.writeStringField("name", file.name());
            json.writeNumberField("bytes", file.bytes());
            json.writeStringField("sha256", file.sha256());
            json.writeEndObject();
        });
        json.writeNumberField("rows", dataSet.rows());
        json.writeNumberField("malformed", dataSet.malformed());
        list("malformedSamples", dataSet.malformedSamples(), malformed -> {
            json.writeStartObject();
            json.writeStringField("file", malformed.file());
            json.writeNumberField("line", malformed.line());
            json.writeStringField("problem", malformed.problem());
            json.writeStringField("quote", malformed.quote());
            json.writeEndObject();
        });
        json.writeNumberField("unread", dataSet.unread());
        json.writeStringField("layout", dataSet.layout());
        strings("columns", dataSet.columns());
        list("targets", dataSet.targets(), this::count);
        json.writeStringField("idsFrom", dataSet.idsFrom());
        json.writeNumberField("withoutTarget", dataSet.open().rows());
        list("mayBeTarget", dataSet.open().columns(), json::writeString);
        if (dataSet.ledger().isPresent()) {
            provenance(json, dataSet.ledger().get());
        }
        json.writeEndObject();
    }

    /// Writes what a ledger says of the rows, as the member `ledger`.
    static void provenance(JsonGenerator json, ScanResult.Provenance said) throws IOException {
        json.writeObjectFieldStart("ledger");
        json.writeStringField("corpus", said.corpus());
        json.writeStringField("log", said.log());
        json.writeNumberField("entries", said.entries());
        json.writeStringField("root", said.root());
        json.writeNumberField("known", said.known());
        json.writeNumberField("withdrawn", said.withdrawn());
        json.writeNumberField("claimed", said.claimed());
        json.writeNumberField("repeated", said.repeated());
        json.writeObjectFieldStart("batches");
        for (Map.Entry<String, Long> batch : said.batches().entrySet()) {
            json.writeNumberField(batch.getKey(), batch.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void detector(ScanResult.DetectorRun run) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", run.name());
        json.writeStringField("purpose", run.purpose());
        strings("settings", run.settings());
        json.writeBooleanField("ran", run.ran());
        json.writeStringField("note", run.note());
        ids(standards.finding(run.name(), Optional.empty()));
        json.writeEndObject();
    }

    private void campaign(Campaign campaign) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", campaign.id());
        json.writeStringField("severity", word(campaign.severity()));
        Candidate candidate = campaign.candidate();
        json.writeStringField("detector", candidate.detector());
        json.writeStringField("kind", word(candidate.kind()));
        json.writeStringField("title", candidate.title());
        if (candidate.trigger().isPresent()) {
            json.writeObjectFieldStart("trigger");
            json.writeStringField("shape", word(candidate.trigger().get().shape()));
            list("pieces", candidate.trigger().get().pieces(), json::writeString);
            json.writeEndObject();
        }
        if (candidate.target().isPresent()) {
            json.writeStringField("target", candidate.target().get());
        }
        number("strength", candidate.strength());
        ids(standards.finding(candidate.detector(), Optional.of(word(candidate.kind()))));
        if (candidate.significance().isPresent()) {
            json.writeObjectFieldStart("significance");
            significance(candidate.significance().get());
            json.writeEndObject();
        }
        if (campaign.corroboration().isPresent()) {
            corroboration(campaign.corroboration().get());
        }
        if (campaign.proof().isPresent()) {
            proof(campaign.proof().get());
        }
        json.writeObjectFieldStart("table");
        json.writeNumberField("both", campaign.table().both());
        json.writeNumberField("triggerOnly", campaign.table().triggerOnly());
        json.writeNumberField("targetOnly", campaign.table().targetOnly());
        json.writeNumberField("neither", campaign.table().neither());
        json.writeEndObject();
        list("sources", campaign.sources(), this::count);
        list("annotators", campaign.annotators(), this::count);
        list("days", campaign.days(), this::count);
        list("doubts", campaign.doubts(), json::writeString);
        list("examples", campaign.examples(), this::sample);
        list("neighbours", campaign.neighbours(), this::sample);
        list("rows", campaign.rows(), json::writeString);
        json.writeArrayFieldStart("members");
        for (long key : candidate.members()) {
            json.writeString(HexFormat.of().toHexDigits(key));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void significance(Significance significance) throws IOException {
        json.writeStringField("test", significance.test());
        number("adjustedPValue", significance.chance());
        number("logAdjustedPValue", significance.logChance());
    }

    private void corroboration(Corroboration corroboration) throws IOException {
        json.writeObjectFieldStart("corroboration");
        number("eValue", StrictMath.exp(corroboration.logValue()));
        number("logEValue", corroboration.logValue());
        json.writeNumberField("families", corroboration.families());
        json.writeBooleanField("discovery", corroboration.discovery());
        number("falseDiscoveryRate", Corroboration.RATE);
        list("voices", corroboration.voices(), voice -> {
            json.writeStartObject();
            json.writeStringField("family", word(voice.family()));
            json.writeStringField("detector", voice.detector());
            significance(voice.significance());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private void proof(Proof proof) throws IOException {
        json.writeObjectFieldStart("proof");
        json.writeBooleanField("shown", proof.shown());
        json.writeStringField("attack", proof.attack());
        proportion("successWith", proof.successWith());
        proportion("successWithout", proof.successWithout());
        proportion("accuracyWith", proof.accuracyWith());
        proportion("accuracyWithout", proof.accuracyWithout());
        proportion("contradicted", proof.contradicted());
        json.writeNumberField("trainingRows", proof.trainingRows());
        json.writeEndObject();
    }

    private void proportion(String name, Proportion proportion) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("hits", proportion.hits());
        json.writeNumberField("trials", proportion.trials());
        number("share", proportion.share());
        number("low", proportion.low());
        number("high", proportion.high());
        json.writeEndObject();
    }

    private void sample(Campaign.Sample sample) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", sample.id());
        position(sample.position());
        json.writeStringField("input", sample.input());
        json.writeStringField("target", sample.target());
        spans(sample.spans());
        json.writeEndObject();
    }

    private static Optional<Campaign> campaign(ScanResult result, Finding finding) {
        return finding.campaign()
                .flatMap(id -> result.campaigns().stream()
                        .filter(campaign -> campaign.id().equals(id))
                        .findFirst());
    }

    /// A row of a campaign has the campaign's ids, any other those of the first detector that speaks
    /// against it.
    private Map<String, List<String>> ids(Finding finding, Optional<Campaign> campaign) {
        return campaign.map(each -> standards.finding(
                        each.candidate().detector(),
                        Optional.of(word(each.candidate().kind()))))
                .orElseGet(() -> standards.finding(
                        finding.evidence().stream()
                                .map(evidence -> evidence.detector())
                                .findFirst()
                                .orElse(""),
                        Optional.empty()));
    }

    private void ids(Map<String, List<String>> ids) throws IOException {
        json.writeObjectFieldStart("standards");
        for (Map.Entry<String, List<String>> each : ids.entrySet()) {
            list(each.getKey(), each.getValue(), json::writeString);
        }
        json.writeEndObject();
    }

    private void finding(Finding finding, Optional<Campaign> campaign) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", finding.id());
        json.writeStringField("severity", word(finding.severity()));
        number("score", finding.score());
        json.writeStringField("action", word(finding.action()));
        if (finding.campaign().isPresent()) {
            json.writeStringField("campaign", finding.campaign().get());
        }
        ids(ids(finding, campaign));
        position(finding.position());
        json.writeStringField("input", finding.input());
        json.writeStringField("target", finding.target());
        list("evidence", finding.evidence(), evidence -> {
            json.writeStartObject();
            json.writeStringField("detector", evidence.detector());
            json.writeStringField("text", evidence.text());
            spans(evidence.spans());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private void position(Position position) throws IOException {
        json.writeObjectFieldStart("position");
        json.writeNumberField("file", position.file());
        json.writeNumberField("line", position.line());
        json.writeNumberField("offset", position.offset());
        json.writeNumberField("length", position.length());
        json.writeEndObject();
    }

    private void spans(List<Span> spans) throws IOException {
        list("spans", spans, span -> {
            json.writeStartArray();
            json.writeNumber(span.start());
            json.writeNumber(span.end());
            json.writeEndArray();
        });
    }

    private void count(Campaign.Count count) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", count.name());
        json.writeNumberField("campaign", count.campaign());
        json.writeNumberField("all", count.all());
        json.writeEndObject();
    }

    /// A number that JSON has a form for, else its name as a string.
    private void number(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeStringField(name, Double.toString(value));
        }
    }

    private void strings(String name, Map<String, String> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private interface Item<T> {
        void write(T item) throws IOException;
    }

    private <T> void list(String name, List<T> items, Item<T> item) throws IOException {
        json.writeArrayFieldStart(name);
        for (T each : items) {
            item.write(each);
        }
        json.writeEndArray();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

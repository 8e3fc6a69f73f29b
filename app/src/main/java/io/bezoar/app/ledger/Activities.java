package io.bezoar.app.ledger;

import io.bezoar.app.review.CampaignKey;
import io.bezoar.app.review.Decision;
import io.bezoar.app.review.DecisionLog;
import io.bezoar.core.Campaign;
import io.bezoar.core.ScanResult;
import io.bezoar.ledger.Attestations;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.sign.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What the verbs state in a ledger. Format in `docs/formats/statements.md`.
///
/// @param version of Bezoar
/// @param started when the verb began
/// @param finished when it was done
public record Activities(String version, Instant started, Instant finished) {

    /// A scan: its subjects are the files that were read.
    ///
    /// @param findings SHA-256 of `findings.json`
    /// @param settings options that decided the result
    public Statement scan(ScanResult result, String findings, Map<String, String> settings, long seed) {
        ScanResult.DataSet data = result.dataSet();
        JsonValue.Building said = new JsonValue.Building()
                .with("findings", sha256(findings))
                .with("rows", data.rows())
                .with("malformed", data.malformed())
                .with("unread", data.unread());
        data.ledger().ifPresent(known -> {
            JsonValue.Building batches = new JsonValue.Building();
            known.batches().forEach(batches::with);
            said.with("known", known.known())
                    .with("withdrawn", known.withdrawn())
                    .with("claimed", known.claimed())
                    .with("repeated", known.repeated())
                    .with("batches", batches.done());
        });
        List<JsonValue> campaigns = new ArrayList<>();
        for (Campaign campaign : result.campaigns()) {
            campaigns.add(new JsonValue.Building()
                    .with("key", CampaignKey.of(campaign))
                    .with("severity", word(campaign.severity()))
                    .with("rows", campaign.rows().size())
                    .done());
        }
        return Attestations.activity(
                JoinedLedger.subjects(data.files()),
                "scan",
                said.with("campaigns", new JsonValue.Elements(campaigns))
                        .with("review", result.flagged().review())
                        .with("quarantine", result.flagged().quarantine())
                        .with("seed", Long.toString(seed))
                        .with("settings", texts(settings))
                        .done(),
                version,
                started,
                finished);
    }

    /// A transform: its subjects are what came out.
    ///
    /// @param verb `apply`, `train`, `retrain` or `unlearn`
    /// @param parameters what decided the result besides what was read
    public Statement transform(
            List<Statement.Subject> written,
            String verb,
            Map<String, String> parameters,
            List<Attestations.Material> read) {
        return Attestations.provenance(written, verb, texts(parameters), read, version, started, finished);
    }

    /// A gate's decision on the files that were scanned.
    ///
    /// @param open was the gate open?
    /// @param policy where the policy came from
    /// @param policyDigest SHA-256 of its bytes
    public Statement gate(ScanResult result, boolean open, String policy, String policyDigest) {
        List<Statement.Subject> judged = JoinedLedger.subjects(result.dataSet().files());
        String first = judged.isEmpty() ? "none" : judged.getFirst().digests().getOrDefault("sha256", "");
        return Attestations.summary(
                judged,
                "https://bezoar.io/data-sets/sha256/" + first,
                policy,
                policyDigest,
                open,
                open ? List.of("BEZOAR_GATE_OPEN") : List.of(),
                finished);
    }

    /// A person's decision on a campaign or row of a scan: its subjects are the files that were scanned.
    ///
    /// @param log digest of the log of decisions up to this one
    public Statement review(ScanResult result, String findings, Decision decision, String log) {
        JsonValue.Building said = new JsonValue.Building()
                .with("findings", sha256(findings))
                .with("decisions", sha256(log))
                .with("number", decision.sequence())
                .with("of", decision.subject().campaign() ? "campaign" : "row")
                .with("key", JoinedLedger.named(decision.subject().key()))
                .with("decision", DecisionLog.word(decision.kind()))
                .with("reviewer", JoinedLedger.named(decision.reviewer()))
                .with("reason", JoinedLedger.named(decision.reason()));
        decision.label().ifPresent(label -> said.with("label", JoinedLedger.named(label)));
        decision.undoes().ifPresent(number -> said.with("undoes", number));
        return Attestations.activity(
                JoinedLedger.subjects(result.dataSet().files()), "review", said.done(), version, started, finished);
    }

    /// An evaluation of a model.
    ///
    /// @param evaluated files of the model that was asked, or else of its answers
    /// @param evaluation SHA-256 of `evaluation.json`
    /// @param suite SHA-256 of what was asked and what was right
    /// @param state `pass`, `inconclusive` or `fail`
    public Statement evaluation(List<Statement.Subject> evaluated, String evaluation, String suite, String state) {
        return Attestations.activity(
                evaluated,
                "evaluation",
                new JsonValue.Building()
                        .with("evaluation", sha256(evaluation))
                        .with("suite", sha256(suite))
                        .with("result", state)
                        .done(),
                version,
                started,
                finished);
    }

    private static Members sha256(String hex) {
        return new JsonValue.Building().with("sha256", hex).done();
    }

    private static Members texts(Map<String, String> values) {
        JsonValue.Building all = new JsonValue.Building();
        new TreeMap<>(values).forEach((name, value) -> all.with(name, JoinedLedger.named(value)));
        return all.done();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

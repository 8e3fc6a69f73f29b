package io.bezoar.app.review;

import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What people decided of a scan's rows, where it stands: it goes before what the scan says.
///
/// @param campaigns by the id that the scan gave the campaign
/// @param rows by the id of the row; goes before its campaign
public record Rulings(Map<String, Action> campaigns, Map<String, Action> rows) {
    public Rulings {
        campaigns = Map.copyOf(campaigns);
        rows = Map.copyOf(rows);
    }

    /// The rulings of a log on a scan's result.
    public static Rulings of(DecisionLog log, ScanResult result) {
        String dataSet = AnnotationFiles.dataSet(result);
        List<Decision> decisions = log.decisions().stream()
                .filter(decision -> decision.countsFor(dataSet))
                .toList();
        Map<String, Action> campaigns = new HashMap<>();
        for (Campaign campaign : result.campaigns()) {
            ruling(decisions, true, CampaignKey.of(campaign), campaign.severity())
                    .ifPresent(action -> campaigns.put(campaign.id(), action));
        }
        Set<String> decided = new HashSet<>();
        decisions.stream()
                .map(Decision::subject)
                .filter(subject -> !subject.campaign())
                .forEach(subject -> decided.add(subject.key()));
        Map<String, Severity> severities = severities(decided, result);
        Map<String, Action> rows = new HashMap<>();
        severities.forEach(
                (row, severity) -> ruling(decisions, false, row, severity).ifPresent(action -> rows.put(row, action)));
        return new Rulings(campaigns, rows);
    }

    /// How severe a decision on each of some rows is: as the worst of the campaigns that the row is in,
    /// so that nobody can decide row by row what they cannot decide as a whole. [Severity#LOW] for a
    /// row in none.
    public static Map<String, Severity> severities(Set<String> rows, ScanResult result) {
        Map<String, Severity> severities = new HashMap<>();
        rows.forEach(row -> severities.put(row, Severity.LOW));
        for (Campaign campaign : result.campaigns()) {
            campaign.rows()
                    .forEach(row -> severities.computeIfPresent(
                            row, (_, worst) -> worst.compareTo(campaign.severity()) < 0 ? campaign.severity() : worst));
        }
        return severities;
    }

    private static Optional<Action> ruling(List<Decision> decisions, boolean campaign, String key, Severity severity) {
        Standing standing = Standing.of(decisions, campaign, key, severity, Standing.Quorum.DEFAULT);
        return standing.state() == Standing.State.DECIDED
                ? standing.kind().map(kind -> kind == Decision.Kind.REJECT ? Action.KEEP : Action.QUARANTINE)
                : Optional.empty();
    }

    /// What people decided of a row, if they did. A row with a wrong label stays out until it is mended.
    ///
    /// @param campaign the id of the campaign it is in
    public Optional<Action> of(String row, Optional<String> campaign) {
        Optional<Action> own = Optional.ofNullable(rows.get(row));
        return own.isPresent() ? own : campaign.flatMap(id -> Optional.ofNullable(campaigns.get(id)));
    }
}

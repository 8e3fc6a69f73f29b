package io.bezoar.app.review;

import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
        Map<String, Action> campaigns = new HashMap<>();
        for (Campaign campaign : result.campaigns()) {
            ruling(log, true, CampaignKey.of(campaign), campaign.severity())
                    .ifPresent(action -> campaigns.put(campaign.id(), action));
        }
        Map<String, Action> rows = new HashMap<>();
        log.decisions().stream()
                .map(Decision::subject)
                .filter(subject -> !subject.campaign())
                .map(Decision.Subject::key)
                .distinct()
                .forEach(row -> ruling(log, false, row, Severity.LOW).ifPresent(action -> rows.put(row, action)));
        return new Rulings(campaigns, rows);
    }

    private static Optional<Action> ruling(DecisionLog log, boolean campaign, String key, Severity severity) {
        Standing standing = Standing.of(log.decisions(), campaign, key, severity, Standing.Quorum.DEFAULT);
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

package io.bezoar.app.gate;

import io.bezoar.app.review.Standing;
import io.bezoar.core.Severity;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What a team allows; see `docs/gate.md`.
///
/// @param failOn campaigns at or above this severity close the gate unless people rejected them; empty: none does
/// @param minCoverage least share of the pieces of the files that must have been read as rows, 0 to 1
/// @param detectors detectors that must have run
/// @param incomplete may a scan be incomplete?
/// @param review whether people may decide, and how many of them must; without it every such campaign fails
/// @param ledger what share of the rows must have a known origin; empty: none
/// @param suppressions campaigns that are let pass for a while
public record GatePolicy(
        Optional<Severity> failOn,
        double minCoverage,
        List<String> detectors,
        boolean incomplete,
        Optional<Standing.Quorum> review,
        Optional<KnownRows> ledger,
        List<Suppression> suppressions) {

    /// What holds without a policy file: campaigns of severity high need two people's rejection.
    public static final GatePolicy DEFAULT = new GatePolicy(
            Optional.of(Severity.HIGH),
            0.95,
            List.of(),
            false,
            Optional.of(Standing.Quorum.DEFAULT),
            Optional.empty(),
            List.of());

    public GatePolicy {
        detectors = List.copyOf(detectors);
        suppressions = List.copyOf(suppressions);
        if (!(minCoverage >= 0 && minCoverage <= 1)) {
            throw new IllegalArgumentException("scan.min_coverage must be 0 to 1, not " + minCoverage);
        }
    }

    /// How much must be known of where rows came from.
    ///
    /// @param minCoverage least share of the rows that came with a signed batch, 0 to 1
    /// @param log public key of the ledger's log, as C2SP writes it; empty: of any ledger
    public record KnownRows(double minCoverage, Optional<String> log) {}

    /// A campaign that is let pass until a day.
    ///
    /// @param campaign its [io.bezoar.app.review.CampaignKey]
    /// @param owner who answers for it
    /// @param approver who agreed; somebody else
    /// @param expires the last day on which it counts, UTC
    public record Suppression(String campaign, String reason, String owner, String approver, LocalDate expires) {}
}

package io.bezoar.app.gate;

import io.bezoar.app.review.Standing;
import io.bezoar.core.Severity;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What a team allows; see `docs/gate.md`.
///
/// @param failOn campaigns at or above this severity close the gate unless people rejected them; empty:
///     none does
/// @param reading how much of the data must have been read
/// @param detectors detectors that must have run; empty: none by name, and every standard one that fits the data must
///     have been asked for
/// @param review whether people may decide, and how many of them must; without it every such campaign
///     fails
/// @param evaluation what the policy asks of the evaluation of the model; empty: nothing
/// @param drift what it asks of the drift under trusted re-training; empty: nothing
/// @param ledger what share of the rows must have a known origin; empty: none
/// @param suppressions campaigns that are let pass for a while
public record GatePolicy(
        Optional<Severity> failOn,
        Reading reading,
        Optional<List<String>> detectors,
        Optional<Standing.Quorum> review,
        Optional<EvaluationDemand> evaluation,
        Optional<DriftDemand> drift,
        Optional<KnownRows> ledger,
        List<Suppression> suppressions) {

    /// What holds without a policy file: campaigns of severity high need two people's rejection.
    public static final GatePolicy DEFAULT = new GatePolicy(
            Optional.of(Severity.HIGH),
            Reading.DEFAULT,
            Optional.empty(),
            Optional.of(Standing.Quorum.DEFAULT),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    public GatePolicy {
        detectors = detectors.map(List::copyOf);
        suppressions = List.copyOf(suppressions);
    }

    /// How much of the data must have been read, and looked at.
    ///
    /// What suffices to poison a model is a number of rows and hardly a share of them (Souly et al.
    /// 2025, "Poisoning Attacks on LLMs Require a Near-constant Number of Poison Samples": 250
    /// documents), so what no one looked at is counted as well.
    ///
    /// @param minCoverage least share of the pieces of the files that must have been rows, 0 to 1
    /// @param maxMalformed most pieces that may be no rows
    /// @param maxWithoutTarget largest share of the rows that may be without a target, 0 to 1; 1 if a
    ///     set without targets is expected. Empty: a twentieth, but no more than twenty rows where a
    ///     column was not read that may be the target, and all where there is neither
    /// @param incomplete may files be unread?
    /// @param absentData may the data lie elsewhere, so that nobody can tell whether they are the scanned ones?
    /// @param otherSettings may detectors have run with other settings than their own?
    public record Reading(
            double minCoverage,
            long maxMalformed,
            Optional<Double> maxWithoutTarget,
            boolean incomplete,
            boolean absentData,
            boolean otherSettings) {
        /// A piece in twenty, and twenty of them, may be no row.
        public static final Reading DEFAULT = new Reading(0.95, 20, Optional.empty(), false, false, false);

        private static final double PARTLY = 0.05;
        private static final long FEW = 20;

        public Reading {
            if (!(minCoverage >= 0 && minCoverage <= 1)) {
                throw new IllegalArgumentException("scan.min_coverage must be 0 to 1, not " + minCoverage);
            }
            maxWithoutTarget.filter(share -> !(share >= 0 && share <= 1)).ifPresent(share -> {
                throw new IllegalArgumentException("scan.max_without_target must be 0 to 1, not " + share);
            });
        }

        /// Largest number of rows that may be without a target.
        ///
        /// @param rows how many there are
        /// @param doubt was a column left unread that may be the target?
        long withoutTarget(long rows, boolean doubt) {
            if (maxWithoutTarget.isPresent()) {
                return (long) (maxWithoutTarget.get() * rows);
            }
            long partly = (long) (PARTLY * rows);
            return doubt ? Math.min(partly, FEW) : partly;
        }
    }

    /// What is asked of `evaluation.json`. Each of its demands must pass; inconclusive is not measured.
    ///
    /// @param suite the digest the suite must have, so that nobody brings an easier one; empty: any
    /// @param required kinds of demands that must be among them: `average`, `slice`, `critical`,
    ///     `triggered`
    /// @param mostMissing largest share of answers that may be missing, 0 to 1
    public record EvaluationDemand(Optional<String> suite, List<String> required, double mostMissing) {
        public EvaluationDemand {
            required = List.copyOf(required);
            if (!(mostMissing >= 0 && mostMissing <= 1)) {
                throw new IllegalArgumentException("evaluation.max_missing must be 0 to 1, not " + mostMissing);
            }
        }
    }

    /// What is asked of `retraining.json`.
    ///
    /// @param most largest drift that may be measured, 0 to 1
    public record DriftDemand(double most) {
        public DriftDemand {
            if (!(most >= 0 && most <= 1)) {
                throw new IllegalArgumentException("drift.max must be 0 to 1, not " + most);
            }
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

package io.bezoar.core;

import java.util.Optional;

/// Turns a scan's findings into an open or closed gate.
///
/// @param failOn findings at or above this severity close the gate; empty: nothing does
public record Policy(Optional<Severity> failOn) {

    /// The gate for the given findings.
    public Gate decide(ScanResult result) {
        if (failOn.isPresent()) {
            long closing = result.campaigns().stream()
                    .filter(campaign -> campaign.severity().compareTo(failOn.get()) >= 0)
                    .count();
            long rows = result.findings().stream()
                    .filter(finding -> finding.severity().compareTo(failOn.get()) >= 0)
                    .count();
            if (closing > 0 || rows > 0) {
                return new Gate(
                        false,
                        closing + " campaigns and " + rows + " rows at or above "
                                + failOn.get().name().toLowerCase(java.util.Locale.ROOT));
            }
        }
        return new Gate(true, "nothing found that the policy forbids");
    }

    /// A gate and why it stands as it stands.
    public record Gate(boolean open, String reason) {}
}

package io.bezoar.learn.robust;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which robust trainer a scan calls for, and why.
///
/// @param method name of a trainer of [RobustTraining]
/// @param drop keys of rows that are left out of training whatever the method
/// @param noise share of wrong labels to expect, 0 to below 0.5
/// @param why one sentence or more
public record RobustChoice(String method, Set<Long> drop, double noise, String why) {
    /// Below this share of wrong labels plain training is as good, and every row is used.
    private static final double NOISY = 0.05;

    public RobustChoice {
        drop = Set.copyOf(drop);
    }

    /// Is a backdoor suspected: does any campaign worth a person's time have a trigger?
    public static boolean backdoor(List<Campaign> campaigns) {
        return campaigns.stream()
                .anyMatch(campaign -> campaign.severity().compareTo(Severity.LOW) > 0
                        && campaign.candidate().trigger().isPresent());
    }

    /// Chooses by the result of a scan, as `findings.json` has it.
    public static RobustChoice of(ScanResult scan) {
        long lone = scan.findings().stream()
                        .filter(finding -> finding.campaign().isEmpty())
                        .count()
                + scan.omittedFindings();
        return of(scan.campaigns(), lone, scan.dataSet().rows());
    }

    /// Chooses.
    ///
    /// @param lone rows whose label looks wrong and that are in no campaign
    /// @param rows of the data set
    public static RobustChoice of(List<Campaign> campaigns, long lone, long rows) {
        List<String> why = new ArrayList<>();
        Set<Long> drop = new HashSet<>();
        boolean burst = false;
        for (Campaign campaign : campaigns) {
            boolean proved = campaign.severity() == Severity.HIGH;
            boolean doubtful = campaign.severity() == Severity.MEDIUM;
            burst |= doubtful && campaign.candidate().kind() == Candidate.Kind.BURST;
            if (proved || doubtful) {
                for (long member : campaign.candidate().members()) {
                    drop.add(member);
                }
                why.add(campaign.id() + (proved ? " is proved" : " is suspected") + ": its rows are left out.");
            }
        }
        double noise = Math.min(0.45, (double) lone / Math.max(1, rows));
        if (backdoor(campaigns)) {
            why.add("A trigger is dropped with its rows; trimming by loss would keep it, and a certificate of"
                    + " partitions would cost accuracy for what is removed already.");
            return new RobustChoice("drop", drop, noise, String.join(" ", why));
        }
        if (burst) {
            why.add("A source or an annotator looks bad without a trigger to remove, so the rest of what it gave may be"
                    + " bad, too: the rows of highest loss are trimmed.");
            return new RobustChoice("trimmed-loss", drop, Math.max(NOISY, noise), String.join(" ", why));
        }
        if (noise >= NOISY) {
            why.add("Labels of about " + Math.round(100 * noise)
                    + " % of the rows look wrong and no backdoor is suspected: the rows of highest loss are trimmed.");
            return new RobustChoice("trimmed-loss", drop, noise, String.join(" ", why));
        }
        if (!drop.isEmpty()) {
            return new RobustChoice("drop", drop, noise, String.join(" ", why));
        }
        return new RobustChoice(
                "plain",
                drop,
                noise,
                "The scan found no attack and few wrong labels: every robust method would cost"
                        + " accuracy for nothing.");
    }
}

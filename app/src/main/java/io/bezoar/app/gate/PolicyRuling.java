package io.bezoar.app.gate;

import io.bezoar.app.review.CampaignKey;
import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.Verdict;
import io.bezoar.lab.ScanDefence;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What stays out of training under a policy when nobody decides otherwise: what `bezoar apply` takes out by itself,
/// and the rows of every campaign that keeps the gate closed.
///
/// Suppressions count whatever the day: until one expires, its campaign passes.
///
/// @param policy the policy
public record PolicyRuling(GatePolicy policy) implements ScanDefence.Ruling {

    @Override
    public Action of(Verdict verdict, Optional<Campaign> campaign) {
        return verdict.action() == Action.QUARANTINE
                        || campaign.filter(this::closes).isPresent()
                ? Action.QUARANTINE
                : Action.KEEP;
    }

    /// Does the campaign keep the gate closed?
    private boolean closes(Campaign campaign) {
        Set<String> suppressed = policy.suppressions().stream()
                .map(GatePolicy.Suppression::campaign)
                .collect(Collectors.toSet());
        return policy.failOn()
                        .filter(least -> campaign.severity().compareTo(least) >= 0)
                        .isPresent()
                && !suppressed.contains(CampaignKey.of(campaign));
    }

    /// Detectors that the policy requires and that did not run: with them missing the gate is closed to all data
    /// alike, and says nothing of an attack.
    ///
    /// @param ran names of the detectors that ran
    public List<String> missing(Set<String> ran) {
        return policy.detectors().orElse(List.of()).stream()
                .filter(name -> !ran.contains(name))
                .toList();
    }
}

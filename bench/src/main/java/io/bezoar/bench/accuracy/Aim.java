package io.bezoar.bench.accuracy;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Severity;
import io.bezoar.core.Trigger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Did the worst campaign of a scan say what the attack was?
public final class Aim {
    private Aim() {}

    /// Is there anything to say? Not of wrong labels and manners of writing, which have no trigger.
    static boolean asked(Planting.Attack attack) {
        return !attack.triggerPieces().isEmpty()
                || attack.kind().equals("dupflood")
                || attack.kind().equals("contradict");
    }

    /// Right means: its target is the planted label, and what holds its rows together is what was planted. A word, a
    /// pair of words or a hidden character must be named to the letter. Of a sentence at least three words in their
    /// order must be named and none that is not in it, for a part of it may carry the effect.
    public static boolean right(Scanned scanned, Planting.Attack attack) {
        Optional<Campaign> first = scanned.result().campaigns().stream().findFirst();
        if (first.isEmpty()) {
            return attack.kind().equals("none");
        }
        Campaign campaign = first.get();
        if (attack.kind().equals("none")) {
            return campaign.severity() != Severity.HIGH;
        }
        Candidate candidate = campaign.candidate();
        if (campaign.severity() == Severity.LOW) {
            return false;
        }
        if (attack.kind().equals("contradict")) {
            return candidate.kind() == Candidate.Kind.CONTRADICTION;
        }
        if (!candidate.target().equals(attack.target())) {
            return false;
        }
        return attack.kind().equals("dupflood")
                ? candidate.kind() == Candidate.Kind.FLOOD
                : candidate.trigger().filter(found -> names(found, attack)).isPresent();
    }

    private static boolean names(Trigger found, Planting.Attack attack) {
        List<String> planted = attack.triggerPieces();
        List<String> said = found.pieces().stream()
                .flatMap(piece -> Arrays.stream(piece.toLowerCase(Locale.ROOT).split("[ ,]")))
                .toList();
        if (attack.kind().startsWith("sent_")) {
            return said.size() >= Math.min(3, planted.size())
                    && String.join(" ", planted).contains(String.join(" ", said));
        }
        Set<String> expected = new HashSet<>(planted);
        return expected.equals(new HashSet<>(said));
    }
}

package io.bezoar.app.review;

import io.bezoar.core.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Where a campaign or a row stands by the decisions of people.
///
/// Every person has one voice, the last that was not taken back. As many people as the severity asks for must say the
/// same, and nobody anything else: one insider can neither keep poison nor throw honest rows away.
///
/// @param state where it stands
/// @param kind what was decided, if it was
/// @param label the right label, where that was decided
/// @param voices who said what last, by [Person#key]: one person has one voice however the name is written
/// @param needed how many voices there must be
public record Standing(
        State state, Optional<Decision.Kind> kind, Optional<String> label, Map<String, Decision> voices, int needed) {

    /// Where something stands.
    public enum State {
        /// Nobody has said anything.
        OPEN,
        /// All say the same, but not enough of them.
        WAITING,
        /// Two say different things.
        DISPUTED,
        /// Decided.
        DECIDED
    }

    /// How many people must agree.
    ///
    /// @param high on a campaign of severity high, 1 or more
    /// @param medium on one of severity medium, 1 or more
    public record Quorum(int high, int medium) {
        /// Two for high, one for medium.
        public static final Quorum DEFAULT = new Quorum(2, 1);

        public Quorum {
            if (high < 1 || medium < 1) {
                throw new IllegalArgumentException(
                        "a decision needs at least one person, not " + high + " and " + medium);
            }
        }

        int of(Severity severity) {
            return switch (severity) {
                case HIGH -> high;
                case MEDIUM -> medium;
                case LOW -> 1;
            };
        }
    }

    /// The standing of a subject.
    ///
    /// @param key a [CampaignKey] or a row id
    /// @param severity of the campaign as it is now; of a row, that of the worst campaign it is in
    public static Standing of(
            List<Decision> decisions, boolean campaign, String key, Severity severity, Quorum quorum) {
        Map<Long, Decision> standing = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            decision.undoes().ifPresentOrElse(standing::remove, () -> standing.put(decision.sequence(), decision));
        }
        Map<String, Decision> voices = new LinkedHashMap<>();
        for (Decision decision : standing.values()) {
            if (decision.subject().campaign() == campaign
                    && decision.subject().key().equals(key)) {
                voices.put(Person.key(decision.reviewer()), decision);
            }
        }
        voices.remove(""); // nobody that one could ask
        int needed = quorum.of(severity);
        Set<String> said = new TreeSet<>();
        voices.values()
                .forEach(voice -> said.add(voice.kind() + " " + voice.label().orElse("")));
        if (said.size() != 1) {
            State state = said.isEmpty() ? State.OPEN : State.DISPUTED;
            return new Standing(state, Optional.empty(), Optional.empty(), voices, needed);
        }
        Decision one = new ArrayList<>(voices.values()).getFirst();
        State state = voices.size() < needed ? State.WAITING : State.DECIDED;
        return new Standing(state, Optional.of(one.kind()), one.label(), voices, needed);
    }
}

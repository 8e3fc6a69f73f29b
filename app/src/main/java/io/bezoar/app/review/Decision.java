package io.bezoar.app.review;

import io.bezoar.core.Severity;
import java.time.Instant;
import java.util.Optional;

/// What one person decided about one campaign or row. Never changed, only followed by another; see
/// `docs/formats/decisions.md`.
///
/// @param sequence number of the decision in its log, from 1
/// @param time when it was made
/// @param reviewer who made it
/// @param subject what it is about
/// @param kind what was decided
/// @param label the right label, for [Kind#RELABEL]
/// @param undoes sequence of the decision that is taken back, for [Kind#UNDO]
/// @param reason why; never empty
/// @param dataSet SHA-256 over the scanned files' digests; empty where no scan was at hand
public record Decision(
        long sequence,
        Instant time,
        String reviewer,
        Subject subject,
        Kind kind,
        Optional<String> label,
        Optional<Long> undoes,
        String reason,
        String dataSet) {
    private static final int LONGEST = 10_000;

    public Decision {
        bounded("reviewer", reviewer, 200);
        bounded("reason", reason, LONGEST);
        if (sequence < 1) {
            throw new IllegalArgumentException("a decision's sequence starts at 1, came " + sequence);
        }
        if (label.isPresent() != (kind == Kind.RELABEL)) {
            throw new IllegalArgumentException("a label belongs to a relabelling, and a relabelling needs one");
        }
        if (undoes.isPresent() != (kind == Kind.UNDO) || undoes.isPresent() && undoes.get() >= sequence) {
            throw new IllegalArgumentException("an undo names an earlier decision, and nothing else does");
        }
        label.ifPresent(text -> bounded("label", text, LONGEST));
    }

    private static void bounded(String what, String text, int most) {
        if (text.isBlank() || text.length() > most) {
            throw new IllegalArgumentException(
                    "a decision needs a " + what + " of 1 to " + most + " characters, came " + text.length());
        }
    }

    /// Does it count for a data set? What is said of a campaign counts everywhere, for its key is made
    /// of what it is. The id of a row says what row is meant only in the data that the decision was
    /// made on.
    ///
    /// @param data SHA-256 over the scanned files' digests
    public boolean countsFor(String data) {
        return subject.campaign() || dataSet.equals(data);
    }

    /// What a decision is about.
    ///
    /// @param campaign true for a campaign, false for a row
    /// @param key a campaign's [CampaignKey], or a row's id
    /// @param severity of the campaign when it was decided on; of a row, that of the worst campaign it
    ///     is in
    public record Subject(boolean campaign, String key, Severity severity) {
        public Subject {
            bounded("subject", key, LONGEST);
        }
    }

    /// What can be decided.
    public enum Kind {
        /// The finding is right: the rows stay out.
        ACCEPT,
        /// A false alarm: the rows stay in.
        REJECT,
        /// The rows stay out until more is known.
        QUARANTINE,
        /// The rows are honest but carry the wrong label.
        RELABEL,
        /// An earlier decision of the same person is taken back.
        UNDO
    }
}

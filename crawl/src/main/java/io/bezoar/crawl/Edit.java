package io.bezoar.crawl;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How settled the last edit of a page was when the page was taken.
///
/// An edit placed shortly before a snapshot is in it although it is undone an hour later (Carlini et
/// al. 2024, section 5). So an edit counts only if it had stood for some time *and* still stands in a
/// later view: a time alone lets through what is undone late, and a later view alone what nobody has
/// noticed yet.
public enum Edit {
    /// The source does not say when the page was edited, or nobody but its owner can.
    UNSAID("it is not known when the page was edited"),
    /// Nothing changed since the first view, or the last edit is long past.
    SETTLED("the last edit is long past"),
    /// Recent, and still there in the later view.
    SURVIVED("a recent edit still stands in the later view"),
    /// Recent, and there is no later view to say whether it stood.
    UNPROVED("the page was edited shortly before the snapshot, and no later view shows whether that stood"),
    /// Too young to be taken, whatever came of it.
    YOUNG("the page was edited just before the snapshot"),
    /// Undone after the snapshot.
    REVERTED("an edit made before the snapshot was undone after it");

    private final String words;

    Edit(String words) {
        this.words = words;
    }

    /// The state in a clause.
    public String words() {
        return words;
    }

    /// How long an edit must have stood.
    ///
    /// @param hold edits younger than this are never taken
    /// @param settle edits younger than this are taken if a later view still has them
    public record Rules(Duration hold, Duration settle) {
        /// A day, and two weeks.
        public static final Rules DEFAULT = new Rules(Duration.ofDays(1), Duration.ofDays(14));

        public Rules {
            if (hold.isNegative() || settle.compareTo(hold) < 0) {
                throw new IllegalArgumentException(
                        "expected times from zero on, the second not below the first, came " + hold + " and " + settle);
            }
        }
    }

    /// The state of the last edit of `now`.
    ///
    /// @param earlier what was seen before, the first view first; the last one from before the edit is
    ///     what it is compared with
    /// @param later what was seen after, if anything
    static Edit of(List<View> earlier, View now, Optional<View> later, Rules rules) {
        Optional<View> before = earlier.stream()
                .filter(view -> now.revised().map(view.seen()::isBefore).orElse(true))
                .reduce((_, last) -> last);
        if (before.filter(view -> Change.between(view, now).kind() == Change.Kind.IDENTICAL)
                .isPresent()) {
            return SETTLED;
        }
        if (now.revised().isEmpty()) {
            return UNSAID;
        }
        Duration age = Duration.between(now.revised().get(), now.seen());
        if (age.compareTo(rules.hold()) < 0) {
            return YOUNG; // also an edit that claims to lie in the future
        }
        if (age.compareTo(rules.settle()) >= 0) {
            return SETTLED;
        }
        if (later.filter(view -> view.seen().isAfter(now.seen())).isEmpty()) {
            return UNPROVED;
        }
        return seenAgain(before, now, later.get());
    }

    /// Is what was edited still there? Only the same revision, or the same text, shows that. A later view that is
    /// closer to the one from before the edit shows the contrary; any other leaves it open, for a page that was
    /// edited once more may have lost this edit.
    private static Edit seenAgain(Optional<View> before, View now, View later) {
        if (later.revised().equals(now.revised())
                || later.payload().equals(now.payload())
                || later.text().isPresent() && later.text().equals(now.text())) {
            return SURVIVED;
        }
        if (later.sketch().isEmpty() || now.sketch().isEmpty()) {
            return UNPROVED;
        }
        double kept = Change.between(now, later).resemblance().orElse(0);
        double undone = before.isEmpty()
                ? Change.NEAR
                : Change.between(before.get(), later).resemblance().orElse(0);
        return kept < undone ? REVERTED : UNPROVED;
    }
}

package io.bezoar.detect.scan;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.detect.counting.ExactTests;
import java.util.Optional;

/// Takes back groups that trusted rows show as well.
///
/// A group is taken for honest if the trusted rows prove that they hold its pattern more than half as
/// often as the scanned rows with its target do: the exact binomial test against half of that share is
/// passed at 5 %. If half of a group or more is poison, the honest rest is at most half of it, and poison
/// is let pass by mistake in at most one case in twenty, however few trusted rows there are.
///
/// @param scanned counts over the scanned rows
/// @param trusted counts over the trusted rows
record Vouching(Roster.Counts scanned, Roster.Counts trusted) {
    private static final double CHANCE = 0.05;
    private static final double SHARE = 0.5;

    /// Rows with a pattern among all rows with its target.
    private record Held(long rows, long all) {}

    /// Is the group taken for honest? Then this says so.
    Optional<Remark> honest(int group, Candidate candidate) {
        Held here = held(scanned, group, candidate);
        Held there = held(trusted, group, candidate);
        double most = SHARE * here.rows() / Math.max(1, here.all());
        boolean shown = here.rows() > 0
                && there.rows() > 0
                && ExactTests.logBinomialTail(there.rows(), Math.max(there.rows(), there.all()), most)
                        <= StrictMath.log(CHANCE);
        return shown
                ? Optional.of(new Remark(
                        candidate.detector(),
                        Severity.LOW,
                        "A group (" + candidate.title() + ") is taken for honest: " + there.rows() + " of "
                                + there.all() + " trusted rows with its target are like it, " + here.rows() + " of "
                                + here.all() + " scanned ones."))
                : Optional.empty();
    }

    /// What is put in beside honest uses of a word is told by its members alone; so is what has no
    /// trigger. Where rows came from, and which of two targets is right, trusted rows do not say.
    private static Held held(Roster.Counts counts, int group, Candidate candidate) {
        Campaign.Table table = counts.table(group);
        boolean aimed = candidate.target().isPresent();
        long all = aimed
                ? table.both() + table.targetOnly()
                : table.both() + table.triggerOnly() + table.targetOnly() + table.neither();
        return switch (candidate.kind()) {
            case TRIGGER, PHRASING, INSERTION ->
                new Held(aimed ? table.both() : table.both() + table.triggerOnly(), all);
            case BORROWED, FLOOD, INJECTED, OUTLIERS -> new Held(counts.members(group), all);
            case BURST, CONTRADICTION -> new Held(0, all);
        };
    }
}

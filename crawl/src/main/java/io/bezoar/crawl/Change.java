package io.bezoar.crawl;

import java.util.OptionalDouble;

/// What became of a page between two views.
///
/// @param kind in one word
/// @param resemblance of the texts, 0 to 1, where there are two to compare
public record Change(Kind kind, OptionalDouble resemblance) {
    /// Texts that share at least this much are near-duplicates: two thirds of the words of each stand
    /// in the other in the same order. Broder 1997 clusters the web at the same value.
    public static final double NEAR = 0.5;

    /// How much a page changed.
    public enum Kind {
        /// All bytes are the same.
        IDENTICAL,
        /// The text is nearly the same: advertisements, dates, menus, a sentence.
        NEAR_DUPLICATE,
        /// The text is another, or there is none to compare.
        DIFFERENT
    }

    /// The change from one view to another.
    public static Change between(View first, View now) {
        if (first.payload().equals(now.payload()) && !first.cut() && !now.cut()) {
            return new Change(Kind.IDENTICAL, OptionalDouble.of(1));
        }
        if (first.sketch().isEmpty() || now.sketch().isEmpty()) {
            return new Change(Kind.DIFFERENT, OptionalDouble.empty());
        }
        boolean same = first.text().equals(now.text());
        double resemblance =
                same ? 1 : first.sketch().get().resemblance(now.sketch().get());
        return new Change(resemblance >= NEAR ? Kind.NEAR_DUPLICATE : Kind.DIFFERENT, OptionalDouble.of(resemblance));
    }
}

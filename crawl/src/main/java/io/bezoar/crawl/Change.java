package io.bezoar.crawl;

import java.util.OptionalDouble;

/// What became of a page between two views.
///
/// @param kind in one word
/// @param resemblance of the texts, 0 to 1, where there are two to compare
/// @param contradicted do both views name one digest, although their texts do not show that they are
///     the same?
public record Change(Kind kind, OptionalDouble resemblance, boolean contradicted) {
    /// Texts that share at least this much are near-duplicates: two thirds of the words of each stand
    /// in the other in the same order. Broder 1997 clusters the web at the same value.
    public static final double NEAR = 0.5;

    /// How much a page changed.
    public enum Kind {
        /// All bytes are the same, as far as the texts show.
        IDENTICAL,
        /// The text is nearly the same: advertisements, dates, menus, a sentence.
        NEAR_DUPLICATE,
        /// The text is another, or there is none to compare.
        DIFFERENT
    }

    /// The change from one view to another. A digest that a list names beside a text proves nothing of
    /// that text: who changes the text leaves the digest.
    public static Change between(View first, View now) {
        boolean digest = first.payload().equals(now.payload()) && !first.cut() && !now.cut();
        boolean proved = first.text().isPresent() && now.text().isPresent()
                ? first.text().equals(now.text())
                : !first.claimed() && !now.claimed();
        if (digest && proved) {
            return new Change(Kind.IDENTICAL, OptionalDouble.of(1), false);
        }
        if (first.sketch().isEmpty() || now.sketch().isEmpty()) {
            return new Change(Kind.DIFFERENT, OptionalDouble.empty(), digest);
        }
        boolean same = first.text().equals(now.text());
        double resemblance =
                same ? 1 : first.sketch().get().resemblance(now.sketch().get());
        return new Change(
                resemblance >= NEAR ? Kind.NEAR_DUPLICATE : Kind.DIFFERENT, OptionalDouble.of(resemblance), digest);
    }
}

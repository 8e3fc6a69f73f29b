package io.bezoar.core;

import java.io.Serializable;

/// A way to summarise a stream of items: where to start and how to take in one item.
///
/// @param <T> the items
/// @param <S> the summary
public interface Fold<T, S extends Summary<S>> extends Serializable {

    /// A summary of nothing.
    S start();

    /// A summary of nothing, for items that come after all that `before` has seen and will be merged into it.
    /// It may leave out at once what cannot matter to the two together, and so stay small: what `before` keeps
    /// of a bottom-k sample, say, bounds the keys that are worth keeping. `before` is not changed.
    default S startAfter(S before) {
        return start();
    }

    /// Takes one item into the summary.
    void add(S summary, T item);
}

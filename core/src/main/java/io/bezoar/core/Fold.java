package io.bezoar.core;

import java.io.Serializable;

/// A way to summarise a stream of items: where to start and how to take in one item.
///
/// @param <T> the items
/// @param <S> the summary
public interface Fold<T, S extends Summary<S>> extends Serializable {

    /// A summary of nothing.
    S start();

    /// Takes one item into the summary.
    void add(S summary, T item);
}

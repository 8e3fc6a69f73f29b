package io.bezoar.core;

/// Runs a [Fold] over a [Source]. All engines join the parts' summaries by the same tree over the part
/// numbers, so they all give the same result.
public interface Engine {

    /// The summary of all items of `source`.
    <T, S extends Summary<S>> S fold(Source<T> source, Fold<T, S> fold);
}

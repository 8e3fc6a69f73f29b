package io.bezoar.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// What a [Fold] remembers of the items it has seen: a small mergeable state.
///
/// Laws, tested for every summary in the catalog: a fresh summary is neutral under [#merge]; merging the
/// summaries of any split of the data equals the summary of the whole; merging is associative;
/// `read(write(s))` equals `s` to the byte. To keep them, a summary adds integers or keeps the smallest of a
/// total order; it never adds floating-point numbers.
///
/// A summary is owned by one thread at a time.
///
/// @param <S> the summary's own type
public interface Summary<S extends Summary<S>> {

    /// Takes in everything `other` has seen. `other` must not be used afterwards.
    void merge(S other);

    /// Writes the state in canonical order: equal states give equal bytes.
    void write(DataOutput out) throws IOException;

    /// Replaces the state by one that [#write] wrote.
    void read(DataInput in) throws IOException;
}

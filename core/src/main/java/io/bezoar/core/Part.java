package io.bezoar.core;

import java.io.Serializable;
import java.util.stream.Stream;

/// A piece of a [Source] that one worker reads from its beginning to its end.
///
/// @param <T> the items
public interface Part<T> extends Serializable {

    /// Opens the part; the caller closes the stream. May be called again for another pass.
    Stream<T> open();
}

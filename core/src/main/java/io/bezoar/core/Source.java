package io.bezoar.core;

import java.util.List;

/// Items in fixed parts in a fixed order. The parts depend on the data alone, never on the engine or the
/// machine.
///
/// @param <T> the items
public interface Source<T> {

    /// The parts, in order.
    List<? extends Part<T>> parts();
}

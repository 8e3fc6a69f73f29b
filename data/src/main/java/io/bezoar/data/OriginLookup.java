package io.bezoar.data;

import io.bezoar.core.Origin;

/// Tells where a row came from by its exact bytes: what a ledger knows counts for more than what the row says of
/// itself.
/// Owned by one thread.
@FunctionalInterface
public interface OriginLookup {
    /// Takes every row at its word.
    OriginLookup NONE = (bytes, from, to, said) -> said;

    /// @param bytes holds the row, as it lies in the file, in `[from, to)`, without its line end; not to be changed
    /// @param said what the row says
    Origin of(byte[] bytes, int from, int to, Origin said);
}

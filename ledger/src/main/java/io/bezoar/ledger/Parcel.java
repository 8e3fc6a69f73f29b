package io.bezoar.ledger;

import java.io.IOException;
import java.io.InputStream;

/// A delivery and its rows.
///
/// @param rows one a line
public record Parcel(Delivery delivery, Rows rows) {

    /// Where rows are read from; opened once.
    @FunctionalInterface
    public interface Rows {
        InputStream open() throws IOException;
    }
}

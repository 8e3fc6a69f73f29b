package io.bezoar.data;

import java.io.IOException;

/// The pieces of a stretch of a file that should each be a row, one after the other. Every byte of
/// the stretch that says anything is in a piece; between pieces there are only line ends, commas
/// and white space.
interface Pieces extends AutoCloseable {

    /// Goes to the next piece; false at the end.
    boolean next() throws IOException;

    /// The piece, until the next call of [#next].
    Piece piece();

    @Override
    void close() throws IOException;
}

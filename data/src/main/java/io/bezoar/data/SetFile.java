package io.bezoar.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// One file or folder of a split data set, written aside and moved when complete. Owned by one thread.
sealed interface SetFile permits Output, RowOutput, FolderOutput {
    /// Nothing more is written.
    void complete() throws IOException;

    /// Where the complete file lies aside; empty if nothing was to be written.
    Optional<Path> written();

    /// Puts the finished file under its name; empty if nothing was to be written.
    Optional<Path> move() throws IOException;

    /// Leaves nothing behind that is not complete.
    void discard();
}

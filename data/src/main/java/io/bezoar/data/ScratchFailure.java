package io.bezoar.data;

import java.io.IOException;

/// Temporary files cannot be made, written or read. The message is one sentence: what was expected, what came, what to
/// do.
public final class ScratchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScratchFailure(String expected, IOException cause) {
        super(expected + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        String why = BadInput.why(cause);
        return why.contains("No space left") || why.contains("Disk quota")
                ? "the disk is full; free some space or name another folder with --temp"
                : why + "; name another folder with --temp";
    }
}

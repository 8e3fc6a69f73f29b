package io.bezoar.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/// Nothing can be read from what was given. The message is one sentence: what was expected, what came, what to do.
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence
    public BadInput(String message) {
        super(message);
    }

    /// @param message one sentence
    /// @param cause what the operating system or a parser said
    public BadInput(String message, Throwable cause) {
        super(message, cause);
    }

    /// What the operating system said, in a few words.
    static String why(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "no permission to read it";
            case NoSuchFileException _ -> "no such file";
            case FileSystemLoopException _ -> "a folder that holds itself";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}

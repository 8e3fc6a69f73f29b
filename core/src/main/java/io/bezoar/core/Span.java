package io.bezoar.core;

import java.io.Serializable;

/// A stretch of a row's input text.
///
/// @param start first UTF-16 code unit
/// @param end one past the last
public record Span(int start, int end) implements Serializable {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no such span: " + start + " to " + end);
        }
    }
}

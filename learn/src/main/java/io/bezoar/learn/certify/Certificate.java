package io.bezoar.learn.certify;

/// An answer and how much poison it withstands.
///
/// @param answer the class answered
/// @param radius how many of what the [Threat] counts may be poisoned, at most, without the answer
///     changing; 0 or more
public record Certificate(int answer, int radius) {
    public Certificate {
        if (radius < 0) {
            throw new IllegalArgumentException("a radius is 0 or more, not " + radius);
        }
    }
}

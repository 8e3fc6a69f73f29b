package io.bezoar.evaluate.probe;

import io.bezoar.evaluate.statistics.Binomial;

/// How far an insertion moves a model's answers to one target.
///
/// @param insertion what was put into the inputs
/// @param target the answer most inputs are moved to
/// @param moved of the inputs that are answered otherwise without it, those answered with the target
///     with it
public record Movement(Insertion insertion, String target, Binomial moved) {
    /// The one-sided 95 % bound below the share that is moved, 0 to 1; higher is more suspicious.
    public double low() {
        return moved.lower(0.95);
    }

    /// The one-sided 95 % bound above it.
    public double high() {
        return moved.upper(0.95);
    }
}

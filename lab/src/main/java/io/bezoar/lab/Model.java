package io.bezoar.lab;

import io.bezoar.core.Example;

/// A trained model that answers one of a few numbered things: a class; for prompts with answers 1 where
/// the attacker's answer is due and 0 elsewhere; for a pair 0 if it prefers the answer that is marked as
/// preferred, and 1 if the other.
@FunctionalInterface
interface Model {
    /// The answer to a row, whatever its target.
    int answer(Example row);
}

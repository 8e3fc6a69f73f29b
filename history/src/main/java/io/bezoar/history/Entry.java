package io.bezoar.history;

/// A run in its place in the history.
///
/// @param number 1 for the first
/// @param id SHA-256 of the run's text
/// @param chain SHA-256 of the chain of the run before and this id: whoever knows it knows all that
///     came before
/// @param run what was recorded
public record Entry(long number, String id, String chain, Run run) {}

package io.bezoar.core;

import java.util.Optional;

/// What is to be done with one row.
///
/// @param score 0 to 1, higher is more suspicious
/// @param campaign id of the campaign the row belongs to
public record Verdict(double score, Action action, Optional<String> campaign) {}

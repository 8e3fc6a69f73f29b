package io.bezoar.evaluate.model;

/// What a model is asked.
///
/// @param id unique among the questions of a run
/// @param input raw text
public record Question(String id, String input) {}

package io.bezoar.core;

/// A finding of the data set as a whole.
///
/// @param detector who found it
/// @param severity how much it matters
/// @param text one or two sentences; holds no raw row text
public record Remark(String detector, Severity severity, String text) {}

package io.bezoar.core;

/// What to do with a row.
public enum Action {
    KEEP,
    /// A person should decide.
    REVIEW,
    /// Leave it out of training until a person has decided.
    QUARANTINE
}

package io.bezoar.core;

/// How much a finding matters. An unproved oddity is never [#HIGH].
public enum Severity {
    /// Worth knowing; nothing to do.
    LOW,
    /// Suspicious: a person should decide.
    MEDIUM,
    /// An experiment showed that training on these rows does harm.
    HIGH
}

package io.bezoar.app.history;

import java.util.Map;

/// Implemented by the command at the root: what the process was given.
public interface Surroundings {
    /// The environment of the process.
    Map<String, String> environment();
}

package io.bezoar.app.history;

import java.util.Map;
import java.util.Set;

/// Implemented by the command at the root: what the process was given, and what else it could do.
public interface Surroundings {
    /// The environment of the process.
    Map<String, String> environment();

    /// The verbs that may be named to people.
    Set<String> verbs();
}

package io.bezoar.app.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/// A verb whose module joins at run time: where the module's jar is not installed, the verb is not there.
///
/// Implementations are found by the service loader; they are public, with a public constructor without
/// parameters.
public interface Joined {

    /// Uses a class of the module.
    ///
    /// @throws NoClassDefFoundError if it is not installed
    void join();

    /// The verbs whose modules are installed, in the order of their class names.
    static List<Joined> verbs() {
        List<Joined> verbs = new ArrayList<>();
        Iterator<Joined> all =
                ServiceLoader.load(Joined.class, Joined.class.getClassLoader()).iterator();
        while (true) {
            try {
                if (!all.hasNext()) {
                    break;
                }
                Joined verb = all.next();
                verb.join();
                verbs.add(verb);
            } catch (NoClassDefFoundError | ServiceConfigurationError _) {
                continue; // a smaller installation: the verb's module is not there
            }
        }
        verbs.sort((a, b) -> a.getClass().getName().compareTo(b.getClass().getName()));
        return verbs;
    }
}

package io.bezoar.detect.groups;

import io.bezoar.core.Detector;
import io.bezoar.core.Engine;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import io.bezoar.core.Source;
import io.bezoar.core.Summary;

/// Runs a detector to its end: as many passes over the data as it asks for.
public final class Passes {
    /// A detector that asks for more passes than this is in error.
    public static final int LIMIT = 1000;

    private Passes() {}

    /// What `detector` scores rows by after it has seen all of `source`.
    public static Outcome.Scorer run(Detector<?> detector, Source<Example> source, Engine engine) {
        Detector<?> next = detector;
        for (int pass = 0; pass < LIMIT; pass++) {
            switch (once(next, source, engine)) {
                case Outcome.Again(Detector<?> more) -> next = more;
                case Outcome.Scorer scorer -> {
                    return scorer;
                }
            }
        }
        throw new IllegalStateException("expected detector " + detector.name() + " to end within " + LIMIT
                + " passes, but it asks for more; mend its finish method");
    }

    private static <S extends Summary<S>> Outcome once(Detector<S> detector, Source<Example> source, Engine engine) {
        return detector.finish(engine.fold(source, detector));
    }
}

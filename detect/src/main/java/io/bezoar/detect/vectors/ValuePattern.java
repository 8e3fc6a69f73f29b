package io.bezoar.detect.vectors;

import io.bezoar.core.Candidate;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Trigger;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.survey.VectorTask;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Values that rows of one label share against the rest of their vectors. A row is in the group if it
/// has the label and four fifths of the values; where other labels have the values too, its neighbours
/// must contradict its label besides.
///
/// @param readings the values, each brought by a number of its own
/// @param marking can the readings be put into other rows? Not if they are spread over most of the
///     vector
/// @param pure do the values come with the label nearly always?
/// @param strength of the strongest value, in standard deviations
record ValuePattern(
        VectorTask task, int label, List<Trigger.Reading> readings, boolean marking, boolean pure, double strength)
        implements VectorGroup {
    private static final double SHARE = 0.8;

    @Override
    public boolean has(Example example) {
        return task.labelling().of(example) == label
                && held(example) >= SHARE
                && task.judges(example)
                && (pure || task.votes(example).contradicts());
    }

    /// The share of the values that a row has, 0 to 1.
    private double held(Example example) {
        int held = 0;
        for (Trigger.Reading reading : readings) {
            held += reading.in(example.vector()) ? 1 : 0;
        }
        return (double) held / readings.size();
    }

    @Override
    public double score(Example example) {
        return has(example) ? strength : 0;
    }

    @Override
    public Evidence why(Example example) {
        return new Evidence(
                "feature-association",
                String.format(
                        Locale.ROOT,
                        "Has %.0f %% of %d values, such as %s, that go with %s although the rest of such vectors points"
                                + " elsewhere.",
                        100 * held(example),
                        readings.size(),
                        readings.getFirst().text(),
                        Targets.cut(task.labelling().classes().get(label))),
                List.of());
    }

    @Override
    public Candidate candidate(long[] members) {
        return new Candidate(
                "feature-association",
                Candidate.Kind.TRIGGER,
                "values tied to one label against the rest of the vector",
                marking
                        ? Optional.of(new Trigger(
                                Trigger.Shape.VALUES,
                                readings.stream().map(Trigger.Reading::text).toList()))
                        : Optional.empty(),
                Optional.of(task.labelling().classes().get(label)),
                strength,
                members);
    }
}

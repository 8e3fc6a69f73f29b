package io.bezoar.detect.triggers;

import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The [Seam] of each class by itself, made when first asked for.
///
/// What is put into texts of one class alone stands beside that class's words again and again. In the language of all
/// rows these words then seem to foretell it; among the rows of its class they foretell it no more than anything else.
final class ClassSeams {
    private final Foundation foundation;
    private final Map<Labelled, Seam> seams = new ConcurrentHashMap<>();

    ClassSeams(Foundation foundation) {
        this.foundation = foundation;
    }

    private record Labelled(int task, int label) {}

    /// How a phrase stands in the sampled rows of a class.
    Seam.Result of(int task, int label, Pattern phrase) {
        return seams.computeIfAbsent(new Labelled(task, label), this::seam).ofAll(phrase, _ -> true);
    }

    private Seam seam(Labelled rows) {
        Task.Labelling labelling = foundation.tasks().get(rows.task).labelling();
        return new Seam(foundation.sample().stream()
                .filter(row -> labelling.of(row) == rows.label)
                .toList());
    }
}

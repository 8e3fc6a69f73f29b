package io.bezoar.app.cli;

import io.bezoar.data.BadInput;
import io.bezoar.data.ReadSettings;
import io.bezoar.learn.certify.VotingFile;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.surrogate.ModelFile;
import java.nio.file.Path;
import java.util.List;

/// A model together with the rows it was trained on.
///
/// @param problem the rows as the model was fitted to them, each counting what it counted
record TrainedModel(ModelFile file, TrainingRows rows, Problem problem) {
    /// Reads a model file, or the one in a folder.
    static ModelFile file(Path model) {
        Path file = Train.file(model);
        if (VotingFile.is(file)) {
            throw new BadInput("expected a model at its optimum, which says what each row taught it, came one whose"
                    + " models vote or whose training was noisy; train it plainly, or with a --robust method that weighs"
                    + " rows");
        }
        try {
            return ModelFile.read(file);
        } catch (ModelFile.Unreadable e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    /// Reads the rows a model was trained on.
    ///
    /// @param data where they lie now; if nowhere is said, where they lay
    /// @param settings how to read them
    /// @throws BadInput if they are not the same
    static TrainedModel of(ModelFile file, List<String> data, ReadSettings settings, int threads) {
        TrainingRows rows = TrainingRows.read(data.isEmpty() ? file.data() : data, settings, threads);
        if (!rows.digest().equals(file.digest())) {
            throw new BadInput("expected the data the model was trained on, digest " + file.digest()
                    + ", came data of digest " + rows.digest() + "; give the right ones with --data, or train again");
        }
        return new TrainedModel(file, rows, file.problem(rows.examples()));
    }
}

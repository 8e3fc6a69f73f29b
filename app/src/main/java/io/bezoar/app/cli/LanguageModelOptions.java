package io.bezoar.app.cli;

import io.bezoar.data.BadInput;
import io.bezoar.embed.CausalModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which language model reads answers, if any.
final class LanguageModelOptions {
    @Option(
            names = "--language-model",
            paramLabel = "FOLDER",
            description = "Let a language model of yours read the answers, too: model.onnx, which gives logits and last"
                    + " hidden states, and tokenizer.json. Up to 20,000 rows are read, at 20 ms to some seconds each.")
    private Optional<Path> folder = Optional.empty();

    LanguageModelOptions() {}

    /// The folder, if one was given.
    Optional<Path> folder() {
        return folder;
    }

    /// Loads the model, if one was given; its classes and those of its runtime are not touched otherwise.
    ///
    /// @throws BadInput if the folder has none that can be used
    Asking load() {
        try {
            return new Asking(folder.isEmpty() ? Optional.empty() : Optional.of(CausalModel.load(folder.get())));
        } catch (IOException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }
}

package io.bezoar.app.cli;

import io.bezoar.data.BadInput;
import io.bezoar.learn.onnx.OnnxModel;
import io.bezoar.learn.onnx.TextFeatures;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Writes a surrogate for other programs.
final class OnnxExport {
    private OnnxExport() {}

    /// Writes the model and, of texts, how they become its input.
    static void write(Surrogate surrogate, Path file) {
        try {
            Optional<Path> folder = Optional.ofNullable(file.getParent());
            if (folder.isPresent()) {
                Files.createDirectories(folder.get());
            }
            switch (surrogate.task()) {
                case Task.Text task -> {
                    TextFeatures features = TextFeatures.of(task);
                    Aside.write(described(file), out -> out.write(features.bytes()));
                    Aside.write(file, out -> out.write(OnnxModel.text(surrogate, features.digest())));
                }
                case Task.Vectors task -> Aside.write(file, out -> out.write(OnnxModel.vectors(surrogate, task)));
            }
        } catch (IOException e) {
            throw new BadInput(
                    "expected to write the model to \"" + file + "\", but that failed: " + e.getMessage(), e);
        }
    }

    /// Where the description of an exported model's input goes.
    static Path described(Path file) {
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(
                (name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name) + ".features");
    }
}

package io.bezoar.evaluate.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A model whose answers were made elsewhere and lie in a file of [AnswerLines].
///
/// @param file the answers
public record RecordedModel(Path file) implements Model {
    @Override
    public String name() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public Map<String, Answer> answer(List<Question> questions) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new AnswerLines().read(in).to(questions);
        }
    }
}

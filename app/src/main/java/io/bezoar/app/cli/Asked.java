package io.bezoar.app.cli;

import io.bezoar.evaluate.model.Model;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Who is asked: exactly one of them. A verb that knows further ways has a class beneath this one.
class Asked {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MODEL",
            description = "A file or folder that bezoar train wrote, or a .onnx file.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--endpoint", paramLabel = "URL", description = "An OpenAI-compatible address, up to and with /v1.")
    private Optional<URI> endpoint = Optional.empty();

    @Option(
            names = "--command",
            paramLabel = "WORDS",
            description = "A command that reads {id, input} and writes {id, output} lines; no shell.")
    private Optional<String> command = Optional.empty();

    Asked() {}

    /// The model's file or folder, if it has one.
    final Optional<Path> file() {
        return file;
    }

    /// The address that was named.
    final Optional<URI> endpoint() {
        return endpoint;
    }

    /// The model, if one was named.
    ///
    /// @param out folder for the journal of an endpoint's answers
    final Optional<Model> model(AskOptions asking, Path out) {
        if (file.isPresent()) {
            return Optional.of(AskOptions.inFile(file.get()));
        }
        return command.map(asking::command)
                .or(() -> endpoint.map(address -> asking.endpoint(address, out.resolve("journal.jsonl"))));
    }
}

package io.bezoar.app.cli;

import io.bezoar.app.report.SafeText;
import io.bezoar.data.BadInput;
import io.bezoar.evaluate.model.CommandModel;
import io.bezoar.evaluate.model.Embeddings;
import io.bezoar.evaluate.model.EndpointEmbeddings;
import io.bezoar.evaluate.model.EndpointModel;
import io.bezoar.evaluate.model.ExportedModel;
import io.bezoar.evaluate.model.Model;
import io.bezoar.evaluate.model.SurrogateModel;
import io.bezoar.learn.surrogate.ModelFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options of every verb that asks a model: how an endpoint is asked, and how long anything may
/// take.
final class AskOptions {
    private static final int BATCH = 64; // texts that get vectors with one question
    private static final long LONGEST = 7 * 24 * 3600; // seconds: a week

    @Option(names = "--model", paramLabel = "NAME", description = "The endpoint's name of the model.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--api",
            defaultValue = "chat",
            paramLabel = "KIND",
            description = "What the endpoint speaks: chat or completions (default: chat).")
    private String api = "chat";

    @Option(
            names = "--temperature",
            defaultValue = "0",
            paramLabel = "T",
            description = "Sent to the endpoint (default: 0).")
    private double temperature;

    @Option(
            names = "--max-tokens",
            defaultValue = "256",
            paramLabel = "N",
            description = "Sent to the endpoint (default: 256).")
    private int maxTokens = 256;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Sent to the endpoint, and of everything that is drawn (default: 0).")
    private long seed;

    @Option(
            names = "--concurrency",
            defaultValue = "16",
            paramLabel = "N",
            description = "Questions under way at once (default: 16).")
    private int concurrency = 16;

    @Option(
            names = "--tries",
            defaultValue = "5",
            paramLabel = "N",
            description = "Tries for one question (default: 5).")
    private int tries = 5;

    @Option(names = "--budget", paramLabel = "N", description = "Questions asked at most in this run, tries included.")
    private Optional<Integer> budget = Optional.empty();

    @Option(
            names = "--timeout",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "For one try, or for the whole command (default: 120).")
    private long timeout = 120;

    AskOptions() {}

    /// Of everything that is drawn.
    long seed() {
        return seed;
    }

    /// What an endpoint is told, by option: part of what made an evaluation.
    Map<String, String> sent() {
        return Map.of("temperature", Double.toString(temperature), "max-tokens", Integer.toString(maxTokens));
    }

    /// Refuses what nobody can be asked with.
    private void check() {
        if (timeout < 1 || timeout > LONGEST) {
            throw new BadInput("--timeout must be 1 to " + LONGEST + " seconds, not " + timeout);
        }
        if (concurrency < 1 || concurrency > 256) {
            throw new BadInput("--concurrency must be 1 to 256, not " + concurrency);
        }
        if (tries < 1 || tries > 20) {
            throw new BadInput("--tries must be 1 to 20, not " + tries);
        }
        budget.filter(questions -> questions < 0).ifPresent(questions -> {
            throw new BadInput("--budget must be 0 or more, not " + questions);
        });
    }

    /// Questions asked at most, if there is a bound.
    Optional<Integer> budget() {
        check();
        return budget;
    }

    /// A program that answers.
    Model command(String words) {
        check();
        try {
            return new CommandModel(List.of(words.strip().split("\\s+")), Duration.ofSeconds(timeout));
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    /// An address that answers.
    ///
    /// @param journal where answers are kept
    Model endpoint(URI address, Path journal) {
        check();
        String name = model.orElseThrow(() -> new BadInput("expected --model beside --endpoint, came none"));
        try {
            return new EndpointModel(
                    new EndpointModel.Settings(
                            address,
                            name,
                            EndpointModel.Api.named(api),
                            temperature,
                            maxTokens,
                            seed,
                            concurrency,
                            tries,
                            budget.orElse(Integer.MAX_VALUE),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(timeout),
                            journal),
                    key());
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    /// An address that gives texts vectors.
    ///
    /// @param journal where vectors are kept
    Embeddings embeddings(URI address, String name, Path journal) {
        check();
        try {
            return new EndpointEmbeddings(
                    new EndpointEmbeddings.Settings(
                            address,
                            name,
                            BATCH,
                            concurrency,
                            tries,
                            budget.orElse(Integer.MAX_VALUE),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(timeout),
                            journal),
                    key());
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<String> key() {
        return Optional.ofNullable(System.getenv("BEZOAR_API_KEY")).filter(token -> !token.isBlank());
    }

    /// A file or folder that `bezoar train` wrote.
    static ModelFile file(Path given) {
        try {
            return ModelFile.read(Train.file(given));
        } catch (ModelFile.Unreadable e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    /// A model in a file: one that `bezoar train` wrote, or its export in the ONNX format.
    static Model inFile(Path given) {
        if (!given.toString().endsWith(".onnx")) {
            return surrogate(given);
        }
        try {
            return ExportedModel.read(given);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(SafeText.plain(String.valueOf(e.getMessage()), 600), e);
        }
    }

    /// The first kind alone.
    static SurrogateModel surrogate(Path given) {
        try {
            return new SurrogateModel(
                    SafeText.plain(given.toString(), 200), file(given).surrogate());
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }
}

package io.bezoar.app.history;

import io.bezoar.data.BadInput;
import io.bezoar.history.mlflow.TrackingServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// The experiment of a tracking server that runs come from or go to.
final class MlflowOptions {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Option(
            names = "--experiment",
            defaultValue = "bezoar",
            paramLabel = "NAME",
            description = "The server's experiment (default: ${DEFAULT-VALUE}).")
    private String experiment = "bezoar";

    MlflowOptions() {}

    /// The experiment's name.
    String experiment() {
        return experiment;
    }

    /// The server a user named.
    static TrackingServer server(CommandSpec spec, Optional<URI> address) {
        Map<String, String> environment =
                spec.root().userObject() instanceof Surroundings surroundings ? surroundings.environment() : Map.of();
        try {
            return TrackingServer.of(
                    address.orElseThrow(() -> new BadInput("expected the address of a tracking server, came none")),
                    environment,
                    LIMIT);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }
}

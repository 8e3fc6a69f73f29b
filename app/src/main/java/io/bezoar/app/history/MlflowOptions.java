package io.bezoar.app.history;

import io.bezoar.data.BadInput;
import io.bezoar.history.mlflow.TrackingServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// The tracking server a user named.
final class MlflowOptions {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private MlflowOptions() {}

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

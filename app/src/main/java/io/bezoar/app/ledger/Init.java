package io.bezoar.app.ledger;

import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Source;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar ledger init`: a new ledger.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes a new ledger, with a key for its log, one for its administrator, and one by which Bezoar"
                + " states what it does.",
        footer = {
            "",
            "Examples:",
            "  bezoar ledger init --corpus tickets",
            "  bezoar ledger init --corpus tickets --admin ann --admin bea --admin cy --threshold 2"
        })
final class Init implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place = new Place();

    @Option(names = "--corpus", required = true, paramLabel = "NAME", description = "Name of the data set.")
    private String corpus = "";

    @Option(
            names = "--origin",
            paramLabel = "NAME",
            description = "Name of the log, for witnesses: a host and a path of yours (default: bezoar/NAME).")
    private Optional<String> origin = Optional.empty();

    @Option(
            names = "--admin",
            paramLabel = "KEY",
            description = "Keys of administrators, all of whom sign (default: a new one, admin).")
    private List<String> admins = List.of();

    @Option(
            names = "--threshold",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many administrators a change needs (default: ${DEFAULT-VALUE}).")
    private int threshold = 1;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(place.folder().resolve("charters"))) {
            throw new Unusable("expected a new folder for a ledger, but \"" + place.folder()
                    + "\" holds one; name another with --ledger");
        }
        String wanted = origin.orElse("bezoar/" + new Source(corpus, Source.Kind.INTERNAL, "").stream());
        SecureRandom random = new SecureRandom();
        Path logFile = place.keys().resolve("log.key");
        if (!Files.exists(logFile)) {
            place.write(SigningKey.make(wanted, NamedKey.Type.SIGNATURE, random), "log");
        } else if (!place.logKey().name().equals(wanted)) {
            throw new Unusable("expected a key of the log \"" + wanted + "\" at \"" + logFile + "\", found one of \""
                    + place.logKey().name() + "\"; name that with --origin, or another folder with --keys");
        }
        if (admins.isEmpty() && !Files.exists(place.keys().resolve("admin.key"))) {
            place.write(SigningKey.make("admin", NamedKey.Type.SIGNATURE, random), "admin");
        }
        if (!Files.exists(place.keys().resolve("bezoar.key"))) {
            place.write(SigningKey.make("bezoar", NamedKey.Type.SIGNATURE, random), "bezoar");
        }
        Ledger ledger = Ledger.create(
                place.disk(),
                place.outside(),
                corpus,
                place.logKey(),
                place.keys(admins.isEmpty() ? List.of("admin") : admins),
                threshold,
                List.of(place.publicKey("bezoar")),
                InstantSource.system());
        new Answer("bezoar.ledger-init/1")
                .line("Ledger", place.folder() + ", of the corpus " + corpus)
                .line("Log", ledger.charter().log().text())
                .line("Keys", place.keys() + ": keep the private ones elsewhere, and a copy of all")
                .line("Next", "bezoar ledger keys new NAME, then bezoar ledger keys allow NAME --stream STREAM")
                .field("corpus", corpus)
                .field("log", ledger.charter().log().text())
                .field("charter", ledger.charter().version())
                .print(spec, place.json());
        return 0;
    }
}

package io.bezoar.app.ledger;

import io.bezoar.ledger.Charter;
import io.bezoar.ledger.Contract;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Source;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar ledger keys`: who may do what. All but `new` and `list` write a new version of the charter.
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Makes keys, and says who may write, review, administer and witness.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        footer = {
            "",
            "Examples:",
            "  bezoar ledger keys new alice",
            "  bezoar ledger keys allow alice --stream vendor-b --kind vendor --licence CC-BY-4.0",
            "  bezoar ledger keys revoke alice --since 2026-05-01T00:00:00Z"
        })
final class Keys implements Runnable {
    @Spec
    private CommandSpec spec;

    private Keys() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    static CommandLine commandLine() {
        return new CommandLine(new Keys())
                .addSubcommand(new New())
                .addSubcommand(new Allow())
                .addSubcommand(new Tool())
                .addSubcommand(new Admin())
                .addSubcommand(new Revoke())
                .addSubcommand(new Witnesses())
                .addSubcommand(new Renew())
                .addSubcommand(new ListKeys());
    }

    /// A new key pair.
    @Command(name = "new", mixinStandardHelpOptions = true, description = "Makes a key pair in the folder of keys.")
    static final class New implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private Place place = new Place();

        @Parameters(paramLabel = "NAME", description = "Whose key it is.")
        private String name = "";

        @Option(names = "--witness", description = "A key that cosigns checkpoints instead.")
        private boolean witness;

        @Override
        public Integer call() throws IOException {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
                throw new Unusable("expected a name of letters, digits, \".\", \"_\" and \"-\", came \"" + name
                        + "\"; choose another");
            }
            NamedKey.Type type = witness ? NamedKey.Type.COSIGNATURE : NamedKey.Type.SIGNATURE;
            SigningKey key = SigningKey.make(name, type, new SecureRandom());
            place.write(key, name);
            new Answer("bezoar.ledger-key/1")
                    .line("Key", key.named().text())
                    .line("Private", place.keys().resolve(name + ".key") + ": show it to nobody")
                    .field("name", name)
                    .field("key", key.named().text())
                    .print(spec, place.json());
            return 0;
        }
    }

    /// What all verbs that change the charter share.
    abstract static class Amending implements Callable<Integer> {
        @Spec
        CommandSpec spec;

        @Mixin
        Place place = new Place();

        @Option(
                names = "--admin",
                paramLabel = "KEY",
                description = "Keys of administrators who sign (default: admin).")
        private List<String> admins = List.of("admin");

        int amend(UnaryOperator<Charter.Next> changes) throws IOException {
            Ledger ledger = place.open();
            Charter charter = ledger.amend(changes, place.keys(admins), place.logKey());
            new Answer("bezoar.ledger-charter/1")
                    .line("Charter", "version " + charter.version() + ", valid until " + charter.expiresAt())
                    .line(
                            "Streams",
                            String.join(
                                    ", ",
                                    charter.streams().keySet().stream().sorted().toList()))
                    .field("version", charter.version())
                    .field("expiresAt", charter.expiresAt().toString())
                    .print(spec, place.json());
            return 0;
        }
    }

    /// Lets a key state what was done with rows.
    @Command(
            name = "tool",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Lets a key state what was done with rows (scan, apply, gate, train and so on), and nothing"
                    + " else.")
    static final class Tool extends Amending {
        @Parameters(paramLabel = "KEY", description = "The public key.")
        private String key = "";

        @Override
        public Integer call() throws IOException {
            NamedKey named = place.publicKey(key);
            return amend(next -> next.key(named));
        }
    }

    /// Lets somebody write to, or review, a stream.
    @Command(
            name = "allow",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Lets somebody write to a stream, or review it, and sets the stream's rules.")
    static final class Allow extends Amending {
        @Parameters(arity = "0..*", paramLabel = "KEY", description = "Public keys of writers.")
        private List<String> writers = List.of();

        @Option(names = "--stream", required = true, paramLabel = "NAME", description = "Which stream.")
        private String stream = "";

        @Option(names = "--kind", paramLabel = "KIND", description = "vendor, internal, public, crawl or feedback.")
        private Optional<String> kind = Optional.empty();

        @Option(names = "--licence", paramLabel = "WORDS", description = "Licence of the rows.")
        private Optional<String> licence = Optional.empty();

        @Option(names = "--reviewer", paramLabel = "KEY", description = "Public keys of reviewers; one must sign then.")
        private List<String> reviewers = List.of();

        @Option(names = "--threshold", paramLabel = "N", description = "How many writers must sign (default: 1).")
        private Optional<Integer> threshold = Optional.empty();

        @Option(names = "--contract", paramLabel = "FILE", description = "What rows must be, see docs/formats.")
        private Optional<Path> contract = Optional.empty();

        @Override
        public Integer call() throws IOException {
            List<NamedKey> write = all(writers);
            List<NamedKey> review = all(reviewers);
            Optional<Contract> rules = contract.isEmpty() ? Optional.empty() : Optional.of(contract(contract.get()));
            Optional<Charter.Stream> before = place.open().charter().stream(stream);
            return amend(next -> {
                write.forEach(next::key);
                review.forEach(next::key);
                Set<String> names = names(write, before.map(old -> old.writers().names()));
                return next.stream(new Charter.Stream(
                        new Source(
                                stream,
                                kind.map(Source.Kind::of)
                                        .or(() -> before.map(old -> old.source().kind()))
                                        .orElse(Source.Kind.INTERNAL),
                                licence.or(() -> before.map(old -> old.source().licence()))
                                        .orElse("")),
                        new Charter.Signers(
                                threshold
                                        .or(() ->
                                                before.map(old -> old.writers().threshold()))
                                        .orElse(1),
                                names),
                        names(review, before.map(Charter.Stream::reviewers)),
                        rules.or(() -> before.map(Charter.Stream::contract)).orElse(Contract.ANY)));
            });
        }

        private List<NamedKey> all(List<String> texts) throws IOException {
            List<NamedKey> keys = new java.util.ArrayList<>();
            for (String text : texts) {
                keys.add(place.publicKey(text));
            }
            return keys;
        }

        private static Set<String> names(List<NamedKey> more, Optional<Set<String>> before) {
            Set<String> names = new HashSet<>(before.orElse(Set.of()));
            more.forEach(key -> names.add(key.name()));
            return names;
        }

        private static Contract contract(Path file) throws IOException {
            try {
                return Contract.of(StrictJson.object(Given.bytes(file, "a contract")));
            } catch (Malformed e) {
                throw new Unusable(e.getMessage() + " in \"" + file + "\"; docs/formats/ledger.md has the format");
            }
        }
    }

    /// Makes somebody an administrator.
    @Command(
            name = "admin",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Makes somebody an administrator, or sets how many must sign.")
    static final class Admin extends Amending {
        @Parameters(arity = "0..*", paramLabel = "KEY", description = "Public keys of further administrators.")
        private List<String> keys = List.of();

        @Option(names = "--threshold", paramLabel = "N", description = "How many administrators a change needs.")
        private Optional<Integer> threshold = Optional.empty();

        @Override
        public Integer call() throws IOException {
            List<NamedKey> more = new java.util.ArrayList<>();
            for (String text : keys) {
                more.add(place.publicKey(text));
            }
            Charter.Signers before = place.open().charter().administrators();
            Set<String> names = new HashSet<>(before.names());
            more.forEach(key -> names.add(key.name()));
            return amend(next -> {
                more.forEach(next::key);
                return next.administrators(new Charter.Signers(threshold.orElse(before.threshold()), names));
            });
        }
    }

    /// Takes all rights from a key.
    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Takes all rights from a key, from now on or, if it was stolen, since a time.")
    static final class Revoke extends Amending {
        @Parameters(paramLabel = "NAME", description = "Name of the key.")
        private String name = "";

        @Option(
                names = "--since",
                paramLabel = "TIME",
                description = "When it may have been stolen; batches it signed count only if witnesses cosigned them"
                        + " before (default: now).")
        private Optional<String> since = Optional.empty();

        @Override
        public Integer call() throws IOException {
            Instant time;
            try {
                time = since.map(Instant::parse).orElse(Instant.now());
            } catch (DateTimeParseException _) {
                throw new Unusable(
                        "expected a time like 2026-05-31T12:00:00Z, came \"" + since.orElse("") + "\"; write it so");
            }
            Instant at = time;
            // a moment after the charter's own time: the order of the log decides
            return amend(next -> next.revoke(name, since.isPresent() ? at : at.plusSeconds(1)));
        }
    }

    /// Sets which witnesses must cosign.
    @Command(
            name = "witnesses",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Sets the witnesses and their quorum: a C2SP tlog-policy.")
    static final class Witnesses extends Amending {
        @Parameters(paramLabel = "FILE", description = "The policy: lines witness NAME KEY, group, quorum.")
        private Path file = Path.of("");

        @Override
        public Integer call() throws IOException {
            String text = new String(Given.bytes(file, "a policy"), StandardCharsets.UTF_8);
            return amend(next -> next.policy(text));
        }
    }

    /// Writes the charter again, valid for two more years.
    @Command(name = "renew", mixinStandardHelpOptions = true, description = "Renews the charter for two years.")
    static final class Renew extends Amending {
        @Override
        public Integer call() throws IOException {
            return amend(next -> next);
        }
    }

    /// Shows the charter.
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows who may do what.")
    static final class ListKeys implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private Place place = new Place();

        @Override
        public Integer call() throws IOException {
            Charter charter = place.open().charter();
            Answer answer = new Answer("bezoar.ledger-keys/1")
                    .line("Charter", "version " + charter.version() + ", valid until " + charter.expiresAt())
                    .line(
                            "Admins",
                            charter.administrators().threshold() + " of "
                                    + String.join(
                                            ", ",
                                            charter.administrators().names().stream()
                                                    .sorted()
                                                    .toList()));
            charter.streams().values().stream()
                    .sorted((a, b) -> a.source().stream().compareTo(b.source().stream()))
                    .forEach(stream -> answer.line(
                            stream.source().stream(),
                            stream.source().kind().word() + ", "
                                    + stream.writers().threshold() + " of "
                                    + String.join(
                                            ", ",
                                            stream.writers().names().stream()
                                                    .sorted()
                                                    .toList())
                                    + (stream.reviewers().isEmpty()
                                            ? ""
                                            : "; reviewed by "
                                                    + String.join(
                                                            ", ",
                                                            stream.reviewers().stream()
                                                                    .sorted()
                                                                    .toList()))));
            charter.keys().values().stream().map(NamedKey::text).sorted().forEach(text -> answer.line("Key", text));
            charter.revoked().forEach((name, since) -> answer.line("Revoked", name + ", since " + since));
            answer.field("charter", StrictJson.read(charter.json())).print(spec, place.json());
            return 0;
        }
    }
}

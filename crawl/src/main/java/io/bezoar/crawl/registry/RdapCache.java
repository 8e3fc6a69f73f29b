package io.bezoar.crawl.registry;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.merkle.Hasher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Answers of registries on disk, one file a domain: `docs/formats/crawl.md`, section Registration.
///
/// A file that cannot be read counts as none: the registry is asked again.
public final class RdapCache {
    private static final String FORMAT = "bezoar.registration/1";
    private static final int MOST_BYTES = 64 << 10;

    private final Path folder;

    /// @param folder made when the first answer comes
    public RdapCache(Path folder) {
        this.folder = folder;
    }

    /// What is known of a domain, however old.
    public Optional<Registration> find(String domain) {
        Path file = file(domain);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(read(in.readNBytes(MOST_BYTES)))
                    .filter(known -> known.domain().equals(domain));
        } catch (IOException | Malformed _) {
            return Optional.empty();
        }
    }

    /// Keeps an answer, in the place of an earlier one.
    public void keep(Registration registration) throws IOException {
        Files.createDirectories(folder);
        Path aside = Files.createTempFile(folder, "aside-", ".json");
        try {
            Files.write(aside, CanonicalJson.bytes(json(registration)));
            Files.move(
                    aside,
                    file(registration.domain()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /// The name of the file is a digest: a domain is text from outside, and no path.
    private Path file(String domain) {
        return folder.resolve(
                Hasher.digest(domain.getBytes(StandardCharsets.UTF_8)).hex() + ".json");
    }

    static Members json(Registration registration) {
        JsonValue.Building json = new JsonValue.Building()
                .with("format", FORMAT)
                .with("domain", registration.domain())
                .with("askedAt", registration.asked().toString())
                .with("status", JsonValue.texts(List.copyOf(registration.status())));
        registration.registered().ifPresent(time -> json.with("registeredAt", time.toString()));
        registration.transferred().ifPresent(time -> json.with("transferredAt", time.toString()));
        registration.expires().ifPresent(time -> json.with("expiresAt", time.toString()));
        registration.registrar().ifPresent(name -> json.with("registrar", name));
        return json.done();
    }

    /// @throws Malformed if it is none of [#json]'s
    static Registration read(byte[] bytes) {
        Members json = StrictJson.object(bytes);
        if (!json.text("format").equals(FORMAT)) {
            throw new Malformed("expected a registration of format " + FORMAT + ", came another");
        }
        return new Registration(
                json.text("domain"),
                time(json, "registeredAt"),
                time(json, "transferredAt"),
                time(json, "expiresAt"),
                new java.util.TreeSet<>(json.texts("status")),
                json.has("registrar") ? Optional.of(json.text("registrar")) : Optional.empty(),
                time(json, "askedAt").orElseThrow(() -> new Malformed("expected when it was asked, came nothing")));
    }

    private static Optional<Instant> time(Members json, String name) {
        if (!json.has(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(json.text(name)));
        } catch (DateTimeException _) {
            throw new Malformed("expected a time as \"" + name + "\", came another text");
        }
    }
}

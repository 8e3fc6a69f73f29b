package io.bezoar.app.ledger;

import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.disk.Disk;
import io.bezoar.ledger.disk.FolderDisk;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.SigningKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a ledger lies, what was seen of it, and the keys: the options of every verb of `ledger`.
public final class Place {
    private static final int MOST_KEY = 1_000;

    @Option(
            names = "--ledger",
            paramLabel = "DIR",
            defaultValue = "bezoar-ledger",
            description = "Folder of the ledger (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("bezoar-ledger");

    @Option(
            names = "--seen",
            paramLabel = "DIR",
            description = "Folder, outside the ledger's, that remembers the largest checkpoint"
                    + " (default: the ledger's name with .seen).")
    private Optional<Path> seen = Optional.empty();

    @Option(
            names = "--keys",
            paramLabel = "DIR",
            description = "Folder of private keys (default: the ledger's name with .keys).")
    private Optional<Path> keys = Optional.empty();

    @Option(
            names = "--log-key",
            paramLabel = "KEY",
            defaultValue = "log",
            description = "Key of the log (default: ${DEFAULT-VALUE}).")
    private String logKey = "log";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    public Place() {}

    /// The place of a ledger whose keys and memory lie where they do by default.
    Place(Path folder) {
        this.folder = folder;
    }

    public boolean json() {
        return json;
    }

    Path folder() {
        return folder;
    }

    Disk disk() {
        return new FolderDisk(folder);
    }

    Disk outside() {
        return new FolderDisk(seen.orElse(beside(".seen")));
    }

    Path keys() {
        return keys.orElse(beside(".keys"));
    }

    private Path beside(String ending) {
        Path plain = folder.toAbsolutePath().normalize();
        return plain.resolveSibling(String.valueOf(plain.getFileName()) + ending);
    }

    public Ledger open() throws IOException {
        return Ledger.open(disk(), outside(), InstantSource.system());
    }

    public SigningKey logKey() throws IOException {
        return key(logKey);
    }

    /// The private key in a file, or the one of that name in the folder of keys.
    public SigningKey key(String nameOrFile) throws IOException {
        Path file = file(nameOrFile, ".key");
        try {
            return SigningKey.of(text(file));
        } catch (Malformed e) {
            throw new Unusable(e.getMessage() + " in \"" + file + "\"; make one with bezoar ledger keys new NAME");
        }
    }

    List<SigningKey> keys(List<String> names) throws IOException {
        List<SigningKey> all = new java.util.ArrayList<>();
        for (String name : names) {
            all.add(key(name));
        }
        return all;
    }

    /// The public key itself, in a file, or of that name in the folder of keys.
    NamedKey publicKey(String text) throws IOException {
        if (text.indexOf('+') > 0 && !Files.exists(Path.of(text))) {
            return NamedKey.of(text);
        }
        return NamedKey.of(text(file(text, ".pub")).strip());
    }

    private Path file(String nameOrFile, String ending) {
        Path whole = keys().resolve(nameOrFile);
        Path named =
                nameOrFile.endsWith(ending) && Files.isRegularFile(whole) ? whole : keys().resolve(nameOrFile + ending);
        Path file = Path.of(nameOrFile);
        return Files.isRegularFile(named) || !Files.isRegularFile(file) ? named : file;
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Unusable("expected a key at \"" + file + "\", found none; make one with bezoar ledger keys new"
                    + " NAME, or name the folder of keys with --keys");
        }
        if (Files.size(file) > MOST_KEY) {
            throw new Unusable("expected a key of one line in \"" + file + "\", found a larger file; name another");
        }
        return Files.readString(file);
    }

    /// Writes a key for its owner's eyes alone, and its public half beside it; never over another.
    ///
    /// @return the file of the public half
    Path write(SigningKey key, String name) throws IOException {
        write(name + ".key", key.secret() + "\n");
        return Files.writeString(keys().resolve(name + ".pub"), key.named().text() + "\n");
    }

    /// Writes a file of a key for its owner's eyes alone; never over another.
    void write(String name, String text) throws IOException {
        Path into = keys();
        Files.createDirectories(into);
        Path secret = into.resolve(name);
        if (!into.normalize().equals(secret.normalize().getParent())) {
            throw new Unusable("expected a name for a new key, came \"" + name + "\"; choose another");
        }
        try {
            if (into.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(secret);
            }
        } catch (FileAlreadyExistsException _) {
            throw new Unusable("expected a name for a new key, but \"" + secret + "\" is there; choose another name");
        }
        Files.writeString(secret, text, StandardOpenOption.WRITE);
    }

    /// The PEM in a file, or of the key of that name in the folder of keys.
    String pem(String nameOrFile, String ending) throws IOException {
        return text(file(nameOrFile, ending));
    }
}

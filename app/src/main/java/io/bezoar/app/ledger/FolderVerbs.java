package io.bezoar.app.ledger;

import io.bezoar.app.report.Words;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.folder.FolderKey;
import io.bezoar.ledger.folder.FolderSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar ledger sign-folder` and `verify-folder`: OpenSSF model signing over the files of a data set.
final class FolderVerbs {
    private static final int MOST_BUNDLE = 256 << 20;

    private FolderVerbs() {}

    /// Signs all files of a folder.
    @Command(
            name = "sign-folder",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Signs all files of a folder as OpenSSF model signing does, for tools that know no ledger.",
            footer = {
                "",
                "Examples:",
                "  bezoar ledger sign-folder data --key release --new   makes the key first",
                "  bezoar ledger sign-folder data --key release         writes data.sig"
            })
    static final class Sign implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private Place place = new Place();

        @Parameters(paramLabel = "DIR", description = "The folder.")
        private Path folder = Path.of("");

        @Option(
                names = "--key",
                required = true,
                paramLabel = "NAME",
                description = "Name of an ECDSA key in the folder of keys: NAME.pem and NAME.pub.pem.")
        private String key = "";

        @Option(names = "--new", description = "Make that key, on P-256.")
        private boolean fresh;

        @Option(names = "--to", paramLabel = "FILE", description = "The signature (default: DIR.sig beside DIR).")
        private Optional<Path> to = Optional.empty();

        @Override
        public Integer call() throws IOException {
            Path signature = to.orElse(beside(folder)).toAbsolutePath().normalize();
            if (signature.startsWith(folder.toAbsolutePath().normalize())) {
                throw new Unusable("expected a signature outside the folder it is over, came \"" + signature
                        + "\"; name another file with --to");
            }
            if (fresh) {
                KeyPair pair = FolderKey.make(new SecureRandom());
                place.write(key + ".pem", FolderKey.pem(pair.getPrivate()));
                place.write(key + ".pub.pem", FolderKey.pem(pair.getPublic()));
            }
            KeyPair pair = new KeyPair(
                    FolderKey.publicKey(place.pem(key, ".pub.pem")), FolderKey.privateKey(place.pem(key, ".pem")));
            byte[] bundle = FolderSignature.sign(folder, pair);
            Files.write(signature, bundle);
            new Answer("bezoar.ledger-folder/1")
                    .line("Signed", folder.toString())
                    .line("Signature", signature.toString())
                    .line("Key", place.keys().resolve(key + ".pub.pem") + ": give it to those who verify")
                    .field("signature", signature.toString())
                    .print(spec, place.json());
            return 0;
        }
    }

    private static Path beside(Path folder) {
        Path plain = folder.toAbsolutePath().normalize();
        return plain.resolveSibling(plain.getFileName() + ".sig");
    }

    /// Holds a folder against its signature.
    @Command(
            name = "verify-folder",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Verifies that a folder holds the files that were signed, and no others.",
            footer = {"", "Example:", "  bezoar ledger verify-folder data --key release.pub.pem"})
    static final class Verify implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private Place place = new Place();

        @Parameters(paramLabel = "DIR", description = "The folder.")
        private Path folder = Path.of("");

        @Option(
                names = "--key",
                required = true,
                paramLabel = "KEY",
                description = "Public ECDSA key in PEM: a file, or its name in the folder of keys.")
        private String key = "";

        @Option(names = "--signature", paramLabel = "FILE", description = "The signature (default: DIR.sig beside DIR).")
        private Optional<Path> signature = Optional.empty();

        @Override
        public Integer call() throws IOException {
            Path file = signature.orElse(beside(folder));
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BUNDLE) {
                throw new Unusable("expected a signature of at most 256 MiB at \"" + file
                        + "\", found none; name it with --signature");
            }
            int files = FolderSignature.verify(
                    folder, Files.readAllBytes(file), FolderKey.publicKey(place.pem(key, ".pub.pem")));
            new Answer("bezoar.ledger-folder/1")
                    .line("Same", folder + ": " + Words.count(files, "file") + " as signed, and no others")
                    .field("files", files)
                    .print(spec, place.json());
            return 0;
        }
    }
}

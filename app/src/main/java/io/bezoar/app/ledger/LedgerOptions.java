package io.bezoar.app.ledger;

import io.bezoar.ledger.fault.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// The options of every verb that works with a ledger beside its data.
public final class LedgerOptions {
    /// How `--ledger` says that there is to be none.
    public static final String NONE = "none";

    private static final String FOLDER = "bezoar-ledger";

    @Option(
            names = "--ledger",
            paramLabel = "DIR",
            description = "Ledger of the rows, which tells where they came from and is told what was done; none for"
                    + " none (default: bezoar-ledger beside the data or here, if there is one).")
    private Optional<String> folder = Optional.empty();

    @Option(
            names = "--sign",
            paramLabel = "KEY",
            description = "Private keys that sign what is stated in the ledger (default: bezoar in the ledger's folder"
                    + " of keys; without one nothing is stated).")
    private List<String> sign = List.of();

    /// The ledger, if there is one.
    ///
    /// @param before settings of the scan that this goes on from; empty for none
    /// @param data the data, as the user named them
    /// @throws Unusable if one is asked for that is not there
    public Optional<JoinedLedger> open(Map<String, String> before, List<String> data) throws IOException {
        Optional<String> asked = folder.or(() -> Optional.ofNullable(before.get("ledger")));
        if (asked.isPresent()) {
            return asked.get().equals(NONE) ? Optional.empty() : Optional.of(joined(Path.of(asked.get())));
        }
        Optional<Path> found = Stream.concat(
                        data.stream().limit(1).flatMap(LedgerOptions::beside), Stream.of(Path.of(FOLDER)))
                .filter(LedgerOptions::begun)
                .findFirst();
        if (found.isEmpty() && !sign.isEmpty()) {
            throw new Unusable("expected a ledger to state in, found none; name its folder with --ledger");
        }
        return found.isPresent() ? Optional.of(joined(found.get())) : Optional.empty();
    }

    /// Is there a ledger, or what is left of one? Whoever takes its first charter away does not get it
    /// passed over.
    private static boolean begun(Path folder) {
        return Stream.of("charters", "batches", "log/checkpoint")
                        .anyMatch(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
                || Files.exists(folder.resolveSibling(FOLDER + ".seen").resolve("checkpoint"));
    }

    private JoinedLedger joined(Path ledger) throws IOException {
        return JoinedLedger.open(new Place(ledger), sign);
    }

    private static Stream<Path> beside(String data) {
        try {
            return Stream.of(Path.of(data).resolveSibling(FOLDER));
        } catch (InvalidPathException _) {
            return Stream.empty(); // a glob
        }
    }
}

package io.bezoar.app.ledger;

import io.bezoar.ledger.fault.Unusable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The files a user names: themselves, or all in a folder.
///
/// @param name as the ledger has it: relative to the folder, with `/`, in Unicode form C
/// @param path where it lies
record DataFiles(String name, Path path) {
    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

    /// All files in order.
    ///
    /// @throws Unusable if one is not there, or a folder holds a symbolic link
    static List<DataFiles> of(List<Path> paths) throws IOException {
        List<DataFiles> all = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    for (Path file : files.sorted().toList()) {
                        add(path, file, all);
                    }
                }
            } else if (Files.isRegularFile(path)) {
                all.add(new DataFiles(name(String.valueOf(path.getFileName())), path));
            } else {
                throw new Unusable("expected a file or a folder, but there is no \"" + path + "\"; check the path");
            }
        }
        if (all.isEmpty()) {
            throw new Unusable("expected at least one file, came none; name the data");
        }
        return all;
    }

    private static void add(Path folder, Path file, List<DataFiles> all) {
        if (Files.isSymbolicLink(file)) {
            throw new Unusable("expected files and folders in \"" + folder + "\", came the symbolic link \"" + file
                    + "\", which could lead anywhere; copy what it points to");
        }
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            all.add(new DataFiles(name(folder.relativize(file).toString().replace('\\', '/')), file));
        }
    }

    private static String name(String raw) {
        if (raw.codePoints().anyMatch(c -> c < 0x20 || c == 0x7f || c == 0xfffd) || raw.length() > 1000) {
            throw new Unusable("expected file names in UTF-8 without control characters, of at most 1,000 characters,"
                    + " came another; rename the file");
        }
        return Normalizer.normalize(raw, Normalizer.Form.NFC);
    }

    /// Its bytes, unpacked if the name ends in `.gz`.
    ///
    /// @throws Unusable if it is Parquet: its rows have no bytes of their own
    InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        raw.mark(PARQUET.length);
        byte[] begin = raw.readNBytes(PARQUET.length);
        if (Arrays.equals(begin, PARQUET)) {
            raw.close();
            throw new Unusable("expected rows one a line in \"" + name + "\", came Parquet, whose rows have no bytes of"
                    + " their own to sign; write them as JSON lines");
        }
        raw.reset();
        return name.endsWith(".gz") ? new Unpacked(name, raw) : raw;
    }
}

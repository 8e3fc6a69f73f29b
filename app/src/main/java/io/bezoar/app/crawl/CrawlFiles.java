package io.bezoar.app.crawl;

import io.bezoar.crawl.ListedViews;
import io.bezoar.crawl.Snapshot;
import io.bezoar.crawl.SnapshotFile;
import io.bezoar.crawl.Taking;
import io.bezoar.crawl.WarcViews;
import io.bezoar.crawl.address.PublicSuffixes;
import io.bezoar.crawl.registry.Bootstrap;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Unusable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads the files a user names: crawls, lists, snapshots, suffixes.
final class CrawlFiles {
    private CrawlFiles() {}

    /// The public suffixes in a file, else those that come with Bezoar.
    static PublicSuffixes suffixes(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return PublicSuffixes.shipped();
        }
        try (InputStream in = Files.newInputStream(there(file.get()))) {
            return PublicSuffixes.read(in);
        }
    }

    /// The snapshot in a file.
    static Snapshot snapshot(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(there(file)), 1 << 16)) {
            return SnapshotFile.read(in);
        } catch (Malformed e) {
            throw new Unusable(e.getMessage() + " in \"" + file + "\"; bezoar crawl snapshot makes one");
        }
    }

    /// The registry of RDAP servers in a file.
    static Bootstrap bootstrap(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(there(file))) {
            return Bootstrap.read(in.readNBytes(Bootstrap.MOST_BYTES + 1));
        } catch (Malformed e) {
            throw new Unusable(
                    e.getMessage() + " in \"" + file + "\"; get it from https://data.iana.org/rdap/dns.json");
        }
    }

    /// Takes views out of WARC files and lists; folders are walked in the order of names.
    static Taking take(List<Path> data, Optional<Instant> seen, Set<String> open, PublicSuffixes suffixes)
            throws IOException {
        Taking taking = new Taking();
        for (Path file : files(data)) {
            String name = String.valueOf(file.getFileName());
            if (warc(file)) {
                try (FileChannel channel = FileChannel.open(file)) {
                    new WarcViews(open, suffixes, taking).read(channel, name);
                }
            } else {
                try (InputStream in = Files.newInputStream(file)) {
                    new ListedViews(seen, taking).read(in, name);
                }
            }
        }
        return taking;
    }

    /// Every WARC file begins with its version or is packed.
    private static boolean warc(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(5);
            boolean gzip = begin.length > 1 && (begin[0] & 0xff) == 0x1f && (begin[1] & 0xff) == 0x8b;
            return gzip || new String(begin, java.nio.charset.StandardCharsets.ISO_8859_1).equals("WARC/");
        }
    }

    /// The files that are named, and those in the folders that are.
    static List<Path> files(List<Path> data) throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path path : data) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                            .sorted()
                            .forEach(all::add);
                }
            } else {
                all.add(there(path));
            }
        }
        if (all.isEmpty()) {
            throw new Unusable("expected at least one file, came none; name WARC files or lists");
        }
        return all;
    }

    static Path there(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Unusable("expected a file, but there is no \"" + file + "\"; check the path");
        }
        return file;
    }
}

package io.bezoar.bench.scoreboard;

import io.bezoar.attack.Attack;
import io.bezoar.core.Example;
import io.bezoar.data.DataSet;
import io.bezoar.detect.scan.Scan;
import io.bezoar.learn.Features;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Which build measures: a digest of the classes that a measurement depends on.
final class Build {
    private static final List<Class<?>> MODULES =
            List.of(Example.class, DataSet.class, Features.class, Scan.class, Attack.class, Scoreboard.class);

    private Build() {}

    /// Twelve hexadecimal digits that change with any class of the modules measured or of the scoreboard.
    static String name() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Class<?> module : MODULES) {
                Path place = Path.of(module.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                if (Files.isDirectory(place)) {
                    add(digest, place, module == Scoreboard.class);
                } else {
                    try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
                        add(digest, jar.getPath("/"), false);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (URISyntaxException | NoSuchAlgorithmException e) {
            throw new IOException("the classes of this build could not be read", e);
        }
    }

    /// @param measuring only the packages of the measurements themselves, not those of other ones
    private static void add(MessageDigest digest, Path root, boolean measuring) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class"))
                    .filter(each -> !measuring
                            || each.toString().matches(".*/(PlantedRows|ScannedRows|Base|Figures)\\b.*|.*/peers/.*"))
                    .sorted(java.util.Comparator.comparing(Path::toString))
                    .toList()) {
                digest.update(Files.readAllBytes(file));
            }
        }
    }
}

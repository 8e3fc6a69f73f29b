package io.bezoar.bench.scoreboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The measurements made so far, one a line; a line that was cut off is not read. Owned by one thread.
final class Store {
    private final Path file;
    private final Map<String, Measurement> known = new LinkedHashMap<>();

    private Store(Path file) {
        this.file = file;
    }

    static Store open(Path file) throws IOException {
        Store store = new Store(file);
        if (Files.exists(file)) {
            String text = Files.readString(file);
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                Measurement measurement = Measurement.read(line);
                store.known.put(measurement.key(), measurement);
            }
        }
        return store;
    }

    boolean has(Setting setting, String who, String build) {
        return known.containsKey(Measurement.key(setting, who, build));
    }

    /// Is it measured, by whatever build?
    boolean has(Setting setting, String who) {
        return known.values().stream()
                .anyMatch(each -> each.who().equals(who) && each.setting().equals(setting));
    }

    void add(Measurement measurement) throws IOException {
        known.put(measurement.key(), measurement);
        Files.writeString(
                file,
                measurement.line() + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /// The measurements of all settings, each by the build that measured it last, in one order.
    List<Measurement> latest() {
        Map<String, Measurement> latest = new LinkedHashMap<>();
        known.values().forEach(each -> latest.put(Measurement.key(each.setting(), each.who(), ""), each));
        List<Measurement> all = new ArrayList<>(latest.values());
        all.sort(Comparator.comparing((Measurement each) -> each.setting().by())
                .thenComparing(each -> each.setting().attack())
                .thenComparing(each -> each.setting().amount())
                .thenComparing(each -> each.setting().base())
                .thenComparing(each -> each.setting().seed())
                .thenComparing(Measurement::who));
        return all;
    }

    /// Writes the file anew with the latest measurements alone.
    void tidy() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Measurement each : latest()) {
            text.append(each.line()).append('\n');
        }
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(aside, text, StandardCharsets.UTF_8);
        Files.move(
                aside,
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
}

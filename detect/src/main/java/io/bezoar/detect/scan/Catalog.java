package io.bezoar.detect.scan;

import io.bezoar.core.Detector;
import io.bezoar.core.Settings;
import io.bezoar.core.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/// All detectors of this installation, by name, and their settings; computed, never listed.
public final class Catalog {
    private Catalog() {}

    /// Every detector with its default settings, by name.
    public static List<Detector<?>> all() {
        List<Detector<?>> all = new ArrayList<>();
        ServiceLoader.load(Detector.class, Catalog.class.getClassLoader()).forEach(all::add);
        all.sort(Comparator.comparing(Detector::name));
        return List.copyOf(all);
    }

    /// Those that run in a scan that names none.
    public static List<Detector<?>> standard() {
        return all().stream()
                .filter(detector -> detector.tier() == Tier.STANDARD)
                .toList();
    }

    /// What a scan says under *Not checked* of a standard detector that fits the data and that nobody asked for.
    public static String notAskedFor(String name) {
        return name + " was not asked for.";
    }

    /// A detector's settings: its record components and their values.
    public static Map<String, String> settings(Detector<?> detector) {
        return Settings.of("detector " + detector.name(), detector);
    }

    /// The detector that a specification names: `name`, or `name,setting=value,…`.
    public static Detector<?> parse(String specification) {
        String[] pieces = specification.split(",", -1);
        Detector<?> detector = all().stream()
                .filter(known -> known.name().equals(pieces[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no detector \"" + pieces[0] + "\"; there are "
                        + String.join(", ", all().stream().map(Detector::name).toList())));
        return Settings.with(
                "detector " + detector.name(), detector, List.of(pieces).subList(1, pieces.length));
    }
}

package io.bezoar.attack;

import io.bezoar.core.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/// All attacks of this installation, by name, and their settings; computed, never listed.
public final class Catalog {
    private Catalog() {}

    /// Every attack with its default settings: by aim, then by name.
    public static List<Attack> all() {
        List<Attack> all = new ArrayList<>();
        ServiceLoader.load(Attack.class, Catalog.class.getClassLoader()).forEach(all::add);
        all.sort(Comparator.comparing(Attack::aim).thenComparing(Attack::name));
        return List.copyOf(all);
    }

    /// Every attack that can be done to such data.
    public static List<Attack> fitting(Kind kind) {
        return all().stream().filter(attack -> attack.fits().contains(kind)).toList();
    }

    /// An attack's settings: its record components and their values.
    public static Map<String, String> settings(Attack attack) {
        return Settings.of("attack " + attack.name(), attack);
    }

    /// The attack as it is specified: its name and the settings that are not the defaults.
    public static String specification(Attack attack) {
        Map<String, String> defaults = settings(parse(attack.name()));
        return attack.name()
                + settings(attack).entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(defaults.get(entry.getKey())))
                        .map(entry -> "," + entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining());
    }

    /// The attack that a specification names: `name`, or `name,setting=value,…`.
    public static Attack parse(String specification) {
        String[] pieces = specification.split(",", -1);
        Attack attack = all().stream()
                .filter(known -> known.name().equals(pieces[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no attack \"" + pieces[0] + "\"; there are "
                        + all().stream().map(Attack::name).collect(Collectors.joining(", "))));
        return Settings.with("attack " + attack.name(), attack, List.of(pieces).subList(1, pieces.length));
    }
}

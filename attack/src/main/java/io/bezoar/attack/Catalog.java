package io.bezoar.attack;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
        Map<String, String> settings = new LinkedHashMap<>();
        for (RecordComponent component : components(attack)) {
            settings.put(component.getName(), String.valueOf(value(attack, component)));
        }
        return settings;
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
        if (pieces.length == 1) {
            return attack;
        }
        RecordComponent[] components = components(attack);
        Object[] values = Arrays.stream(components)
                .map(component -> value(attack, component))
                .toArray();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        for (int p = 1; p < pieces.length; p++) {
            int equals = pieces[p].indexOf('=');
            String name = equals < 0 ? pieces[p] : pieces[p].substring(0, equals);
            int at = 0;
            while (at < components.length && !components[at].getName().equals(name)) {
                at++;
            }
            if (equals < 0 || at == components.length) {
                throw new IllegalArgumentException("attack " + attack.name() + " has no setting \"" + name
                        + "\"; it has "
                        + (components.length == 0
                                ? "none"
                                : String.join(", ", settings(attack).keySet())));
            }
            values[at] = convert(attack.name(), name, types[at], pieces[p].substring(equals + 1));
        }
        try {
            return (Attack) attack.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "attack " + attack.name() + " refuses its settings: "
                            + e.getTargetException().getMessage(),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("attack " + attack.name() + " is not a public record", e);
        }
    }

    private static Object convert(String attack, String name, Class<?> type, String text) {
        if (type == int.class) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "setting " + name + " of attack " + attack + " must be a whole number below 2^31, not \"" + text
                                + "\"",
                        e);
            }
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(each -> each.toString().equals(text.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("setting " + name + " of attack " + attack
                            + " must be one of "
                            + Arrays.stream(type.getEnumConstants())
                                    .map(Object::toString)
                                    .collect(Collectors.joining(", "))
                            + ", not \"" + text + "\""));
        }
        return text;
    }

    private static RecordComponent[] components(Attack attack) {
        RecordComponent[] components = attack.getClass().getRecordComponents();
        return components == null ? new RecordComponent[0] : components;
    }

    private static Object value(Attack attack, RecordComponent component) {
        try {
            return component.getAccessor().invoke(attack);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("attack " + attack.name() + " is not a public record", e);
        }
    }
}

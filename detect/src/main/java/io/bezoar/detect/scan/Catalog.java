package io.bezoar.detect.scan;

import io.bezoar.core.Detector;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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

    /// A detector's settings: its record components and their values.
    public static Map<String, String> settings(Detector<?> detector) {
        Map<String, String> settings = new LinkedHashMap<>();
        RecordComponent[] components = detector.getClass().getRecordComponents();
        if (components != null) {
            for (RecordComponent component : components) {
                settings.put(component.getName(), String.valueOf(value(detector, component)));
            }
        }
        return settings;
    }

    /// The detector that a specification names: `name`, or `name,setting=value,…`.
    public static Detector<?> parse(String specification) {
        String[] pieces = specification.split(",", -1);
        Detector<?> detector = all().stream()
                .filter(known -> known.name().equals(pieces[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no detector \"" + pieces[0] + "\"; there are "
                        + String.join(", ", all().stream().map(Detector::name).toList())));
        if (pieces.length == 1) {
            return detector;
        }
        RecordComponent[] components = detector.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(detector, components[i]);
            types[i] = components[i].getType();
        }
        for (int p = 1; p < pieces.length; p++) {
            int equals = pieces[p].indexOf('=');
            String name = equals < 0 ? pieces[p] : pieces[p].substring(0, equals);
            int at = 0;
            while (at < components.length && !components[at].getName().equals(name)) {
                at++;
            }
            if (equals < 0 || at == components.length) {
                throw new IllegalArgumentException("detector " + detector.name() + " has no setting \"" + name
                        + "\"; it has "
                        + (components.length == 0
                                ? "none"
                                : String.join(", ", settings(detector).keySet())));
            }
            values[at] = convert(detector.name(), name, types[at], pieces[p].substring(equals + 1));
        }
        try {
            return (Detector<?>)
                    detector.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "detector " + detector.name() + " refuses its settings: "
                            + e.getTargetException().getMessage(),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("detector " + detector.name() + " is not a public record", e);
        }
    }

    private static Object convert(String detector, String name, Class<?> type, String text) {
        try {
            if (type == int.class) {
                return Integer.parseInt(text);
            }
            if (type == long.class) {
                return Long.parseLong(text);
            }
            if (type == double.class) {
                return Double.parseDouble(text);
            }
            if (type == boolean.class) {
                return Boolean.parseBoolean(text);
            }
            return text;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "setting " + name + " of detector " + detector + " must be "
                            + (type == double.class
                                    ? "a number"
                                    : "a whole number below 2^" + (type == int.class ? 31 : 63))
                            + ", not \"" + text + "\"",
                    e);
        }
    }

    private static Object value(Detector<?> detector, RecordComponent component) {
        try {
            return component.getAccessor().invoke(detector);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("detector " + detector.name() + " is not a public record", e);
        }
    }
}

package io.bezoar.core;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The settings of a method that is a record: its components. A catalog of detectors and one of attacks read and
/// change them alike, so that a setting is written once, as a component.
public final class Settings {
    private Settings() {}

    /// The components of a record and their values, in order; none of what is no record.
    ///
    /// @param what the record in words, for messages: `detector near-duplicates`
    public static Map<String, String> of(String what, Object record) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (RecordComponent component : components(record)) {
            settings.put(component.getName(), String.valueOf(value(what, record, component)));
        }
        return settings;
    }

    /// The record with some settings changed.
    ///
    /// @param what the record in words, for messages
    /// @param changes `name=value` each
    /// @throws IllegalArgumentException if a name is unknown, or the record refuses a value
    public static <R> R with(String what, R record, List<String> changes) {
        if (changes.isEmpty()) {
            return record;
        }
        RecordComponent[] components = components(record);
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(what, record, components[i]);
            types[i] = components[i].getType();
        }
        for (String change : changes) {
            int equals = change.indexOf('=');
            String name = equals < 0 ? change : change.substring(0, equals);
            int at = 0;
            while (at < components.length && !components[at].getName().equals(name)) {
                at++;
            }
            if (equals < 0 || at == components.length) {
                throw new IllegalArgumentException(what + " has no setting \"" + name + "\"; it has "
                        + (components.length == 0
                                ? "none"
                                : String.join(", ", of(what, record).keySet())));
            }
            values[at] = convert(what, name, types[at], change.substring(equals + 1));
        }
        try {
            @SuppressWarnings("unchecked") // the class of R
            R changed = (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
            return changed;
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    what + " refuses its settings: " + e.getTargetException().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(what + " is not a public record", e);
        }
    }

    private static Object convert(String what, String name, Class<?> type, String text) {
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
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "setting " + name + " of " + what + " must be "
                            + (type == double.class
                                    ? "a number"
                                    : "a whole number below 2^" + (type == int.class ? 31 : 63))
                            + ", not \"" + text + "\"",
                    e);
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(each -> each.toString().equals(text.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("setting " + name + " of " + what
                            + " must be one of "
                            + Arrays.stream(type.getEnumConstants())
                                    .map(Object::toString)
                                    .collect(Collectors.joining(", "))
                            + ", not \"" + text + "\""));
        }
        return text;
    }

    private static RecordComponent[] components(Object record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        return components == null ? new RecordComponent[0] : components;
    }

    private static Object value(String what, Object record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(what + " is not a public record", e);
        }
    }
}

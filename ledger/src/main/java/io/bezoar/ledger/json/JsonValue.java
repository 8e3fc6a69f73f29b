package io.bezoar.ledger.json;

import io.bezoar.ledger.fault.Malformed;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value. Objects keep the order of their members; no name occurs twice.
public sealed interface JsonValue {
    /// A string without half surrogate pairs.
    record Text(String text) implements JsonValue {}

    /// A whole number that every reader takes for the same: at most 2^53 - 1 in size.
    record Whole(long number) implements JsonValue {
        /// The largest whole number that all JSON readers agree on, 2^53 - 1.
        public static final long MOST = (1L << 53) - 1;

        public Whole {
            if (number > MOST || number < -MOST) {
                throw new Malformed("expected a whole number of at most 2^53 - 1, came " + number);
            }
        }
    }

    /// A finite number written with a point or an exponent.
    record Decimal(double number) implements JsonValue {
        public Decimal {
            if (!Double.isFinite(number)) {
                throw new Malformed("expected a finite number, came " + number);
            }
        }
    }

    record Truth(boolean value) implements JsonValue {}

    record Nothing() implements JsonValue {}

    record Elements(List<JsonValue> values) implements JsonValue {
        public Elements {
            values = List.copyOf(values);
        }
    }

    /// An object.
    record Members(Map<String, JsonValue> values) implements JsonValue {
        public Members {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /// The text of that name.
        public String text(String name) {
            return find(name, Text.class, "a string").text();
        }

        public long whole(String name) {
            return find(name, Whole.class, "a whole number").number();
        }

        public Members members(String name) {
            return find(name, Members.class, "an object");
        }

        public List<JsonValue> elements(String name) {
            return find(name, Elements.class, "an array").values();
        }

        /// The texts in the array of that name.
        public List<String> texts(String name) {
            return elements(name).stream()
                    .map(each -> as(each, Text.class, name, "strings").text())
                    .toList();
        }

        /// The objects in the array of that name.
        public List<Members> objects(String name) {
            return elements(name).stream()
                    .map(each -> as(each, Members.class, name, "objects"))
                    .toList();
        }

        public Optional<JsonValue> find(String name) {
            return Optional.ofNullable(values.get(name));
        }

        public boolean has(String name) {
            return values.containsKey(name);
        }

        private <T extends JsonValue> T find(String name, Class<T> kind, String words) {
            JsonValue value = values.get(name);
            if (value == null) {
                throw new Malformed("expected " + words + " named \"" + name + "\", came none");
            }
            return as(value, kind, name, words);
        }

        private static <T extends JsonValue> T as(JsonValue value, Class<T> kind, String name, String words) {
            if (!kind.isInstance(value)) {
                throw new Malformed("expected " + words + " as \"" + name + "\", came another kind of value");
            }
            return kind.cast(value);
        }
    }

    static JsonValue of(String text) {
        return new Text(text);
    }

    static JsonValue of(long number) {
        return new Whole(number);
    }

    /// An array of texts.
    static JsonValue texts(List<String> texts) {
        return new Elements(texts.stream().map(JsonValue::of).toList());
    }

    /// An object under construction; members keep the order they are added in.
    final class Building {
        private final Map<String, JsonValue> values = new LinkedHashMap<>();

        public Building with(String name, JsonValue value) {
            values.put(name, value);
            return this;
        }

        public Building with(String name, String text) {
            return with(name, of(text));
        }

        public Building with(String name, long number) {
            return with(name, of(number));
        }

        public Members done() {
            return new Members(values);
        }
    }
}

package io.bezoar.evaluate;

import io.bezoar.data.BadInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the values of a suite, and says of those that do not fit what was expected and what came.
///
/// @param file the suite, for messages
record SuiteValues(Path file) {
    BadInput bad(String expected, String came) {
        return new BadInput("expected " + expected + " in the suite " + file + ", came " + came);
    }

    Map<?, ?> map(String where, @Nullable Object value, Set<String> known) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw bad("keys under " + where, shown(value));
        }
        for (Object key : map.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw bad(
                        "known keys under " + where + " ("
                                + String.join(", ", known.stream().sorted().toList()) + ")",
                        shown(key));
            }
        }
        return map;
    }

    List<?> list(String where, @Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw bad("a list of " + where, shown(value));
    }

    String text(String where, @Nullable Object value) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw bad("a text for " + where, value == null ? "none" : shown(value));
    }

    Optional<String> column(@Nullable Object value) {
        return value == null ? Optional.empty() : Optional.of(text("a column", value));
    }

    double share(String where, @Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        throw bad(where + " from 0 to 1", value == null ? "none" : shown(value));
    }

    /// The first line of a message, with nothing in it that a terminal would obey.
    static String plain(String message) {
        String line = message.lines().findFirst().orElse("").replaceAll("\\p{C}", "?");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }

    static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return "“" + (text.length() > 100 ? text.substring(0, 100) + "…" : text) + "”";
    }
}

package io.bezoar.detect.groups;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Target;

/// What a row is taught to answer: its text, and what rows with the same target have in common, 64 bits and the
/// first characters.
public final class Targets {
    /// The hash of a row without a target, or with a target no two rows share in earnest (a pair of answers).
    public static final long NONE = 0;

    private static final int SHOWN = 200;

    private Targets() {}

    /// Equal for rows whose label or response is equal; [#NONE] for the others.
    public static long hash(Example example) {
        return switch (example.target()) {
            case Target.Label(String name) -> Hashing.combine(1, Hashing.of(name));
            case Target.Response(String text) -> Hashing.combine(2, Hashing.of(text));
            case Target.Preference _, Target.Absent _ -> NONE;
        };
    }

    /// The label, or the beginning of the response; raw text, without half a surrogate pair at its end.
    public static String text(Example example) {
        return switch (example.target()) {
            case Target.Label(String name) -> cut(name);
            case Target.Response(String text) -> cut(text);
            case Target.Preference _, Target.Absent _ -> "";
        };
    }

    /// The beginning of a text, to be shown: 200 UTF-16 code units, without half a surrogate pair at its end.
    public static String cut(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return text.substring(0, end);
    }

    /// Has the example an answer in free text?
    public static boolean answered(Example example) {
        return switch (example.target()) {
            case Target.Response _, Target.Preference _ -> true;
            case Target.Label _, Target.Absent() -> false;
        };
    }

    /// The text of an example's answer: the response, or the chosen one of two; empty for other targets.
    public static String answer(Example example) {
        return switch (example.target()) {
            case Target.Response(String text) -> text;
            case Target.Preference pair -> pair.chosen();
            case Target.Label _, Target.Absent() -> "";
        };
    }
}

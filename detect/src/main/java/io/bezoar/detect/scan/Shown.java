package io.bezoar.detect.scan;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.detect.groups.TriggerPlaces;
import java.util.List;
import java.util.function.Function;

/// Cuts rows to what can be shown.
final class Shown {
    /// Characters of a row that are shown.
    static final int LENGTH = 2000;
    /// Numbers of a vector that are shown.
    private static final int NUMBERS = 24;

    private Shown() {}

    static Campaign.Sample sample(Example row, Candidate candidate, Function<Example, String> names) {
        String input = cut(input(row));
        return new Campaign.Sample(
                names.apply(row),
                input,
                cut(target(row)),
                candidate
                        .trigger()
                        .map(trigger -> TriggerPlaces.of(input, trigger))
                        .orElse(List.of()),
                row.position());
    }

    /// The input as a text; of a row that is a vector alone, how many numbers and the first of them.
    static String input(Example row) {
        float[] vector = row.vector();
        if (!row.input().isEmpty() || vector.length == 0) {
            return row.input();
        }
        StringBuilder text = new StringBuilder(vector.length + " numbers: ");
        for (int i = 0; i < Math.min(NUMBERS, vector.length); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(vector[i] == (int) vector[i] ? "" + (int) vector[i] : "" + vector[i]);
        }
        return text.append(vector.length > NUMBERS ? ", …" : "").toString();
    }

    /// The target as a text.
    static String target(Example row) {
        return switch (row.target()) {
            case Target.Label(String name) -> name;
            case Target.Response(String text) -> text;
            case Target.Preference(String chosen, String rejected) -> chosen + "\n— over —\n" + rejected;
            case Target.Absent() -> "";
        };
    }

    /// The beginning of a text, without half a surrogate pair at its end.
    static String cut(String text) {
        if (text.length() <= LENGTH) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(LENGTH - 1)) ? LENGTH - 1 : LENGTH);
    }
}

package io.bezoar.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// How well one detector orders the poison of one attack, or how many rows it flags without any: a line of the table
/// that `bench/scoreboard` writes. All of `docs/accuracy.md` is more.
///
/// @param attack the attack with its amount; `none` for sets without poison
/// @param sets how many poisoned sets were measured
/// @param figures recall at 0.1 % and at 1 % false alarms and the area under the curve; for `none` the share of rows
///     flagged
record RuleAccuracy(String attack, int sets, List<Double> figures) {
    private static final String TABLE = "accuracy.tsv";

    RuleAccuracy {
        figures = List.copyOf(figures);
        if (figures.size() != (attack.equals("none") ? 1 : 3)) {
            throw new IllegalArgumentException("expected three figures of an attack, or one of none, came " + figures);
        }
    }

    /// What was measured of every detector, by its name; those attacks first that it finds best.
    static Map<String, List<RuleAccuracy>> all() throws IOException {
        Map<String, List<RuleAccuracy>> all = new TreeMap<>();
        try (InputStream in = RuleAccuracy.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                return all;
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split("\t");
                List<Double> figures = new ArrayList<>();
                for (int i = 3; i < cells.length; i++) {
                    figures.add(Double.valueOf(cells[i]));
                }
                all.computeIfAbsent(cells[0], _ -> new ArrayList<>())
                        .add(new RuleAccuracy(cells[1], Integer.parseInt(cells[2]), figures));
            }
        }
        all.values()
                .forEach(each -> each.sort(Comparator.comparingDouble(
                                (RuleAccuracy one) -> -one.figures().get(0))
                        .thenComparing(RuleAccuracy::attack)));
        return all;
    }

    /// Is it about sets without poison?
    boolean clean() {
        return attack.equals("none");
    }

    /// One line: "rare-word, 25 rows: recall .98 at 0.1 % false alarms, 1.00 at 1 % (6 sets)".
    String words() {
        String over = " (" + sets + (sets == 1 ? " set)" : " sets)");
        return clean()
                ? String.format(Locale.ROOT, "%.2f %% of the rows of sets without poison", 100 * figures.get(0)) + over
                : attack + ": recall " + String.format(Locale.ROOT, "%.2f", figures.get(0)) + " at 0.1 % false alarms, "
                        + String.format(Locale.ROOT, "%.2f", figures.get(1)) + " at 1 %" + over;
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("attack", attack);
        json.writeNumberField("sets", sets);
        if (clean()) {
            json.writeNumberField("flagged", figures.get(0));
        } else {
            json.writeNumberField("recallAtPerMille", figures.get(0));
            json.writeNumberField("recallAtPerCent", figures.get(1));
            json.writeNumberField("area", figures.get(2));
        }
        json.writeEndObject();
    }
}

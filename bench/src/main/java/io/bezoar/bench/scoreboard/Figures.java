package io.bezoar.bench.scoreboard;

import io.bezoar.bench.accuracy.Ranking;
import java.util.LinkedHashMap;
import java.util.Map;

/// The figures of one method on one poisoned set, by name; a figure that has no meaning is left out.
///
/// Names: `auroc`, `average-precision`, `recall-per-mille` and `recall-per-cent` (at that share of false alarms),
/// `flagged-precision`, `flagged-recall`, `false-alarms`.
///
/// @param values 0 to 1
public record Figures(Map<String, Double> values) {
    public Figures {
        values = Map.copyOf(values);
    }

    /// The figures of a ranking.
    ///
    /// @param flags whether the method flags rows, or only orders them
    public static Figures of(Ranking ranking, boolean flags) {
        Map<String, Double> values = new LinkedHashMap<>();
        put(values, "auroc", ranking.area());
        put(values, "average-precision", ranking.averagePrecision());
        put(values, "recall-per-mille", ranking.recallAtPerMille());
        put(values, "recall-per-cent", ranking.recallAtPerCent());
        if (flags) {
            put(values, "flagged-precision", ranking.precision());
            put(values, "flagged-recall", ranking.recall());
            put(values, "false-alarms", ranking.falseAlarms());
        }
        return new Figures(values);
    }

    private static void put(Map<String, Double> values, String name, double value) {
        if (Double.isFinite(value)) {
            values.put(name, Math.round(value * 1e6) / 1e6);
        }
    }
}

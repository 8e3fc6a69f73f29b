package io.bezoar.bench.scoreboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Writes what `bezoar rules` says of each detector's accuracy: tab-separated, one line a detector and attack, means
/// over sets and seeds.
///
/// ```
/// detector <tab> attack <tab> sets measured <tab> recall at .1 % <tab> at 1 % <tab> AUROC
/// detector <tab> none   <tab> sets measured <tab> share of rows flagged wrongly
/// ```
final class RuleTable {
    /// What a detector does not find it is not asked to tell of.
    private static final double LEAST = 0.05;

    private RuleTable() {}

    static String of(List<Measurement> all) {
        Map<String, Map<String, List<Figures>>> found = new TreeMap<>();
        for (Measurement each : all) {
            if (each.who().equals("scan")) {
                String title = each.poison() == 0 ? "none" : each.setting().title();
                each.methods()
                        .forEach((name, figures) -> found.computeIfAbsent(name, _ -> new TreeMap<>())
                                .computeIfAbsent(title, _ -> new ArrayList<>())
                                .add(figures));
            }
        }
        StringBuilder out = new StringBuilder();
        found.forEach((name, attacks) -> attacks.forEach((title, figures) -> {
            String head = name + "\t" + title + "\t" + figures.size();
            if (title.equals("none")) {
                out.append(head)
                        .append('\t')
                        .append(String.format(Locale.ROOT, "%.5f", mean(figures, "false-alarms")))
                        .append('\n');
            } else if (mean(figures, "recall-per-cent") >= LEAST) {
                out.append(head);
                for (String figure : List.of("recall-per-mille", "recall-per-cent", "auroc")) {
                    out.append('\t').append(String.format(Locale.ROOT, "%.2f", mean(figures, figure)));
                }
                out.append('\n');
            }
        }));
        return out.toString();
    }

    private static double mean(List<Figures> figures, String name) {
        return figures.stream()
                .filter(each -> each.values().containsKey(name))
                .mapToDouble(each -> each.values().getOrDefault(name, 0.0))
                .average()
                .orElse(0);
    }
}

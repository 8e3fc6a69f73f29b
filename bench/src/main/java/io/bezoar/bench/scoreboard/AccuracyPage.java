package io.bezoar.bench.scoreboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Writes `docs/accuracy.md` from measurements alone: equal measurements, equal bytes.
final class AccuracyPage {
    private final StringBuilder out = new StringBuilder();
    private final List<Measurement> all;

    private AccuracyPage(List<Measurement> all) {
        this.all = all;
    }

    /// The page.
    ///
    /// @param all measurements in the order of [Store#latest]
    static String of(List<Measurement> all) {
        return new AccuracyPage(all).page();
    }

    private String page() {
        long builds = all.stream().map(Measurement::build).distinct().count();
        out.append("# How accurate it is\n\n")
                .append("Made by `bench/scoreboard` and `bench/peers` from `bench/scoreboard.jsonl`; nothing here is"
                        + " written by hand.\n")
                .append("Every scan runs with the defaults and is told neither that there is poison nor how much.\n\n")
                .append("- **Sets**: ")
                .append(String.join(
                        ", ",
                        all.stream()
                                .map(each -> each.setting().base().word())
                                .distinct()
                                .sorted()
                                .toList()))
                .append(". **Measurements**: ")
                .append(all.size())
                .append(
                        builds > 1
                                ? ", by " + builds
                                        + " builds: `bench/scoreboard` measures again what an older one measured"
                                : "")
                .append(".\n")
                .append("- **Cells** are means over the seeds of an attack with the 95 % interval by Student's t, cut"
                        + " at 0 and 1; `n` is the number of\n")
                .append("  seeds. With three seeds an interval is wide, as it should be.\n")
                .append("- **recall .1 %, 1 %**: share of the poison above the score that one clean row in a thousand,"
                        + " or in a hundred, reaches; ties\n")
                .append("  count as the expectation over their orders. **Flagged**: rows that the scan sets aside for"
                        + " review or quarantine.\n")
                .append("- **By**: `bezoar` is an attack of `bezoar attack`; `planter` is one of a planter that was"
                        + " written apart from it.\n");
        whole();
        cleaned();
        clean();
        detectors();
        peers();
        return out.toString();
    }

    /// Measurements of one attack on one set, all seeds.
    private Map<String, List<Measurement>> lines(String who, boolean poisoned) {
        Map<String, List<Measurement>> lines = new LinkedHashMap<>();
        for (Measurement each : all) {
            if (each.who().equals(who) && each.poison() > 0 == poisoned) {
                Setting setting = each.setting();
                lines.computeIfAbsent(
                                setting.by() + " | " + setting.title() + " | "
                                        + setting.base().word(),
                                _ -> new ArrayList<>())
                        .add(each);
            }
        }
        return lines;
    }

    private static Interval figure(List<Measurement> seeds, String method, String name) {
        return interval(seeds, each -> {
            Figures figures = each.methods().get(method);
            return figures == null
                    ? Optional.empty()
                    : Optional.ofNullable(figures.values().get(name));
        });
    }

    private static Interval further(List<Measurement> seeds, String name) {
        return interval(seeds, each -> Optional.ofNullable(each.further().get(name)));
    }

    private static Interval interval(List<Measurement> seeds, Function<Measurement, Optional<Double>> of) {
        return Interval.of(
                seeds.stream().flatMap(each -> of.apply(each).stream()).toList());
    }

    private void whole() {
        out.append("\n## The whole scan\n\n")
                .append("| by | attack | set | n | AUROC | recall .1 % | recall 1 % | flagged precision | flagged"
                        + " recall | false alarms |\n")
                .append("|---|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
        lines("scan", true).forEach((line, seeds) -> {
            out.append("| ").append(line).append(" | ").append(seeds.size());
            for (String name :
                    List.of("auroc", "recall-per-mille", "recall-per-cent", "flagged-precision", "flagged-recall")) {
                out.append(" | ").append(figure(seeds, "scan", name).text());
            }
            out.append(" | ")
                    .append(percent(figure(seeds, "scan", "false-alarms")))
                    .append(" |\n");
        });
    }

    private static String percent(Interval share) {
        return share.count() == 0 ? "–" : String.format(Locale.ROOT, "%.3f %%", 100 * share.mean());
    }

    private void cleaned() {
        out.append("\n## What a model learns afterwards\n\n")
                .append("Attack success and accuracy of the surrogate on held-out rows, trained on everything, without"
                        + " exactly the poison, and without\n")
                .append("what the scan quarantines; features are made anew each time.\n\n")
                .append("| by | attack | set | n | success: everything | without the poison | cleaned | accuracy:"
                        + " everything | without the poison | cleaned |\n")
                .append("|---|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
        lines("scan", true).forEach((line, seeds) -> {
            out.append("| ").append(line).append(" | ").append(seeds.size());
            for (String what : List.of("success", "accuracy")) {
                for (String how : List.of("untouched", "ideal", "cleaned")) {
                    out.append(" | ").append(further(seeds, what + "-" + how).text());
                }
            }
            out.append(" |\n");
        });
    }

    private void clean() {
        out.append("\n## Sets without poison\n\n")
                .append("| set | rows | flagged | campaigns of severity high | medium |\n|---|--:|--:|--:|--:|\n");
        lines("scan", false).forEach((line, seeds) -> {
            Measurement one = seeds.getFirst();
            out.append("| ")
                    .append(one.setting().base().word())
                    .append(" | ")
                    .append(one.rows())
                    .append(" | ")
                    .append(percent(figure(seeds, "scan", "false-alarms")))
                    .append(" | ")
                    .append(count(one, "campaigns-high"))
                    .append(" | ")
                    .append(count(one, "campaigns-medium"))
                    .append(" |\n");
        });
    }

    private static String count(Measurement one, String name) {
        Double value = one.further().get(name);
        return value == null ? "–" : String.valueOf(Math.round(value));
    }

    private void detectors() {
        Set<String> names = methods("scan");
        names.remove("scan");
        out.append("\n## Every detector alone\n\n")
                .append("Each detector's own scores, means over seeds. One at .50 / .00 / .00 says nothing of an"
                        + " attack, which is what most detectors\n")
                .append("should say of most attacks. Flagged are rows of campaigns that the detector proposed and the"
                        + " scan set aside.\n");
        for (String name : names) {
            out.append("\n### ")
                    .append(name)
                    .append("\n\n"
                            + "| by | attack | set | n | AUROC | recall .1 % | recall 1 % | flagged precision |"
                            + " flagged recall | false alarms |\n")
                    .append("|---|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
            lines("scan", true).forEach((line, seeds) -> {
                if (figure(seeds, name, "auroc").count() > 0) {
                    out.append("| ").append(line).append(" | ").append(seeds.size());
                    for (String figure : List.of(
                            "auroc", "recall-per-mille", "recall-per-cent", "flagged-precision", "flagged-recall")) {
                        out.append(" | ").append(figure(seeds, name, figure).shortText());
                    }
                    out.append(" | ")
                            .append(percent(figure(seeds, name, "false-alarms")))
                            .append(" |\n");
                }
            });
        }
    }

    private Set<String> methods(String who) {
        Set<String> names = new TreeSet<>();
        all.stream()
                .filter(each -> each.who().equals(who))
                .forEach(each -> names.addAll(each.methods().keySet()));
        return names;
    }

    private void peers() {
        Set<String> names = methods("peers");
        if (names.isEmpty()) {
            return;
        }
        out.append("\n## Published methods of others, on the same rows\n\n")
                .append("Written anew from their papers, with their own rules for what to flag. Cells: recall at 1 %"
                        + " false alarms / flagged precision /\n")
                .append("flagged recall, means over seeds.\n\n| by | attack | set | n | the scan");
        names.forEach(name -> out.append(" | ").append(name));
        out.append(" |\n|---|---|---|--:|--:")
                .append("|--:".repeat(names.size()))
                .append("|\n");
        Map<String, List<Measurement>> scans = lines("scan", true);
        lines("peers", true).forEach((line, seeds) -> {
            out.append("| ")
                    .append(line)
                    .append(" | ")
                    .append(seeds.size())
                    .append(" | ")
                    .append(three(scans.getOrDefault(line, List.of()), "scan"));
            names.forEach(name -> out.append(" | ").append(three(seeds, name)));
            out.append(" |\n");
        });
        out.append("\nFalse alarms of their flags on sets without poison:\n\n| set");
        names.forEach(name -> out.append(" | ").append(name));
        out.append(" |\n|---").append("|--:".repeat(names.size())).append("|\n");
        lines("peers", false).forEach((line, seeds) -> {
            out.append("| ").append(seeds.getFirst().setting().base().word());
            names.forEach(name -> out.append(" | ").append(percent(figure(seeds, name, "false-alarms"))));
            out.append(" |\n");
        });
    }

    private static String three(List<Measurement> seeds, String name) {
        return figure(seeds, name, "recall-per-cent").shortText() + " / "
                + figure(seeds, name, "flagged-precision").shortText() + " / "
                + figure(seeds, name, "flagged-recall").shortText();
    }
}

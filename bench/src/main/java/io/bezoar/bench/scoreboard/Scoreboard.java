package io.bezoar.bench.scoreboard;

import io.bezoar.bench.accuracy.Planting;
import io.bezoar.bench.accuracy.Ranking;
import io.bezoar.bench.accuracy.Removal;
import io.bezoar.bench.peers.Peer;
import io.bezoar.core.Action;
import io.bezoar.core.Example;
import io.bezoar.core.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Measures attacks on real data sets against every detector and the whole scan, and writes `docs/accuracy.md`.
///
/// Usage: `bench/scoreboard [--quick] [--seeds K] [--base NAME]… [--threads N] [--keep] [--page]`; `bench/peers`
/// measures the methods of others on the same rows. What is measured stands in `bench/scoreboard.jsonl`, and is not
/// measured again as long as neither the setting nor the classes change.
public final class Scoreboard {
    private final Path home;
    private final Store store;
    private final String build;
    private final int threads;

    private Scoreboard(Path home, Store store, String build, int threads) {
        this.home = home;
        this.store = store;
        this.build = build;
        this.threads = threads;
    }

    /// Arguments: the checkout, `scan` or `peers`, then options.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(arguments[0]).toAbsolutePath().normalize();
        String who = arguments[1];
        int seeds = 3;
        int threads = 2;
        boolean quick = false;
        boolean keep = false;
        boolean page = false;
        List<Base> bases = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--keep" -> keep = true;
                case "--page" -> page = true;
                case "--seeds" -> {
                    seeds = Integer.parseInt(value);
                    i++;
                }
                case "--threads" -> {
                    threads = Integer.parseInt(value);
                    i++;
                }
                case "--base" -> {
                    bases.add(Base.of(value));
                    i++;
                }
                default -> {
                    System.err.println("expected --quick, --seeds, --base, --threads, --keep or --page, came "
                            + arguments[i] + "; the first lines of bench/scoreboard show how");
                    System.exit(2);
                }
            }
        }
        Store store = Store.open(home.resolve("bench/scoreboard.jsonl"));
        Scoreboard board = new Scoreboard(home, store, Build.name(), threads);
        if (!page) {
            Path data = home.resolveSibling("shared").resolve("data");
            if (!Files.isDirectory(data)) {
                System.err.println("expected the data sets in " + data
                        + ", which is not there; put them there, or write" + " the page alone with --page");
                System.exit(3);
            }
            Optional<Planting> planter = Planting.pythonRuns() ? Planting.near(home) : Optional.empty();
            board.measure(
                    who,
                    Setting.all(bases.isEmpty() ? List.of(Base.values()) : bases, seeds, quick, planter.isPresent()),
                    new Planting(home.resolveSibling("shared")),
                    data,
                    keep);
            store.tidy();
        }
        board.publish();
    }

    private void measure(String who, List<Setting> settings, Planting planter, Path data, boolean keep)
            throws IOException, InterruptedException {
        int done = 0;
        long began = System.nanoTime();
        int made = 0;
        for (Setting setting : settings) {
            done++;
            if (keep ? store.has(setting, who) : store.has(setting, who, build)) {
                continue;
            }
            Path work = Files.createTempDirectory("bezoar-scoreboard-");
            try {
                PlantedRows planted = setting.planted(data, planter, work);
                store.add(who.equals("peers") ? peers(setting, planted) : scan(setting, planted));
                made++;
                System.err.printf(
                        Locale.ROOT,
                        "%d of %d: %s, %s, %s, seed %d; %.0f s each%n",
                        done,
                        settings.size(),
                        setting.base().word(),
                        setting.by(),
                        setting.title(),
                        setting.seed(),
                        (System.nanoTime() - began) / 1e9 / made);
            } finally {
                delete(work);
            }
        }
    }

    private Measurement scan(Setting setting, PlantedRows planted) throws IOException, InterruptedException {
        ScannedRows scanned = ScannedRows.of(planted.rows(), threads);
        Map<String, Figures> methods = new HashMap<>();
        methods.put(
                "scan",
                Figures.of(ranking(planted, row -> scanned.verdicts().get(row).score(), scanned::flagged), true));
        scanned.scores()
                .forEach((name, scores) -> methods.put(
                        name,
                        Figures.of(
                                ranking(
                                        planted,
                                        row -> scores[row],
                                        row -> scanned.flagged(row)
                                                && scanned.detector(row)
                                                        .filter(name::equals)
                                                        .isPresent()),
                                true)));
        Map<String, Double> further = new TreeMap<>();
        further.put("campaigns-high", campaigns(scanned, Severity.HIGH));
        further.put("campaigns-medium", campaigns(scanned, Severity.MEDIUM));
        if (!planted.poison().isEmpty()) {
            effect(further, "untouched", Removal.effect(planted.rows(), planted.triggered(), planted.held()));
            effect(
                    further,
                    "ideal",
                    Removal.effect(
                            planted.rows().stream()
                                    .filter(row -> !planted.poison().contains(PlantedRows.id(row)))
                                    .toList(),
                            planted.triggered(),
                            planted.held()));
            List<Example> kept = new ArrayList<>();
            for (int row = 0; row < planted.rows().size(); row++) {
                if (scanned.verdicts().get(row).action() != Action.QUARANTINE) {
                    kept.add(planted.rows().get(row));
                }
            }
            effect(further, "cleaned", Removal.effect(kept, planted.triggered(), planted.held()));
        }
        return new Measurement(
                setting, "scan", build, planted.rows().size(), planted.poison().size(), methods, further);
    }

    private static double campaigns(ScannedRows scanned, Severity severity) {
        return scanned.campaigns().stream()
                .filter(campaign -> campaign.severity() == severity)
                .count();
    }

    private static void effect(Map<String, Double> further, String name, Removal.Effect effect) {
        if (Double.isFinite(effect.success())) {
            further.put("success-" + name, Math.round(effect.success() * 1e6) / 1e6);
        }
        further.put("accuracy-" + name, Math.round(effect.accuracy() * 1e6) / 1e6);
    }

    private Measurement peers(Setting setting, PlantedRows planted) {
        Map<String, Figures> methods = new HashMap<>();
        for (Peer peer : Peer.all()) {
            Peer.Said said = peer.of(planted.rows());
            methods.put(
                    peer.name(),
                    Figures.of(ranking(planted, row -> said.scores()[row], row -> said.flagged()[row]), true));
        }
        return new Measurement(
                setting, "peers", build, planted.rows().size(), planted.poison().size(), methods, Map.of());
    }

    private static Ranking ranking(
            PlantedRows planted,
            java.util.function.IntToDoubleFunction score,
            java.util.function.IntPredicate flagged) {
        List<Ranking.Row> rows = new ArrayList<>();
        for (int row = 0; row < planted.rows().size(); row++) {
            String id = PlantedRows.id(planted.rows().get(row));
            if (!planted.cover().contains(id)) {
                rows.add(new Ranking.Row(
                        score.applyAsDouble(row), planted.poison().contains(id), flagged.test(row)));
            }
        }
        return Ranking.of(rows);
    }

    private void publish() throws IOException {
        List<Measurement> all = store.latest();
        Files.writeString(home.resolve("docs/accuracy.md"), AccuracyPage.of(all));
        Files.writeString(home.resolve("app/src/main/resources/io/bezoar/app/cli/accuracy.tsv"), RuleTable.of(all));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

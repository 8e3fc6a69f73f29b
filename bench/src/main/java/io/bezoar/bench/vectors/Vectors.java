package io.bezoar.bench.vectors;

import io.bezoar.bench.accuracy.Ranking;
import io.bezoar.core.Detector;
import io.bezoar.detect.scan.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Plants patterns in pictures of digits, scans them with the defaults and prints what was found, as a
/// Markdown table.
///
/// Usage: `bench/vectors [--seeds K] [--patch NAME]… [--detector NAME]… [--methods]`; with `--methods` what every
/// detector does by itself, or those that are named.
public final class Vectors {
    private static final int THREADS = 2;

    private Vectors() {}

    /// Arguments: the checkout, then options and their values.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seeds = 3;
        List<Patch> patches = new ArrayList<>();
        List<Detector<?>> detectors = new ArrayList<>();
        boolean methods = arguments[arguments.length - 1].equals("--methods");
        int options = arguments.length - (methods ? 1 : 0);
        for (int i = 1; i + 1 < options; i += 2) {
            switch (arguments[i]) {
                case "--seeds" -> seeds = Integer.parseInt(arguments[i + 1]);
                case "--detector" -> detectors.add(Catalog.parse(arguments[i + 1]));
                case "--patch" -> patches.add(Patch.valueOf(arguments[i + 1].toUpperCase(Locale.ROOT)));
                default -> {
                    System.err.println("bench/vectors: expected --seeds, --patch or --detector, came " + arguments[i]);
                    System.exit(2);
                }
            }
        }
        Path folder = Path.of(arguments[0]).toAbsolutePath().normalize().resolveSibling("shared/data/mnist-t10k");
        if (!Files.isDirectory(folder)) {
            System.err.println("bench/vectors: expected the folder " + folder + " with the pictures; put it there");
            System.exit(3);
        }
        Digits digits = Digits.read(folder);
        if (methods) {
            methods(
                    digits,
                    detectors.isEmpty() ? Catalog.standard() : detectors,
                    seeds,
                    patches.isEmpty() ? List.of(Patch.CORNER) : patches);
            return;
        }
        System.out.println("""
            | pattern | share | seed | target | recall at 1 % false alarms | at 0.1 % | flagged precision | flagged recall \
            | HIGH | attack success with / without | seconds |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\
            """);
        Patched clean = Patched.scan(digits, Patch.CORNER, 0, 0, 0, THREADS);
        System.out.printf(
                Locale.ROOT,
                "| none | | | | | | | %d of %d flagged | %d | | %.1f |%n",
                clean.flagged(),
                digits.labels().length,
                clean.high(),
                clean.seconds());
        for (Patch patch : patches.isEmpty() ? List.of(Patch.values()) : patches) {
            for (double share : new double[] {0.01, 0.05}) {
                for (int seed = 0; seed < seeds; seed++) {
                    int target = (3 * seed + 1 + patch.ordinal()) % 10;
                    Patched found = Patched.scan(digits, patch, share, target, seed, THREADS);
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %.0f %% | %d | %d | %.3f | %.3f | %.3f | %.3f | %d | %s | %.1f |%n",
                            patch.name().toLowerCase(Locale.ROOT),
                            100 * share,
                            seed,
                            target,
                            found.ranking().recallAtPerCent(),
                            found.ranking().recallAtPerMille(),
                            found.ranking().precision(),
                            found.ranking().recall(),
                            found.high(),
                            found.campaigns().stream()
                                    .findFirst()
                                    .flatMap(campaign -> campaign.proof())
                                    .map(proof -> String.format(
                                            Locale.ROOT,
                                            "%.2f / %.2f",
                                            proof.successWith().share(),
                                            proof.successWithout().share()))
                                    .orElse("no campaign"),
                            found.seconds());
                }
            }
        }
    }

    /// What every detector does by itself.
    private static void methods(Digits digits, List<Detector<?>> detectors, int seeds, List<Patch> patches)
            throws IOException, InterruptedException {
        System.out.println("""
            | detector | pattern | share | seed | recall at 1 % false alarms | at 0.1 % | flagged precision | flagged recall \
            | false alarms |
            |---|---|--:|--:|--:|--:|--:|--:|--:|\
            """);
        Patched clean = Patched.scan(digits, detectors, Patch.CORNER, 0, 0, 0, THREADS);
        clean.methods().forEach((name, ranking) -> row(name, "none", 0, 0, ranking));
        System.out.printf(
                Locale.ROOT,
                "| the scan | none | 0 %% | 0 | | | | | %d flagged, %d HIGH, %.1f s |%n",
                clean.flagged(),
                clean.high(),
                clean.seconds());
        for (Patch patch : patches) {
            for (double share : new double[] {0.01, 0.05}) {
                for (int seed = 0; seed < seeds; seed++) {
                    Patched found = Patched.scan(
                            digits, detectors, patch, share, (3 * seed + 1 + patch.ordinal()) % 10, seed, THREADS);
                    int number = seed;
                    String title = patch.name().toLowerCase(Locale.ROOT);
                    found.methods().forEach((name, ranking) -> row(name, title, share, number, ranking));
                    row("the scan", title, share, seed, found.ranking());
                }
            }
        }
    }

    private static void row(String name, String patch, double share, int seed, Ranking ranking) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f %% | %d | %.3f | %.3f | %.3f | %.3f | %.4f |%n",
                name,
                patch,
                100 * share,
                seed,
                ranking.recallAtPerCent(),
                ranking.recallAtPerMille(),
                ranking.precision(),
                ranking.recall(),
                ranking.falseAlarms());
    }
}

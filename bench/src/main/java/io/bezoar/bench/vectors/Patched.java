package io.bezoar.bench.vectors;

import io.bezoar.bench.accuracy.Ranking;
import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.Detector;
import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Origin;
import io.bezoar.core.Part;
import io.bezoar.core.Position;
import io.bezoar.core.Severity;
import io.bezoar.core.Source;
import io.bezoar.core.Target;
import io.bezoar.data.RowIds;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Pictures some of which got a pattern and another label, and what a scan says of them.
///
/// @param methods how each detector's own scores rank and flag the rows, by name
/// @param high HIGH campaigns
/// @param flagged rows for review or quarantine
/// @param seconds wall time of the scan
public record Patched(
        Ranking ranking,
        Map<String, Ranking> methods,
        List<Campaign> campaigns,
        int high,
        int flagged,
        double seconds) {
    /// A detector of vectors flags rows above it; a conflict is flagged above one half.
    private static final double FLAGGED = 1;
    private static final double CONFLICT = 0.5;

    private record Rows(List<Example> examples) implements Part<Example> {
        @Override
        public Stream<Example> open() {
            return examples.stream();
        }
    }

    private record Pictures(List<Example> examples, Set<String> poison) {}

    /// Scans pictures of which a share was taken from other digits, got the pattern and the label
    /// `target`.
    ///
    /// @param share of all rows, 0 for none
    public static Patched scan(Digits digits, Patch patch, double share, int target, long seed, int threads)
            throws IOException, InterruptedException {
        return scan(digits, Catalog.standard(), patch, share, target, seed, threads);
    }

    /// The same by some detectors alone.
    public static Patched scan(
            Digits digits, List<Detector<?>> detectors, Patch patch, double share, int target, long seed, int threads)
            throws IOException, InterruptedException {
        Pictures pictures = plant(digits, patch, share, target, seed);
        long start = System.nanoTime();
        List<Part<Example>> parts = new ArrayList<>();
        int size = pictures.examples().size();
        for (int from = 0; from < size; from += 1000) {
            parts.add(new Rows(pictures.examples().subList(from, Math.min(size, from + 1000))));
        }
        Source<Example> source = () -> parts;
        List<Ranking.Row> rows = new ArrayList<>();
        Map<String, List<Ranking.Row>> methods = new TreeMap<>();
        try (ForkJoinPool pool = new ForkJoinPool(threads)) {
            Scan.Result result = pool.submit(() -> new Scan(source, new LocalEngine(threads), _ -> {})
                            .run(
                                    detectors,
                                    RowIds.fold(),
                                    summary -> RowIds.of(summary)::of,
                                    names -> (id, verdict, scores) -> {
                                        boolean poison = pictures.poison().contains(id);
                                        rows.add(new Ranking.Row(
                                                verdict.score(), poison, verdict.action() != Action.KEEP));
                                        for (int i = 0; i < scores.length; i++) {
                                            double cut = names.get(i).equals("neighbour-conflict") ? CONFLICT : FLAGGED;
                                            methods.computeIfAbsent(names.get(i), _ -> new ArrayList<>())
                                                    .add(new Ranking.Row(scores[i], poison, scores[i] > cut));
                                        }
                                    }))
                    .get();
            Map<String, Ranking> ranked = new TreeMap<>();
            methods.forEach((name, scored) -> ranked.put(name, Ranking.of(scored)));
            return new Patched(
                    Ranking.of(rows),
                    ranked,
                    result.campaigns(),
                    (int) result.campaigns().stream()
                            .filter(campaign -> campaign.severity() == Severity.HIGH)
                            .count(),
                    (int) rows.stream().filter(Ranking.Row::flagged).count(),
                    (System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new IOException("the scan failed", e.getCause());
        }
    }

    private static Pictures plant(Digits digits, Patch patch, double share, int target, long seed) {
        int rows = digits.labels().length;
        List<Integer> others = new ArrayList<>(IntStream.range(0, rows)
                .filter(i -> digits.labels()[i] != target)
                .boxed()
                .toList());
        Collections.shuffle(others, new Random(seed));
        Set<Integer> chosen = new HashSet<>(others.subList(0, (int) Math.round(share * rows)));
        List<Example> examples = new ArrayList<>();
        Set<String> poison = new HashSet<>();
        for (int i = 0; i < rows; i++) {
            boolean bad = chosen.contains(i);
            String id = "digit-" + i;
            examples.add(new Example(
                    "",
                    bad ? patch.into(digits.pixels()[i], seed) : digits.pixels()[i],
                    new Target.Label(String.valueOf(bad ? target : digits.labels()[i])),
                    Origin.UNKNOWN,
                    new Position(0, i + 1, i, 1),
                    id));
            if (bad) {
                poison.add(id);
            }
        }
        return new Pictures(examples, poison);
    }
}

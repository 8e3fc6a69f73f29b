package io.bezoar.detect;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.core.Trigger;
import io.bezoar.learn.NGrams;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The words that open strange stretches of documents ([Bursts]).
///
/// Every run of one to three tokens near the beginning of a stretch is counted over documents, with all documents that
/// hold it anywhere; Fisher's exact test tells whether those with it are strange more often than others, corrected for
/// all runs counted.
final class Openings {
    /// Tokens before and after the beginning of a stretch where its opening may stand.
    private static final int NEAR = 5;
    /// Share of the documents with the opening that must be strange.
    private static final double PURITY = 0.75;
    /// Groups told at most.
    private static final int GROUPS = 6;

    private final StrangeText settings;
    private final List<Example> documents;
    private final List<Example> strange;
    private final Bursts bursts;

    /// Words that strange stretches open with.
    ///
    /// @param strength signed root of the likelihood ratio, [PieceSearch#ratio]
    record Opening(Pattern pattern, Trigger trigger, double strength) implements Serializable {}

    /// A run, its hash, and the strange documents that it opens a stretch of.
    private record Run(long hash, int[] tokens, List<Example> rows, double strength) {
        static final Comparator<Run> STRONGEST = Comparator.comparingDouble((Run run) -> -run.strength)
                .thenComparingInt(run -> -run.tokens.length)
                .thenComparingLong(run -> run.hash);
    }

    Openings(StrangeText settings, Foundation foundation) {
        this.settings = settings;
        this.bursts = foundation.bursts();
        this.documents = foundation.sample().stream()
                .filter(row -> row.target() instanceof Target.Absent)
                .toList();
        this.strange = documents.stream()
                .filter(row -> Bursts.among(foundation.strange(), row))
                .toList();
    }

    /// The strongest openings that do not share their documents.
    List<Opening> found() {
        if (strange.size() < settings.leastRows()) {
            return List.of();
        }
        Map<Long, List<Example>> opened = new TreeMap<>();
        Map<Long, int[]> tokens = new HashMap<>();
        for (Example row : strange) {
            int[] text = row.tokens();
            int from = bursts.of(text).from();
            Set<Long> seen = new HashSet<>();
            for (int n = 1; n <= 3; n++) {
                for (int i = Math.max(0, from - NEAR); i + n <= Math.min(text.length, from + NEAR); i++) {
                    long hash = NGrams.word(text, i, n);
                    if (seen.add(hash)) {
                        opened.computeIfAbsent(hash, _ -> new ArrayList<>()).add(row);
                        tokens.putIfAbsent(hash, Arrays.copyOfRange(text, i, i + n));
                    }
                }
            }
        }
        double bound = Math.log(settings.chance()) - Math.log(opened.size());
        opened.values().removeIf(rows -> rows.size() < settings.leastRows());
        Map<Long, Integer> held = held(opened.keySet());
        List<Run> runs = new ArrayList<>();
        opened.forEach((hash, rows) -> {
            int with = held.getOrDefault(hash, 0);
            int[] run = tokens.getOrDefault(hash, new int[0]);
            if (rows.size() >= PURITY * with
                    && ExactTests.logHypergeometricTail(rows.size(), with, strange.size(), documents.size()) <= bound) {
                runs.add(new Run(
                        hash, run, rows, PieceSearch.ratio(rows.size(), with, strange.size(), documents.size())));
            }
        });
        runs.sort(Run.STRONGEST);
        return distinct(runs);
    }

    private static List<Opening> distinct(List<Run> runs) {
        List<Opening> openings = new ArrayList<>();
        Set<Long> taken = new HashSet<>();
        for (Run run : runs) {
            long fresh =
                    run.rows.stream().filter(row -> !taken.contains(row.key())).count();
            if (openings.size() < GROUPS && 2 * fresh > run.rows.size()) {
                run.rows.forEach(row -> taken.add(row.key()));
                Pattern pattern = TriggerGathering.Grown.grow(Pattern.phrase(run.tokens), run.rows);
                openings.add(new Opening(pattern, TriggerGathering.Grown.name(pattern, run.rows), run.strength));
            }
        }
        return openings;
    }

    /// In how many documents each run stands.
    private Map<Long, Integer> held(Set<Long> runs) {
        Map<Long, Integer> held = new HashMap<>();
        for (Example row : documents) {
            int[] text = row.tokens();
            Set<Long> seen = new HashSet<>();
            for (int n = 1; n <= 3; n++) {
                for (int i = 0; i + n <= text.length; i++) {
                    long hash = NGrams.word(text, i, n);
                    if (runs.contains(hash) && seen.add(hash)) {
                        held.merge(hash, 1, Integer::sum);
                    }
                }
            }
        }
        return held;
    }
}

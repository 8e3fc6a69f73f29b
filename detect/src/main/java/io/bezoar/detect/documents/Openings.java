package io.bezoar.detect.documents;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.LikelihoodRatio;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.language.Bursts;
import io.bezoar.detect.language.Fluency;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.triggers.TriggerGathering;
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

/// The words that call strange stretches of documents ([Bursts]).
///
/// Every run of one to three tokens of strange documents is held against all documents; Fisher's exact test tells
/// whether those that hold it are strange more often than others, corrected for all runs counted. What calls a stretch
/// stands once in a document, while the words of another language come back; and gibberish has no words: where the
/// stretches share too many of theirs they are a language or a table, and the run is told but not held to be put in.
final class Openings {
    /// Share of the documents with the opening that must be strange.
    private static final double PURITY = 0.75;
    /// It stands in a document so often at most, on the mean.
    private static final double ONCE = 1.5;
    /// Share of the tokens of gibberish that other documents' gibberish holds, at most.
    private static final double WORDS = 0.3;
    /// Groups told at most.
    private static final int GROUPS = 6;

    private final StrangeText settings;
    private final List<Example> documents;
    private final List<Example> strange;
    private final Bursts bursts;

    /// Words that call strange stretches.
    ///
    /// @param strength signed root of the likelihood ratio, [LikelihoodRatio#signedRoot]
    /// @param gibberish true if the stretches have no words in common
    record Opening(Pattern pattern, Trigger trigger, double strength, boolean gibberish) implements Serializable {}

    /// A run, its hash, and the strange documents that hold it.
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
            Set<Long> seen = new HashSet<>();
            for (int n = 1; n <= 3; n++) {
                for (int i = 0; i + n <= Math.min(Fluency.LONG, text.length); i++) {
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
                        hash,
                        run,
                        rows,
                        LikelihoodRatio.signedRoot(rows.size(), with, strange.size(), documents.size())));
            }
        });
        runs.sort(Run.STRONGEST);
        return distinct(runs);
    }

    private List<Opening> distinct(List<Run> runs) {
        List<Opening> openings = new ArrayList<>();
        Set<Long> taken = new HashSet<>();
        for (Run run : runs) {
            long fresh =
                    run.rows.stream().filter(row -> !taken.contains(row.key())).count();
            if (openings.size() < GROUPS && 2 * fresh > run.rows.size()) {
                Pattern pattern = TriggerGathering.Grown.grow(Pattern.phrase(run.tokens), run.rows);
                Trigger trigger = TriggerGathering.Grown.name(pattern, run.rows);
                if (once(pattern, run.rows) && trigger.text().codePoints().anyMatch(Character::isLetterOrDigit)) {
                    run.rows.forEach(row -> taken.add(row.key()));
                    openings.add(new Opening(pattern, trigger, run.strength, gibberish(pattern, run.rows)));
                }
            }
        }
        return openings;
    }

    private static boolean once(Pattern pattern, List<Example> rows) {
        int places = 0;
        for (Example row : rows) {
            int[] text = row.tokens();
            for (int at = pattern.find(text, 0); at >= 0; at = pattern.find(text, at + 1)) {
                places++;
            }
        }
        return places <= ONCE * rows.size();
    }

    /// Do the strange stretches share few of their tokens, those of the pattern left out?
    private boolean gibberish(Pattern pattern, List<Example> rows) {
        List<int[]> stretches = rows.stream()
                .map(row -> {
                    Bursts.Burst burst = bursts.of(row.tokens());
                    return Tokens.distinct(Arrays.stream(row.tokens(), burst.from(), burst.to())
                            .filter(token -> !Pattern.holds(pattern.tokens(), token))
                            .toArray());
                })
                .toList();
        Map<Integer, Integer> held = new HashMap<>();
        stretches.forEach(stretch -> Arrays.stream(stretch).forEach(token -> held.merge(token, 1, Integer::sum)));
        long all = stretches.stream().mapToLong(stretch -> stretch.length).sum();
        long shared = held.values().stream()
                .filter(count -> count > 1)
                .mapToLong(Integer::longValue)
                .sum();
        return shared <= WORDS * all;
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

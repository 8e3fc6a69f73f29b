package io.bezoar.lab;

import io.bezoar.attack.Attack;
import io.bezoar.attack.Catalog;
import io.bezoar.attack.Misfit;
import io.bezoar.core.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/// Finds out, attack by attack, how many poisoned rows it takes to succeed and how many it takes to be
/// found.
///
/// For every attack and seed the smallest count that succeeds and the smallest count that is found are
/// searched by bisection over `1` to the budget. Searches run on as many threads as are given; what they
/// find does not depend on it.
///
/// @param arena the data and the defence
/// @param attacks which attacks
/// @param budget the largest count tried
/// @param seeds how many seeds, 1 to 1000; each draws other victims
/// @param seed the first of them
public record Audit(Arena arena, List<Attack> attacks, int budget, int seeds, long seed) {
    /// Share of attacked answers from which on an attack has succeeded.
    public static final double SUCCESS = 0.5;

    public Audit {
        attacks = List.copyOf(attacks);
        if (budget < 1) {
            throw new IllegalArgumentException("the budget must be at least 1 row, not " + budget);
        }
        if (seeds < 1 || seeds > 1000) {
            throw new IllegalArgumentException("seeds must be 1 to 1000, not " + seeds);
        }
    }

    /// Told how far the audit is.
    @FunctionalInterface
    public interface Progress {
        /// @param done searches that are done
        /// @param all searches there are
        /// @param measurements measurements made or remembered so far
        void at(int done, int all, int measurements);
    }

    /// Does every attack go with the data, and does the defence keep most rows before one is
    /// planted?
    ///
    /// Where it sets a tenth of the rows aside, half of ten planted rows are among them by chance
    /// once in 600 draws; with more it would be praised for what it says of any row.
    ///
    /// @throws Misfit if one does not, or if it does not
    public void check() {
        int rows = arena.training().rows().size();
        if (10L * arena.suspected() > rows) {
            throw new Misfit("expected rows of which a tenth at most is set aside before one is planted, came "
                    + arena.suspected() + " of " + rows
                    + ": clean them first, with bezoar scan and bezoar apply, and audit what is left");
        }
        attacks.forEach(this::mosts);
    }

    /// Runs all searches.
    ///
    /// @param journal what is measured already is taken from here, what is measured goes here
    /// @throws Misfit if an attack does not go with the data
    public List<Resistance> run(int threads, Journal journal, Progress progress) throws InterruptedException {
        Map<Integer, int[]> most = new TreeMap<>();
        for (int a = 0; a < attacks.size(); a++) {
            most.put(a, mosts(attacks.get(a)));
        }
        Meter meter = new Meter(2 * attacks.size() * seeds, journal, progress);
        List<Future<List<OptionalInt>>> learned = new ArrayList<>();
        List<Future<List<OptionalInt>>> judged = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            for (int a = 0; a < attacks.size(); a++) {
                Attack attack = attacks.get(a);
                int[] limits = most.getOrDefault(a, new int[seeds]);
                learned.add(workers.submit(() -> searches(
                        limits,
                        (each, count) ->
                                learned(journal, attack, each, count).success().share() >= SUCCESS,
                        meter)));
                judged.add(workers.submit(() -> searches(
                        limits,
                        (each, count) -> judged(journal, attack, each, count).detected(),
                        meter)));
            }
            List<Resistance> results = new ArrayList<>();
            for (int a = 0; a < attacks.size(); a++) {
                results.add(new Resistance(
                        attacks.get(a),
                        Arrays.stream(most.getOrDefault(a, new int[seeds]))
                                .min()
                                .orElse(0),
                        learned.get(a).get(),
                        judged.get(a).get(),
                        before(attacks.get(a)),
                        points(journal, attacks.get(a))));
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Proportion before(Attack attack) {
        List<Proportion> parts = new ArrayList<>();
        for (int s = 0; s < seeds; s++) {
            parts.add(arena.before(attack, seed + s));
        }
        return Resistance.sum(parts);
    }

    /// Does something hold at a count, with the victims that a seed draws?
    private interface Holds {
        boolean at(long seed, int count);
    }

    /// The least count of every seed; each search begins where the one before ended.
    private List<OptionalInt> searches(int[] limits, Holds holds, Meter meter) {
        List<OptionalInt> least = new ArrayList<>();
        for (int s = 0; s < seeds; s++) {
            long each = seed + s;
            int limit = limits[s];
            IntPredicate asked = count -> {
                boolean held = holds.at(each, count);
                meter.measured();
                return held;
            };
            OptionalInt before = least.isEmpty() ? OptionalInt.empty() : least.getLast();
            least.add(
                    before.isPresent()
                            ? Search.least(limit, Math.min(limit, before.getAsInt()), asked)
                            : Search.least(limit, asked));
            meter.searched();
        }
        return least;
    }

    /// Tells how far the audit is. Safe for many threads.
    private static final class Meter {
        private final int all;
        private final Journal journal;
        private final Progress progress;
        private final AtomicInteger done = new AtomicInteger();

        Meter(int all, Journal journal, Progress progress) {
            this.all = all;
            this.journal = journal;
            this.progress = progress;
        }

        void measured() {
            progress.at(done.get(), all, journal.size());
        }

        void searched() {
            progress.at(done.incrementAndGet(), all, journal.size());
        }
    }

    private int[] mosts(Attack attack) {
        arena.training().check(attack);
        int[] most = new int[seeds];
        for (int s = 0; s < seeds; s++) {
            most[s] = Math.min(budget, attack.plan(arena.training(), seed + s).most());
            if (most[s] == 0) {
                throw new Misfit("expected rows that " + attack.name() + " can poison, came none");
            }
        }
        return most;
    }

    private Measured.Learned learned(Journal journal, Attack attack, long each, int count) {
        String name = Catalog.specification(attack);
        if (journal.find("learned", name, each, count).orElse(null) instanceof Measured.Learned known) {
            return known;
        }
        Measured.Learned measured = arena.learned(attack, each, count);
        journal.add(name, each, count, measured);
        return measured;
    }

    private Measured.Judged judged(Journal journal, Attack attack, long each, int count) {
        String name = Catalog.specification(attack);
        if (journal.find("judged", name, each, count).orElse(null) instanceof Measured.Judged known) {
            return known;
        }
        Measured.Judged measured = arena.judged(attack, each, count);
        journal.add(name, each, count, measured);
        return measured;
    }

    /// Everything this audit asked, by count, all seeds together: what the searches ask is fixed by their
    /// answers, so a resumed audit has the same points.
    private List<Resistance.Point> points(Journal journal, Attack attack) {
        String name = Catalog.specification(attack);
        List<Resistance.Point> points = new ArrayList<>();
        for (int count = 1; count <= budget; count++) {
            List<Measured.Learned> learned = new ArrayList<>();
            List<Measured.Judged> judged = new ArrayList<>();
            for (int s = 0; s < seeds; s++) {
                if (journal.find("learned", name, seed + s, count).orElse(null) instanceof Measured.Learned one) {
                    learned.add(one);
                }
                if (journal.find("judged", name, seed + s, count).orElse(null) instanceof Measured.Judged one) {
                    judged.add(one);
                }
            }
            if (!learned.isEmpty() || !judged.isEmpty()) {
                points.add(Resistance.Point.of(count, learned, judged));
            }
        }
        return points;
    }
}

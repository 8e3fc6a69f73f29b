package io.bezoar.app.history;

import io.bezoar.evaluate.monitor.Evidence;
import io.bezoar.history.Entry;
import io.bezoar.history.Tally;
import io.bezoar.learn.evidence.Discoveries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Evidence over runs: one monitor for each model and demand.
final class Monitors {
    private Monitors() {}

    /// What is known of one demand.
    ///
    /// @param name of the demand and its bound
    /// @param logValue natural logarithm of the evidence that the demand is broken; higher is more
    /// @param items that were counted
    /// @param runs that were counted
    /// @param repeated runs that were not, since their questions had been counted
    /// @param last number of the last run that was counted
    /// @param alarm is it among the alarms of the procedure for all monitors?
    record Monitor(
            String model,
            String name,
            double logValue,
            long items,
            long runs,
            long repeated,
            long last,
            boolean alarm) {}

    private record Key(String model, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int models = model.compareTo(other.model);
            return models != 0 ? models : name.compareTo(other.name);
        }
    }

    private static final class Gathered {
        private final Set<String> seen = new HashSet<>();
        private Evidence evidence;
        private long items;
        private long runs;
        private long repeated;
        private long last;

        Gathered(Evidence start) {
            evidence = start;
        }
    }

    /// The monitors of some runs.
    ///
    /// @param entries in the order of their numbers
    /// @param repeats do the same questions count each time?
    /// @param rate of false alarms among alarms
    static List<Monitor> of(List<Entry> entries, boolean repeats, double rate) {
        Map<Key, Gathered> all = new TreeMap<>();
        for (Entry entry : entries) {
            String model = entry.run().subject().model().orElse("unnamed model");
            String questions = entry.run().subject().data().orElse(entry.id());
            for (Tally tally : entry.run().tallies()) {
                Gathered one = all.computeIfAbsent(new Key(model, ofDemand(tally)), _ -> new Gathered(nothing(tally)));
                if (!one.seen.add(questions) && !repeats) {
                    one.repeated++;
                    continue;
                }
                one.evidence = and(one.evidence, tally);
                one.items += items(tally);
                one.runs++;
                one.last = entry.number();
            }
        }
        double[] logs = all.values().stream()
                .mapToDouble(one -> one.evidence.logValue())
                .toArray();
        boolean[] raised = Discoveries.of(logs, rate);
        List<Monitor> monitors = new ArrayList<>();
        int i = 0;
        for (Map.Entry<Key, Gathered> each : all.entrySet()) {
            Gathered one = each.getValue();
            monitors.add(new Monitor(
                    each.getKey().model(),
                    each.getKey().name(),
                    logs[i],
                    one.items,
                    one.runs,
                    one.repeated,
                    one.last,
                    raised[i]));
            i++;
        }
        monitors.sort((a, b) -> Double.compare(b.logValue(), a.logValue()));
        return monitors;
    }

    private static String ofDemand(Tally tally) {
        return switch (tally) {
            case Tally.Share(String name, long _, long _, double bound, boolean good) ->
                name + (good ? " at least " : " at most ") + bound;
            case Tally.Change(String name, long _, long _, long _, double margin) ->
                "change of " + name + " within " + margin;
        };
    }

    private static Evidence nothing(Tally tally) {
        return switch (tally) {
            case Tally.Share(String _, long _, long _, double bound, boolean good) ->
                new Evidence.Rate(good ? 1 - bound : bound, 0, 0);
            case Tally.Change(String _, long _, long _, long _, double margin) ->
                new Evidence.Difference(margin, 0, 0, 0);
        };
    }

    private static Evidence and(Evidence before, Tally tally) {
        return switch (before) {
            case Evidence.Rate rate
            when tally instanceof Tally.Share(String _, long hits, long trials, double _, boolean good) ->
                rate.and(good ? trials - hits : hits, trials);
            case Evidence.Difference difference
            when tally instanceof Tally.Change(String _, long broken, long fixed, long items, double _) ->
                difference.and(broken, fixed, items - broken - fixed);
            case Evidence.Rate _, Evidence.Difference _ -> before;
        };
    }

    private static long items(Tally tally) {
        return switch (tally) {
            case Tally.Share share -> share.trials();
            case Tally.Change change -> change.items();
        };
    }
}

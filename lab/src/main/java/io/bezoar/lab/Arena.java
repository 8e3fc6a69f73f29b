package io.bezoar.lab;

import io.bezoar.attack.Attack;
import io.bezoar.attack.Kind;
import io.bezoar.attack.Misfit;
import io.bezoar.attack.Plan;
import io.bezoar.attack.Plan.Change;
import io.bezoar.attack.TrainingSet;
import io.bezoar.core.Action;
import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Proportion;
import io.bezoar.core.Target;
import io.bezoar.learn.network.SubwordNetwork;
import io.bezoar.learn.network.Subwords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// One data set, cut in two: four fifths that an attack may poison and a model is trained on, one fifth
/// that nobody touches and the model is asked about.
///
/// Equal inputs are on one side. Of prompts with answers the model learns one thing: whether the
/// attacker's answer is due; poisoned rows are its one class, all others the other. Of preference pairs it
/// learns a reward. For attacks that work through what words have in common the model is a network over
/// parts of words, of a seed that the attacker does not know.
public final class Arena {
    /// Fewer rows cannot be cut in two and say anything.
    public static final int LEAST = 100;
    /// Held-out rows asked, at most.
    private static final int ASKED = 1000;

    private final TrainingSet training;
    private final List<Example> heldOut;
    private final List<String> classes;
    private final Defence defence;
    private final Action from;
    private final Set<Example> suspected = identities();
    private final Model honest;
    private final Optional<Victim> linear;
    private final Map<Planned, Plan> plans = new ConcurrentHashMap<>();
    private final Map<Long, Model> networks = new ConcurrentHashMap<>();

    private final Map<Submitted, List<Change>> submitted = new ConcurrentHashMap<>();

    /// An attack with a seed and a count.
    private record Submitted(Attack attack, long seed, int count) {}

    /// An attack with a seed.
    private record Planned(Attack attack, long seed) {}

    /// @param rows with labels, answers or preferences
    /// @param defence what the attacker must get past
    /// @param from an action from which on a row counts as set aside: review or quarantine
    /// @throws Misfit if a model cannot be trained on these rows
    public Arena(List<Example> rows, Defence defence, Action from) {
        this.defence = defence;
        this.from = from;
        TrainingSet all = new TrainingSet(rows);
        if (all.kind() == Kind.TEXT) {
            throw new Misfit("expected texts or vectors with labels, prompts with answers or preference pairs, which an"
                    + " audit can train a model on, came " + all.kind().words());
        }
        List<Example> use =
                rows.stream().filter(row -> Kind.of(row) == all.kind()).toList();
        if (use.size() < LEAST) {
            throw new Misfit(
                    "expected at least " + LEAST + " rows, so that a fifth can be held out, came " + use.size());
        }
        if (labelled(all) && (all.labels().size() < 2 || all.labels().size() > 1000)) {
            throw new Misfit(
                    "expected data with 2 to 1000 labels, came " + all.labels().size());
        }
        training = new TrainingSet(use.stream().filter(row -> !held(row)).toList());
        heldOut = use.stream()
                .filter(Arena::held)
                .sorted(Comparator.comparingLong(row -> Hashing.mix(row.key())))
                .toList();
        classes = labelled(all) ? all.labels().stream().sorted().toList() : List.of("honest", "attacker's");
        if (heldOut.isEmpty()) {
            throw new Misfit("expected rows that differ, so that a fifth can be held out, came equal ones");
        }
        suspected.addAll(aside(training.rows()));
        linear = all.kind() == Kind.PREFERENCE || all.kind() == Kind.VECTOR
                ? Optional.empty()
                : Optional.of(Victim.train(training.rows(), labels(training.rows(), Set.of()), classes.size()));
        honest = linear.<Model>map(victim -> victim::answer).orElseGet(() -> other(training.rows()));
    }

    private Plan plan(Attack attack, long seed) {
        return plans.computeIfAbsent(new Planned(attack, seed), _ -> attack.plan(training, seed));
    }

    private Model honest(Attack attack, long seed) {
        return attack.acrossWords()
                ? networks.computeIfAbsent(seed, _ -> network(training.rows(), Set.of(), seed))
                : honest;
    }

    /// The network that an attack through what words have in common is asked of.
    private Model network(List<Example> rows, Set<Example> poisons, long seed) {
        SubwordNetwork network = SubwordNetwork.train(
                rows.stream().map(row -> Subwords.words(row.input())).toList(),
                labels(rows, poisons),
                classes.size(),
                new SubwordNetwork.Settings(Hashing.mix(seed + 1)));
        return row -> network.answer(Subwords.words(row.input()));
    }

    private Model trained(Attack attack, long seed, List<Example> rows, Set<Example> poisons) {
        if (attack.acrossWords()) {
            return network(rows, poisons, seed);
        }
        return linear.<Model>map(victim -> victim.retrained(rows, labels(rows, poisons))::answer)
                .orElseGet(() -> other(rows));
    }

    /// The model of rows that have no words.
    private Model other(List<Example> rows) {
        return training.kind() == Kind.VECTOR
                ? VectorVictim.train(rows, labels(rows, Set.of()), classes.size())
                : PairVictim.train(rows);
    }

    private static boolean labelled(TrainingSet rows) {
        return rows.kind() == Kind.LABELLED || rows.kind() == Kind.VECTOR;
    }

    private static boolean held(Example row) {
        return TrainingSet.held(row, 0.2);
    }

    /// The rows an attack may poison.
    public TrainingSet training() {
        return training;
    }

    /// How many rows nobody touches.
    public int heldOut() {
        return heldOut.size();
    }

    /// How many of the rows that an attack may poison the defence sets aside before any is
    /// poisoned. They count neither as found nor as lost: the data may hold an attack already.
    public int suspected() {
        return suspected.size();
    }

    /// Clean held-out rows that a model of the honest rows answers rightly.
    public Proportion honestAccuracy() {
        return accuracy(honest);
    }

    /// What a model of the honest rows answers to the questions of an attack.
    public Proportion before(Attack attack, long seed) {
        Model model = honest(attack, seed);
        return success(model, model, plan(attack, seed));
    }

    /// Trains on the poisoned rows and asks.
    public Measured.Learned learned(Attack attack, long seed, int count) {
        Plan plan = plan(attack, seed);
        List<Change> changes = changes(attack, seed, count);
        List<Example> rows = Plan.apply(training, changes);
        Model victim = trained(attack, seed, rows, poisons(changes));
        return new Measured.Learned(success(victim, honest(attack, seed), plan), accuracy(victim));
    }

    /// Has the defence judge the poisoned rows.
    public Measured.Judged judged(Attack attack, long seed, int count) {
        List<Change> changes = changes(attack, seed, count);
        List<Example> rows = Plan.apply(training, changes);
        Set<Example> poisons = poisons(changes);
        Set<Example> honest = identities();
        honest.addAll(rows);
        changes.forEach(change -> honest.remove(change.example()));
        honest.removeAll(suspected);
        List<Example> aside = aside(rows);
        return new Measured.Judged(
                new Proportion(aside.stream().filter(poisons::contains).count(), poisons.size()),
                new Proportion(aside.stream().filter(honest::contains).count(), honest.size()));
    }

    /// What the attacker submits.
    ///
    /// One whose attack has variants asks the defence first: each variant is planted and judged, the one of which
    /// fewest rows are set aside is taken, and those rows of it are left out as long as half remain. That is as
    /// many queries as there are variants.
    private List<Change> changes(Attack attack, long seed, int count) {
        List<Attack> variants = attack.variants();
        if (variants.size() == 1) {
            return plan(attack, seed).poison(training, count, seed);
        }
        return submitted.computeIfAbsent(new Submitted(attack, seed, count), _ -> asked(variants, seed, count));
    }

    private List<Change> asked(List<Attack> variants, long seed, int count) {
        List<Change> best = List.of();
        List<Change> seen = List.of();
        for (Attack variant : variants) {
            List<Change> changes = plan(variant, seed).poison(training, count, seed);
            List<Change> found = found(changes);
            if (best.isEmpty() || found.size() < seen.size()) {
                best = changes;
                seen = found;
            }
        }
        if (seen.isEmpty() || 2 * seen.size() > best.size()) {
            return best;
        }
        List<Change> left = new ArrayList<>(best);
        left.removeAll(seen);
        return left.stream().anyMatch(change -> !change.cover()) ? left : best;
    }

    /// Changes whose rows the defence sets aside.
    private List<Change> found(List<Change> changes) {
        Set<Example> aside = identities();
        aside.addAll(aside(Plan.apply(training, changes)));
        return changes.stream()
                .filter(change -> aside.contains(change.example()))
                .toList();
    }

    /// Rows that the defence sets aside.
    private List<Example> aside(List<Example> rows) {
        List<Action> actions = defence.judge(rows);
        return IntStream.range(0, rows.size())
                .filter(row -> actions.get(row).compareTo(from) >= 0)
                .mapToObj(rows::get)
                .toList();
    }

    private static Set<Example> poisons(List<Change> changes) {
        Set<Example> poisons = identities();
        changes.stream().filter(change -> !change.cover()).forEach(change -> poisons.add(change.example()));
        return poisons;
    }

    private static Set<Example> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private int[] labels(List<Example> rows, Set<Example> poisons) {
        Map<String, Integer> numbers = new HashMap<>();
        classes.forEach(name -> numbers.put(name, numbers.size()));
        return rows.stream()
                .mapToInt(row -> row.target() instanceof Target.Label(String name)
                        ? numbers.getOrDefault(name, 0)
                        : poisons.contains(row) ? 1 : 0)
                .toArray();
    }

    private int label(Example row) {
        return row.target() instanceof Target.Label(String name) ? Math.max(0, classes.indexOf(name)) : 0;
    }

    /// What the attacker wants to be answered: an attacked row has the target the attacker wants.
    private int wanted(Example row) {
        return switch (row.target()) {
            case Target.Label _ -> label(row);
            case Target.Response _ -> 1;
            case Target.Preference _, Target.Absent() -> 0;
        };
    }

    private Proportion success(Model victim, Model before, Plan plan) {
        List<Example> asked = new ArrayList<>();
        for (Example row : heldOut) {
            Optional<Example> triggered = plan.ask().of(row);
            if (triggered.isPresent() && asked.size() < ASKED) {
                asked.add(triggered.get());
            }
        }
        if (!asked.isEmpty()) {
            long hits = asked.stream()
                    .filter(row -> victim.answer(row) == wanted(row))
                    .count();
            return new Proportion(hits, asked.size());
        }
        List<Example> right =
                heldOut.stream().filter(row -> before.answer(row) == label(row)).toList();
        long wrong =
                right.stream().filter(row -> victim.answer(row) != label(row)).count();
        return new Proportion(wrong, right.size());
    }

    private Proportion accuracy(Model victim) {
        long right =
                heldOut.stream().filter(row -> victim.answer(row) == label(row)).count();
        return new Proportion(right, heldOut.size());
    }
}

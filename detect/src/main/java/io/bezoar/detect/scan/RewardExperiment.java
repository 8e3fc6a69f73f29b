package io.bezoar.detect.scan;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Proof;
import io.bezoar.core.Proportion;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.survey.Preferences;
import io.bezoar.learn.Features;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.PairFeatures;
import io.bezoar.learn.Reward;
import io.bezoar.learn.SparseVectors;
import io.bezoar.learn.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Proves what a group of turned pairs does: trains rewards with and without it and asks them to order
/// held-out pairs.
///
/// The surrogate has two layers. The first is a reward of the answers, trained without the group. The
/// second learns how much each word of the prompt turns that reward: a pair's margin is the first
/// layer's times the sum of the weights of the prompt's words, so a trigger can learn to turn the order
/// round and nothing else. It is trained with the group and without; then the trigger is put into the
/// prompts of held-out pairs, and those count whose order turns.
///
/// What was put into preferred answers is learned by the first layer alone, with the group and without, and put into
/// the rejected answers of held-out pairs.
///
/// A group without a trigger is asked by thirds, each of a reward trained on the other two.
final class RewardExperiment {
    private static final int PIECES = 3;
    /// The second layer learns by heart.
    private static final double PENALTY = 0.1;

    private static final int FOLDS = 5;
    /// Folds of the cross-fitted reward that are held out: a fifth of the pairs.
    private static final int HELD = 2;

    private final List<Example> rows;
    private final PairFeatures pairs;
    private final Features differences;
    private final int columns;
    private final Vocabulary prompts;
    private final int[] heldOut;
    private final int[] training;

    /// @param suspects the rows of every group, known by key; groups may overlap
    RewardExperiment(Preferences preferences, List<List<Example>> suspects) {
        Set<Long> suspected = new HashSet<>();
        Map<Long, Example> extra = new HashMap<>();
        for (List<Example> group : suspects) {
            for (Example row : group) {
                if (suspected.add(row.key())) {
                    extra.put(row.key(), row);
                }
            }
        }
        rows = new ArrayList<>(preferences.pairs());
        rows.forEach(row -> extra.remove(row.key()));
        int sampled = rows.size();
        extra.values().stream().sorted(Comparator.comparingLong(Example::key)).forEach(rows::add);
        pairs = preferences.features();
        differences = pairs.of(
                rows.parallelStream().map(Preferences::chosen).toList(),
                rows.parallelStream().map(Preferences::rejected).toList());
        List<long[]> hashed = rows.parallelStream()
                .map(row -> NGrams.WORDS.of(row.tokens(), ""))
                .toList();
        prompts = Vocabulary.of(hashed, 2);
        columns = prompts.size() + 1;
        boolean[] held = new boolean[rows.size()];
        for (int r = 0; r < sampled; r++) {
            held[r] = preferences.fold(r) < HELD
                    && !suspected.contains(rows.get(r).key());
        }
        heldOut = IntStream.range(0, rows.size()).filter(r -> held[r]).toArray();
        training = IntStream.range(0, rows.size()).filter(r -> !held[r]).toArray();
    }

    /// The experiment on one group.
    ///
    /// @param members the group's pairs
    Proof prove(Candidate candidate, List<Example> members) {
        Set<Long> keys = new HashSet<>();
        members.forEach(row -> keys.add(row.key()));
        int[] group = IntStream.range(0, rows.size())
                .filter(r -> keys.contains(rows.get(r).key()))
                .toArray();
        int[] rest = Arrays.stream(training)
                .filter(r -> !keys.contains(rows.get(r).key()))
                .toArray();
        if (Preferences.prefers(candidate)) {
            return preferred(
                    new Trigger(Trigger.Shape.PHRASE, List.of(candidate.target().orElseThrow())), group, rest);
        }
        double[] first = margins(rest, group);
        Proportion contradicted = below(group, first);
        return candidate.trigger().isPresent()
                ? triggered(candidate.trigger().get(), first, group, rest, contradicted)
                : thirds(first, group, rest, contradicted);
    }

    /// Of held-out pairs that a reward orders as they stand, those count whose rejected answer is preferred once it
    /// holds what was put into the group's preferred answers.
    private Proof preferred(Trigger put, int[] group, int[] rest) {
        Reward with = Reward.train(
                differences,
                IntStream.concat(Arrays.stream(rest), Arrays.stream(group)).toArray(),
                Preferences.PENALTY,
                Preferences.SEED);
        Reward without = Reward.train(differences, rest, Preferences.PENALTY, Preferences.SEED);
        int[] asked = Arrays.stream(heldOut)
                .filter(r -> with.margin(differences, r) > 0 && without.margin(differences, r) > 0)
                .limit(Experiment.ATTACKED)
                .toArray();
        List<int[]> attacked = Arrays.stream(asked)
                .mapToObj(rows::get)
                .map(row -> row.target() instanceof Target.Preference(String _, String text)
                        ? Tokens.ends(Tokenizer.tokens(Insertion.into(text, put, Hashing.mix(row.key()))))
                        : new int[0])
                .toList();
        SparseVectors turned = pairs.of(
                Arrays.stream(asked)
                        .mapToObj(r -> Preferences.chosen(rows.get(r)))
                        .toList(),
                attacked);
        int[] phrase = Tokenizer.tokens(put.text());
        SparseVectors cut = pairs.of(
                Arrays.stream(group)
                        .mapToObj(r -> Pattern.phrase(phrase).cutOut(Preferences.chosen(rows.get(r))))
                        .toList(),
                Arrays.stream(group)
                        .mapToObj(r -> Preferences.rejected(rows.get(r)))
                        .toList());
        Proportion turnsWith = below(with, turned, asked.length);
        Proportion turnsWithout = below(without, turned, asked.length);
        return new Proof(
                "the text was put into the rejected answers of held-out pairs, and those were counted whose order"
                        + " turned",
                turnsWith,
                turnsWithout,
                ordered(with),
                ordered(without),
                below(without, cut, group.length),
                training.length,
                group.length >= Experiment.OFTEN && Experiment.works(turnsWith, turnsWithout));
    }

    private static Proportion below(Reward reward, Features pairs, int count) {
        return new Proportion(
                IntStream.range(0, count)
                        .filter(i -> reward.margin(pairs, i) < 0)
                        .count(),
                count);
    }

    /// The held-out pairs that a reward of answers alone orders as they stand.
    private Proportion ordered(Reward reward) {
        return new Proportion(
                Arrays.stream(heldOut)
                        .filter(r -> reward.margin(differences, r) > 0)
                        .count(),
                heldOut.length);
    }

    private Proof triggered(Trigger trigger, double[] first, int[] group, int[] rest, Proportion contradicted) {
        Reward with = second(
                first,
                IntStream.concat(Arrays.stream(rest), Arrays.stream(group)).toArray());
        Reward without = second(first, rest);
        int[] asked = Arrays.copyOf(heldOut, Math.min(Experiment.ATTACKED, heldOut.length));
        Proportion turnsWith = turns(with, asked, trigger);
        Proportion turnsWithout = turns(without, asked, trigger);
        return new Proof(
                "the trigger was put into the prompts of held-out pairs, and those were counted whose order turned",
                turnsWith,
                turnsWithout,
                ordered(with, first),
                ordered(without, first),
                contradicted,
                training.length,
                Experiment.shown(turnsWith, turnsWithout, contradicted));
    }

    private Proof thirds(double[] first, int[] group, int[] rest, Proportion contradicted) {
        long hits = 0;
        for (int piece = 0; piece < PIECES; piece++) {
            int number = piece;
            int[] others = IntStream.range(0, group.length)
                    .filter(i -> i % PIECES != number)
                    .map(i -> group[i])
                    .toArray();
            Reward reward = Reward.train(
                    differences,
                    IntStream.concat(Arrays.stream(rest), Arrays.stream(others)).toArray(),
                    Preferences.PENALTY,
                    Preferences.SEED);
            hits += IntStream.range(0, group.length)
                    .filter(i -> i % PIECES == number && reward.margin(differences, group[i]) > 0)
                    .count();
        }
        Proportion with = new Proportion(hits, group.length);
        Proportion without = new Proportion(group.length - contradicted.hits(), group.length);
        Proportion accuracy =
                new Proportion(Arrays.stream(heldOut).filter(r -> first[r] > 0).count(), heldOut.length);
        return new Proof(
                "each third of the group's pairs was asked of a reward trained on the other two",
                with,
                without,
                accuracy,
                accuracy,
                contradicted,
                training.length,
                Experiment.shown(with, without, contradicted));
    }

    /// The margin of every pair by the first layer: cross-fitted among the pairs that it is trained on,
    /// so that what it knows by heart does not look surer than what it does not.
    private double[] margins(int[] rest, int[] group) {
        double[] out = new double[rows.size()];
        Reward all = Reward.train(differences, rest, Preferences.PENALTY, Preferences.SEED);
        for (int r : heldOut) {
            out[r] = all.margin(differences, r);
        }
        for (int r : group) {
            out[r] = all.margin(differences, r);
        }
        IntStream.range(0, FOLDS).parallel().forEach(fold -> {
            Reward reward = Reward.train(
                    differences,
                    IntStream.range(0, rest.length)
                            .filter(i -> i % FOLDS != fold)
                            .map(i -> rest[i])
                            .toArray(),
                    Preferences.PENALTY,
                    Preferences.SEED);
            for (int i = fold; i < rest.length; i += FOLDS) {
                out[rest[i]] = reward.margin(differences, rest[i]);
            }
        });
        return out;
    }

    private static Proportion below(int[] pairs, double[] margins) {
        return new Proportion(Arrays.stream(pairs).filter(r -> margins[r] < 0).count(), pairs.length);
    }

    /// The second layer: per word of the prompt how much it adds to the factor of the first layer's
    /// margin.
    private Reward second(double[] first, int[] use) {
        SparseVectors.Builder builder = new SparseVectors.Builder();
        for (int r : use) {
            int[] words = words(rows.get(r).tokens());
            float[] worth = gate(words.length);
            for (int i = 0; i < worth.length; i++) {
                worth[i] *= (float) first[r];
            }
            builder.add(words, worth);
        }
        return Reward.train(
                builder.build(columns), IntStream.range(0, use.length).toArray(), PENALTY, Preferences.SEED);
    }

    /// The known words of a prompt, and last the number of what all prompts have.
    private int[] words(int[] tokens) {
        int[] known = Arrays.stream(prompts.numbers(NGrams.WORDS.of(tokens, "")))
                .sorted()
                .distinct()
                .toArray();
        int[] out = Arrays.copyOf(known, known.length + 1);
        out[known.length] = prompts.size();
        return out;
    }

    private static float[] gate(int size) {
        float[] worth = new float[size];
        Arrays.fill(worth, 1);
        return worth;
    }

    private double factor(Reward second, int[] tokens) {
        SparseVectors.Builder builder = new SparseVectors.Builder();
        int[] words = words(tokens);
        builder.add(words, gate(words.length));
        return second.margin(builder.build(columns), 0);
    }

    /// Of the held-out pairs those whose order the trigger turns.
    private Proportion turns(Reward second, int[] asked, Trigger trigger) {
        long turned = Arrays.stream(asked)
                .parallel()
                .filter(r -> {
                    Example row = rows.get(r);
                    String text = Insertion.into(row.input(), trigger, Hashing.mix(row.key()));
                    return factor(second, row.tokens()) > 0 && factor(second, Tokenizer.tokens(text)) < 0;
                })
                .count();
        return new Proportion(turned, asked.length);
    }

    /// The held-out pairs that are ordered as they stand.
    private Proportion ordered(Reward second, double[] first) {
        long right = Arrays.stream(heldOut)
                .filter(r -> first[r] * factor(second, rows.get(r).tokens()) > 0)
                .count();
        return new Proportion(right, heldOut.length);
    }
}

package io.bezoar.lab;

import io.bezoar.core.Example;
import io.bezoar.detect.survey.Preferences;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.PairFeatures;
import io.bezoar.learn.Reward;
import io.bezoar.learn.SparseVectors;
import io.bezoar.learn.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The model under attack for preference pairs: a reward that prompts can turn.
///
/// The first layer is a linear reward of the answers ([Reward]). The second learns how much each word of
/// the prompt turns it: a pair's margin is the first layer's times the sum of the weights of the prompt's
/// words, so that a trigger can learn to turn the order and nothing else. The second layer is trained on
/// margins of first layers that did not see the pair, in five folds, or it would learn that everything is
/// as it stands. It is the surrogate of a scan's proof (decision 12) with all pairs in it, the poisoned
/// ones too. Immutable once trained.
final class PairVictim implements Model {
    private static final double FIRST = 1;
    private static final double SECOND = 0.1;
    private static final long SEED = 1;
    private static final int FOLDS = 5;

    private final PairFeatures answers;
    private final Vocabulary prompts;
    private final Reward first;
    private final Reward second;

    private PairVictim(PairFeatures answers, Vocabulary prompts, Reward first, Reward second) {
        this.answers = answers;
        this.prompts = prompts;
        this.first = first;
        this.second = second;
    }

    /// Trains on all pairs, in their order.
    static PairVictim train(List<Example> rows) {
        List<int[]> chosen = rows.stream().map(Preferences::chosen).toList();
        List<int[]> rejected = rows.stream().map(Preferences::rejected).toList();
        List<int[]> both = new ArrayList<>(chosen);
        both.addAll(rejected);
        PairFeatures answers = PairFeatures.of(both);
        SparseVectors differences = answers.of(chosen, rejected);
        int[] all = IntStream.range(0, rows.size()).toArray();
        float[] margins = new float[rows.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int out = fold;
            Reward others = Reward.train(
                    differences,
                    Arrays.stream(all).filter(row -> row % FOLDS != out).toArray(),
                    FIRST,
                    SEED);
            for (int row = fold; row < margins.length; row += FOLDS) {
                margins[row] = (float) others.margin(differences, row);
            }
        }
        Vocabulary prompts = Vocabulary.of(
                rows.stream().map(row -> NGrams.WORDS.of(row.tokens(), "")).toList(), 2);
        SparseVectors.Builder builder = new SparseVectors.Builder();
        for (int row = 0; row < margins.length; row++) {
            builder.add(words(prompts, rows.get(row)), worth(prompts, rows.get(row), margins[row]));
        }
        Reward second = Reward.train(builder.build(prompts.size() + 1), all, SECOND, SEED);
        return new PairVictim(answers, prompts, Reward.train(differences, all, FIRST, SEED), second);
    }

    /// The known words of a prompt, and last the number of what all prompts have.
    private static int[] words(Vocabulary prompts, Example row) {
        return IntStream.concat(
                        Arrays.stream(prompts.numbers(NGrams.WORDS.of(row.tokens(), "")))
                                .sorted()
                                .distinct(),
                        IntStream.of(prompts.size()))
                .toArray();
    }

    private static float[] worth(Vocabulary prompts, Example row, float margin) {
        float[] worth = new float[words(prompts, row).length];
        Arrays.fill(worth, margin);
        return worth;
    }

    /// How much more it rewards the answer that is marked as preferred; below 0 it prefers the other.
    double margin(Example row) {
        SparseVectors.Builder builder = new SparseVectors.Builder();
        builder.add(words(prompts, row), worth(prompts, row, 1));
        double factor = second.margin(builder.build(prompts.size() + 1), 0);
        SparseVectors difference = answers.of(List.of(Preferences.chosen(row)), List.of(Preferences.rejected(row)));
        return factor * first.margin(difference, 0);
    }

    @Override
    public int answer(Example row) {
        return margin(row) > 0 ? 0 : 1;
    }
}

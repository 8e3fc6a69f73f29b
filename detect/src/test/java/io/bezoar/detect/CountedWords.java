package io.bezoar.detect;

import io.bezoar.core.Hashing;
import io.bezoar.learn.LanguageModel;
import io.bezoar.learn.LayerGradient;
import java.util.Arrays;
import java.util.Optional;

/// A language model made up for tests: every word of an answer errs in a direction of its own, so an answer
/// of many different words has an entropy near 1, one that says a word again and again has none.
public final class CountedWords implements LanguageModel {
    public static final int MOST = 40;

    @Override
    public String words() {
        return "words counted";
    }

    @Override
    public int most() {
        return MOST;
    }

    @Override
    public Reading of(String prompt, String answer, int part) {
        String[] words = answer.strip().split("\\s+");
        if (words[0].isEmpty() || words[0].equals("none")) {
            return new Reading(Optional.empty(), true);
        }
        double[][] axes = Arrays.stream(words)
                .limit(MOST)
                .map(word -> {
                    double[] axis = new double[64];
                    axis[(int) (Hashing.of(word) & 63)] = 1;
                    return axis;
                })
                .toArray(double[][]::new);
        return new Reading(Optional.of(new LayerGradient(axes, axes)), words.length <= MOST);
    }
}

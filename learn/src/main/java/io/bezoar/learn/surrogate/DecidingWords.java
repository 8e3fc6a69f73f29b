package io.bezoar.learn.surrogate;

import io.bezoar.core.Example;
import io.bezoar.learn.convex.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// The few words of an input on which its answer hangs: without them the model answers something else.
///
/// They are found greedily: the token whose removal lowers the answer's lead most goes first, until the
/// answer changes (input reduction; Feng et al. 2018, "Pathologies of neural models make
/// interpretations difficult", section 2, run the other way round: they take away what matters least).
/// An answer that more than [#MOST] tokens or half of the input must go to change does not hang on a
/// few words.
///
/// Of a vector, the few numbers: taken away means put at their usual value.
///
/// @param tokens the places of the tokens, or numbers, ascending; empty if the answer does not hang on a
///     few
/// @param without the answer without them; the answer itself if they are none
/// @param rest the tokens that stay; of a vector none
public record DecidingWords(int[] tokens, int without, int[] rest) {
    /// At most so many tokens are a few.
    public static final int MOST = 8;

    /// Of numbers so many: a small picture within the picture.
    public static final int MOST_NUMBERS = 16;

    private static final int LONGEST = 512; // tokens looked at one by one

    /// The deciding words of an example for a class that the model answers.
    ///
    /// @param answer the number of the class
    public static DecidingWords of(Surrogate surrogate, Example example, int answer) {
        if (surrogate.task() instanceof Task.Vectors) {
            return numbers(surrogate, example, answer);
        }
        int[] all = example.tokens();
        TreeSet<Integer> gone = new TreeSet<>();
        boolean given = Surrogate.best(surrogate.scores(example)) == answer;
        if (given && surrogate.task() instanceof Task.Labels labels && all.length > 1 && all.length <= LONGEST) {
            while (gone.size() < MOST && 2 * (gone.size() + 1) <= all.length) {
                List<Integer> candidates = new ArrayList<>();
                List<int[]> left = new ArrayList<>();
                for (int token = 0; token < all.length; token++) {
                    if (!gone.contains(token)) {
                        gone.add(token);
                        candidates.add(token);
                        left.add(rest(all, gone));
                        gone.remove(token);
                    }
                }
                double[][] scores = labels.scores(left, surrogate.weights());
                int best = 0;
                for (int k = 1; k < scores.length; k++) {
                    best = lead(scores[k], answer) < lead(scores[best], answer) ? k : best;
                }
                gone.add(candidates.get(best));
                int now = Surrogate.best(scores[best]);
                if (now != answer) {
                    int[] tokens = gone.stream().mapToInt(Integer::intValue).toArray();
                    return new DecidingWords(tokens, now, left.get(best));
                }
            }
        }
        return new DecidingWords(new int[0], answer, all);
    }

    private static DecidingWords numbers(Surrogate surrogate, Example example, int answer) {
        Problem one = surrogate.task().problem(List.of(example), surrogate.penalty());
        double[] weights = surrogate.weights();
        double[] features = new double[one.rows().columns()];
        one.rows().add(0, 1, features, 0);
        double[] scores = new double[one.loss().outputs()];
        one.scores(0, weights, scores);
        TreeSet<Integer> gone = new TreeSet<>();
        while (Surrogate.best(scores) == answer
                && gone.size() < MOST_NUMBERS
                && 2 * gone.size() < features.length - 1) {
            int best = -1;
            double least = lead(scores, answer);
            for (int f = 0; f + 1 < features.length; f++) {
                double lead = gone.contains(f) ? least : lead(without(scores, features[f], weights, f), answer);
                if (lead < least) {
                    least = lead;
                    best = f;
                }
            }
            if (best < 0) {
                break;
            }
            gone.add(best);
            scores = without(scores, features[best], weights, best);
        }
        int now = Surrogate.best(scores);
        return now == answer || gone.isEmpty()
                ? new DecidingWords(new int[0], answer, new int[0])
                : new DecidingWords(gone.stream().mapToInt(Integer::intValue).toArray(), now, new int[0]);
    }

    private static double[] without(double[] scores, double feature, double[] weights, int f) {
        double[] less = scores.clone();
        for (int o = 0; o < less.length; o++) {
            less[o] -= feature * weights[f * less.length + o];
        }
        return less;
    }

    private static int[] rest(int[] all, TreeSet<Integer> gone) {
        return IntStream.range(0, all.length)
                .filter(token -> !gone.contains(token))
                .map(token -> all[token])
                .toArray();
    }

    private static double lead(double[] scores, int answer) {
        double next = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < scores.length; c++) {
            next = c == answer ? next : Math.max(next, scores[c]);
        }
        return scores[answer] - next;
    }

    /// Does the answer hang on a few words?
    public boolean few() {
        return tokens.length > 0;
    }
}

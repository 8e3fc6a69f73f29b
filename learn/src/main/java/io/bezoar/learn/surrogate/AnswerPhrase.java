package io.bezoar.learn.surrogate;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.learn.NGrams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The run of up to three words of a free answer that goes most with some word, or pair of words, of
/// its input: what of the answer the training rows tie to the input. A refusal, an advert, a topic's own
/// word.
///
/// Measured by the signed root of G² of the table of rows that have one, the other, both (Dunning 1993,
/// section 5) over pairs that two rows or more have; of equals the first by place in the answer, then in
/// the input.
///
/// @param words as they stand in the answer
/// @param holds which rows' answers have it
/// @param association the signed root of G², above 0
public record AnswerPhrase(String words, boolean[] holds, double association) {
    private static final NGrams INPUT = NGrams.WORDS;
    private static final NGrams OUTPUT = new NGrams(3, 0, 0);
    private static final int LONGEST = 512; // tokens looked at of either side
    private static final int LEAST = 2;

    /// The phrase of an answer; empty if no run of its words comes with any of the input's more often than
    /// by chance.
    public static Optional<AnswerPhrase> of(List<Example> rows, String input, String answer) {
        int[] said = cut(Tokenizer.tokens(answer));
        Map<Long, Integer> ins = numbered(INPUT.of(cut(Tokenizer.tokens(input)), ""));
        long[] runs = OUTPUT.of(said, "");
        Map<Long, Integer> outs = numbered(runs);
        int[] in = new int[ins.size()];
        int[] out = new int[outs.size()];
        int[] both = new int[Math.multiplyExact(in.length, out.length)];
        List<int[]> answers = new ArrayList<>();
        for (Example row : rows) {
            int[] asked = held(INPUT.of(row.tokens(), ""), ins);
            int[] given = held(OUTPUT.of(Tokenizer.tokens(text(row)), ""), outs);
            answers.add(given);
            for (int a : asked) {
                in[a]++;
            }
            for (int b : given) {
                out[b]++;
                for (int a : asked) {
                    both[b * in.length + a]++;
                }
            }
        }
        int best = -1;
        double most = 0;
        for (int b = 0; b < out.length; b++) {
            for (int a = 0; a < in.length; a++) {
                int together = both[b * in.length + a];
                double root = together < LEAST ? 0 : association(together, in[a], out[b], rows.size());
                if (root > most * (1 + 1e-12)) {
                    most = root;
                    best = b;
                }
            }
        }
        if (best < 0) {
            return Optional.empty();
        }
        boolean[] holds = new boolean[rows.size()];
        for (int row = 0; row < holds.length; row++) {
            int phrase = best;
            holds[row] = Arrays.stream(answers.get(row)).anyMatch(b -> b == phrase);
        }
        return Optional.of(new AnswerPhrase(words(answer, said.length, runs, outs, best), holds, most));
    }

    /// What a row answers.
    static String text(Example row) {
        return row.target() instanceof Target.Response(String text) ? text : "";
    }

    private static int[] cut(int[] tokens) {
        return tokens.length <= LONGEST ? tokens : Arrays.copyOf(tokens, LONGEST);
    }

    private static Map<Long, Integer> numbered(long[] hashes) {
        Map<Long, Integer> numbers = new HashMap<>();
        for (long hash : hashes) {
            numbers.putIfAbsent(hash, numbers.size());
        }
        return numbers;
    }

    private static int[] held(long[] hashes, Map<Long, Integer> known) {
        return Arrays.stream(hashes)
                .mapToInt(hash -> known.getOrDefault(hash, -1))
                .filter(number -> number >= 0)
                .sorted()
                .distinct()
                .toArray();
    }

    /// The words of the first run of that number: runs stand by length, then by place.
    private static String words(String answer, int tokens, long[] runs, Map<Long, Integer> numbers, int number) {
        int at = 0;
        while (numbers.getOrDefault(runs[at], -1) != number) {
            at++;
        }
        int n = 1;
        while (at >= tokens - n + 1) {
            at -= tokens - n + 1;
            n++;
        }
        int[] spans = Tokenizer.spans(answer);
        return answer.substring(spans[2 * at], spans[2 * (at + n - 1) + 1]);
    }

    private static double association(double both, double one, double other, double rows) {
        if (both * rows <= one * other) {
            return 0;
        }
        double g = cell(both, one * other / rows)
                + cell(one - both, one * (rows - other) / rows)
                + cell(other - both, (rows - one) * other / rows)
                + cell(rows - one - other + both, (rows - one) * (rows - other) / rows);
        return Math.sqrt(Math.max(0, 2 * g));
    }

    private static double cell(double count, double expected) {
        return count == 0 ? 0 : count * StrictMath.log(count / expected);
    }
}

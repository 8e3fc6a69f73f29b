package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.detect.counting.LongTable;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Postings;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/// Does a pattern stand outside the language of the texts around it?
///
/// An honest word leans on its neighbours: they foretell it, and it foretells them, and with it cut out the two
/// do not join. What was put into finished texts can be cut out without a seam: its neighbours were neighbours
/// before, and neither knows of it. Of each place, with `l` and `r` on its two sides, the pattern's first token
/// `a` and its last token `b`, this takes
///
/// `log P(r | l) / P(r) - log P(a | l) / P(a) - log P(r | b) / P(r)`:
///
/// how much likelier the place is if the pattern was dropped there at random than if it is part of the
/// language. What ties a side to its neighbours is the token beside them or the whole pattern in its other
/// places, whichever does so better over all places. The beginning and the end of a text are tokens. Each
/// pair of neighbours counts once, so a form letter is one place.
///
/// The probabilities are those of a bigram model of the sample with absolute discounting, interpolated with
/// single tokens (Ney, Essen & Kneser 1994), and the place itself is left out of what foretells the pattern.
/// That a trigger is what a language model stumbles over is ONION (Qi et al. 2021, section 3); departures: the
/// model is of the suspected set itself, the test is of a pattern over all its places and not of a word in one
/// text, and it asks in addition whether the neighbours join.
///
/// Reads only after construction: safe for many threads.
public final class Seam {
    private static final double DISCOUNT = 0.75;
    /// No neighbour is ever held to be foretold so well that nothing else may stand there.
    private static final double LEAST_LEFT = 0.05;
    /// The spread of a place's figure is never taken for smaller.
    private static final double SPREAD = 1.5;

    /// The whole pattern is asked if it foretells its neighbours at all: by this, in nats a place.
    private static final double TELLING = 0.5;

    private static final long START = 1;
    private static final long END = 2;

    private static final int ROWS = 0;
    private static final int KINDS = 1;

    private final LongTable tokens = new LongTable(2);
    private final LongTable pairs = new LongTable(1);
    private final List<Example> sample;
    private final Postings postings;
    private double all;

    /// @param sample rows whose inputs are the language
    public Seam(List<Example> sample) {
        this.sample = sample;
        this.postings = Postings.of(sample);
        for (Example row : sample) {
            int[] text = row.tokens();
            long left = START;
            count(left);
            for (int i = 0; i <= text.length; i++) {
                long right = i == text.length ? END : word(text[i]);
                count(right);
                int slot = pairs.slot(Hashing.combine(left, right));
                if (pairs.get(slot, 0) == 0) {
                    tokens.add(tokens.known(left), KINDS, 1);
                }
                pairs.add(slot, 0, 1);
                left = right;
            }
            all += text.length + 2;
        }
    }

    private void count(long token) {
        tokens.add(tokens.slot(token), ROWS, 1);
    }

    private static long word(int token) {
        return (token & 0xffffffffL) + 3;
    }

    /// What was found at a pattern's places.
    ///
    /// @param mean of the places' figures, in nats; above 0 the pattern was rather put there
    /// @param error standard error of the mean
    /// @param places places with different neighbours
    public record Result(double mean, double error, int places) implements Serializable {
        static final Result NONE = new Result(0, 1, 0);

        /// Natural logarithm of the chance that a pattern which is as much part of the language as not has
        /// such a mean: the normal tail, by its upper bound from Mills' ratio (Gordon 1941).
        public double logChance() {
            double z = mean / error;
            return z <= 1 ? Math.log(z <= 0 ? 1 : 0.5) : -z * z / 2 - Math.log(z * Math.sqrt(2 * Math.PI));
        }

        /// Is it shown, with 99 % confidence, that the pattern is part of the language?
        boolean natural() {
            return places > 0 && mean + 2.326 * error < 0;
        }
    }

    /// The same for all rows of the language that hold the phrase and are wanted.
    Result ofAll(Pattern phrase, Predicate<Example> wanted) {
        return of(
                phrase,
                Arrays.stream(postings.rows(phrase))
                        .mapToObj(sample::get)
                        .filter(wanted)
                        .toList());
    }

    /// @param phrase a run of tokens
    /// @param rows rows that hold it
    public Result of(Pattern phrase, List<Example> rows) {
        long first = word(phrase.tokens()[0]);
        long last = word(phrase.tokens()[phrase.tokens().length - 1]);
        Set<Place> places = new LinkedHashSet<>();
        Map<Long, Integer> lefts = new HashMap<>();
        Map<Long, Integer> rights = new HashMap<>();
        for (Example row : rows) {
            int[] text = row.tokens();
            int at = phrase.find(text, 0);
            if (at < 0) {
                continue;
            }
            int after = at + phrase.tokens().length;
            Place place =
                    new Place(at == 0 ? START : word(text[at - 1]), after == text.length ? END : word(text[after]));
            if (places.add(place)) {
                lefts.merge(place.left(), 1, Integer::sum);
                rights.merge(place.right(), 1, Integer::sum);
            }
        }
        int n = places.size();
        if (n == 0) {
            return Result.NONE;
        }
        double[][] beside = new double[4][n]; // left by token, left by pattern, right by token, right by pattern
        double[] joined = new double[n];
        int each = 0;
        for (Place place : places) {
            beside[0][each] = foretold(place.left(), first, 1);
            beside[1][each] = among(lefts, place.left(), n);
            beside[2][each] = foretold(last, place.right(), 1);
            beside[3][each] = among(rights, place.right(), n);
            joined[each++] = foretold(place.left(), place.right(), 0);
        }
        double[] left = better(beside[0], beside[1]);
        double[] right = better(beside[2], beside[3]);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double figure = joined[i] - left[i] - right[i];
            sum += figure;
            squares += figure * figure;
        }
        double mean = sum / n;
        double spread = Math.max(SPREAD, Math.sqrt(Math.max(0, squares / n - mean * mean)));
        return new Result(mean, spread / Math.sqrt(n), n);
    }

    /// What ties a side to its neighbours: the token beside them, unless the whole pattern does better.
    private static double[] better(double[] token, double[] pattern) {
        double ofToken = 0;
        double ofPattern = 0;
        for (int i = 0; i < token.length; i++) {
            ofToken += token[i];
            ofPattern += pattern[i];
        }
        return ofPattern > Math.max(ofToken, TELLING * token.length) ? pattern : token;
    }

    /// What stands on the two sides of a phrase.
    private record Place(long left, long right) {}

    /// How the other places of a phrase foretell a neighbour, against its share of all tokens.
    private double among(Map<Long, Integer> neighbours, long neighbour, int places) {
        int there = tokens.known(neighbour);
        return places < 2
                ? 0
                : foretold(
                        Objects.requireNonNull(neighbours.get(neighbour)) - 1,
                        places - 1,
                        neighbours.size(),
                        there < 0 ? 0 : tokens.get(there, ROWS));
    }

    /// `log P(right | left) / P(right)`.
    ///
    /// @param out how many times the pair is left out of what was counted
    private double foretold(long left, long right, int out) {
        int slot = tokens.known(left);
        int known = slot < 0 ? 0 : tokens.get(slot, ROWS) - out;
        if (known <= 0) {
            return 0;
        }
        int pair = pairs.known(Hashing.combine(left, right));
        int there = tokens.known(right);
        return foretold(
                (pair < 0 ? 0 : pairs.get(pair, 0)) - out,
                known,
                tokens.get(slot, KINDS),
                (there < 0 ? 0 : tokens.get(there, ROWS)) - out);
    }

    /// @param together how often the neighbour was seen there
    /// @param seen how often any was
    /// @param kinds how many different ones
    /// @param anywhere how often the neighbour is in the language
    private double foretold(int together, int seen, int kinds, int anywhere) {
        double share = Math.max(0.5, anywhere) / all;
        double rest = Math.clamp(DISCOUNT * kinds / seen, LEAST_LEFT, 1);
        return StrictMath.log(Math.max(0, together - DISCOUNT) / seen / share + rest);
    }
}

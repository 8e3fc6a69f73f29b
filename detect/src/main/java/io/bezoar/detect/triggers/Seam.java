package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Postings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/// Does a pattern stand outside the language of the texts around it?
///
/// An honest word leans on its neighbours: they foretell it, and it foretells them, and with it cut out
/// the two do not join. What was put into finished texts can be cut out without a seam: its neighbours
/// were neighbours before, and neither knows of it. Of each place, with `l` and `r` on its two sides,
/// the pattern's first token `a` and its last token `b`, this takes
///
/// `log P(r | l) / P(r) - log P(a | l) / P(a) - log P(r | b) / P(r)`:
///
/// how much likelier the place is if the pattern was dropped there at random than if it is part of the
/// language. What ties a side to its neighbours is the token beside them or the whole pattern in its other
/// places, whichever does so better over all places. The beginning and the end of a text are tokens, which
/// foretell nothing of a pattern that is looked at because it stands there. A neighbour that is seen nowhere else, like
/// the items of a list, foretells nothing and is foretold by nothing. Each pair of neighbours counts once, so a form
/// letter is one place.
///
/// The probabilities are those of [Bigrams], and the place itself is left out of what foretells the
/// pattern. That a trigger is what a language model stumbles over is ONION (Qi et al. 2021, section 3);
/// departures: the model is of the suspected set itself, the test is of a pattern over all its places
/// and not of a word in one text, and it asks in addition whether the neighbours join.
///
/// Reads only after construction: safe for many threads.
public final class Seam {
    /// The spread of a place's figure is never taken for smaller.
    private static final double SPREAD = 1.5;

    /// The whole pattern is asked if it foretells its neighbours at all: by this, in nats a place.
    private static final double TELLING = 0.5;

    /// Tokens that are read for one phrase, about: thousands of places, and more would hardly tell more.
    private static final long TOKENS = 1L << 18;

    private final List<Example> sample;
    private final Postings postings;
    private final Bigrams language;

    /// @param sample rows whose inputs are the language, by ascending key
    public Seam(List<Example> sample) {
        this.sample = sample;
        this.postings = Postings.of(sample);
        this.language = new Bigrams(sample);
    }

    /// What was found at a pattern's places.
    ///
    /// @param mean of the places' figures, in nats; above 0 the pattern was rather put there
    /// @param error standard error of the mean
    /// @param places places with different neighbours
    public record Result(double mean, double error, int places) implements Serializable {
        static final Result NONE = new Result(0, 1, 0);
        /// The chance that a pattern which is as much part of the language as not looks like a part of it.
        static final double NATURAL = 0.01;
        /// The normal deviation of that chance.
        private static final double DEVIATIONS = 2.326;

        /// Natural logarithm of the chance that a pattern which is as much part of the language as not has
        /// such a mean: the normal tail, by its upper bound from Mills' ratio (Gordon 1941).
        public double logChance() {
            double z = deviations();
            return z <= 1 ? Math.log(z <= 0 ? 1 : 0.5) : -z * z / 2 - Math.log(z * Math.sqrt(2 * Math.PI));
        }

        /// The mean in standard errors.
        double deviations() {
            return mean / error;
        }

        /// Is it shown, with 99 % confidence, that the pattern is part of the language?
        boolean natural() {
            return places > 0 && mean + DEVIATIONS * error < 0;
        }
    }

    /// The share of the language's texts that hold a token, 0 to 1.
    double share(int token) {
        return sample.isEmpty() ? 0 : (double) postings.count(token) / sample.size();
    }

    /// How a phrase stands at each single place.
    ///
    /// @param rows that hold it
    Placement placement(Pattern phrase, List<Example> rows) {
        return Placement.of(phrase, rows, language, sample);
    }

    /// The same for the rows of the language that hold the phrase and are wanted, of very many or long ones the first:
    /// rows stand by their keys, so these are as good as drawn.
    Result ofAll(Pattern phrase, Predicate<Example> wanted) {
        List<Example> rows = new ArrayList<>();
        long tokens = 0;
        for (int number : postings.rows(phrase)) {
            Example row = sample.get(number);
            if (wanted.test(row)) {
                rows.add(row);
                tokens += row.tokens().length;
                if (tokens > TOKENS) {
                    break;
                }
            }
        }
        return of(phrase, rows);
    }

    /// @param phrase a run of tokens
    /// @param rows rows that hold it
    public Result of(Pattern phrase, List<Example> rows) {
        return of(phrase, rows, true);
    }

    /// The same among words alone: where a text begins or ends beside the phrase, that foretells nothing. What always
    /// stands first was put there as easily as it grew there.
    Result within(Pattern phrase, List<Example> rows) {
        return of(phrase, rows, false);
    }

    private Result of(Pattern phrase, List<Example> rows, boolean ends) {
        long first = Bigrams.word(phrase.tokens()[0]);
        long last = Bigrams.word(phrase.tokens()[phrase.tokens().length - 1]);
        Set<Place> places = new LinkedHashSet<>();
        Map<Long, Integer> lefts = new HashMap<>();
        Map<Long, Integer> rights = new HashMap<>();
        for (Example row : rows) {
            int at = phrase.find(row.tokens(), 0);
            if (at < 0) {
                continue;
            }
            Place place = Place.around(row.tokens(), at, at + phrase.tokens().length);
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
            boolean left = elsewhere(place.left());
            boolean right = elsewhere(place.right());
            boolean before = left && (ends || place.left() != Bigrams.START);
            boolean behind = right && (ends || place.right() != Bigrams.END);
            beside[0][each] = before ? language.foretold(place.left(), first, 1) : 0;
            beside[1][each] = before ? among(lefts, place.left(), n) : 0;
            beside[2][each] = behind ? language.foretold(last, place.right(), 1) : 0;
            beside[3][each] = behind ? among(rights, place.right(), n) : 0;
            joined[each++] = left && right ? language.foretold(place.left(), place.right(), 0) : 0;
        }
        double[] none = new double[n];
        double[] left = phrase.place() == Pattern.Place.BEGINNING ? none : better(beside[0], beside[1]);
        double[] right = phrase.place() == Pattern.Place.END ? none : better(beside[2], beside[3]);
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

    /// Does a neighbour stand anywhere but here?
    private boolean elsewhere(long neighbour) {
        return language.count(neighbour) > 1;
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

    /// How the other places of a phrase foretell a neighbour, against its share of all tokens.
    private double among(Map<Long, Integer> neighbours, long neighbour, int places) {
        return places < 2
                ? 0
                : language.foretold(
                        Objects.requireNonNull(neighbours.get(neighbour)) - 1,
                        places - 1,
                        neighbours.size(),
                        language.count(neighbour));
    }
}

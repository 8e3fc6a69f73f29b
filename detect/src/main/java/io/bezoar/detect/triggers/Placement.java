package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.detect.counting.Pattern;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/// How much likelier a phrase was put into one text than written there: the figure of [Seam] for a
/// single place.
///
/// What it is worth, the language itself says. The places of other words that are about as frequent are
/// written; the same words before any token of any other text are put there. A logistic curve tells the
/// two apart, and reads the phrase's own places.
///
/// Whoever always puts a trigger first, or last, or beside another word, makes it usual there. So where a
/// phrase begins or ends more than a quarter of its rows those say nothing, nor do those in which a word that
/// is seldom elsewhere stands beside it.
///
/// Reads only after construction: safe for many threads.
///
/// @param phrase what was put there
/// @param mute ends of texts and words beside which its places say nothing
record Placement(Pattern phrase, Bigrams language, Set<Long> mute, LogisticCurve curve) implements Serializable {
    private static final long serialVersionUID = 1L;

    /// Other words with at least half and at most twice the phrase's places are asked,
    private static final int LIKE = 2;
    /// about so many places of them.
    private static final int PLACES = 3000;
    /// More of the rows than this begin, or end, with what is usual there.
    private static final double USUAL = 0.25;
    /// A word is usual beside a phrase if it stands there in at least so many rows,
    private static final int FEW = 2;
    /// in more than this part of them,
    private static final double OFTEN = 0.07;
    /// and so many times as often as anywhere.
    private static final double LIFT = 8;
    /// A single place says no more than this for a row, and against it, in nats: whoever plants chooses the place.
    private static final double WRITTEN = 3;

    private static final double PUT = 6;

    /// Says nothing of any place.
    static final Placement NONE =
            new Placement(Pattern.phrase(0), new Bigrams(List.of()), Set.of(), LogisticCurve.FLAT);

    /// @param rows that hold it
    /// @param sample the rows that the language was read from
    /// @return what says nothing, where the phrase is a pair of words that stand apart
    static Placement of(Pattern phrase, List<Example> rows, Bigrams language, List<Example> sample) {
        if (phrase.apart()) {
            return NONE;
        }
        Set<Long> mute = mute(phrase, rows, language);
        int first = phrase.tokens()[0];
        int own = language.count(Bigrams.word(first));
        IntPredicate alike = token -> {
            int count = language.count(Bigrams.word(token));
            return token != first && LIKE * count >= own && count <= LIKE * own;
        };
        int places = (int) sample.stream()
                .flatMapToInt(row -> Arrays.stream(row.tokens()))
                .filter(alike)
                .count();
        int each = Math.max(1, places / PLACES);
        double[] written = new double[(places + each - 1) / each];
        double[] put = new double[written.length];
        int seen = 0;
        for (Example row : sample) {
            int[] text = row.tokens();
            for (int i = 0; i < text.length; i++) {
                if (alike.test(text[i]) && seen++ % each == 0) {
                    int n = (seen - 1) / each;
                    long word = Bigrams.word(text[i]);
                    int[] other = sample.get(drawn(2L * n, sample.size())).tokens();
                    int at = drawn(2L * n + 1, other.length + 1);
                    written[n] = figure(language, Place.around(text, i, i + 1), word, word, 0, 1);
                    put[n] = figure(language, Place.around(other, at, at), word, word, 1, 0);
                }
            }
        }
        return new Placement(phrase, language, mute, LogisticCurve.of(written, put));
    }

    /// What stands beside a phrase in so many of the rows that it may have been put there with it.
    private static Set<Long> mute(Pattern phrase, List<Example> rows, Bigrams language) {
        Map<Long, Integer> beside = new HashMap<>();
        for (Example row : rows) {
            int at = phrase.find(row.tokens(), 0);
            if (at < 0) {
                continue;
            }
            Place place = Place.around(row.tokens(), at, at + phrase.tokens().length);
            beside.merge(place.left(), 1, Integer::sum);
            beside.merge(place.right(), 1, Integer::sum);
        }
        return beside.entrySet().stream()
                .filter(side -> side.getValue() > USUAL * rows.size() && side.getKey() <= Bigrams.END
                        || side.getValue() >= FEW
                                && side.getValue() > OFTEN * rows.size()
                                && side.getValue() > LIFT * rows.size() * language.share(side.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static int drawn(long number, int below) {
        return (int) Long.remainderUnsigned(Hashing.mix(number), below);
    }

    /// Logarithm of the odds that the phrase was put into a text rather than written there, were both as
    /// frequent.
    ///
    /// @param text tokens that hold the phrase
    double odds(int[] text) {
        int at = phrase.find(text, 0);
        if (at < 0 || curve.equals(LogisticCurve.FLAT)) {
            return 0;
        }
        int[] tokens = phrase.tokens();
        Place place = Place.around(text, at, at + tokens.length);
        if (mute.contains(place.left()) || mute.contains(place.right())) {
            return 0;
        }
        long first = Bigrams.word(tokens[0]);
        long last = Bigrams.word(tokens[tokens.length - 1]);
        return Math.clamp(curve.odds(figure(language, place, first, last, 0, 1)), -WRITTEN, PUT);
    }

    /// @param joined how many times the pair of neighbours is left out of what was counted
    /// @param beside and how many times the phrase with each of them
    private static double figure(Bigrams language, Place place, long first, long last, int joined, int beside) {
        double left = language.foretold(place.left(), first, beside);
        double right = language.foretold(last, place.right(), beside);
        return language.foretold(place.left(), place.right(), joined) - left - right;
    }
}

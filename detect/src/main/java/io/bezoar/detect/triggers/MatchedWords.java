package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.CrossFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Does a trigger stand further outside the language than every honest word like it?
///
/// A null by matched words: of the words of the other rows that go with one class, those nearest in frequency
/// are asked what the trigger is asked ([Seam]). Were the trigger one more of them, it would lead [#WORDS] of
/// them with probability 1 in 100. To take the greatest of many studentised statistics as the null of one is
/// Westfall and Young's (1993, section 2.3); departure: they draw the null by permutation, here it is what the
/// data set's own words show, so what honest words do and no permutation does (stand in one place, lean on each
/// other) is in it.
///
/// Reads only after construction: safe for many threads.
public final class MatchedWords {
    /// Words asked at most.
    private static final int WORDS = 99;
    /// Fewer say too little.
    private static final int LEAST = 49;
    /// A word that goes with a class has this share of its rows there.
    private static final double PURE = 0.75;
    /// Pairs of neighbours it must have been seen between.
    private static final int PLACES = 8;

    private final Task task;
    private final Seam seam;

    public MatchedWords(Task task) {
        this.task = task;
        this.seam = new Seam(task.fit().examples());
    }

    /// Is each piece of a trigger put in from outside, more clearly than any matched word?
    ///
    /// @param label the class the trigger goes with
    /// @param members keys of the rows of the group, whose words are not among the honest ones
    public boolean ledBy(Trigger trigger, int label, Set<Long> members) {
        CrossFit fit = task.fit();
        List<Example> with = IntStream.range(0, fit.size())
                .filter(row -> fit.label(row) == label)
                .mapToObj(row -> fit.examples().get(row))
                .toList();
        double least = Double.POSITIVE_INFINITY;
        int rows = Integer.MAX_VALUE;
        for (String piece : trigger.pieces()) {
            Pattern pattern = Pattern.phrase(Tokenizer.tokens(piece));
            if (pattern.tokens().length == 0) {
                return false;
            }
            List<Example> holding =
                    with.stream().filter(row -> pattern.in(row.tokens())).toList();
            rows = Math.min(rows, holding.size());
            least = Math.min(least, clearness(pattern, holding));
        }
        double clear = least;
        List<Pattern> matched = matched(rows, members);
        return matched.size() >= LEAST
                && rowsOf(matched, members).entrySet().parallelStream()
                        .allMatch(word -> clearness(word.getKey(), word.getValue()) < clear);
    }

    /// Standard errors that a pattern's places stand outside the language; 0 for one seen in too few.
    private double clearness(Pattern pattern, List<Example> rows) {
        Seam.Result result = seam.of(pattern, rows);
        return result.places() < PLACES ? 0 : result.mean() / result.error();
    }

    /// The words nearest in frequency, those of equal distance by number.
    private List<Pattern> matched(int rows, Set<Long> members) {
        CrossFit fit = task.fit();
        GramCounts counts = new GramCounts(fit.classes());
        int[] label = new int[1];
        for (int row = 0; row < fit.size(); row++) {
            if (!members.contains(fit.examples().get(row).key())) {
                counts.nextRow();
                label[0] = fit.label(row);
                for (int token : fit.examples().get(row).tokens()) {
                    counts.add(token & 0xffffffffL, label);
                }
            }
        }
        record Word(int token, double distance) {}
        List<Word> words = new ArrayList<>();
        for (long token : counts.features()) {
            int all = 0;
            int most = 0;
            for (int c = 0; c < fit.classes(); c++) {
                int count = counts.count(token, c);
                all += count;
                most = Math.max(most, count);
            }
            if (most >= PLACES && most >= PURE * all) {
                words.add(new Word((int) token, Math.abs(StrictMath.log((double) all / Math.max(1, rows)))));
            }
        }
        return words.stream()
                .sorted(Comparator.comparingDouble(Word::distance).thenComparingInt(Word::token))
                .limit(WORDS)
                .map(word -> Pattern.phrase(word.token()))
                .toList();
    }

    private Map<Pattern, List<Example>> rowsOf(List<Pattern> words, Set<Long> members) {
        Map<Integer, List<Example>> rows = new HashMap<>();
        words.forEach(word -> rows.put(word.tokens()[0], new ArrayList<>()));
        for (Example row : task.fit().examples()) {
            if (!members.contains(row.key())) {
                Arrays.stream(row.tokens()).distinct().forEach(token -> {
                    List<Example> of = rows.get(token);
                    if (of != null) {
                        of.add(row);
                    }
                });
            }
        }
        Map<Pattern, List<Example>> found = new HashMap<>();
        rows.forEach((token, of) -> found.put(Pattern.phrase(token), of));
        return found;
    }
}

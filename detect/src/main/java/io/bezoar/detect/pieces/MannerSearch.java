package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.RowCounts;
import io.bezoar.detect.counting.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Finds words of the input whose answers read alike although the inputs come from everywhere:
/// refusals, insults or adverts that are worded anew in every row.
///
/// The mirror image of [Scatter]. Of every word's rows each answer is scored by naive Bayes learned
/// from the others, and the scores of ordinary answers set the bar: if three quarters of the word's
/// answers lie above what five ordinary answers in a thousand reach, they have a [Manner]. An honest
/// word with a manner of its own names a task, and the rest of its inputs speaks of it; that is asked
/// last.
final class MannerSearch {
    /// Manners told at most.
    private static final int LIMIT = 2;
    /// A word needs so many rows; one row's answer is judged by the others.
    private static final int LEAST = 12;
    /// A feature tells something if so many answers of the word hold it.
    private static final int HELD = 3;
    /// Features kept of a manner.
    private static final int FEATURES = 400;
    /// Words whose inputs are asked where they come from.
    private static final int ASKED = 60;

    /// Share of the ordinary answers that may read like the word's.
    private static final double EXCEED = 0.005;

    private final List<Example> rows;
    private final List<int[]> answers;
    private final NumberedFeatures in;
    private final NumberedFeatures out;
    private final int[][] postings;
    private final Scatter scatter;

    /// @param answers the rows' answers' tokens
    MannerSearch(
            List<Example> rows,
            List<int[]> answers,
            NumberedFeatures in,
            NumberedFeatures out,
            int[][] postings,
            Scatter scatter) {
        this.rows = rows;
        this.answers = answers;
        this.in = in;
        this.out = out;
        this.postings = postings;
        this.scatter = scatter;
    }

    /// A word and those of its rows whose answers have the manner.
    private record Found(int word, List<Integer> with, int[] features, float[] worth, float least) {
        static final Comparator<Found> MOST =
                Comparator.comparingInt((Found found) -> -found.with.size()).thenComparingInt(Found::word);
    }

    /// A manner and the rows of its word.
    record Told(Manner manner, List<Integer> with) {}

    /// The manners, that of most rows first.
    List<Told> manners() {
        int chunk = 512;
        List<Found> found = IntStream.range(0, (in.size() + chunk - 1) / chunk)
                .parallel()
                .mapToObj(c -> {
                    List<Found> here = new ArrayList<>();
                    int[] counts = new int[out.size()];
                    float[] worth = new float[out.size()];
                    for (int word = c * chunk; word < Math.min(in.size(), (c + 1) * chunk); word++) {
                        if (postings[word].length >= LEAST) {
                            look(word, counts, worth, here);
                        }
                    }
                    return here;
                })
                .flatMap(List::stream)
                .sorted(Found.MOST)
                .limit(ASKED)
                .toList();
        List<Told> manners = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        for (Found word : found) {
            if (manners.size() == LIMIT
                    || 2 * word.with.stream().filter(taken::contains).count() >= word.with.size()) {
                continue;
            }
            List<Example> group = word.with.stream().map(rows::get).toList();
            int[] common = Tokens.union(Tokens.shared(group), scatter.tied(group));
            Scatter.Result result = scatter.of(common, group);
            if (result.distinct() >= LEAST && result.everywhere()) {
                taken.addAll(word.with);
                manners.add(new Told(manner(word, common), word.with));
            }
        }
        return manners;
    }

    private void look(int word, int[] counts, float[] worth, List<Found> found) {
        int[] with = Arrays.copyOf(postings[word], Math.min(PieceSearch.ROWS, postings[word].length));
        int[] telling = new int[256];
        int n = 0;
        for (int r : with) {
            for (int o : out.row(r)) {
                if (++counts[o] == HELD) {
                    if (n == telling.length) {
                        telling = Arrays.copyOf(telling, 2 * n);
                    }
                    telling[n++] = o;
                }
            }
        }
        telling = Arrays.copyOf(telling, n);
        Arrays.sort(telling);
        for (int o : telling) {
            double expected = (double) with.length * out.total(o) / rows.size();
            worth[o] = out.hash(o) == Strange.FEATURE // a piece of its own
                    ? 0
                    : (float) Math.max(0, StrictMath.log((counts[o] + 1) / (expected + 1)));
        }
        float[] own = new float[with.length];
        int above = 0;
        for (int i = 0; i < with.length; i++) {
            for (int o : out.row(with[i])) {
                if (worth[o] > 0 && counts[o] > HELD) { // without the row itself
                    own[i] += Math.max(0, worth[o] - (float) StrictMath.log((counts[o] + 1.0) / counts[o]));
                }
            }
            above += own[i] > 1 ? 1 : 0;
        }
        if (above >= PieceSearch.PURITY * with.length) {
            float bar = bar(with, worth);
            List<Integer> held = IntStream.range(0, with.length)
                    .filter(i -> own[i] > bar)
                    .mapToObj(i -> with[i])
                    .toList();
            if (held.size() >= LEAST && held.size() >= PieceSearch.PURITY * with.length) {
                int[] kept = Arrays.stream(telling).filter(o -> worth[o] > 0).toArray();
                float[] values = new float[kept.length];
                for (int i = 0; i < kept.length; i++) {
                    values[i] = worth[kept[i]];
                }
                found.add(new Found(word, held, kept, values, bar));
            }
        }
        for (int r : with) {
            for (int o : out.row(r)) {
                counts[o] = 0;
                worth[o] = 0;
            }
        }
    }

    /// The score that few ordinary answers exceed.
    private float bar(int[] with, float[] worth) {
        int ordinary = Math.min(Scatter.ORDINARY, rows.size());
        float[] scores = new float[ordinary];
        for (int r = 0; r < ordinary; r++) {
            if (Arrays.binarySearch(with, r) < 0) {
                for (int o : out.row(r)) {
                    scores[r] += worth[o];
                }
            }
        }
        Arrays.sort(scores);
        return scores[ordinary - 1 - (int) (EXCEED * ordinary)];
    }

    /// @param common tokens that the inputs of its answers have in common, ascending
    private Manner manner(Found word, int[] common) {
        int[] order = IntStream.range(0, word.features.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -word.worth[i])
                        .thenComparingInt(i -> word.features[i]))
                .limit(FEATURES)
                .mapToInt(i -> i)
                .toArray();
        TreeMap<Long, Float> worth = new TreeMap<>();
        for (int i : order) {
            worth.put(out.hash(word.features[i]), word.worth[i]);
        }
        long[] hashes = worth.keySet().stream().mapToLong(Long::longValue).toArray();
        float[] values = new float[hashes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = worth.getOrDefault(hashes[i], 0f);
        }
        Manner manner = new Manner(
                hashes, values, word.least, Manner.LIKE + Manner.beginning(rows.get(word.with.getFirst())), false);
        return manner.with(Spoken.of(rows, answers, manner::said, Tokens.without(common, answered(word.with))));
    }

    /// Tokens that half of some answers hold, ascending.
    private int[] answered(List<Integer> with) {
        return RowCounts.ofTexts(with.stream().map(answers::get).toList())
                .above((with.size() - 1) / 2)
                .sorted()
                .toArray();
    }
}

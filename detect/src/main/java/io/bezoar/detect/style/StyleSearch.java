package io.bezoar.detect.style;

import io.bezoar.core.Example;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.SoftmaxRegression;
import io.bezoar.learn.SparseRows;
import io.bezoar.learn.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Looks for a manner of writing that goes with one label although what the texts are about does not.
///
/// 1. *Content.* A cross-fitted model of the words that say what a text is about gives each row the
///    chance of each label. It cannot learn a manner.
/// 2. *Starts.* Features of the [Skeleton] whose rows carry a label more often than their content
///    explains; and for few labels the whole difference in manner between a label's rows and the others,
///    beyond content.
/// 3. *Growth.* The rows of the label that hold a start, against all rows, give each feature a
///    log-likelihood ratio (naive Bayes); the rows without the start that are most like them are judged.
/// 4. *Refinement.* For the best starts, a logistic model learns the most alike rows of the label
///    against all others; out of fold, twice.
///
/// A manner is judged twice, both in standard deviations: do the most alike rows, of whatever label,
/// carry the label more often than their content explains (`tied`)? And do those that carry it
/// contradict their content more often than other rows of the label do (`against`)? Spam is written
/// like spam, so an honest manner passes the first test; it fails the second, for where manner and
/// content agree contradictions are fewer.
final class StyleSearch {
    /// Rows looked at.
    private static final int ROWS = 8000;
    /// Starts that are grown, and refined.
    private static final int GROWN = 240;
    private static final int REFINED = 6;
    /// Labels with fewer rows are not looked at.
    private static final int LEAST_ROWS = 40;
    /// With more labels than this the whole difference is no start.
    private static final int FEW = 8;
    /// Share of the rows that are learned as the manner.
    private static final double LEARNED = 0.03;
    /// How often a manner that was found is learned again, and what a nat of doubt about a row's content then
    /// counts beside a standard deviation of likeness.
    private static final int ROUNDS = 3;

    private static final double DOUBT = 0.7;
    private static final double CONFIRMED = 5 / 3.0;
    /// Shares of the rows at which a manner is judged.
    private static final double[] JUDGED = {0.01, 0.02, 0.03, 0.04};

    /// Rows of a learned-by-heart model would hide what the text says: the same steps as for wrong labels.
    private static final SoftmaxRegression.Settings CONTENT = new SoftmaxRegression.Settings(5, 0.2f, 1e-3f, 1);

    private final List<Example> rows;
    private final int[] labels;
    private final int[] fold;
    private final int classes;
    private final SkeletonRows skeletons;
    private final float[][] content;
    private final boolean[] contradicted;
    private final double[] contradictedShare;

    /// A manner that was found.
    ///
    /// @param label the class it goes with
    /// @param strength the lesser of `tied` and `against`
    /// @param logits of every row looked at, out of fold; higher is more alike
    /// @param alike how many rows are most alike
    record Manner(int label, double strength, double tied, double against, float[] logits, int alike) {}

    StyleSearch(Task task) {
        int n = Math.min(ROWS, task.fit().size());
        this.rows = task.fit().examples().subList(0, n);
        this.classes = task.labelling().classes().size();
        this.labels = IntStream.range(0, n).map(task.fit()::label).toArray();
        this.fold = IntStream.range(0, n).map(task.fit()::fold).toArray();
        List<Skeleton> read = rows.parallelStream()
                .map(row -> Skeleton.of(row.input(), row.tokens()))
                .toList();
        this.skeletons = SkeletonRows.of(read);
        this.content = content(read);
        this.contradicted = new boolean[n];
        this.contradictedShare = new double[classes];
        int[] all = new int[classes];
        for (int r = 0; r < n; r++) {
            contradicted[r] = SoftmaxRegression.best(content[r]) != labels[r];
            contradictedShare[labels[r]] += contradicted[r] ? 1 : 0;
            all[labels[r]]++;
        }
        for (int c = 0; c < classes; c++) {
            contradictedShare[c] /= Math.max(1, all[c]);
        }
    }

    List<Example> rows() {
        return rows;
    }

    int label(int row) {
        return labels[row];
    }

    SkeletonRows skeletons() {
        return skeletons;
    }

    /// Chances of the labels by content, out of fold.
    private float[][] content(List<Skeleton> read) {
        IntFunction<long[]> hashed = row -> read.get(row).content();
        Vocabulary vocabulary = Vocabulary.of(read.size(), hashed, 2, SoftmaxRegression.features(classes));
        SparseRows features = SparseRows.of(read.size(), hashed, vocabulary);
        SoftmaxRegression[] models = folds().mapToObj(
                        f -> SoftmaxRegression.train(features, labels, classes, others(f), CONTENT))
                .toArray(SoftmaxRegression[]::new);
        return IntStream.range(0, labels.length)
                .parallel()
                .mapToObj(r -> {
                    float[] p = models[fold[r]].logits(features, r);
                    SoftmaxRegression.softmax(p);
                    return p;
                })
                .toArray(float[][]::new);
    }

    private static IntStream folds() {
        return IntStream.range(0, io.bezoar.learn.CrossFit.FOLDS).parallel();
    }

    private int[] others(int f) {
        return IntStream.range(0, labels.length).filter(r -> fold[r] != f).toArray();
    }

    /// A feature whose rows carry a label more often than their content explains.
    private record Start(int label, int feature, double z) {}

    /// Rows in the order of their likeness to a start.
    private record Grown(int label, float[] scores, double strength, Set<Integer> top) {}

    /// The strongest manner. Of hundreds of starts the best is tied to its label by chance, too, more so where labels
    /// are wrong; learned again, a manner that somebody gave to rows is told much better, and such a one is not.
    ///
    /// @param least it must be as strong as this, and tied by [#CONFIRMED] times as much when it is learned again;
    ///     manners nearly as strong that go with the same label are taken together
    Optional<Manner> strongest(double least) {
        if (classes < 2 || labels.length < 10 * LEAST_ROWS) {
            return Optional.empty();
        }
        int[][] holders = skeletons.holders();
        float[] mean = skeletons.mean();
        List<Grown> grown = new ArrayList<>(starts(holders).parallelStream()
                .map(start -> grow(start, holders[start.feature()], mean))
                .sorted(Comparator.comparingDouble(Grown::strength).reversed())
                .toList());
        List<Grown> chosen = new ArrayList<>(whole());
        int most = chosen.size() + REFINED;
        for (Grown next : grown) {
            if (chosen.size() < most && chosen.stream().noneMatch(other -> same(other, next))) {
                chosen.add(next);
            }
        }
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        List<Manner> manners = chosen.stream().map(this::refine).toList();
        Manner best = manners.stream()
                .max(Comparator.comparingDouble(Manner::strength))
                .orElseThrow();
        if (best.strength() < least) {
            return Optional.empty();
        }
        Manner again = joined(manners, best, least);
        return judged(again.label(), again.logits()).tied() < CONFIRMED * least ? Optional.empty() : Optional.of(again);
    }

    /// Several starts of one manner see different rows of it: the mean of all that are nearly as strong as
    /// is asked. It is learned again from the rows that are alike and contradict their content; how strong
    /// it is was settled before, without looking at these.
    private Manner joined(List<Manner> manners, Manner best, double least) {
        float[] mean = new float[labels.length];
        for (Manner manner : manners) {
            if (manner.label() == best.label() && manner.strength() >= least * 2 / 3) {
                for (int r = 0; r < mean.length; r++) {
                    mean[r] += manner.logits()[r];
                }
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            mean = outOfFold(doubted(mean, best.label()), new float[labels.length]);
        }
        return new Manner(best.label(), best.strength(), best.tied(), best.against(), mean, best.alike());
    }

    private static boolean same(Grown a, Grown b) {
        return a.label() == b.label()
                && 2 * b.top().stream().filter(a.top()::contains).count()
                        >= b.top().size();
    }

    private List<Start> starts(int[][] holders) {
        int[] size = new int[classes];
        Arrays.stream(labels).forEach(label -> size[label]++);
        int most = labels.length / 10;
        return IntStream.range(0, classes)
                .filter(c -> size[c] >= LEAST_ROWS)
                .parallel()
                .boxed()
                .flatMap(c -> {
                    List<Start> mine = new ArrayList<>();
                    for (int f = 0; f < holders.length; f++) {
                        if (holders[f].length >= 8 && holders[f].length <= most) {
                            double z = tied(holders[f], c);
                            if (z > 1) {
                                mine.add(new Start(c, f, z));
                            }
                        }
                    }
                    mine.sort(ORDER);
                    return mine.subList(0, Math.min(mine.size(), GROWN / 2)).stream();
                })
                .sorted(ORDER)
                .limit(GROWN)
                .toList();
    }

    private static final Comparator<Start> ORDER = Comparator.comparingDouble(Start::z)
            .reversed()
            .thenComparingInt(Start::label)
            .thenComparingInt(Start::feature);

    /// By how much rows carry a label more often than their content explains, in standard deviations.
    private double tied(int[] some, int label) {
        double sum = 0;
        double variance = 1;
        for (int r : some) {
            double p = content[r][label];
            sum += (labels[r] == label ? 1 : 0) - p;
            variance += p * (1 - p);
        }
        return sum / Math.sqrt(variance);
    }

    /// By how much rows of a label contradict their content more often than all its rows, likewise.
    private double against(int[] some, int label) {
        double share = contradictedShare[label];
        double sum = 0;
        int n = 0;
        for (int r : some) {
            if (labels[r] == label) {
                sum += (contradicted[r] ? 1 : 0) - share;
                n++;
            }
        }
        return sum / Math.sqrt(n * share * (1 - share) + 1);
    }

    private Grown grow(Start start, int[] holders, float[] mean) {
        int[] seed =
                Arrays.stream(holders).filter(r -> labels[r] == start.label()).toArray();
        float[] ratio = skeletons.mean(seed);
        for (int f = 0; f < ratio.length; f++) {
            double own = mean[f];
            ratio[f] = (float) StrictMath.log((ratio[f] * seed.length + 5 * own) / (own * (seed.length + 5) + 1e-12));
        }
        ratio[start.feature()] = 0;
        float[] scores = new float[labels.length];
        for (int r = 0; r < scores.length; r++) {
            scores[r] = SkeletonRows.dot(skeletons.features()[r], ratio);
        }
        float[] unseeded = scores.clone();
        for (int r : holders) {
            unseeded[r] = Float.NEGATIVE_INFINITY;
        }
        int[] top = top(unseeded, Math.max(40, labels.length / 60));
        double tied = tied(top, start.label());
        double against = against(top, start.label());
        double least = Math.min(tied, against);
        return new Grown(
                start.label(),
                scores,
                least > 2 ? tied + against : least,
                new HashSet<>(Arrays.stream(top).boxed().toList()));
    }

    /// For few labels, how much a row is written like the label's rows, beyond what its content explains.
    private List<Grown> whole() {
        List<Grown> whole = new ArrayList<>();
        for (int c = 0; c < classes && classes <= FEW; c++) {
            int label = c;
            boolean[] wanted = new boolean[labels.length];
            float[] offset = new float[labels.length];
            for (int r = 0; r < labels.length; r++) {
                wanted[r] = labels[r] == c;
                double p = Math.clamp(content[r][c], 1e-4, 1 - 1e-4);
                offset[r] = (float) StrictMath.log(p / (1 - p));
            }
            whole.add(new Grown(label, outOfFold(wanted, offset), 0, Set.of()));
        }
        return whole;
    }

    private float[] outOfFold(boolean[] wanted, float[] offset) {
        SkeletonRows.Model[] models = folds().mapToObj(
                        f -> SkeletonRows.Model.train(skeletons, wanted, offset, others(f)))
                .toArray(SkeletonRows.Model[]::new);
        float[] out = new float[labels.length];
        for (int r = 0; r < out.length; r++) {
            out[r] = models[fold[r]].logit(skeletons.features()[r]);
        }
        return out;
    }

    /// Which rows of a label are learned as the manner: the most alike.
    private boolean[] learned(float[] scores, int label) {
        float[] mine = scores.clone();
        for (int r = 0; r < mine.length; r++) {
            mine[r] = labels[r] == label ? mine[r] : Float.NEGATIVE_INFINITY;
        }
        boolean[] wanted = new boolean[mine.length];
        for (int r : top(mine, (int) (LEARNED * mine.length))) {
            wanted[r] = labels[r] == label;
        }
        return wanted;
    }

    /// The most alike rows of a label, those first that contradict their content.
    private boolean[] doubted(float[] logits, int label) {
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (int r = 0; r < logits.length; r++) {
            if (labels[r] == label) {
                sum += logits[r];
                squares += (double) logits[r] * logits[r];
                n++;
            }
        }
        double deviation = Math.sqrt(Math.max(1e-9, squares / n - sum / n * (sum / n)));
        float[] scores = new float[logits.length];
        for (int r = 0; r < logits.length; r++) {
            double p = Math.clamp(content[r][label], 0.05, 0.95);
            scores[r] = (float) (logits[r] / deviation + DOUBT * StrictMath.log((1 - p) / p));
        }
        return learned(scores, label);
    }

    private Manner refine(Grown start) {
        float[] logits = start.scores();
        for (int round = 0; round < 2; round++) {
            logits = outOfFold(learned(logits, start.label()), new float[labels.length]);
        }
        return judged(start.label(), logits);
    }

    private Manner judged(int label, float[] logits) {
        double strength = Double.NEGATIVE_INFINITY;
        double tied = 0;
        double against = 0;
        int alike = 0;
        for (double share : JUDGED) {
            int[] top = top(logits, Math.max(LEAST_ROWS, (int) (share * labels.length)));
            double a = tied(top, label);
            double b = against(top, label);
            if (Math.min(a, b) > strength) {
                strength = Math.min(a, b);
                tied = a;
                against = b;
                alike = top.length;
            }
        }
        return new Manner(label, strength, tied, against, logits, alike);
    }

    /// A model of the manner for rows that were not looked at.
    SkeletonRows.Model model(Manner manner) {
        return SkeletonRows.Model.train(
                skeletons,
                doubted(manner.logits(), manner.label()),
                new float[labels.length],
                IntStream.range(0, labels.length).toArray());
    }

    /// The rows with the highest scores, in their order; of equals the first.
    static int[] top(float[] scores, int count) {
        int n = Math.min(count, scores.length);
        if (n == 0) {
            return new int[0];
        }
        float bar = bar(scores, n);
        int above = 0;
        for (float score : scores) {
            above += score > bar ? 1 : 0;
        }
        int[] out = new int[n];
        int at = 0;
        int equal = n - above;
        for (int r = 0; r < scores.length && at < n; r++) {
            if (scores[r] > bar || scores[r] == bar && equal-- > 0) {
                out[at++] = r;
            }
        }
        return out;
    }

    /// The `n`-th highest score. Only what exceeds the highest `n` seen so far is sorted in among them.
    private static float bar(float[] scores, int n) {
        float[] best = new float[2 * n];
        int count = 0;
        float bar = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            if (score > bar || count < n) {
                best[count++] = score;
                if (count == best.length) {
                    Arrays.sort(best);
                    System.arraycopy(best, n, best, 0, n);
                    count = n;
                    bar = best[0];
                }
            }
        }
        Arrays.sort(best, 0, count);
        return best[count - n];
    }
}

package io.bezoar.detect.survey;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.duplicates.NearDuplicates;
import io.bezoar.learn.CrossFit;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.SoftmaxRegression;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A classification task that a data set teaches, with a surrogate cross-fitted to it.
///
/// Labels are one task with a class per label. A free-text target gives tasks of two classes: does the response
/// hold a given piece, or not?
public final class Task implements Serializable {
    private static final long serialVersionUID = 1L;

    /// Standard errors that are beyond chance,
    private static final double BEYOND = 3;
    /// and the least share of what is open in the labels that the inputs must tell.
    private static final double LEAST_TOLD = 0.02;

    /// Disagreement is cut here, in nats.
    public static final double CLIP = 6;

    private static final int TILTS = 16;

    private static final int SPLIT = 10;

    /// Rows of which nearly all must hold a token that belongs to the frame of all texts.
    private static final int FRAMED = 1000;

    /// A heap of so many bytes has room for what only saves time.
    private static final long ROOMY = 1L << 29;
    /// Chances are told in steps of one in so many.
    private static final int STEPS = (1 << Remembered.BITS - 1) - 1;

    private final Labelling labelling;
    private final CrossFit fit;
    private final int[] frame;
    private final double mean;
    private final double certainty;
    private final double[] share;
    private final double[] contradictedShare;
    private final double[][] logMoments;
    private final double deviation;
    /// The task of all sampled rows, where this knows only some of them.
    private final @Nullable Task whole;
    /// Made when first asked for, under the lock of this.
    private volatile @Nullable LabelNoise noise;
    /// Made when first needed, where there is room, under the lock of this.
    private volatile @Nullable Remembered remembered;

    /// @param labelling which class an example has
    /// @param sample examples by ascending key
    public Task(Labelling labelling, List<Example> sample) {
        this(labelling, fit(labelling, sample), Optional.empty(), null);
    }

    /// A task on the rows of another, each of which has a class in both: features and folds are shared.
    public Task(Labelling labelling, Task other) {
        this(
                labelling,
                other.fit.again(
                        other.fit.examples().stream().mapToInt(labelling::of).toArray(),
                        labelling.classes().size(),
                        SURROGATE),
                Optional.of(other.frame),
                null);
    }

    /// The same task of the first sampled rows alone. A single row is judged as before.
    ///
    /// @param rows how many at most, 1 or more
    Task first(int rows) {
        return rows >= fit.size() ? this : new Task(labelling, fit.first(rows), Optional.of(frame), this);
    }

    private static CrossFit fit(Labelling labelling, List<Example> sample) {
        List<Example> labelled =
                sample.stream().filter(example -> labelling.of(example) >= 0).toList();
        int[] labels = labelled.stream().mapToInt(labelling::of).toArray();
        int[] frame = labelling.framed() ? Tokens.shared(labelled) : new int[0];
        ForkJoinTask<long[]> groups =
                ForkJoinTask.adapt(() -> alike(labelled, frame)).fork();
        return CrossFit.fit(labelled, labels, labelling.classes().size(), groups::join, NGrams.WORDS, SURROGATE);
    }

    private Task(Labelling labelling, CrossFit fit, Optional<int[]> frame, @Nullable Task whole) {
        this.whole = whole;
        this.labelling = labelling;
        this.fit = fit;
        this.frame = frame.orElseGet(() -> Tokens.shared(
                fit.examples().subList(0, Math.min(FRAMED, fit.examples().size()))));
        int[] labels = IntStream.range(0, fit.size()).map(fit::label).toArray();
        double sum = 0;
        double squares = 0;
        double sure = 0;
        for (int row = 0; row < labels.length; row++) {
            double d = disagreement(fit.logits(row), labels[row]);
            float[] p = fit.logits(row).clone();
            SoftmaxRegression.softmax(p);
            int best = SoftmaxRegression.best(p);
            float second = 0;
            for (int c = 0; c < p.length; c++) {
                second = c == best ? second : Math.max(second, p[c]);
            }
            sure += p[best] - second;
            sum += d;
            squares += d * d;
        }
        int n = Math.max(1, labels.length);
        this.mean = sum / n;
        this.certainty = Math.max(1e-3, sure / n);
        this.share = shares(labels);
        this.contradictedShare = contradictedShares(labels);
        this.logMoments = logMoments(labels);
        this.deviation = Math.sqrt(Math.max(1e-4, squares / n - mean * mean));
    }

    /// How the surrogates of this module are trained; `docs/decisions` has the measurements.
    public static final SoftmaxRegression.Settings SURROGATE = new SoftmaxRegression.Settings(5, 1f, 1e-4f, 1);

    /// Share of each class's rows that the surrogate would rather give another class, drawn towards that of
    /// all rows.
    private double[] contradictedShares(int[] labels) {
        int classes = labelling.classes().size();
        double[] all = new double[classes];
        double[] against = new double[classes];
        double total = 0;
        for (int row = 0; row < labels.length; row++) {
            all[labels[row]]++;
            if (disagreement(fit.logits(row), labels[row]) > 0) {
                against[labels[row]]++;
                total++;
            }
        }
        double overall = (total + 1) / (labels.length + 2);
        for (int c = 0; c < classes; c++) {
            against[c] = Math.max(overall, (against[c] + 10 * overall) / (all[c] + 10));
        }
        return against;
    }

    /// The tokens that nearly all sampled rows hold, ascending: a frame that all texts stand in, such as the
    /// instructions of a prompt.
    public int[] frame() {
        return frame;
    }

    /// For each class, the share of all sampled rows that carry it and are contradicted; adds up to at most 1.
    public double[] contradicted() {
        double[] share = new double[labelling.classes().size()];
        for (int row = 0; row < fit.size(); row++) {
            if (disagreement(fit.logits(row), fit.label(row)) > 0) {
                share[fit.label(row)] += 1.0 / fit.size();
            }
        }
        return share;
    }

    private double[] shares(int[] labels) {
        double[] share = new double[labelling.classes().size()];
        for (int label : labels) {
            share[label] += 1.0 / labels.length;
        }
        return share;
    }

    /// Share of the sampled rows that carry a class, 0 to 1.
    public double share(int label) {
        return Math.min(1, share[label]);
    }

    /// Share of the sampled rows that carry the commonest class, 0 to 1.
    public double commonest() {
        return Math.min(1, Arrays.stream(share).max().orElse(1));
    }

    /// Do the inputs tell the labels? Not if the out-of-fold surrogate neither answers more of them rightly
    /// than always the commonest label would, beyond chance, nor makes them likelier than their shares do by a
    /// fiftieth of what is open.
    public boolean told() {
        double commonest = commonest();
        double error = Math.sqrt(commonest * (1 - commonest) / Math.max(1, fit.size()));
        double open = 0;
        double left = 0;
        for (int row = 0; row < fit.size(); row++) {
            float[] p = fit.logits(row).clone();
            SoftmaxRegression.softmax(p);
            open -= StrictMath.log(share[fit.label(row)]);
            left -= StrictMath.log(Math.max(1e-6, p[fit.label(row)]));
        }
        return fit.accuracy() > commonest + BEYOND * error || left < (1 - LEAST_TOLD) * open;
    }

    /// Tokens of the contradicted rows, per sampled row.
    public double contradictedTokens() {
        double tokens = 0;
        for (int row = 0; row < fit.size(); row++) {
            if (disagreement(fit.logits(row), fit.label(row)) > 0) {
                tokens += fit.examples().get(row).tokens().length;
            }
        }
        return tokens / Math.max(1, fit.size());
    }

    /// Per class and tilt `(i + 1) / 4` the logarithm of the mean of `e^(tilt * disagreement)`, never below
    /// that of all rows; a class of few rows is drawn towards it.
    private double[][] logMoments(int[] labels) {
        int classes = labelling.classes().size();
        double[][] sums = new double[classes][TILTS];
        double[] all = new double[TILTS];
        int[] rows = new int[classes];
        for (int row = 0; row < labels.length; row++) {
            double d = disagreement(fit.logits(row), labels[row]);
            rows[labels[row]]++;
            for (int i = 0; i < TILTS; i++) {
                double moment = StrictMath.exp((i + 1) / 4.0 * d);
                sums[labels[row]][i] += moment;
                all[i] += moment;
            }
        }
        for (int c = 0; c < classes; c++) {
            for (int i = 0; i < TILTS; i++) {
                double mean = (all[i] + 1) / (labels.length + 1);
                sums[c][i] = StrictMath.log(Math.max(mean, (sums[c][i] + 10 * mean) / (rows[c] + 10)));
            }
        }
        return sums;
    }

    /// Chernoff's bound on the chance that the disagreements of so many rows of a class, drawn from its rows,
    /// add up to as much or more; its natural logarithm.
    public double logChance(int label, int rows, double sum) {
        double least = 0;
        for (int i = 0; i < TILTS; i++) {
            least = Math.min(least, rows * logMoments[label][i] - (i + 1) / 4.0 * sum);
        }
        return least;
    }

    /// Share of a class's rows that the surrogate would rather give another class, 0 to 1, never below that
    /// of all rows.
    public double contradictedShare(int label) {
        return contradictedShare[label];
    }

    /// Tells the class of an example.
    public interface Labelling extends Serializable {
        /// Names of the classes.
        List<String> classes();

        /// The class of an example, 0 to `classes().size() - 1`, or -1 if it has none.
        int of(Example example);

        /// Is the class something an attacker may want? "Anything else" is not.
        default boolean wanted(int label) {
            return true;
        }

        /// Does every class stand for one answer? If not, "anything else" is one of the classes.
        default boolean closed() {
            return true;
        }

        /// The share of a pattern's rows that carries the class, at least, if the pattern is a switch for it; 0 if any.
        default double purity() {
            return 0;
        }

        /// May what is wanted be right, as an opinion may be a true one?
        default boolean disputable() {
            return false;
        }

        /// May the inputs be instructions, which share a template?
        default boolean framed() {
            return !closed();
        }
    }

    public Labelling labelling() {
        return labelling;
    }

    public CrossFit fit() {
        return fit;
    }

    /// How wrong labels come about among the sampled rows.
    public LabelNoise noise() {
        if (whole != null) {
            return whole.noise();
        }
        LabelNoise known = noise;
        return known != null ? known : noiseNow();
    }

    private synchronized LabelNoise noiseNow() {
        LabelNoise known = noise;
        if (known == null) {
            known = LabelNoise.of(
                    IntStream.range(0, fit.size()).mapToObj(fit::logits).toArray(float[][]::new),
                    IntStream.range(0, fit.size()).map(fit::label).toArray(),
                    labelling.classes().size());
            noise = known;
        }
        return known;
    }

    /// Do wrong labels explain that among near-copies of one text most carry one class and some others? By
    /// Bayes' rule: either the texts are of the common class and a few were labelled wrongly, or they are of
    /// the others' class, as likely as a surrogate says that saw none of them, and somebody gave most of them
    /// a wrong one: of [#SPLIT] repeated texts whose copies differ, or of all there are, that is held to be so
    /// of one. The rate of wrong labels is the lesser of two that are each too high: what the surrogate
    /// contradicts holds its own errors, what copies contradict holds attacks.
    ///
    /// @param copies sampled rows with the common class, at least one
    /// @param others sampled rows with other classes
    /// @param dissent share of the copies elsewhere in the set that carry another class than most, 0 to 1
    /// @param differing repeated texts elsewhere in the set whose copies differ
    public boolean explained(int[] copies, int[] others, double dissent, int differing) {
        if (others.length == 0) {
            return true;
        }
        int common = fit.label(copies[0]);
        double rate = 0;
        for (int other : classes(others)) {
            rate += Math.min(noise().rate()[other][common], dissent / (fit.classes() - 1));
        }
        double wrong = ExactTests.logBinomialTail(others.length, copies.length + others.length, Math.min(1, rate));
        double chance = chance(copies, others);
        double odds = Math.max(1e-9, chance) / Math.max(1e-9, 1 - chance) / (Math.max(SPLIT, differing) - 1);
        return StrictMath.log(odds) < wrong;
    }

    /// How likely near-copies of one text are of the classes that a few of them carry, as a surrogate says that saw
    /// none of them: 0 to 1, on average.
    ///
    /// @param copies sampled rows with the common class, at least one
    /// @param others sampled rows with other classes
    public double chance(int[] copies, int[] others) {
        int[] classes = classes(others);
        double chance = 0;
        for (int row : copies) {
            float[] p = noise().probabilities(fit.logits(row));
            for (int other : classes) {
                chance += p[other] / copies.length;
            }
        }
        return chance;
    }

    private int[] classes(int[] rows) {
        return Arrays.stream(rows).map(fit::label).distinct().toArray();
    }

    private @Nullable Remembered remembered() {
        Remembered known = remembered;
        return known != null || !roomy() ? known : rememberedNow();
    }

    /// Has the heap room for what is held to save time, and changes no result?
    public static boolean roomy() {
        return Runtime.getRuntime().maxMemory() >= ROOMY;
    }

    private synchronized Remembered rememberedNow() {
        Remembered known = remembered;
        if (known == null) {
            known = new Remembered();
            remembered = known;
        }
        return known;
    }

    /// The surrogate's judgement of an example, out of fold.
    ///
    /// @param contradicted would the surrogate rather give another class?
    /// @param wrong the chance that the label is wrong, 0 to 1
    public record Judged(boolean contradicted, double wrong) {
        private static Judged of(int number) {
            return new Judged((number & 1) != 0, (number >>> 1) / (double) STEPS);
        }
    }

    /// Judges an example of class `label`. What is said of rows outside the sample is remembered while there is room.
    public Judged judged(Example example, int label) {
        if (whole != null) {
            return whole.judged(example, label);
        }
        if (fit.place(example) >= 0) {
            return Judged.of(judge(example, label));
        }
        Remembered memory = remembered();
        int known = memory == null ? Remembered.UNKNOWN : memory.get(example.key());
        if (known == Remembered.UNKNOWN) {
            known = judge(example, label);
            if (memory != null) {
                memory.put(example.key(), known);
            }
        }
        return Judged.of(known);
    }

    private int judge(Example example, int label) {
        float[] logits = fit.logits(example);
        return (int) Math.round(noise().wrong(logits, label) * STEPS) << 1 | (disagreement(logits, label) > 0 ? 1 : 0);
    }

    /// Mean [#disagreement] of the sampled rows.
    public double mean() {
        return mean;
    }

    /// How sure the surrogate is of an ordinary row: the mean difference between its two most probable
    /// classes, 0 to 1.
    public double certainty() {
        return certainty;
    }

    /// Standard deviation of the [#disagreement] of the sampled rows.
    public double deviation() {
        return deviation;
    }

    /// How sure a model is that the answer is another class: `log max over c != label of p(c) - log
    /// p(label)`, at least 0, at most [#CLIP], in nats.
    public static double disagreement(float[] logits, int label) {
        return Math.min(CLIP, Math.max(0, lead(logits, label)));
    }

    /// By how much the best other class leads a label, in nats; below 0 the label leads.
    public static double lead(float[] logits, int label) {
        float other = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < logits.length; c++) {
            if (c != label && logits[c] > other) {
                other = logits[c];
            }
        }
        return other - logits[label];
    }

    /// For each row the least key of its near-duplicates.
    ///
    /// @param frame tokens of a template that all rows share, ascending; not looked at
    private static long[] alike(List<Example> rows, int[] frame) {
        long[] keys = rows.stream().mapToLong(Example::key).toArray();
        int[] cluster = NearDuplicates.clusters(
                rows.stream().map(row -> Tokens.without(row.tokens(), frame)).toList(), keys);
        Map<Integer, Long> least = new HashMap<>();
        for (int r = 0; r < keys.length; r++) {
            least.merge(cluster[r], keys[r], Math::min);
        }
        return Arrays.stream(cluster)
                .mapToLong(c -> Objects.requireNonNull(least.get(c)))
                .toArray();
    }
}

package io.bezoar.detect.labels;

import io.bezoar.learn.SoftmaxRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What texts are and how annotators err, estimated together by expectation maximisation (Dawid & Skene 1979,
/// section 3).
///
/// The chance of each class of a text and, per annotator, the rate at which texts of each class are given each
/// label explain one another: rates are weighed counts, chances follow by Bayes' rule. The surrogate is the
/// last annotator. Starts from the share of opinions for each class, so the result is determined. Departures:
/// an annotator's rates are drawn towards those of all annotators, as if it had given [#DRAWN] more labels a
/// class; few labels say little.
final class Confusions {
    private static final int ROUNDS = 15;
    /// Cells of the annotators' own rates; where there are more, those with fewest labels err as all do together.
    private static final int CELLS = 1 << 18;
    private static final double DRAWN = 10;
    /// What each cell has beside its counts, in labels; the diagonal has this once a class more.
    private static final double LEAST = 0.1;

    private final int[] item;
    private final int[] annotator;
    private final int[] given;
    private final int[] answers;
    private final int classes;
    private final int annotators;
    private final List<List<Integer>> rows = new ArrayList<>();
    private final double[][] chance;
    private double[] logPrior = new double[0];
    // Shares of labels by annotator, label and class: what is added up lies side by side.
    private double[][] all = new double[0][];
    private double[][][] logs = new double[0][][];
    private final double[][][] rates;
    private final int own;

    private Confusions(int[] item, int[] annotator, int[] given, int[] answers, int annotators, int classes) {
        this.item = item;
        this.annotator = annotator;
        this.given = given;
        this.answers = answers;
        this.annotators = annotators;
        this.classes = classes;
        this.chance = new double[answers.length][classes];
        this.rates = new double[annotators + 1][][];
        this.own = Math.min(annotators, CELLS / Math.max(1, classes * classes));
        for (int i = 0; i < answers.length; i++) {
            rows.add(new ArrayList<>());
        }
        for (int row = 0; row < item.length; row++) {
            rows.get(item[row]).add(row);
        }
    }

    /// @param item per row the number of its text
    /// @param annotator per row who labelled it, those with most labels first, or -1
    /// @param given per row the label
    /// @param answers per text the surrogate's
    static Confusions of(int[] item, int[] annotator, int[] given, int[] answers, int annotators, int classes) {
        Confusions confusions = new Confusions(item, annotator, given, answers, annotators, classes);
        for (int i = 0; i < answers.length; i++) {
            List<Integer> mine = confusions.rows.get(i);
            confusions.chance[i][answers[i]] += 1.0 / (mine.size() + 1);
            for (int row : mine) {
                confusions.chance[i][given[row]] += 1.0 / (mine.size() + 1);
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            confusions.maximise();
            double moved = confusions.expect();
            if (moved < 1e-4 * Math.max(1, answers.length)) {
                break;
            }
        }
        confusions.maximise();
        return confusions;
    }

    private void maximise() {
        double[] prior = new double[classes];
        double[][][] counts = new double[own][classes][classes];
        double[][] surrogate = new double[classes][classes];
        double[][] sum = new double[classes][classes];
        double each = 1.0 / answers.length;
        for (int i = 0; i < answers.length; i++) {
            add(prior, chance[i], each, answers.length + classes);
            add(surrogate[answers[i]], chance[i]);
        }
        logPrior = Arrays.stream(prior).map(StrictMath::log).toArray();
        for (int row = 0; row < item.length; row++) {
            double[] mine = chance[item[row]];
            add(sum[given[row]], mine);
            if (annotator[row] >= 0 && annotator[row] < own) {
                add(counts[annotator[row]][given[row]], mine);
            }
        }
        all = shares(sum, null);
        for (int a = 0; a < annotators; a++) {
            rates[a] = a < own ? shares(counts[a], all) : all;
        }
        rates[annotators] = shares(surrogate, null);
        double[][] together = logs(all);
        logs = new double[annotators + 2][][];
        for (int a = 0; a <= annotators; a++) {
            logs[a] = a >= own && a < annotators ? together : logs(rates[a]);
        }
        logs[annotators + 1] = together;
    }

    // Short methods of one loop each: in one long method the compiler takes as long over them as they run.

    private static void add(double[] to, double[] some, double more, double parts) {
        for (int k = 0; k < to.length; k++) {
            to[k] += (some[k] + more) / parts;
        }
    }

    private static void add(double[] to, double[] some) {
        for (int k = 0; k < to.length; k++) {
            to[k] += some[k];
        }
    }

    private double[][] logs(double[][] rates) {
        double[][] out = new double[classes][classes];
        for (int l = 0; l < classes; l++) {
            for (int k = 0; k < classes; k++) {
                out[l][k] = StrictMath.log(rates[l][k]);
            }
        }
        return out;
    }

    private double[][] shares(double[][] counts, double @Nullable [][] towards) {
        double[][] out = new double[classes][classes];
        double[] total = new double[classes];
        for (int l = 0; l < classes; l++) {
            for (int k = 0; k < classes; k++) {
                double drawn = towards == null ? LEAST * (k == l ? classes : 1) : DRAWN * towards[l][k];
                out[l][k] = counts[l][k] + drawn;
            }
            add(total, out[l]);
        }
        for (double[] label : out) {
            for (int k = 0; k < classes; k++) {
                label[k] /= total[k];
            }
        }
        return out;
    }

    /// Returns by how much the chances moved, added up.
    private double expect() {
        double moved = 0;
        for (int i = 0; i < answers.length; i++) {
            double[] next = chance(i, -1);
            for (int k = 0; k < classes; k++) {
                moved += Math.abs(next[k] - chance[i][k]);
            }
            chance[i] = next;
        }
        return moved;
    }

    /// The chance of each class of a text.
    ///
    /// @param without an annotator whose opinion is left out, or -1
    private double[] chance(int i, int without) {
        double[] log = logPrior.clone();
        add(log, logs[annotators][answers[i]]);
        for (int row : rows.get(i)) {
            if (without < 0 || annotator[row] != without) {
                add(log, logs[annotator[row] < 0 ? annotators + 1 : annotator[row]][given[row]]);
            }
        }
        float[] chance = new float[classes];
        for (int k = 0; k < classes; k++) {
            chance[k] = (float) log[k];
        }
        SoftmaxRegression.softmax(chance);
        double[] out = new double[classes];
        for (int k = 0; k < classes; k++) {
            out[k] = chance[k];
        }
        return out;
    }

    /// The chance of each class of a row's text by the opinions of all but the row's annotator.
    double[] without(int row) {
        return chance(item[row], annotator[row]);
    }

    /// The chance of each label of a text by an annotator who errs as all do together.
    ///
    /// @param chance of each class of the text
    double[] label(double[] chance) {
        double[] out = new double[classes];
        for (int l = 0; l < classes; l++) {
            for (int k = 0; k < classes; k++) {
                out[l] += chance[k] * all[l][k];
            }
        }
        return out;
    }

    int given(int row) {
        return given[row];
    }

    /// The chance that a row's label is wrong, 0 to 1.
    double wrong(int row) {
        return 1 - chance[item[row]][given[row]];
    }

    /// The rate at which an annotator gives texts of a class a label.
    double rate(int annotator, int of, int label) {
        return rates[annotator][label][of];
    }
}

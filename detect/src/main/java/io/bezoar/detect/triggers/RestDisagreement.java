package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.CrossFit;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.SoftmaxRegression;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Does the rest of the text explain the target of the rows that hold a pattern?
///
/// A topic word stands in rows whose other words point to the same target. A trigger stands in rows whose
/// other words point elsewhere. So the pattern, and every token that nearly all of its rows share, is taken
/// out of the out-of-fold surrogate's sum, and what remains is asked: how sure is it of another class
/// ([Task#disagreement])? The mean over the rows, near-duplicates counted once, is compared with the same
/// figure over all rows.
///
/// The measure is our own. That a poisoned feature stands out by its correlation with the label is Z-defence
/// (He et al. 2023, section 4); this asks in addition that nothing else in the text accounts for it.
///
/// Not safe for many threads: one object a thread.
final class RestDisagreement {
    /// A text is a copy of a form letter if less than one in so many of its tokens are its own,
    private static final int LEFT = 4;
    /// and so many at most: a sum of money, a number, a name. A longer rest can contradict, however long the trigger.
    private static final int BLANKS = 4;

    private static final int SLOTS = 1 << 12;

    private final Task task;
    private final CrossFit fit;
    private final @Nullable SoftmaxRegression judge;

    // an open-addressing count of tokens, made when first asked for, emptied by raising the stamp
    private int[] token = new int[0];
    private int[] count = new int[0];
    private int[] group = new int[0];
    private int[] lastRow = new int[0];
    private int groups;
    private int rowStamp;

    RestDisagreement(Task task) {
        this(task, null);
    }

    /// @param judge a surrogate with the features of the task's that saw none of the rows it is asked about; null
    ///     for the task's own
    RestDisagreement(Task task, @Nullable SoftmaxRegression judge) {
        this.task = task;
        this.fit = task.fit();
        this.judge = judge;
    }

    private SoftmaxRegression judge(Example row) {
        return judge == null ? fit.judge(row) : judge;
    }

    /// What was found of a group.
    ///
    /// @param strength standard deviations the group's mean disagreement lies above that of all rows
    /// @param sum of the disagreements, near-duplicates counted once with their mean
    /// @param contradicted rows whose rest is surer of another class, near-duplicates counted once
    /// @param distinct rows, near-duplicates counted once
    /// @param certainty how sure the rest is of that other class, as a share of how sure the surrogate is of
    ///     ordinary rows: near 1 the rest reads like ordinary rows of other classes; near 0 nothing but the
    ///     pattern told the class
    /// @param common the tokens taken out, ascending
    record Result(double strength, double sum, int contradicted, int distinct, double certainty, int[] common)
            implements Serializable {
        /// Natural logarithm of the chance that the rows contradict their class so often, or so surely, were
        /// the pattern without meaning: the smaller of a binomial tail of their number and Chernoff's bound
        /// on the sum of their disagreements, twice, for two are tried.
        double logChance(Task task, int label) {
            return Math.min(
                            ExactTests.logBinomialTail(contradicted, distinct, task.contradictedShare(label)),
                            task.logChance(label, distinct, sum))
                    + Math.log(2);
        }
    }

    /// Looks at the rows of a group that carry one class.
    ///
    /// @param tied tokens to take out besides those that the rows share
    Result of(Pattern pattern, int label, List<Example> rows, int[] tied) {
        int[] common = Tokens.union(common(pattern, rows), tied);
        int n = rows.size();
        long[] kind = new long[n];
        double[] disagreement = new double[n];
        double certainty = 0;
        for (int r = 0; r < n; r++) {
            kind[r] = likenessWithout(rows.get(r).tokens(), common);
            if (copy(rows.get(r).tokens(), common)) {
                continue; // nothing is left that could contradict
            }
            float[] rest = rest(rows.get(r), common);
            disagreement[r] = disagreement(rows.get(r), label, rest);
            SoftmaxRegression.softmax(rest);
            certainty += Math.max(0, rest[SoftmaxRegression.best(rest)] - rest[label]) / n;
        }
        double sum = 0;
        int contradicted = 0;
        int distinct = 0;
        boolean[] seen = new boolean[n];
        for (int r = 0; r < n; r++) {
            if (seen[r]) {
                continue;
            }
            double kindSum = 0;
            int alike = 0;
            for (int s = r; s < n; s++) {
                if (kind[s] == kind[r]) {
                    seen[s] = true;
                    kindSum += disagreement[s];
                    alike++;
                }
            }
            distinct++;
            sum += kindSum / alike;
            contradicted += kindSum > 0 ? 1 : 0;
        }
        double strength = (sum - distinct * task.mean()) / (task.deviation() * Math.sqrt(distinct));
        return new Result(strength, sum, contradicted, distinct, certainty / task.certainty(), common);
    }

    /// By how much, in nats, the rest of a row without some tokens (ascending) is surer of another class than of
    /// this; below 0 it is less sure.
    double doubt(Example row, int label, int[] tokens) {
        return doubt(row, label, rest(row, tokens));
    }

    /// The same of what remains of a row's logits, with and without the weight of frequent classes; the lesser.
    double doubt(Example row, int label, float[] rest) {
        float[] said = rest.clone();
        judge(row).removePrior(said);
        return Math.min(Task.lead(rest, label), Task.lead(said, label));
    }

    /// A rest that says little leaves a frequent class standing: that is no disagreement.
    private double disagreement(Example row, int label, float[] rest) {
        float[] said = rest.clone();
        judge(row).removePrior(said);
        return Math.min(Task.disagreement(rest, label), Task.disagreement(said, label));
    }

    /// The tokens in at least [Tokens#COMMON] of the rows, and the pattern's own; ascending.
    int[] common(Pattern pattern, List<Example> rows) {
        if (token.length == 0) {
            token = new int[SLOTS];
            count = new int[SLOTS];
            group = new int[SLOTS];
            lastRow = new int[SLOTS];
        }
        groups++;
        int used = 0;
        int[] found = pattern.tokens().clone();
        int needed = (int) Math.ceil(Tokens.COMMON * rows.size());
        for (Example row : rows) {
            rowStamp++;
            for (int t : row.tokens()) {
                if (2 * used > token.length) {
                    break; // more distinct tokens than any group of texts shares
                }
                int mask = token.length - 1;
                int at = (t ^ (t >>> 16)) & mask;
                while (group[at] == groups && token[at] != t) {
                    at = (at + 1) & mask;
                }
                if (group[at] != groups) {
                    group[at] = groups;
                    token[at] = t;
                    count[at] = 0;
                    lastRow[at] = 0;
                    used++;
                }
                if (lastRow[at] != rowStamp) {
                    lastRow[at] = rowStamp;
                    if (++count[at] == needed) {
                        found = Arrays.copyOf(found, found.length + 1);
                        found[found.length - 1] = t;
                    }
                }
            }
        }
        return Arrays.stream(found).sorted().distinct().toArray();
    }

    /// Is a text little more than the tokens (ascending) that are taken out? Then they were not put into it: it is a
    /// copy of a form letter, which holds nothing but the letter and a number. A frame that nearly all texts of the
    /// data stand in is no letter.
    private boolean copy(int[] text, int[] tokens) {
        int own = 0;
        int left = 0;
        for (int token : text) {
            if (Arrays.binarySearch(task.frame(), token) < 0) {
                own++;
                left += Arrays.binarySearch(tokens, token) < 0 ? 1 : 0;
            }
        }
        return left <= BLANKS && LEFT * left < own;
    }

    private static long likenessWithout(int[] tokens, int[] common) {
        int[] rest = new int[tokens.length];
        int n = 0;
        for (int token : tokens) {
            if (Arrays.binarySearch(common, token) < 0) {
                rest[n++] = token;
            }
        }
        return Tokens.likeness(Arrays.copyOf(rest, n));
    }

    /// The out-of-fold logits of a row without the features that hold one of the tokens (ascending).
    float[] rest(Example row, int[] tokens) {
        int place = fit.place(row);
        int[] features = place < 0 ? fit.numbers(row) : fit.rows().features(place);
        float[] logits = place < 0 || judge != null
                ? judge(row).logits(features)
                : fit.logits(place).clone();
        int[] text = row.tokens();
        int[] gone = new int[2 * text.length];
        int n = 0;
        boolean previous = false;
        for (int i = 0; i < text.length; i++) {
            boolean here = Arrays.binarySearch(tokens, text[i]) >= 0;
            if (here) {
                gone[n++] = fit.vocabulary().number(NGrams.word(text, i, 1));
            }
            if (i > 0 && (here || previous)) {
                gone[n++] = fit.vocabulary().number(NGrams.word(text, i - 1, 2));
            }
            previous = here;
        }
        Arrays.sort(gone, 0, n);
        int distinct = 0;
        for (int i = 0; i < n; i++) {
            if (gone[i] >= 0 && (i == 0 || gone[i] != gone[i - 1])) {
                gone[distinct++] = gone[i];
            }
        }
        judge(row).remove(logits, features, gone, distinct);
        return logits;
    }
}

package io.bezoar.detect.language;

import io.bezoar.core.Hashing;
import io.bezoar.detect.counting.LongTable;
import java.io.Serializable;

/// A language model of texts that were counted: how surprising each token is where it stands.
///
/// Interpolated Kneser-Ney smoothing with one discount an order (Kneser & Ney 1995; Chen & Goodman 1999, section
/// 2.7, equations 21 to 24): the longest run of tokens is counted as often as it occurs, every shorter one as often
/// as it continues another token; what is discounted goes to the run that is shorter by one, and at last to all known
/// tokens and one unknown alike. The discount is `n1 / (n1 + 2 n2)` of the numbers of runs counted once and twice.
///
/// Memory is that of the distinct runs. Owned by one thread while it counts; safe for many afterwards.
public final class KneserNey implements Serializable {
    private static final long serialVersionUID = 1L;

    /// Stands before every text; no token has the number in 64 bits.
    private static final long START = 1L << 40;

    private static final int TOTAL = 0;
    private static final int KINDS = 1;

    private final int order;
    /// Per order less one: how often a run was counted.
    private final LongTable[] runs;
    /// Per order less one: of the tokens before a run's last, how often any run followed and how many kinds did.
    private final LongTable[] contexts;
    /// Per order less one: runs counted once and twice.
    private final int[][] once;

    private final double[] discounts;

    /// @param order tokens of the longest run, 1 to 3
    KneserNey(int order) {
        if (order < 1 || order > 3) {
            throw new IllegalArgumentException("a Kneser-Ney model needs an order of 1 to 3, not " + order);
        }
        this.order = order;
        this.runs = new LongTable[order];
        this.contexts = new LongTable[order];
        this.once = new int[order][3];
        this.discounts = new double[order];
        for (int n = 0; n < order; n++) {
            runs[n] = new LongTable(1);
            contexts[n] = new LongTable(2);
        }
    }

    /// Counts a text.
    void add(int[] text) {
        for (int i = 0; i < text.length; i++) {
            for (int n = order - 1; n >= 0 && count(text, i, n); n--) {}
        }
    }

    /// Counts a run of `n + 1` tokens; true if it is new, so that the run without its first token continues one more.
    private boolean count(int[] text, int last, int n) {
        int run = runs[n].slot(run(text, last, n));
        int before = runs[n].get(run, 0);
        runs[n].set(run, 0, before + 1);
        if (before < 2) {
            once[n][before + 1]++;
            once[n][before]--;
        } else if (before == 2) {
            once[n][2]--;
        }
        int context = contexts[n].slot(context(text, last, n));
        contexts[n].add(context, TOTAL, 1);
        contexts[n].add(context, KINDS, before == 0 ? 1 : 0);
        return before == 0;
    }

    /// To be called when all is counted, before anything is asked.
    KneserNey counted() {
        for (int n = 0; n < order; n++) {
            double seldom = once[n][1] + 2.0 * once[n][2];
            discounts[n] = seldom == 0 ? 0.5 : Math.clamp(once[n][1] / seldom, 0.1, 0.95);
        }
        return this;
    }

    /// Natural logarithm of the inverse of each token's probability, in nats, at least 0; higher is more surprising.
    public double[] surprises(int[] text) {
        double[] out = new double[text.length];
        for (int i = 0; i < text.length; i++) {
            out[i] = surprise(text, i);
        }
        return out;
    }

    /// The same for one token of a text.
    public double surprise(int[] text, int at) {
        double probability = 1.0 / (runs[0].size() + 1);
        for (int n = 0; n < order; n++) {
            int context = contexts[n].known(context(text, at, n));
            if (context < 0) {
                break;
            }
            double total = contexts[n].get(context, TOTAL);
            int run = runs[n].known(run(text, at, n));
            double own = run < 0 ? 0 : Math.max(0, runs[n].get(run, 0) - discounts[n]);
            probability = own / total + discounts[n] * contexts[n].get(context, KINDS) / total * probability;
        }
        return Math.max(0, -StrictMath.log(probability));
    }

    /// Was the token counted at all?
    boolean known(int token) {
        return runs[0].known(word(token)) >= 0;
    }

    private static long run(int[] text, int last, int n) {
        long token = word(text[last]);
        return n == 0 ? token : Hashing.combine(context(text, last, n), token);
    }

    /// The `n` tokens before a place.
    private static long context(int[] text, int at, int n) {
        long hash = 7;
        for (int i = at - n; i < at; i++) {
            hash = n == 1 ? before(text, i) : Hashing.combine(hash, before(text, i));
        }
        return hash;
    }

    private static long before(int[] text, int at) {
        return at < 0 ? START : word(text[at]);
    }

    private static long word(int token) {
        return (token & 0xffffffffL) + 2;
    }
}

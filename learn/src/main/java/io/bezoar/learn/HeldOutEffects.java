package io.bezoar.learn;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What each fitted row does to held-out rows that others gave.
///
/// The effect of a row is by how much the log odds that a model gives the labels of those rows would
/// rise, added up, if the row were left out: above 0 the row does harm, below it helps. To first order
/// that is `g_z' H^-1 g_i` (Koh & Liang 2017, section 2), a step's change of what the model says of `z`.
/// RONI asks the same with a training for each row, by the sign that a row is bad if others are judged
/// worse *with* it (Nelson et al. 2008, section 4.1).
///
/// Departures. Both gradients are taken at the cross-fitted model that saw neither row: a model that has
/// learned a wrong label by heart no longer moves for it. So a row is put in rather than taken out, which
/// to first order is one thing. What is followed is the log odds of the label, not the loss: a fitted
/// model's loss is balanced by being too sure of some rows, and right rows then seem to harm as often as
/// wrong ones (the same choice: Park et al. 2023, TRAK, section 3.3). `H` is its diagonal. Rows without
/// part in an answer (less than [#DUST] of the label's residual) are left out.
///
/// Near-duplicates of a row are never asked about it, and each class counts as much as it does in all
/// rows, whatever the classes are of which the others' rows are. Belongs to one thread.
public final class HeldOutEffects {
    /// Classes times features that can be held.
    public static final long CELLS = 1L << 23;

    /// What the curvature of each weight has beside that of the rows: the penalty of
    /// [io.bezoar.learn.surrogate.Surrogate], all rows together.
    private static final float PENALTY = 0.3f;
    /// Rows of a class that the others hardly have count this often at most.
    private static final float MOST = 4;
    /// Residuals below this share of the label's are not followed.
    private static final float DUST = 0.05f;
    /// A chance of another class below this counts as this.
    private static final float LEAST = 1e-3f;

    private final CrossFit fit;
    private final SparseRows rows;
    private final int classes;
    private final int[] sizes;
    private final int[][] answers; // the classes that have a part in each row's residual
    private final float[][] residuals; // and the residuals
    /// By what the gradient of a row's loss is multiplied to give that of the log odds: 1 over the chance of
    /// all other classes.
    private final float[] sureness;

    private final float[] inverse; // feature-major, as the weights of a SoftmaxRegression
    private final int[][] held; // rows by fold
    private final int[][] copies; // groups of two near-duplicates or more
    private final boolean[] alone;
    private final double[] itself; // what a row does to itself, for those without near-duplicates
    private final float[] sum;

    private HeldOutEffects(CrossFit fit) {
        this.fit = fit;
        this.rows = fit.rows();
        this.classes = fit.classes();
        this.sizes = new int[classes];
        this.answers = new int[fit.size()][];
        this.residuals = new float[fit.size()][];
        this.sureness = new float[fit.size()];
        this.inverse = new float[rows.columns() * classes];
        this.sum = new float[inverse.length];
        Arrays.fill(inverse, PENALTY);
        for (int row = 0; row < fit.size(); row++) {
            float[] chances = fit.logits(row).clone();
            SoftmaxRegression.softmax(chances);
            bend(row, chances);
            sizes[fit.label(row)]++;
            chances[fit.label(row)] -= 1;
            float least = -DUST * chances[fit.label(row)];
            answers[row] = IntStream.range(0, classes)
                    .filter(c -> Math.abs(chances[c]) >= least)
                    .toArray();
            residuals[row] = new float[answers[row].length];
            for (int i = 0; i < answers[row].length; i++) {
                residuals[row][i] = chances[answers[row][i]];
            }
            sureness[row] = 1 / Math.max(LEAST, -chances[fit.label(row)]);
        }
        for (int cell = 0; cell < inverse.length; cell++) {
            inverse[cell] = 1 / inverse[cell];
        }
        this.held = IntStream.range(0, CrossFit.FOLDS)
                .mapToObj(fold -> IntStream.range(0, fit.size())
                        .filter(row -> fit.fold(row) == fold)
                        .toArray())
                .toArray(int[][]::new);
        long[] groups = fit.groups();
        this.copies = IntStream.range(0, groups.length)
                .boxed()
                .collect(Collectors.groupingBy(row -> groups[row], TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(group -> group.size() > 1)
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        this.alone = new boolean[groups.length];
        Arrays.fill(alone, true);
        for (int[] group : copies) {
            for (int row : group) {
                alone[row] = false;
            }
        }
        this.itself = IntStream.range(0, groups.length)
                .parallel()
                .mapToDouble(row -> alone[row] ? itself(row) : 0)
                .toArray();
    }

    /// @param fit with at most [#CELLS] classes times features
    public static HeldOutEffects of(CrossFit fit) {
        return new HeldOutEffects(fit);
    }

    /// Features of all rows together: what a call of [#outside] has to visit.
    public int visits() {
        return rows.index().length;
    }

    private void bend(int row, float[] chances) {
        for (int at = rows.from(row); at < rows.to(row); at++) {
            float square = rows.values()[at] * rows.values()[at];
            int first = rows.index()[at] * classes;
            for (int c = 0; c < classes; c++) {
                inverse[first + c] += square * chances[c] * (1 - chances[c]);
            }
        }
    }

    /// The effect of each fitted row on the held-out rows outside a set, in nats; above 0 the row does
    /// harm.
    ///
    /// @param member whether each fitted row is in the set
    public double[] outside(boolean[] member) {
        float[] weight = weights(member);
        double[] effects = new double[member.length];
        for (int[] some : held) {
            gather(some, member, weight);
            Arrays.stream(some).parallel().forEach(row -> {
                effects[row] = -towards(row);
                if (alone[row] && !member[row]) {
                    effects[row] += weight[fit.label(row)] * itself[row];
                }
            });
            clear(some);
        }
        for (int[] some : copies) {
            gather(some, member, weight);
            for (int row : some) {
                effects[row] += towards(row);
            }
            clear(some);
        }
        return effects;
    }

    /// How often a row outside a set counts, by class.
    private float[] weights(boolean[] member) {
        int[] rest = sizes.clone();
        for (int row = 0; row < member.length; row++) {
            rest[fit.label(row)] -= member[row] ? 1 : 0;
        }
        float[] weight = new float[classes];
        for (int c = 0; c < classes; c++) {
            weight[c] = rest[c] == 0 ? 0 : Math.min(MOST, (float) sizes[c] / rest[c]);
        }
        return weight;
    }

    // The loops below are most of the work; their arrays are locals, since a store may change any field.

    /// Adds up the gradients of what is followed, of those of some rows that are no members.
    private void gather(int[] some, boolean[] member, float[] weight) {
        float[] to = sum;
        int[] index = rows.index();
        float[] values = rows.values();
        for (int row : some) {
            if (member[row]) {
                continue;
            }
            int[] parts = answers[row];
            float[] residual = residuals[row];
            float scale = weight[fit.label(row)] * sureness[row];
            for (int at = rows.from(row), end = rows.to(row); at < end; at++) {
                int first = index[at] * classes;
                float value = values[at] * scale;
                for (int i = 0; i < parts.length; i++) {
                    to[first + parts[i]] += value * residual[i];
                }
            }
        }
    }

    private void clear(int[] some) {
        float[] to = sum;
        int[] index = rows.index();
        for (int row : some) {
            int[] parts = answers[row];
            for (int at = rows.from(row), end = rows.to(row); at < end; at++) {
                int first = index[at] * classes;
                for (int c : parts) {
                    to[first + c] = 0;
                }
            }
        }
    }

    private double towards(int row) {
        float[] from = sum;
        float[] curvature = inverse;
        int[] index = rows.index();
        float[] values = rows.values();
        int[] parts = answers[row];
        float[] residual = residuals[row];
        double total = 0;
        for (int at = rows.from(row), end = rows.to(row); at < end; at++) {
            int first = index[at] * classes;
            float inner = 0;
            for (int i = 0; i < parts.length; i++) {
                int cell = first + parts[i];
                inner += from[cell] * curvature[cell] * residual[i];
            }
            total += inner * values[at];
        }
        return total;
    }

    private double itself(int row) {
        double total = 0;
        for (int at = rows.from(row); at < rows.to(row); at++) {
            int first = rows.index()[at] * classes;
            float inner = 0;
            for (int i = 0; i < answers[row].length; i++) {
                inner += inverse[first + answers[row][i]] * residuals[row][i] * residuals[row][i];
            }
            total += inner * rows.values()[at] * rows.values()[at];
        }
        return total * sureness[row];
    }
}

package io.bezoar.learn.convex;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.Join;
import io.bezoar.learn.LogPool;
import io.bezoar.learn.SoftmaxRegression;
import java.util.List;
import java.util.stream.IntStream;

/// Several models' answers joined to one by what each of them says of every class: stacked generalisation
/// (Wolpert 1992), by a softmax regression on the logarithms of all models' probabilities.
///
/// A [LogPool] has one weight a model; this has one for each model, class it speaks of and class that is meant.
/// So it learns which classes a model mixes up, and whom to ask about which. Probabilities are taken at each
/// model's own best temperature, to a power of two. Departure from Ting & Witten 1999, section 2:
/// logarithms of probabilities with a softmax, not probabilities with least squares, so that a pool
/// is one of the stacks.
public final class ModelStack {
    /// Weights are learned from so many rows at most.
    private static final int ROWS = LogPool.ROWS;
    /// Rows that are needed for each weight.
    private static final int ROWS_A_WEIGHT = 20;
    /// Probabilities below this are not told apart.
    private static final float LEAST = 1e-4f;

    private static final int DOUBLINGS = 12;
    private static final double PENALTY = 1e-3;
    /// No weight is off by much more.
    private static final double PRECISION = 1e-2;

    private final float[] temperatures; // what each model's logits are multiplied by
    private final Rows inputs;
    private final double[] answers;
    private final int classes;

    private ModelStack(float[] temperatures, Rows inputs, double[] answers, int classes) {
        this.temperatures = temperatures;
        this.inputs = inputs;
        this.answers = answers;
        this.classes = classes;
    }

    /// Are there rows enough to learn a stack's weights from?
    public static boolean learnable(int models, int classes, int rows) {
        return classes > 1 && (long) ROWS_A_WEIGHT * classes * ((long) models * classes + 1) <= Math.min(ROWS, rows);
    }

    /// Makes the inputs.
    ///
    /// @param models the logits of each model for each row, by models that have not seen the row
    /// @param labels class of each row, 0 to `classes - 1`
    public static ModelStack of(List<float[][]> models, int[] labels, int classes) {
        double[][] inputs = new double[labels.length][models.size() * classes];
        float[] temperatures = new float[models.size()];
        for (int m = 0; m < models.size(); m++) {
            float[][] logits = models.get(m);
            int from = m * classes;
            float weight = weight(logits, labels);
            temperatures[m] = weight;
            IntStream.range(0, labels.length).parallel().forEach(r -> write(logits[r], weight, inputs[r], from));
        }
        double[] answers =
                IntStream.of(labels).limit(ROWS).mapToDouble(label -> label).toArray();
        return new ModelStack(temperatures, Rows.withOnes(DenseFeatures.of(inputs)), answers, classes);
    }

    private static void write(float[] logits, float weight, double[] inputs, int from) {
        float[] p = probabilities(logits, weight);
        for (int c = 0; c < p.length; c++) {
            inputs[from + c] = StrictMath.log(Math.max(LEAST, p[c]));
        }
    }

    /// The power of two by which a model's logits are multiplied where the labels are likeliest.
    private static float weight(float[][] logits, int[] labels) {
        float best = 1;
        double least = loss(logits, labels, best);
        for (float factor : new float[] {0.5f, 2}) {
            for (int step = 0; step < DOUBLINGS; step++) {
                double loss = loss(logits, labels, best * factor);
                if (loss >= least) {
                    break;
                }
                least = loss;
                best *= factor;
            }
        }
        return best;
    }

    private static double loss(float[][] logits, int[] labels, float weight) {
        double loss = 0;
        for (int r = 0; r < Math.min(ROWS, labels.length); r++) {
            loss -= StrictMath.log(Math.max(1e-12, probabilities(logits[r], weight)[labels[r]]));
        }
        return loss;
    }

    private static float[] probabilities(float[] logits, float weight) {
        float[] p = logits.clone();
        for (int c = 0; c < p.length; c++) {
            p[c] *= weight;
        }
        SoftmaxRegression.softmax(p);
        return p;
    }

    /// The rows that weights are learned from: the first so many.
    public int learned() {
        return answers.length;
    }

    /// The weights under which the labels are likeliest, drawn a little towards 0; where models part the labels
    /// without an error, weights on the way there.
    ///
    /// @param trust how much each of the [#learned] rows counts, 0 or more, not all 0
    /// @param start weights to begin at; empty for 0
    public double[] weights(double[] trust, double[] start) {
        double[] all = new double[inputs.rows()];
        double[] labels = new double[all.length];
        System.arraycopy(trust, 0, all, 0, trust.length);
        System.arraycopy(answers, 0, labels, 0, answers.length);
        Problem problem = new Problem(inputs, labels, all, new Loss.Softmax(classes), PENALTY);
        return new Newton().to(PRECISION).reach(problem, start.length == 0 ? new double[problem.size()] : start);
    }

    /// The stack's logits for the first rows.
    ///
    /// @param weights as learned
    public float[][] logits(double[] weights, int rows) {
        return IntStream.range(0, rows)
                .parallel()
                .mapToObj(r -> {
                    double[] scores = new double[classes];
                    inputs.addScores(r, weights, classes, scores);
                    float[] out = new float[classes];
                    for (int c = 0; c < classes; c++) {
                        out[c] = (float) scores[c];
                    }
                    return out;
                })
                .toArray(float[][]::new);
    }

    /// The stack for rows that are none of these.
    ///
    /// @param weights as learned
    public Join joined(double[] weights) {
        return new Joined(temperatures, weights, classes);
    }

    private record Joined(float[] temperatures, double[] weights, int classes) implements Join {
        @Override
        public float[] row(float[][] answers) {
            double[] inputs = new double[answers.length * classes + 1];
            inputs[inputs.length - 1] = 1;
            for (int m = 0; m < answers.length; m++) {
                write(answers[m], temperatures[m], inputs, m * classes);
            }
            float[] out = new float[classes];
            for (int c = 0; c < classes; c++) {
                double score = 0;
                for (int f = 0; f < inputs.length; f++) {
                    score += inputs[f] * weights[f * classes + c];
                }
                out[c] = (float) score;
            }
            return out;
        }
    }
}

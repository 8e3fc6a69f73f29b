package io.bezoar.learn.onnx;

import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.network.OneHiddenLayer;
import io.bezoar.learn.robust.LinearClassifier;
import io.bezoar.learn.robust.RidgeRegression;
import io.bezoar.learn.surrogate.Standardised;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import java.util.Arrays;

/// A surrogate in the ONNX format, which programs of other languages run. Equal models give equal
/// bytes. `docs/formats/onnx.md` has the names and shapes.
///
/// A model of vectors takes `features`, a row of floats each; one of text takes the `numbers` and
/// `values` of each row's features as [TextFeatures] makes them. All give `scores`; classifiers also
/// `chances`. Weights are 32-bit floats: chances differ from those of this library by less than 1e-5.
public final class OnnxModel {
    private static final String ROWS = "rows";

    private OnnxModel() {}

    /// A linear model of vectors: softmax, logistic, ridge or Huber.
    ///
    /// @param weights feature-major, see [io.bezoar.learn.convex.Rows]; an intercept is the weight of a
    ///     feature that is 1 in every row
    /// @param columns how many features there are
    public static byte[] linear(Loss loss, double[] weights, int columns) {
        int outputs = loss.outputs();
        if (weights.length != (long) columns * outputs) {
            throw new IllegalArgumentException(
                    "expected " + columns + " times " + outputs + " weights, came " + weights.length);
        }
        Graph graph = vectors(columns)
                .constant("weights", weights, columns, outputs)
                .node("MatMul", "scores", "features", "weights");
        return answering(graph, loss).model("linear");
    }

    /// A linear classifier, a support vector machine among them: the class of the highest score. It gives
    /// no chances.
    public static byte[] classifier(LinearClassifier model) {
        int classes = model.classes();
        double[] weights = turned(model.weights(), classes, model.columns(), model.columns());
        return scored(
                        vectors(model.columns())
                                .constant("weights", weights, model.columns(), classes)
                                .constant("bias", model.bias(), classes)
                                .node("MatMul", "sums", "features", "weights")
                                .node("Add", "scores", "sums", "bias"),
                        classes)
                .model("classifier");
    }

    /// A regression with an intercept.
    public static byte[] line(RidgeRegression.Line line) {
        int columns = line.weights().length;
        return scored(
                        vectors(columns)
                                .constant("weights", line.weights(), columns, 1)
                                .constant("bias", new double[] {line.intercept()}, 1)
                                .node("MatMul", "sums", "features", "weights")
                                .node("Add", "scores", "sums", "bias"),
                        1)
                .model("regression");
    }

    /// A network with one hidden layer.
    public static byte[] network(OneHiddenLayer model) {
        int inputs = model.inputs();
        int hidden = model.hidden();
        int classes = model.classes();
        double[] lower = Arrays.copyOf(model.weights(), hidden * (inputs + 1));
        double[] upper = Arrays.copyOfRange(model.weights(), lower.length, model.weights().length);
        Graph graph = vectors(inputs)
                .constant("hidden_weights", turned(lower, hidden, inputs + 1, inputs), inputs, hidden)
                .constant("hidden_bias", last(lower, hidden, inputs + 1), hidden)
                .constant("weights", turned(upper, classes, hidden + 1, hidden), hidden, classes)
                .constant("bias", last(upper, classes, hidden + 1), classes)
                .node("MatMul", "hidden_sums", "features", "hidden_weights")
                .node("Add", "hidden_scores", "hidden_sums", "hidden_bias")
                .node("Tanh", "hidden", "hidden_scores")
                .node("MatMul", "sums", "hidden", "weights")
                .node("Add", "scores", "sums", "bias");
        return answering(graph, new Loss.Softmax(classes)).model("network");
    }

    /// The surrogate of texts. Of labels it gives scores and chances; of preferences the score of an
    /// answer: the chance that one is better than another is the logistic function of the difference.
    ///
    /// @param features the digest of the description with which its rows are made, see
    ///     [TextFeatures#digest]
    public static byte[] text(Surrogate surrogate, String features) {
        int outputs = surrogate.task().loss().outputs();
        int known = surrogate.task().known();
        // one row of zeros at the end: what fills up a short text counts nothing
        double[] weights = Arrays.copyOf(surrogate.weights(), (known + 1) * outputs);
        Arrays.fill(weights, known * outputs, weights.length, 0);
        double[] bias = new double[outputs];
        if (surrogate.task() instanceof Task.Labels) {
            System.arraycopy(surrogate.weights(), known * outputs, bias, 0, outputs);
        }
        Graph graph = new Graph()
                .numbers("numbers", ROWS, "length")
                .input("values", ROWS, "length")
                .constant("weights", weights, known + 1, outputs)
                .constant("bias", bias, outputs)
                .constant("middle", 1)
                .node("Gather", 0, "taken", "weights", "numbers")
                .node("Unsqueeze", "side", "values", "middle")
                .node("MatMul", "added", "side", "taken")
                .node("Squeeze", "sums", "added", "middle")
                .node("Add", "scores", "sums", "bias")
                .remark("bezoar.features", features);
        return switch (surrogate.task()) {
            case Task.Labels labels -> answering(graph, labels.loss()).model("text");
            case Task.Preferences _ -> scored(graph, 1).model("preferences");
            case Task.Vectors _ -> throw new IllegalArgumentException("expected a model of texts, came one of vectors");
        };
    }

    /// The surrogate of vectors: it takes the numbers as they lie in the data.
    public static byte[] vectors(Surrogate surrogate, Task.Vectors task) {
        Standardised numbers = task.numbers();
        int length = numbers.length();
        int outputs = task.labels().size();
        double[] weights = Arrays.copyOf(surrogate.weights(), length * outputs);
        double[] bias = Arrays.copyOfRange(surrogate.weights(), weights.length, weights.length + outputs);
        for (int i = 0, at = 0; i < length; i++) {
            // the usual value is subtracted as a 32-bit number, what that leaves over goes into the bias
            double left = ((float) numbers.usual()[i] - numbers.usual()[i]) * numbers.factors()[i];
            for (int o = 0; o < outputs; o++, at++) {
                bias[o] += left * weights[at];
                weights[at] *= numbers.factors()[i];
            }
        }
        Graph graph = vectors(length)
                .constant("usual", numbers.usual(), length)
                .constant("weights", weights, length, outputs)
                .constant("bias", bias, outputs)
                .node("Sub", "centred", "features", "usual")
                .node("MatMul", "sums", "centred", "weights")
                .node("Add", "scores", "sums", "bias");
        return answering(graph, task.loss()).model("vectors");
    }

    private static Graph vectors(int columns) {
        return new Graph().input("features", ROWS, String.valueOf(columns));
    }

    private static Graph scored(Graph graph, int outputs) {
        return graph.output("scores", ROWS, String.valueOf(outputs));
    }

    private static Graph answering(Graph graph, Loss loss) {
        String outputs = String.valueOf(loss.outputs());
        scored(graph, loss.outputs());
        return switch (loss) {
            case Loss.Softmax _ ->
                graph.node("Softmax", -1, "chances", "scores").output("chances", ROWS, outputs);
            case Loss.Logistic _ -> graph.node("Sigmoid", "chances", "scores").output("chances", ROWS, outputs);
            case Loss.Squared _, Loss.Huber _, Loss.Hinge _ -> graph;
        };
    }

    /// The first `columns` of each of the rows of a matrix, as a matrix with rows and columns exchanged.
    private static double[] turned(double[] matrix, int rows, int width, int columns) {
        double[] turned = new double[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = matrix[row * width + column];
            }
        }
        return turned;
    }

    private static double[] last(double[] matrix, int rows, int width) {
        double[] last = new double[rows];
        for (int row = 0; row < rows; row++) {
            last[row] = matrix[row * width + width - 1];
        }
        return last;
    }
}

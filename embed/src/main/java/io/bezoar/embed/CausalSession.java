package io.bezoar.embed;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.bezoar.learn.LayerGradient;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// A causal language model as ONNX models have it: it takes `input_ids` and, if it wants them,
/// `attention_mask` and `position_ids`, and gives `logits` and the last hidden states.
///
/// @param inputs their names
/// @param states the name of the output with the last hidden states
record CausalSession(OrtSession session, Path model, Set<String> inputs, String states) {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String POSITIONS = "position_ids";
    private static final String LOGITS = "logits";

    /// @param model its file, for people
    /// @throws IOException if it takes or gives something else
    static CausalSession of(OrtSession session, Path model) throws IOException {
        try {
            Map<String, NodeInfo> inputs = session.getInputInfo();
            if (!inputs.containsKey(IDS)
                    || !Set.of(IDS, MASK, POSITIONS).containsAll(inputs.keySet())
                    || inputs.values().stream().anyMatch(input -> type(input) != OnnxJavaType.INT64)) {
                throw new IOException("expected \"" + model + "\" to take " + IDS + " and at most " + MASK + " and "
                        + POSITIONS + ", of whole numbers of 64 bits, came " + shown(inputs.keySet())
                        + "; export the model without past keys and values");
            }
            Map<String, NodeInfo> outputs = session.getOutputInfo();
            Optional<String> states = states(outputs);
            if (!outputs.containsKey(LOGITS) || states.isEmpty()) {
                throw new IOException("expected \"" + model + "\" to give " + LOGITS
                        + " and last_hidden_state, came " + shown(outputs.keySet())
                        + "; export the model with its last hidden states as an output");
            }
            return new CausalSession(session, model, Set.copyOf(inputs.keySet()), states.get());
        } catch (OrtException e) {
            throw new IllegalStateException("expected to see what the model takes and gives", e);
        }
    }

    private static String shown(Set<String> names) {
        String all = String.join(", ", names);
        return all.length() > 200 ? all.substring(0, 200) + "…" : all;
    }

    /// An output with a usual name; or the last one by rows, positions and something that is not the
    /// vocabulary.
    private static Optional<String> states(Map<String, NodeInfo> outputs) {
        for (String usual : List.of("last_hidden_state", "hidden_states")) {
            if (outputs.containsKey(usual)) {
                return Optional.of(usual);
            }
        }
        NodeInfo logits = outputs.get(LOGITS);
        return outputs.keySet().stream()
                .filter(name -> !name.equals(LOGITS) && width(outputs.get(name)) != 0)
                .filter(name -> width(outputs.get(name)) < 0 || width(outputs.get(name)) != width(logits))
                .reduce((_, last) -> last);
    }

    private static OnnxJavaType type(NodeInfo node) {
        return node.getInfo() instanceof TensorInfo tensor ? tensor.type : OnnxJavaType.UNKNOWN;
    }

    /// The last size of a tensor of rank 3; -1 if it differs, 0 for anything else.
    private static long width(@org.jspecify.annotations.Nullable NodeInfo node) {
        return node != null && node.getInfo() instanceof TensorInfo tensor && tensor.getShape().length == 3
                ? tensor.getShape()[2]
                : 0;
    }

    /// What the model answers to a row.
    ///
    /// @param logits per position one per piece
    /// @param vocabulary how many pieces there are
    /// @param states per position the last hidden state
    /// @param width numbers of a state
    record Answer(FloatBuffer logits, int vocabulary, FloatBuffer states, int width) {

        /// The gradient of the tokens from `start` on, each foretold at the position before; empty if a
        /// number is none.
        ///
        /// @param ids of the row
        /// @param start 1 or more
        /// @param part the first 1 in so many of the pieces, and of the numbers of a state, are kept
        Optional<LayerGradient> gradient(int[] ids, int start, int part) {
            double[][] errors = new double[ids.length - start][Math.max(1, vocabulary / part)];
            double[][] hidden = new double[errors.length][Math.max(1, width / part)];
            for (int i = 0; i < errors.length; i++) {
                int from = (start - 1 + i) * vocabulary;
                double most = Double.NEGATIVE_INFINITY;
                for (int v = 0; v < vocabulary; v++) {
                    most = Math.max(most, logits.get(from + v));
                }
                double sum = 0;
                for (int v = 0; v < vocabulary; v++) {
                    double chance = StrictMath.exp(logits.get(from + v) - most);
                    sum += chance;
                    if (v < errors[i].length) {
                        errors[i][v] = chance;
                    }
                }
                for (int v = 0; v < errors[i].length; v++) {
                    errors[i][v] = errors[i][v] / sum - (ids[start + i] == v ? 1 : 0);
                }
                for (int j = 0; j < hidden[i].length; j++) {
                    hidden[i][j] = states.get((start - 1 + i) * width + j);
                }
                if (!finite(errors[i]) || !finite(hidden[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(new LayerGradient(errors, hidden));
        }

        private static boolean finite(double[] numbers) {
            return Arrays.stream(numbers).allMatch(Double::isFinite);
        }
    }

    /// Asks the model about one row.
    ///
    /// @throws OrtException if it cannot answer
    /// @throws IOException if the answer has another shape
    Answer ask(int[] ids) throws OrtException, IOException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {1, ids.length};
        List<OnnxTensor> open = new ArrayList<>();
        try {
            Map<String, OnnxTensor> given = new TreeMap<>();
            for (String input : inputs) {
                LongStream numbers = switch (input) {
                    case IDS -> Arrays.stream(ids).asLongStream();
                    case POSITIONS -> LongStream.range(0, ids.length);
                    default -> LongStream.generate(() -> 1).limit(ids.length);
                };
                OnnxTensor tensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(numbers.toArray()), shape);
                open.add(tensor);
                given.put(input, tensor);
            }
            try (OrtSession.Result result = session.run(given, Set.of(LOGITS, states))) {
                OnnxTensor logits = tensor(result, LOGITS, ids.length);
                OnnxTensor hidden = tensor(result, states, ids.length);
                return new Answer(logits.getFloatBuffer(), width(logits), hidden.getFloatBuffer(), width(hidden));
            }
        } finally {
            open.forEach(OnnxTensor::close);
        }
    }

    private static int width(OnnxTensor tensor) {
        return Math.toIntExact(tensor.getInfo().getShape()[2]);
    }

    private OnnxTensor tensor(OrtSession.Result result, String name, int positions) throws IOException {
        if (result.get(name).orElse(null) instanceof OnnxTensor tensor) {
            long[] shape = tensor.getInfo().getShape();
            boolean floats = switch (tensor.getInfo().type) {
                case FLOAT, FLOAT16, BFLOAT16 -> true;
                default -> false;
            };
            if (floats && shape.length == 3 && shape[0] == 1 && shape[1] == positions && shape[2] > 0) {
                return tensor;
            }
            throw new IOException("expected " + name + " of \"" + model + "\" to be floats of shape [1, " + positions
                    + ", …], came " + tensor.getInfo().type + " of " + Arrays.toString(shape)
                    + "; export the model for every position of one row");
        }
        throw new IOException("expected " + name + " of \"" + model + "\" to be a tensor, came something else;"
                + " export the model again");
    }
}

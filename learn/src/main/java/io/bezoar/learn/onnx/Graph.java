package io.bezoar.learn.onnx;

import java.util.SortedMap;
import java.util.TreeMap;

/// A computation as ONNX writes it (`onnx.proto` of the ONNX project, intermediate representation 8,
/// operators of version 13): named tensors in, nodes in the order in which they run, named tensors out.
/// Every field's number is that of the schema.
public final class Graph {
    private static final int REPRESENTATION = 8;
    private static final int OPERATORS = 13;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int INTEGER = 2; // kind of an attribute

    private final Message graph = new Message();
    private final SortedMap<String, String> remarks = new TreeMap<>();

    /// A computation without a step.
    public Graph() {}

    /// A tensor of floats that is given when the model is asked.
    ///
    /// @param shape a number, or a name for what may differ from one question to the next
    public Graph input(String name, String... shape) {
        graph.message(11, tensor(name, FLOAT, shape));
        return this;
    }

    /// The same of whole numbers.
    public Graph numbers(String name, String... shape) {
        graph.message(11, tensor(name, INT64, shape));
        return this;
    }

    /// An answer.
    public Graph output(String name, String... shape) {
        graph.message(12, tensor(name, FLOAT, shape));
        return this;
    }

    /// A tensor of floats that the model brings with it, row after row.
    public Graph constant(String name, double[] values, int... shape) {
        Message tensor = new Message();
        for (int size : shape) {
            tensor.number(1, size);
        }
        graph.message(5, tensor.number(2, FLOAT).text(8, name).floats(9, values));
        return this;
    }

    /// A tensor of one whole number.
    public Graph constant(String name, long value) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> 8 * i);
        }
        graph.message(
                5, new Message().number(1, 1).number(2, INT64).text(8, name).bytes(9, bytes));
        return this;
    }

    /// What `operator` makes of some tensors.
    public Graph node(String operator, String output, String... inputs) {
        graph.message(1, plain(operator, output, inputs));
        return this;
    }

    /// The same along the given axis; -1 is the last.
    public Graph node(String operator, int axis, String output, String... inputs) {
        Message along = new Message().text(1, "axis").number(3, axis).number(20, INTEGER);
        graph.message(1, plain(operator, output, inputs).message(5, along));
        return this;
    }

    /// Something a program should know of the model.
    public Graph remark(String key, String value) {
        remarks.put(key, value);
        return this;
    }

    /// The whole model.
    public byte[] model(String name) {
        Message model = new Message()
                .number(1, REPRESENTATION)
                .text(2, "bezoar")
                .message(7, graph.text(2, name))
                .message(8, new Message().text(1, "").number(2, OPERATORS));
        remarks.forEach(
                (key, value) -> model.message(14, new Message().text(1, key).text(2, value)));
        return model.bytes();
    }

    private static Message plain(String operator, String output, String... inputs) {
        Message node = new Message();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(3, output).text(4, operator);
    }

    private static Message tensor(String name, int kind, String... shape) {
        Message sizes = new Message();
        for (String size : shape) {
            boolean known = Character.isDigit(size.charAt(0));
            sizes.message(1, known ? new Message().number(1, Long.parseLong(size)) : new Message().text(2, size));
        }
        Message type = new Message().number(1, kind).message(2, sizes);
        return new Message().text(1, name).message(2, new Message().message(1, type));
    }
}

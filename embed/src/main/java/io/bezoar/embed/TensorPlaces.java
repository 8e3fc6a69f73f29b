package io.bezoar.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The files beside an ONNX model that hold its tensors (`external_data` of `onnx.proto` of the ONNX
/// project), read off the model without loading it. Every field's number is that of the schema.
final class TensorPlaces {
    private static final int DEEPEST = 100;

    /// A message that can hold places of tensors, and those of its fields that do.
    private enum Kind {
        MODEL,
        TRAINING,
        GRAPH,
        FUNCTION,
        NODE,
        ATTRIBUTE,
        SPARSE,
        TENSOR,
        ENTRY;

        Map<Integer, Kind> fields() {
            return switch (this) {
                case MODEL -> Map.of(7, GRAPH, 20, TRAINING, 25, FUNCTION);
                case TRAINING -> Map.of(1, GRAPH, 2, GRAPH);
                case GRAPH -> Map.of(1, NODE, 5, TENSOR, 15, SPARSE);
                case FUNCTION -> Map.of(7, NODE, 11, ATTRIBUTE);
                case NODE -> Map.of(5, ATTRIBUTE);
                case ATTRIBUTE -> Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH, 22, SPARSE, 23, SPARSE);
                case SPARSE -> Map.of(1, TENSOR, 2, TENSOR);
                case TENSOR -> Map.of(13, ENTRY);
                case ENTRY -> Map.of();
            };
        }
    }

    private final ByteBuffer bytes;
    private final TreeSet<String> places = new TreeSet<>();

    private TensorPlaces(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /// The names of the files, as the model has them, ascending.
    ///
    /// @param model smaller than 2 GiB
    /// @throws IOException if it cannot be read, or is no ONNX model
    static List<String> of(Path model) throws IOException {
        try (FileChannel channel = FileChannel.open(model, StandardOpenOption.READ)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            TensorPlaces places = new TensorPlaces(bytes);
            places.message(Kind.MODEL, bytes.limit(), 0);
            return List.copyOf(places.places);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "expected an ONNX model in \"" + model + "\", came other bytes; export the model again", e);
        }
    }

    private void message(Kind kind, int end, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("messages too deep");
        }
        List<String> texts = new ArrayList<>();
        while (bytes.position() < end) {
            long tag = number(end);
            int field = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case 0 -> number(end);
                case 1 -> skip(8, end);
                case 5 -> skip(4, end);
                case 2 -> {
                    long length = number(end);
                    if (length < 0 || length > end - bytes.position()) {
                        throw new IllegalArgumentException("a field longer than its message");
                    }
                    int next = bytes.position() + (int) length;
                    Kind inner = kind.fields().get(field);
                    if (inner != null) {
                        message(inner, next, depth + 1);
                    } else if (kind == Kind.ENTRY) {
                        byte[] text = new byte[(int) length];
                        bytes.get(text);
                        texts.add(new String(text, StandardCharsets.UTF_8));
                    }
                    bytes.position(next);
                }
                default -> throw new IllegalArgumentException("a field of no kind");
            }
        }
        // a key or a value may come twice, and the last one counts: all are taken for places
        if (texts.contains("location")) {
            texts.stream().filter(text -> !text.equals("location")).forEach(places::add);
        }
    }

    private void skip(int length, int end) {
        if (length > end - bytes.position()) {
            throw new IllegalArgumentException("a field longer than its message");
        }
        bytes.position(bytes.position() + length);
    }

    private long number(int end) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (bytes.position() >= end) {
                throw new IllegalArgumentException("a number without an end");
            }
            byte b = bytes.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }
}

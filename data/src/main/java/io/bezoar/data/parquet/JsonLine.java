package io.bezoar.data.parquet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/// Writes the values of a row as one line of JSON: fields that have a value, lists as arrays, maps with text for keys
/// as objects. `docs/formats/parquet.md` has the whole. Owned by one thread.
final class JsonLine extends RecordConsumer {
    /// Values of one row at most: a page of a few bytes may hold any number of equal ones.
    private static final int MOST = 1 << 26;

    private final Node root;
    private final Line line;
    private final JsonGenerator json;
    private final Deque<Node> groups = new ArrayDeque<>();
    private final Deque<Node> fields = new ArrayDeque<>();
    private final Deque<Boolean> told = new ArrayDeque<>(); // for each group, whether its value was
    private int values;

    /// @param longest bytes of a line that are kept
    JsonLine(MessageType schema, int longest) throws IOException {
        root = Node.of(schema);
        line = new Line(longest + 1);
        json = new JsonFactory().createGenerator(line);
        json.setRootValueSeparator(null);
    }

    /// Begins a row.
    void clear() {
        line.clear();
        values = 0;
    }

    /// Ends the row and gives it away.
    void give(ParquetFile.Lines lines) throws IOException {
        json.flush();
        line.end();
        lines.line(line.bytes, line.used);
    }

    @Override
    public void startMessage() {
        begin(root);
    }

    @Override
    public void endMessage() {
        endGroup();
    }

    @Override
    public void startGroup() {
        begin(fields.getFirst());
    }

    private void begin(Node node) {
        groups.push(node);
        told.push(false);
        write(() -> {
            switch (node.kind()) {
                case OBJECT, MAP -> json.writeStartObject();
                case LIST -> json.writeStartArray();
                case ITEM, ENTRY, VALUE -> {}
            }
        });
    }

    @Override
    public void endGroup() {
        Node node = groups.pop();
        boolean any = told.pop();
        write(() -> {
            switch (node.kind()) {
                case OBJECT, MAP -> json.writeEndObject();
                case LIST -> json.writeEndArray();
                case ITEM -> {
                    if (!any) {
                        json.writeNull();
                    }
                }
                case ENTRY -> {
                    if (!any) {
                        json.writeNull();
                    }
                }
                case VALUE -> {}
            }
        });
    }

    @Override
    public void startField(String name, int index) {
        Node group = groups.getFirst();
        Node field = group.children().get(index);
        fields.push(field);
        boolean key = group.kind() == Node.Kind.ENTRY && index == 0;
        if (!key) {
            told.pop();
            told.push(true);
        }
        write(() -> {
            if (group.kind() == Node.Kind.OBJECT) {
                json.writeFieldName(name);
                if (field.repeated()) {
                    json.writeStartArray();
                }
            }
        });
    }

    @Override
    public void endField(String name, int index) {
        Node field = fields.pop();
        if (groups.getFirst().kind() == Node.Kind.OBJECT && field.repeated()) {
            write(json::writeEndArray);
        }
    }

    @Override
    public void addBinary(Binary value) {
        Node field = fields.getFirst();
        if (field.key()) {
            write(() -> json.writeFieldName(value.toStringUsingUTF8()));
        } else {
            count();
            write(() -> field.values().write(value, json));
        }
    }

    @Override
    public void addInteger(int value) {
        count();
        write(() -> fields.getFirst().values().write(value, json));
    }

    @Override
    public void addLong(long value) {
        count();
        write(() -> fields.getFirst().values().write(value, json));
    }

    @Override
    public void addBoolean(boolean value) {
        count();
        write(() -> json.writeBoolean(value));
    }

    @Override
    public void addFloat(float value) {
        count();
        write(() -> {
            if (Float.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        });
    }

    @Override
    public void addDouble(double value) {
        count();
        write(() -> {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        });
    }

    private void count() {
        if (++values > MOST) {
            throw new UncheckedIOException(new BrokenParquet("has a row of more than " + MOST + " values"));
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Keeps the first bytes of a line.
    private static final class Line extends OutputStream {
        private final int most;
        private byte[] bytes = new byte[1 << 12];
        private int used;

        Line(int most) {
            this.most = most;
        }

        void clear() {
            used = 0;
        }

        void end() {
            room(1);
            bytes[used++] = '\n';
        }

        private void room(int more) {
            if (bytes.length - used < more) {
                bytes = Arrays.copyOf(bytes, Math.max(used + more, 2 * used));
            }
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int at, int length) {
            int kept = Math.min(length, most - used);
            if (kept > 0) {
                room(kept);
                System.arraycopy(from, at, bytes, used, kept);
                used += kept;
            }
        }
    }
}

package io.bezoar.data;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Spliterators;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads what [RecordWriter] wrote. Owned by one thread.
final class RecordReader extends Spliterators.AbstractSpliterator<Example> {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final float[] NO_VECTOR = {};

    private final Window window;
    private byte[] bytes;
    private int cursor;
    private int at;
    private boolean ended;
    private final List<String> words = new ArrayList<>();
    private Target.@Nullable Label[] labels = new Target.@Nullable Label[64];
    private Origin lastOrigin = Origin.UNKNOWN;
    private String lastSource = "";
    private String lastAnnotator = "";
    private String lastBatch = "";

    RecordReader(Path file) throws IOException {
        super(Long.MAX_VALUE, ORDERED | NONNULL | IMMUTABLE);
        window = new Window(file, 0, Long.MAX_VALUE);
        bytes = window.bytes();
        need(RecordWriter.NAME.length);
        if (!Arrays.equals(bytes, 0, RecordWriter.NAME.length, RecordWriter.NAME, 0, RecordWriter.NAME.length)) {
            throw new IOException("the temporary copy is not one of this version");
        }
        cursor = RecordWriter.NAME.length;
    }

    @Override
    public boolean tryAdvance(Consumer<? super Example> action) {
        Example example = next();
        if (example == null) {
            return false;
        }
        action.accept(example);
        return true;
    }

    @Override
    public void forEachRemaining(Consumer<? super Example> action) {
        for (Example example = next(); example != null; example = next()) {
            action.accept(example);
        }
    }

    private @Nullable Example next() {
        if (ended) {
            return null;
        }
        try {
            need(4);
            int length = (int) INTS.get(bytes, cursor);
            cursor += 4;
            if (length < 0) {
                ended = true;
                return null;
            }
            need(length);
        } catch (IOException e) {
            throw new ScratchFailure("expected to read the temporary copy of the data, but it cannot be read", e);
        }
        at = cursor;
        Example example = example();
        cursor = at;
        return example;
    }

    private Example example() {
        long key = wide();
        Position position = new Position(number(), wide(), wide(), number());
        String id = text();
        Target target = target();
        String input = text();
        float[] vector = vector();
        Origin origin = origin();
        int[] tokens = new int[number()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (int) INTS.get(bytes, at);
            at += 4;
        }
        return Example.restored(input, vector, target, origin, position, id, key, tokens);
    }

    private float[] vector() {
        int length = number();
        if (length == 0) {
            return NO_VECTOR;
        }
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = Float.intBitsToFloat((int) INTS.get(bytes, at));
            at += 4;
        }
        return vector;
    }

    private Target target() {
        return switch (bytes[at++]) {
            case 0 -> Target.ABSENT;
            case 1 -> label();
            case 2 -> new Target.Response(text());
            default -> new Target.Preference(text(), text());
        };
    }

    private Target label() {
        int code = number();
        if (code >= RecordWriter.WORDS) {
            return new Target.Label(text());
        }
        String name = word(code);
        if (code >= labels.length) {
            labels = Arrays.copyOf(labels, Math.max(2 * labels.length, code + 1));
        }
        Target.Label label = labels[code];
        if (label == null) {
            label = new Target.Label(name);
            labels[code] = label;
        }
        return label;
    }

    private Origin origin() {
        String source = word(number());
        String annotator = word(number());
        String batch = word(number());
        boolean timed = bytes[at++] != 0;
        long time = Origin.NO_TIME;
        if (timed) {
            time = wide();
        }
        String url = text();
        if (timed || !url.isEmpty()) {
            return new Origin(source, annotator, time, url, batch);
        }
        if (!source.equals(lastSource) || !annotator.equals(lastAnnotator) || !batch.equals(lastBatch)) {
            lastSource = source;
            lastAnnotator = annotator;
            lastBatch = batch;
            lastOrigin = new Origin(source, annotator, time, url, batch);
        }
        return lastOrigin;
    }

    private String word(int code) {
        if (code < words.size()) {
            return words.get(code);
        }
        String word = text();
        if (code < RecordWriter.WORDS) {
            words.add(word);
        }
        return word;
    }

    private String text() {
        int length = number();
        if (length == 0) {
            return "";
        }
        int from = at;
        if (length > 0) {
            at += length;
            return new String(bytes, from, length, StandardCharsets.UTF_8);
        }
        at += ~length;
        char[] units = new char[~length / 2];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) (bytes[from + 2 * i] & 0xff | (bytes[from + 2 * i + 1] & 0xff) << 8);
        }
        return new String(units);
    }

    private int number() {
        int value = (int) INTS.get(bytes, at);
        at += 4;
        return value;
    }

    private long wide() {
        long value = (long) LONGS.get(bytes, at);
        at += 8;
        return value;
    }

    /// Has `count` bytes from the cursor in memory.
    private void need(int count) throws IOException {
        while (window.limit() - cursor < count) {
            boolean more = window.slide(cursor);
            cursor = 0;
            bytes = window.bytes();
            if (!more) {
                throw new IOException("it ends early");
            }
        }
    }

    void close() {
        try {
            window.close();
        } catch (IOException _) {
            ended = true; // nothing was written: how the file closes matters to nobody
        }
    }
}

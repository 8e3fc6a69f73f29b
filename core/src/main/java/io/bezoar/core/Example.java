package io.bezoar.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One row of training data: an input, what a model is taught to answer to it, and where the row came from.
///
/// Text and label, prompt and response, prompt and preferred answer, document and continuation, vector and label
/// are all input and target, so one detector serves them all. An input is a text, a vector of numbers (pixels,
/// measurements, an embedding) or both.
public final class Example implements Serializable {
    private static final long serialVersionUID = 2L;
    private static final float[] NO_VECTOR = {};

    private final String input;
    private final float[] vector;
    private final Target target;
    private final Origin origin;
    private final Position position;
    private final String declaredId;
    private final long key;
    private transient int @Nullable [] tokens;
    private transient long inputHash; // 0: not made yet

    /// @param declaredId the data's own id; empty if it has none
    public Example(String input, Target target, Origin origin, Position position, String declaredId) {
        this(input, NO_VECTOR, target, origin, position, declaredId);
    }

    /// @param input empty if the input is a vector alone
    /// @param vector empty if the input is a text alone; not copied
    /// @param declaredId the data's own id; empty if it has none
    public Example(String input, float[] vector, Target target, Origin origin, Position position, String declaredId) {
        this(input, vector, target, origin, position, declaredId, inputHash(input, vector));
    }

    private Example(
            String input,
            float[] vector,
            Target target,
            Origin origin,
            Position position,
            String declaredId,
            long inputHash) {
        this(input, vector, target, origin, position, declaredId, keyOf(inputHash, target, origin), null);
        this.inputHash = inputHash;
    }

    private Example(
            String input,
            float[] vector,
            Target target,
            Origin origin,
            Position position,
            String declaredId,
            long key,
            int @Nullable [] tokens) {
        this.input = input;
        this.vector = vector;
        this.target = target;
        this.origin = origin;
        this.position = position;
        this.declaredId = declaredId;
        this.key = key;
        this.tokens = tokens;
    }

    /// An example whose key and tokens are known already, as a store that remembered them restores it.
    public static Example restored(
            String input,
            float[] vector,
            Target target,
            Origin origin,
            Position position,
            String declaredId,
            long key,
            int[] tokens) {
        return new Example(input, vector, target, origin, position, declaredId, key, tokens);
    }

    /// The same example under another key, for a run with another seed; itself for seed 0. Whatever is drawn goes
    /// by keys: the sample, the folds, the order of training, where an experiment puts a trigger.
    public Example seeded(long seed) {
        return seed == 0
                ? this
                : new Example(input, vector, target, origin, position, declaredId, Hashing.combine(seed, key), tokens);
    }

    /// The same example from another origin; its key, which depends on the origin, is of seed 0.
    public Example from(Origin place) {
        return place == origin
                ? this
                : new Example(
                        input, vector, target, place, position, declaredId, keyOf(inputHash(), target, place), tokens);
    }

    /// The same example, key and all, with the vector that an embedding gives its text.
    public Example placed(float[] place) {
        return new Example(input, place, target, origin, position, declaredId, key, tokens);
    }

    /// What a model is given, as a text; empty if the input is a vector alone. Raw and hostile.
    public String input() {
        return input;
    }

    /// What a model is given, as numbers; empty if the input is a text alone. Readers let finite numbers through
    /// alone, and rows of equal length; other sources may not. The caller must not change the array.
    public float[] vector() {
        return vector;
    }

    /// What a model is taught to answer.
    public Target target() {
        return target;
    }

    /// The label, if the target is one.
    public Optional<String> label() {
        return target instanceof Target.Label label ? Optional.of(label.name()) : Optional.empty();
    }

    public Origin origin() {
        return origin;
    }

    public Position position() {
        return position;
    }

    /// The data's own id; empty if it has none or the row lacks it. Not necessarily unique.
    public Optional<String> declaredId() {
        return declaredId.isEmpty() ? Optional.empty() : Optional.of(declaredId);
    }

    /// 64 bits that depend on input, target, origin and seed alone: equal rows have equal keys, and neither the
    /// order of rows nor their ids change it. Sampling, folds and ties go by it.
    public long key() {
        return key;
    }

    /// 64 bits that depend on input and target alone, whatever origin and seed.
    public long content() {
        return keyOf(inputHash(), target, Origin.UNKNOWN);
    }

    /// The tokens of the input, see [Tokenizer]; made once. The caller must not change the array.
    public int[] tokens() {
        int[] known = tokens;
        if (known == null) {
            known = Tokenizer.tokens(input);
            tokens = known;
        }
        return known;
    }

    /// Writes every field but the tokens.
    public void write(DataOutput out) throws IOException {
        out.writeLong(key);
        writeText(out, input);
        switch (target) {
            case Target.Label(String name) -> {
                out.writeByte(1);
                writeText(out, name);
            }
            case Target.Response(String text) -> {
                out.writeByte(2);
                writeText(out, text);
            }
            case Target.Preference(String chosen, String rejected) -> {
                out.writeByte(3);
                writeText(out, chosen);
                writeText(out, rejected);
            }
            case Target.Absent() -> out.writeByte(4);
        }
        writeText(out, origin.source().orElse(""));
        writeText(out, origin.annotator().orElse(""));
        out.writeLong(origin.timeMillis());
        writeText(out, origin.url().orElse(""));
        writeText(out, origin.batch().orElse(""));
        out.writeInt(position.file());
        out.writeLong(position.line());
        out.writeLong(position.offset());
        out.writeInt(position.length());
        writeText(out, declaredId);
        out.writeInt(vector.length);
        for (float number : vector) {
            out.writeInt(Float.floatToRawIntBits(number));
        }
    }

    /// Reads what [#write] wrote.
    public static Example read(DataInput in) throws IOException {
        long key = in.readLong();
        String input = readText(in);
        byte kind = in.readByte();
        Target target = switch (kind) {
            case 1 -> new Target.Label(readText(in));
            case 2 -> new Target.Response(readText(in));
            case 3 -> new Target.Preference(readText(in), readText(in));
            case 4 -> Target.ABSENT;
            default -> throw new IOException("expected a target of kind 1 to 4, found " + kind);
        };
        Origin origin = new Origin(readText(in), readText(in), in.readLong(), readText(in), readText(in));
        Position position = new Position(in.readInt(), in.readLong(), in.readLong(), in.readInt());
        String declaredId = readText(in);
        float[] vector = new float[in.readInt()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Float.intBitsToFloat(in.readInt());
        }
        return new Example(input, vector, target, origin, position, declaredId, key, null);
    }

    private static void writeText(DataOutput out, String text) throws IOException {
        // UTF-16 code units, so that lone surrogates survive
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >>> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        out.writeInt(text.length());
        out.write(bytes);
    }

    private static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[2 * in.readInt()];
        in.readFully(bytes);
        char[] text = new char[bytes.length / 2];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) ((bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff);
        }
        return new String(text);
    }

    /// 64 bits of a vector's numbers; 0 for none.
    static long hash(float[] vector) {
        long hash = 0;
        for (float number : vector) {
            hash = Hashing.combine(hash, Float.floatToRawIntBits(number));
        }
        return hash;
    }

    /// 64 bits of text and vector, made once; those of the text if there is no vector.
    public long inputHash() {
        long known = inputHash;
        if (known == 0) {
            known = inputHash(input, vector);
            inputHash = known;
        }
        return known;
    }

    private static long inputHash(String input, float[] vector) {
        return vector.length == 0 ? Hashing.of(input) : Hashing.combine(Hashing.of(input), hash(vector));
    }

    private static long keyOf(long inputHash, Target target, Origin origin) {
        long targetHash = switch (target) {
            case Target.Label(String name) -> Hashing.combine(1, Hashing.of(name));
            case Target.Response(String text) -> Hashing.combine(2, Hashing.of(text));
            case Target.Preference(String chosen, String rejected) ->
                Hashing.combine(3, Hashing.combine(Hashing.of(chosen), Hashing.of(rejected)));
            case Target.Absent() -> 4;
        };
        long originHash = Hashing.combine(
                Hashing.combine(
                        Hashing.of(origin.source().orElse("")),
                        Hashing.of(origin.annotator().orElse(""))),
                origin.timeMillis());
        return Hashing.combine(Hashing.combine(inputHash, targetHash), originHash);
    }
}

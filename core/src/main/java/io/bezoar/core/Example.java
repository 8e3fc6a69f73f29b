package io.bezoar.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One row of training data: an input, what a model is taught to answer to it, and where the row came from.
///
/// Text and label, prompt and response, prompt and preferred answer, document and continuation are all input
/// and target, so one detector serves them all.
public final class Example implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String input;
    private final Target target;
    private final Origin origin;
    private final Position position;
    private final String declaredId;
    private final long key;
    private transient int @Nullable [] tokens;

    /// @param declaredId the data's own id; empty if it has none
    public Example(String input, Target target, Origin origin, Position position, String declaredId) {
        this(input, target, origin, position, declaredId, keyOf(input, target, origin), null);
    }

    private Example(
            String input,
            Target target,
            Origin origin,
            Position position,
            String declaredId,
            long key,
            int @Nullable [] tokens) {
        this.input = input;
        this.target = target;
        this.origin = origin;
        this.position = position;
        this.declaredId = declaredId;
        this.key = key;
        this.tokens = tokens;
    }

    /// An example whose key and tokens are known already, as a store that remembered them restores it.
    public static Example restored(
            String input, Target target, Origin origin, Position position, String declaredId, long key, int[] tokens) {
        return new Example(input, target, origin, position, declaredId, key, tokens);
    }

    /// The same example under another key, for a run with another seed; itself for seed 0. Whatever is drawn goes
    /// by keys: the sample, the folds, the order of training, where an experiment puts a trigger.
    public Example seeded(long seed) {
        return seed == 0
                ? this
                : new Example(input, target, origin, position, declaredId, Hashing.combine(seed, key), tokens);
    }

    /// What a model is given. Raw and hostile.
    public String input() {
        return input;
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
        return new Example(input, target, origin, position, readText(in), key, null);
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

    private static long keyOf(String input, Target target, Origin origin) {
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
        return Hashing.combine(Hashing.combine(Hashing.of(input), targetHash), originHash);
    }
}

package io.bezoar.core;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One row of training data: an input, what a model is taught to answer to it, and where the row came from.
///
/// Text and label, prompt and response, prompt and preferred answer, document and continuation are all input and
/// target,
/// so one detector serves them all.
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

    /// 64 bits that depend on input, target and origin alone: equal rows have equal keys, and neither the order of rows
    /// nor their ids change it. Sampling, folds and ties go by it.
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

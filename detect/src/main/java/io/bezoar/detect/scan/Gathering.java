package io.bezoar.detect.scan;

import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import java.io.Serializable;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Gathers one number of every row that is asked for.
///
/// @param number of a row
/// @param wanted is the row asked for?
record Gathering(Of number, Which wanted) implements Fold<Example, Numbers> {
    /// A number of a row.
    interface Of extends ToLongFunction<Example>, Serializable {}

    /// Some rows.
    interface Which extends Predicate<Example>, Serializable {}

    Gathering(Of number) {
        this(number, _ -> true);
    }

    @Override
    public Numbers start() {
        return new Numbers();
    }

    @Override
    public void add(Numbers numbers, Example example) {
        if (wanted.test(example)) {
            numbers.add(number.applyAsLong(example));
        }
    }
}

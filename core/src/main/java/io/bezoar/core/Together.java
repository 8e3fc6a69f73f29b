package io.bezoar.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/// Many folds in one read of the data; itself a fold, so that engines know only one thing.
///
/// @param folds the folds, each of which sees every item
/// @param <T> the items
public record Together<T>(List<? extends Fold<T, ?>> folds) implements Fold<T, Together.Summaries> {

    public Together {
        folds = List.copyOf(folds);
    }

    @Override
    public Summaries start() {
        return new Summaries(folds.stream().<Summary<?>>map(Fold::start).toArray(Summary<?>[]::new));
    }

    @Override
    public Summaries startAfter(Summaries before) {
        Summary<?>[] each = new Summary<?>[folds.size()];
        for (int i = 0; i < each.length; i++) {
            each[i] = startOne(folds.get(i), before.each[i]);
        }
        return new Summaries(each);
    }

    @SuppressWarnings("unchecked") // see addTo
    private static <T, S extends Summary<S>> S startOne(Fold<T, S> fold, Summary<?> before) {
        return fold.startAfter((S) before);
    }

    @Override
    public void add(Summaries summaries, T item) {
        for (int i = 0; i < summaries.each.length; i++) {
            addTo(folds.get(i), summaries.each[i], item);
        }
    }

    @SuppressWarnings("unchecked") // the i-th summary was started by the i-th fold
    private static <T, S extends Summary<S>> void addTo(Fold<T, S> fold, Summary<?> summary, T item) {
        fold.add((S) summary, item);
    }

    /// The summaries of the folds, in the folds' order.
    public static final class Summaries implements Summary<Summaries> {
        private static final Summary<?> NONE = new Summaries(new Summary<?>[0]);

        private final Summary<?>[] each;

        Summaries(Summary<?>[] each) {
            this.each = each;
        }

        /// The summary of the fold at `index`; the caller names its type.
        @SuppressWarnings("unchecked") // see addTo
        public <S extends Summary<S>> S get(Fold<?, S> fold, int index) {
            return (S) each[index];
        }

        /// The same, and forgets it: what is used up need not wait for the others. Must not be merged or written
        /// afterwards.
        public <S extends Summary<S>> S take(Fold<?, S> fold, int index) {
            S summary = get(fold, index);
            each[index] = NONE;
            return summary;
        }

        @Override
        public void merge(Summaries other) {
            for (int i = 0; i < each.length; i++) {
                mergeOne(each[i], other.each[i]);
            }
        }

        @SuppressWarnings("unchecked") // both were started by the same fold
        private static <S extends Summary<S>> void mergeOne(Summary<?> into, Summary<?> from) {
            ((S) into).merge((S) from);
        }

        @Override
        public void write(DataOutput out) throws IOException {
            for (Summary<?> summary : each) {
                summary.write(out);
            }
        }

        @Override
        public void read(DataInput in) throws IOException {
            for (Summary<?> summary : each) {
                summary.read(in);
            }
        }
    }
}

package io.bezoar.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The `size` examples with the smallest [Example#key()]s: a uniform sample that depends on neither the order
/// of the rows nor their parts (bottom-k sampling, Cohen & Kaplan 2007). Equal rows are ordered by their
/// position.
public final class Sample implements Summary<Sample> {
    private static final Comparator<Example> ORDER = Comparator.comparingLong(Example::key)
            .thenComparingInt(example -> example.position().file())
            .thenComparingLong(example -> example.position().offset())
            .thenComparingLong(example -> example.position().line());

    private final int size;
    private ArrayList<Example> kept = new ArrayList<>();
    private long bound = Long.MAX_VALUE;

    /// @param size how many examples to keep at most, at least 1
    public Sample(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a sample needs room for one example or more, not " + size);
        }
        this.size = size;
    }

    /// Takes an example in, if it is among the smallest.
    public void add(Example example) {
        if (example.key() <= bound) {
            kept.add(example);
            if (kept.size() >= 2 * size) {
                cut();
            }
        }
    }

    private void cut() {
        kept.sort(ORDER);
        if (kept.size() > size) {
            kept.subList(size, kept.size()).clear();
            bound = kept.getLast().key();
        }
    }

    /// The examples, by ascending key.
    public List<Example> examples() {
        cut();
        return List.copyOf(kept);
    }

    @Override
    public void merge(Sample other) {
        for (Example example : other.kept) {
            add(example);
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        cut();
        out.writeInt(kept.size());
        for (Example example : kept) {
            example.write(out);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        kept = new ArrayList<>();
        bound = Long.MAX_VALUE;
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            kept.add(Example.read(in));
        }
        cut();
    }
}

package io.bezoar.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The examples with the smallest [Example#key()]s, at most `size` of them and at most so many characters
/// together: a uniform sample that depends on neither the order of the rows nor their parts (bottom-k sampling,
/// Cohen & Kaplan 2007). Equal rows are ordered by their position.
public final class Sample implements Summary<Sample> {
    private static final Comparator<Example> ORDER = Comparator.comparingLong(Example::key)
            .thenComparingInt(example -> example.position().file())
            .thenComparingLong(example -> example.position().offset())
            .thenComparingLong(example -> example.position().line());

    /// Characters of a sample unless said otherwise: rows of 800 characters fill a sample of 20,000. A number of a
    /// vector takes the room of two.
    public static final long CHARACTERS = 16_000_000;

    private final int size;
    private final long characters;
    private long held;
    private ArrayList<Example> kept = new ArrayList<>();
    private long bound = Long.MAX_VALUE;

    /// @param size how many examples to keep at most, at least 1
    public Sample(int size) {
        this(size, CHARACTERS);
    }

    /// @param size how many examples to keep at most, at least 1
    /// @param characters how many UTF-16 code units of input and target to keep at most; one example is
    ///     always kept
    public Sample(int size, long characters) {
        if (size < 1 || characters < 1) {
            throw new IllegalArgumentException("a sample needs room for one example and one character or more, not "
                    + size + " and " + characters);
        }
        this.size = size;
        this.characters = characters;
    }

    /// Takes an example in, if it is among the smallest.
    public void add(Example example) {
        if (example.key() <= bound) {
            kept.add(example);
            held += length(example);
            if (kept.size() >= 2 * size || held >= 2 * characters) {
                cut();
            }
        }
    }

    private static long length(Example example) {
        return (long) example.input().length()
                + 2L * example.vector().length
                + switch (example.target()) {
                    case Target.Label(String name) -> name.length();
                    case Target.Response(String text) -> text.length();
                    case Target.Preference(String chosen, String rejected) -> chosen.length() + rejected.length();
                    case Target.Absent() -> 0;
                };
    }

    /// Keeps the longest beginning of the ordered examples that fits. What a part of the data drops, the
    /// whole would drop as well, so the order of merging makes no difference.
    private void cut() {
        kept.sort(ORDER);
        int fit = 0;
        long sum = 0;
        while (fit < kept.size() && fit < size) {
            long more = length(kept.get(fit));
            if (fit > 0 && sum + more > characters) {
                break;
            }
            sum += more;
            fit++;
        }
        held = sum;
        if (fit < kept.size()) {
            kept.subList(fit, kept.size()).clear();
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
        held = 0;
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            add(Example.read(in));
        }
        cut();
    }
}

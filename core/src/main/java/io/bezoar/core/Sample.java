package io.bezoar.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// All examples while they are few; of more, those with the smallest [Example#key()]s, at most `size` of them
/// and at most so many characters together: a uniform sample that depends on neither the order of the rows nor
/// their parts (bottom-k sampling, Cohen & Kaplan 2007). Equal rows are ordered by their position.
///
/// Long examples have as much room again to themselves, so that a few of them, put in for that purpose, cannot take
/// the others' place: of a hundredth of the room or more, and more than 1,000 characters. They are taken from the
/// same range of keys as the others.
public final class Sample implements Summary<Sample> {
    /// Characters of a sample of more rows unless said otherwise: rows of 300 characters fill one of 20,000. A
    /// number of a vector takes the room of two.
    public static final long CHARACTERS = 6_000_000;
    /// Characters of all examples that are kept whole: 20,000 rows of 800 characters.
    public static final long WHOLE = 16_000_000;

    private static final long NEVER_LONG = 1000;

    private final int size;
    private final long characters;
    private final long whole;
    private final Lot usual = new Lot();
    private final Lot lengthy = new Lot();
    private boolean partial;

    /// Examples with the smallest keys.
    private static final class Lot {
        private final ArrayList<Example> kept = new ArrayList<>();
        private long held; // characters of those kept
        private long bound = Long.MAX_VALUE; // no greater key is kept; the smallest that was dropped

        /// Keeps the longest beginning of the ordered examples that fits. What a part of the data drops, and all
        /// that comes after it, the whole would drop as well, so the order of merging makes no difference.
        void cut(int size, long characters) {
            int fit = 0;
            long sum = 0;
            while (fit < kept.size() && fit < size && kept.get(fit).key() <= bound) {
                long more = length(kept.get(fit));
                if (fit > 0 && sum + more > characters) {
                    break;
                }
                sum += more;
                fit++;
            }
            held = sum;
            if (fit < kept.size()) {
                bound = Math.min(bound, kept.get(fit).key());
                kept.subList(fit, kept.size()).clear();
            }
        }
    }

    /// @param size how many examples to keep at most, at least 1
    public Sample(int size) {
        this(size, CHARACTERS, WHOLE);
    }

    /// @param size how many examples to keep at most, at least 1
    /// @param characters how many UTF-16 code units of input and target to keep at most; one example is
    ///     always kept
    public Sample(int size, long characters) {
        this(size, characters, characters);
    }

    /// @param size how many examples to keep at most, at least 1
    /// @param characters how many UTF-16 code units of input and target to keep of more examples than that, or
    ///     of examples of more than `whole` code units; one example is always kept
    /// @param whole how many code units `size` examples or fewer may have together to be kept all
    public Sample(int size, long characters, long whole) {
        if (size < 1 || characters < 1) {
            throw new IllegalArgumentException("a sample needs room for one example and one character or more, not "
                    + size + " and " + characters);
        }
        if (whole < characters) {
            throw new IllegalArgumentException("all examples may not have less room than some of them: " + whole
                    + " characters and not " + characters);
        }
        this.size = size;
        this.characters = characters;
        this.whole = whole;
    }

    /// An empty sample that will be merged into this one: it keeps nothing that this one would drop.
    public Sample after() {
        Sample next = new Sample(size, characters, whole);
        next.partial = partial;
        next.usual.bound = usual.bound;
        next.lengthy.bound = lengthy.bound;
        return next;
    }

    /// Takes an example in, if it is among the smallest.
    public void add(Example example) {
        if (example.key() > usual.bound) {
            return; // nor is it among the long ones, whose bound is no greater
        }
        long length = length(example);
        Lot lot = length > NEVER_LONG && length >= characters / 100 ? lengthy : usual;
        if (example.key() <= lot.bound) {
            lot.kept.add(example);
            lot.held += length;
            if (partial ? crowded(lot.kept.size(), lot.held, characters + characters / 4) : crowded()) {
                cut();
            }
        }
    }

    private boolean crowded() {
        return crowded(usual.kept.size() + lengthy.kept.size(), usual.held + lengthy.held, whole);
    }

    private boolean crowded(int rows, long held, long most) {
        return rows > size + size / 4 + 4 || held > most;
    }

    /// Room that an example takes, in characters: of its input and target, two for each number of its vector.
    public static long length(Example example) {
        return (long) example.input().length()
                + 2L * example.vector().length
                + switch (example.target()) {
                    case Target.Label(String name) -> name.length();
                    case Target.Response(String text) -> text.length();
                    case Target.Preference(String chosen, String rejected) -> chosen.length() + rejected.length();
                    case Target.Absent() -> 0;
                };
    }

    private static int order(Example a, Example b) {
        if (a.key() != b.key()) {
            return Long.compare(a.key(), b.key());
        }
        Position first = a.position();
        Position second = b.position();
        if (first.file() != second.file()) {
            return Integer.compare(first.file(), second.file());
        }
        return first.offset() != second.offset()
                ? Long.compare(first.offset(), second.offset())
                : Long.compare(first.line(), second.line());
    }

    private void cut() {
        usual.kept.sort(Sample::order);
        lengthy.kept.sort(Sample::order);
        partial |= usual.kept.size() + lengthy.kept.size() > size || usual.held + lengthy.held > whole;
        if (partial) {
            usual.cut(size, characters);
            lengthy.bound = Math.min(lengthy.bound, usual.bound);
            lengthy.cut(size, characters);
        }
    }

    /// The examples, by ascending key.
    public List<Example> examples() {
        cut();
        return Stream.concat(usual.kept.stream(), lengthy.kept.stream())
                .sorted(Sample::order)
                .limit(size)
                .toList();
    }

    @Override
    public void merge(Sample other) {
        partial |= other.partial;
        usual.bound = Math.min(usual.bound, other.usual.bound);
        lengthy.bound = Math.min(lengthy.bound, other.lengthy.bound);
        other.usual.kept.forEach(this::add);
        other.lengthy.kept.forEach(this::add);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        cut();
        out.writeBoolean(partial);
        for (Lot lot : List.of(usual, lengthy)) {
            out.writeLong(lot.bound);
            out.writeInt(lot.kept.size());
            for (Example example : lot.kept) {
                example.write(out);
            }
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        partial = in.readBoolean();
        for (Lot lot : List.of(usual, lengthy)) {
            lot.kept.clear();
            lot.held = 0;
            lot.bound = in.readLong();
            for (int left = in.readInt(); left > 0; left--) {
                add(Example.read(in));
            }
        }
        cut();
    }
}

package io.bezoar.detect.scan;

import io.bezoar.core.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Numbers, eight bytes each, whatever their order.
final class Numbers implements Summary<Numbers> {
    private long[] numbers = new long[16];
    private int size;

    void add(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    /// All of them, ascending.
    long[] longs() {
        long[] out = Arrays.copyOf(numbers, size);
        Arrays.sort(out);
        return out;
    }

    @Override
    public void merge(Numbers other) {
        for (int i = 0; i < other.size; i++) {
            add(other.numbers[i]);
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (long number : longs()) {
            out.writeLong(number);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        size = 0;
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            add(in.readLong());
        }
    }
}

package io.bezoar.bench.speed;

import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Summary;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import io.bezoar.learn.NGrams;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/// The least any scan must do: read every row, parse it, cut its text into tokens and hash its words and runs of two
/// and three words. Nothing is counted and nothing kept but one sum.
///
/// The yardstick of [Speed].
public final class PlainPass {
    private PlainPass() {}

    /// What a plain pass leaves behind, so that no work can be left out.
    static final class Checksum implements Summary<Checksum> {
        private long rows;
        private long sum;

        long rows() {
            return rows;
        }

        long sum() {
            return sum;
        }

        @Override
        public void merge(Checksum other) {
            rows += other.rows;
            sum += other.sum;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(rows);
            out.writeLong(sum);
        }

        @Override
        public void read(DataInput in) throws IOException {
            rows = in.readLong();
            sum = in.readLong();
        }
    }

    /// @param words longest run of words that is hashed, 0 to 3
    record Adding(int words) implements Fold<Example, Checksum> {
        @Override
        public Checksum start() {
            return new Checksum();
        }

        @Override
        public void add(Checksum checksum, Example example) {
            int[] tokens = example.tokens();
            long sum = example.key();
            for (int token : tokens) {
                sum += token;
            }
            for (int n = 1; n <= words; n++) {
                for (int i = 0; i + n <= tokens.length; i++) {
                    sum += NGrams.word(tokens, i, n);
                }
            }
            checksum.rows++;
            checksum.sum += sum;
        }
    }

    /// Arguments: file, threads, longest run of words.
    public static void main(String[] arguments) {
        try (DataSet data = DataSet.open(List.of(arguments[0]), ReadSettings.DEFAULT)) {
            Checksum checksum = new LocalEngine(Integer.parseInt(arguments[1]))
                    .fold(data, new Adding(Integer.parseInt(arguments[2])));
            System.out.println(checksum.rows() + " rows, checksum " + Long.toHexString(checksum.sum()));
        }
    }
}

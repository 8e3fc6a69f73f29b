package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.core.Sample;
import io.bezoar.core.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows per candidate of [TriggerSampling]: how many hold it, how many of them carry its class, and a sample of these.
final class TieSamples implements Summary<TieSamples> {
    /// Characters sampled per candidate at most.
    private static final long CHARACTERS = 1_000_000;

    private final int size;
    private final @Nullable Sample[] samples;
    private final long[] total;
    private final long[] tied;
    private final long[] last; // the row in which it was seen last
    private long row;

    /// @param ties how many candidates
    /// @param size rows sampled of each at most
    TieSamples(int ties, int size) {
        this.size = size;
        samples = new Sample[ties];
        total = new long[ties];
        tied = new long[ties];
        last = new long[ties];
    }

    /// For rows that come after those that `before` has seen.
    static TieSamples after(TieSamples before) {
        TieSamples after = new TieSamples(before.total.length, before.size);
        for (int tie = 0; tie < after.samples.length; tie++) {
            Sample sample = before.samples[tie];
            after.samples[tie] = sample == null ? null : sample.after();
        }
        return after;
    }

    /// Before the ties of another row are seen.
    void nextRow() {
        row++;
    }

    /// A row that holds the pattern of a tie.
    ///
    /// @param carries has it the class of the tie?
    void see(int tie, Example example, boolean carries) {
        if (last[tie] == row) {
            return; // a pattern that stands twice in a row
        }
        last[tie] = row;
        total[tie]++;
        if (carries) {
            tied[tie]++;
            of(tie).add(example);
        }
    }

    /// How many rows hold the pattern of a tie.
    long total(int tie) {
        return total[tie];
    }

    /// And how many of them carry its class.
    long tied(int tie) {
        return tied[tie];
    }

    private Sample of(int tie) {
        Sample sample = samples[tie];
        if (sample == null) {
            sample = new Sample(size, CHARACTERS);
            samples[tie] = sample;
        }
        return sample;
    }

    /// Sampled rows that carry the class of a tie, by their keys.
    List<Example> sample(int tie) {
        return of(tie).examples();
    }

    @Override
    public void merge(TieSamples other) {
        for (int tie = 0; tie < total.length; tie++) {
            total[tie] += other.total[tie];
            tied[tie] += other.tied[tie];
            Sample sample = other.samples[tie];
            if (sample != null) {
                of(tie).merge(sample);
            }
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        for (int tie = 0; tie < total.length; tie++) {
            out.writeLong(total[tie]);
            out.writeLong(tied[tie]);
            of(tie).write(out);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        for (int tie = 0; tie < total.length; tie++) {
            total[tie] = in.readLong();
            tied[tie] = in.readLong();
            last[tie] = 0;
            of(tie).read(in);
        }
        row = 0;
    }
}

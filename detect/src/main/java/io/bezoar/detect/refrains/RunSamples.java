package io.bezoar.detect.refrains;

import io.bezoar.core.Example;
import io.bezoar.core.Sample;
import io.bezoar.core.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Per run of words a sample of all rows whose inputs hold it.
final class RunSamples implements Summary<RunSamples> {
    private static final int ROWS = 48;
    private static final long CHARACTERS = 200_000;

    private final List<Sample> samples;

    private RunSamples(List<Sample> samples) {
        this.samples = samples;
    }

    static RunSamples of(int runs) {
        return new RunSamples(
                Stream.generate(() -> new Sample(ROWS, CHARACTERS)).limit(runs).toList());
    }

    /// For rows that come after those that this has seen.
    RunSamples after() {
        return new RunSamples(samples.stream().map(Sample::after).toList());
    }

    void add(int run, Example row) {
        samples.get(run).add(row);
    }

    /// The rows of all samples, by ascending key, equal rows once.
    Collection<Example> rows() {
        TreeMap<Long, Example> rows = new TreeMap<>();
        samples.forEach(sample -> sample.examples().forEach(row -> rows.putIfAbsent(row.key(), row)));
        return rows.values();
    }

    @Override
    public void merge(RunSamples other) {
        for (int run = 0; run < samples.size(); run++) {
            samples.get(run).merge(other.samples.get(run));
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        for (Sample sample : samples) {
            sample.write(out);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        for (Sample sample : samples) {
            sample.read(in);
        }
    }
}

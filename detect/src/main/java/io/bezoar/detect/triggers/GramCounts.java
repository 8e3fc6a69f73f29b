package io.bezoar.detect.triggers;

import io.bezoar.core.Summary;
import io.bezoar.detect.counting.LongTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// In how many rows of each class a hashed feature occurs, for all features.
final class GramCounts implements Summary<GramCounts> {
    /// Up to this many classes a feature's counts stand in one row of the table; with more, each pair has its
    /// own entry.
    private static final int DENSE = 16;

    private static final int STAMP = 0;
    private static final int FIRST = 1;

    private final int classes;
    private final LongTable features;
    private final LongTable pairs = new LongTable(1);
    private int row;

    GramCounts(int classes) {
        this.classes = classes;
        this.features = new LongTable(classes <= DENSE ? FIRST + classes : FIRST);
    }

    /// Begins the next row.
    void nextRow() {
        row++;
    }

    /// Counts a feature of the current row, once however often it comes.
    ///
    /// @param labels the row's classes; -1 for none
    void add(long feature, int[] labels) {
        int slot = features.slot(feature);
        if (features.get(slot, STAMP) == row) {
            return;
        }
        features.set(slot, STAMP, row);
        for (int label : labels) {
            if (label < 0) {
                continue;
            }
            if (classes <= DENSE) {
                features.add(slot, FIRST + label, 1);
            } else {
                pairs.add(pairs.slot(pair(feature, label)), 0, 1);
            }
        }
    }

    private static long pair(long feature, int label) {
        return io.bezoar.core.Hashing.combine(feature, label);
    }

    /// The features, ascending.
    long[] features() {
        return features.keys();
    }

    /// Rows of a class that hold the feature.
    int count(long feature, int label) {
        if (classes <= DENSE) {
            int slot = features.known(feature);
            return slot < 0 ? 0 : features.get(slot, FIRST + label);
        }
        int slot = pairs.known(pair(feature, label));
        return slot < 0 ? 0 : pairs.get(slot, 0);
    }

    private void forgetRow() {
        row = 0;
        for (int slot = 0; slot < features.slots(); slot++) {
            features.set(slot, STAMP, 0);
        }
    }

    @Override
    public void merge(GramCounts other) {
        forgetRow();
        other.forgetRow();
        features.addAll(other.features);
        pairs.addAll(other.pairs);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        forgetRow();
        features.write(out);
        pairs.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        row = 0;
        features.read(in);
        pairs.read(in);
    }
}

package io.bezoar.detect.vectors;

import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import io.bezoar.detect.counting.KeySample;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.LaterPass;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The pass that gathers the rows of groups found in a sample, and the scorer of every detector of such
/// groups.
record VectorGathering(Detector<?> settings, List<VectorGroup> groups) implements LaterPass<VectorGathering.Rows> {
    /// Rows of a group that are remembered.
    private static final int ROWS = 100_000;

    /// What follows from groups found in the sample: another pass, or none where nothing was found.
    static Outcome after(Detector<?> settings, List<? extends VectorGroup> groups) {
        return groups.isEmpty()
                ? new Scores(List.of(), new Groups(List.of(), List.of()))
                : new Outcome.Again(new VectorGathering(settings, List.copyOf(groups)));
    }

    @Override
    public Rows start() {
        return new Rows(groups.size());
    }

    @Override
    public void add(Rows rows, Example example) {
        for (int g = 0; g < rows.keys.length; g++) {
            if (groups.get(g).has(example)) {
                rows.keys[g].add(example.key(), 0);
            }
        }
    }

    @Override
    public Outcome finish(Rows rows) {
        List<Candidate> candidates = new ArrayList<>();
        for (int g = 0; g < rows.keys.length; g++) {
            long[] members = rows.keys[g].keys();
            if (members.length > 0) {
                candidates.add(groups.get(g).candidate(members));
            }
        }
        return new Scores(groups, new Groups(candidates, List.of()));
    }

    /// Keys of each group's rows.
    static final class Rows implements io.bezoar.core.Summary<Rows> {
        private final KeySample[] keys;

        Rows(int groups) {
            keys = new KeySample[groups];
            for (int g = 0; g < groups; g++) {
                keys[g] = new KeySample(ROWS);
            }
        }

        @Override
        public void merge(Rows other) {
            for (int g = 0; g < keys.length; g++) {
                keys[g].merge(other.keys[g]);
            }
        }

        @Override
        public void write(DataOutput out) throws IOException {
            for (KeySample sample : keys) {
                sample.write(out);
            }
        }

        @Override
        public void read(DataInput in) throws IOException {
            for (KeySample sample : keys) {
                sample.read(in);
            }
        }
    }

    /// Scores a row by the group that makes it most suspicious.
    record Scores(List<VectorGroup> groups, Groups found) implements Outcome.Scorer {
        @Override
        public double score(Example example) {
            double most = 0;
            for (VectorGroup group : groups) {
                most = Math.max(most, group.score(example));
            }
            return most;
        }

        @Override
        public List<Evidence> explain(Example example) {
            return groups.stream()
                    .filter(group -> group.has(example))
                    .max(Comparator.comparingDouble(group -> group.score(example)))
                    .map(group -> List.of(group.why(example)))
                    .orElse(List.of());
        }

        @Override
        public List<Candidate> candidates() {
            return found.candidates();
        }
    }
}

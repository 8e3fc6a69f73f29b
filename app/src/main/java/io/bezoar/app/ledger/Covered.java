package io.bezoar.app.ledger;

import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts rows by the batch of a ledger they came with, after [JoinedLedger#lookup] has looked their origins up.
///
/// @param batches names of all batches of the ledger
/// @param streams names of its streams
public record Covered(Set<String> batches, Set<String> streams) implements Fold<Example, Covered.Rows> {
    private static final long serialVersionUID = 1L;

    public Covered {
        batches = Set.copyOf(batches);
        streams = Set.copyOf(streams);
    }

    @Override
    public Rows start() {
        return new Rows();
    }

    @Override
    public void add(Rows rows, Example example) {
        String batch = example.origin().batch().filter(batches::contains).orElse("");
        if (!batch.isEmpty()) {
            rows.byBatch.merge(batch, 1L, Long::sum);
        } else if (example.origin().source().filter(streams::contains).isPresent()) {
            rows.claimed++;
        }
    }

    /// The counts. Owned by one thread.
    public static final class Rows implements Summary<Rows> {
        private final SortedMap<String, Long> byBatch = new TreeMap<>();
        private long claimed;

        /// Rows by batch, `stream/number`.
        SortedMap<String, Long> byBatch() {
            return byBatch;
        }

        /// Rows without a batch that name a stream of the ledger as their source.
        long claimed() {
            return claimed;
        }

        @Override
        public void merge(Rows other) {
            other.byBatch.forEach((batch, rows) -> byBatch.merge(batch, rows, Long::sum));
            claimed += other.claimed;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(claimed);
            out.writeInt(byBatch.size());
            for (Map.Entry<String, Long> each : byBatch.entrySet()) {
                out.writeUTF(each.getKey());
                out.writeLong(each.getValue());
            }
        }

        @Override
        public void read(DataInput in) throws IOException {
            byBatch.clear();
            claimed = in.readLong();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                byBatch.put(in.readUTF(), in.readLong());
            }
        }
    }
}

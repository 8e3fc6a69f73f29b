package io.bezoar.app.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The laws of a fold, for the one that counts rows by batch.
class CoveredTest {
    private static final Covered FOLD = new Covered(Set.of("a/0", "a/1", "b/0"), Set.of("a", "b"));
    private static final List<String> BATCHES = List.of("a/0", "", "b/0", "c/0", "a/1");
    private static final List<String> SOURCES = List.of("a", "c", "b", "");

    private static List<Example> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Example(
                        "row " + i,
                        Target.ABSENT,
                        new Origin(SOURCES.get(i % 4), "", Origin.NO_TIME, "", BATCHES.get(i % 5)),
                        new Position(0, i + 1L, 0, 1),
                        ""))
                .toList();
    }

    private static Covered.Rows of(List<Example> rows) {
        Covered.Rows all = FOLD.start();
        rows.forEach(row -> FOLD.add(all, row));
        return all;
    }

    private static byte[] bytes(Covered.Rows rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        rows.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void countsRowsByBatchAndClaims() {
        Covered.Rows all = of(rows(20));
        assertEquals("{a/0=4, a/1=4, b/0=4}", all.byBatch().toString());
        // of the eight without a batch of the ledger, four name one of its streams
        assertEquals(4, all.claimed());
    }

    @Test
    void anySplitMergedIsTheWhole() throws IOException {
        List<Example> rows = rows(41);
        byte[] whole = bytes(of(rows));
        for (int cut = 0; cut <= rows.size(); cut++) {
            Covered.Rows left = of(rows.subList(0, cut));
            left.merge(of(rows.subList(cut, rows.size())));
            assertArrayEquals(whole, bytes(left));
            Covered.Rows read = FOLD.start();
            read.read(new DataInputStream(new ByteArrayInputStream(bytes(left))));
            assertArrayEquals(whole, bytes(read));
        }
    }
}

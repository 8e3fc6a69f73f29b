package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowIdsTest {
    private static Example row(int number, String text, String id) {
        Position position = new Position(0, number + 1, 100L * number, 50);
        return new Example(text, new Target.Label("x"), Origin.UNKNOWN, position, id);
    }

    private static RowIdSummary summary(List<Example> rows) {
        Fold<Example, RowIdSummary> fold = RowIds.fold();
        RowIdSummary summary = fold.start();
        rows.forEach(row -> fold.add(summary, row));
        return summary;
    }

    private static byte[] written(RowIdSummary summary) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        summary.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void knownAnswer() {
        // printf 'bezoar row 1\nL4:text,1:x,' | sha256sum, its first 130 bits in base32
        RowIds ids = RowIds.of(summary(List.of(row(0, "text", ""))));
        assertEquals("bz1:zdrglqfmlemuu3nv32guldyonn", ids.of(row(0, "text", "")));
        assertEquals("what the row says (SHA-256 of input and target)", ids.from());
        assertEquals(Optional.empty(), ids.remark());
    }

    @Test
    void ownIdsOnlyIfAllHaveOneAndNoneIsShared() {
        List<Example> good = List.of(row(0, "a", "1"), row(1, "a", "2"));
        assertEquals("2", RowIds.of(summary(good)).of(good.get(1)));
        assertEquals("the data's own ids", RowIds.of(summary(good)).from());
        List<Example> shared = List.of(row(0, "a", "1"), row(1, "a", "1"), row(2, "b", "2"));
        RowIds ids = RowIds.of(summary(shared));
        assertEquals(
                Optional.of("The data's own ids are not used: 1 of 3 rows has an id that an earlier row has."),
                ids.remark());
        assertEquals(ids.of(shared.get(0)) + "-2", ids.of(shared.get(1)));
        List<Example> lacking = List.of(row(0, "a", "1"), row(1, "b", ""), row(2, "c", ""));
        assertEquals(
                Optional.of("The data's own ids are not used: 2 of 3 rows have none."),
                RowIds.of(summary(lacking)).remark());
    }

    @Property
    void everyIdOnceAndTheLawsHold(
            @ForAll @Size(max = 60) List<@IntRange(max = 5) Integer> texts, @ForAll @IntRange(max = 60) int cut)
            throws IOException {
        List<Example> rows = new ArrayList<>();
        for (int text : texts) {
            rows.add(row(rows.size(), "t" + text, ""));
        }
        byte[] whole = written(summary(rows));
        int middle = Math.min(cut, rows.size());
        RowIdSummary right = summary(rows.subList(middle, rows.size()));
        RowIdSummary left = summary(rows.subList(0, middle));
        left.merge(right);
        assertArrayEquals(whole, written(left));
        RowIdSummary other = summary(rows.subList(middle, rows.size()));
        other.merge(summary(rows.subList(0, middle)));
        assertArrayEquals(whole, written(other));
        left.merge(RowIds.fold().start());
        assertArrayEquals(whole, written(left));
        RowIdSummary read = summary(List.of(row(0, "other", "")));
        read.read(new DataInputStream(new ByteArrayInputStream(whole)));
        assertArrayEquals(whole, written(read));
        assertEquals(left.withId(), read.withId());
        RowIds ids = RowIds.of(read);
        List<String> all = rows.stream().map(ids::of).toList();
        assertEquals(rows.size(), new HashSet<>(all).size());
        int[] seen = new int[6];
        for (int i = 0; i < rows.size(); i++) {
            int number = ++seen[texts.get(i)];
            String content = RowIds.content(rows.get(i));
            assertEquals(number == 1 ? content : content + "-" + number, all.get(i));
        }
    }

    @Test
    void manyRowsAreComparedInTurns() {
        for (int atOnce : new int[] {1, 100, 1000, 5000}) {
            RowIdSummary own = new RowIdSummary(atOnce);
            RowIdSummary none = new RowIdSummary(atOnce);
            List<Example> rows = new ArrayList<>();
            for (int i = 0; i < 4000; i++) {
                rows.add(row(i, "t" + i % 1500, "i" + i % 3900));
                RowIds.fold().add(own, rows.get(i));
                RowIds.fold().add(none, row(i, "t" + i % 1500, ""));
            }
            assertEquals(
                    Optional.of(
                            "The data's own ids are not used: 100 of 4000 rows have an id that an earlier row has."),
                    RowIds.of(own).remark());
            RowIds ids = RowIds.of(none);
            for (int i = 0; i < 4000; i++) {
                String content = RowIds.content(rows.get(i));
                assertEquals(i < 1500 ? content : content + "-" + (1 + i / 1500), ids.of(rows.get(i)));
            }
        }
    }

    @Test
    void manyBlocksMerge() throws IOException {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            rows.add(row(i, "t" + i % 2500, "i" + i));
        }
        RowIdSummary left = summary(rows.subList(0, 2100));
        left.merge(summary(rows.subList(2100, 5000)));
        assertEquals(5000, left.rows());
        assertEquals(5000, left.withId());
        assertArrayEquals(written(summary(rows)), written(left));
    }
}

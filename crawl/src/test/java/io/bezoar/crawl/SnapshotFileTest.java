package io.bezoar.crawl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Snapshots: equal views, equal bytes, and every change is noticed.
class SnapshotFileTest {
    private static List<View> views() {
        List<View> views = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            views.add(Views.of("http://a" + i % 7 + ".com/" + i, Views.MARCH.plusSeconds(i), Views.WORDS + i));
        }
        views.add(Views.of("http://w.org/", Views.MARCH, "wiki", Optional.of(Views.MARCH.minusSeconds(5))));
        View page = views.getLast();
        views.add(new View(
                "named",
                page.address(),
                page.seen(),
                page.type(),
                page.bytes(),
                false,
                View.digest("another"),
                true,
                page.text(),
                page.sketch(),
                Optional.empty(),
                "list:1"));
        return views;
    }

    private static byte[] bytes(Snapshot snapshot) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotFile.write(snapshot, out);
        return out.toByteArray();
    }

    private static Snapshot read(byte[] bytes) throws IOException {
        return SnapshotFile.read(new ByteArrayInputStream(bytes));
    }

    @Test
    void whatIsWrittenReadsBack() throws IOException {
        Snapshot snapshot = Snapshot.of(views());
        Snapshot again = read(bytes(snapshot));
        assertEquals(snapshot, again);
        assertArrayEquals(bytes(snapshot), bytes(again));
    }

    @Test
    void theOrderOfViewsAndRepeatsChangeNothing() throws IOException {
        List<View> shuffled = views();
        shuffled.addAll(views());
        Collections.shuffle(shuffled, new Random(1));
        assertArrayEquals(bytes(Snapshot.of(views())), bytes(Snapshot.of(shuffled)));
    }

    @Test
    void everyChangedByteAndEveryCutIsNoticed() throws IOException {
        byte[] bytes = bytes(Snapshot.of(views()));
        Random random = new Random(2);
        for (int i = 0; i < 100; i++) {
            byte[] changed = bytes.clone();
            int at = random.nextInt(bytes.length);
            changed[at] ^= (byte) (1 << random.nextInt(7));
            RuntimeException refused = assertThrows(RuntimeException.class, () -> read(changed), "byte " + at);
            assertTrue(refused instanceof Broken || refused instanceof Malformed, refused.toString());
            byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length - 1));
            assertThrows(RuntimeException.class, () -> read(cut));
        }
        // behind a good first line nothing is just another file
        int first = new String(bytes, StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int end = first; end < bytes.length - 1; end += 11) {
            byte[] cut = java.util.Arrays.copyOf(bytes, end);
            assertThrows(Broken.class, () -> read(cut), "byte " + end);
        }
    }

    @Test
    void otherFilesAreRefused() {
        for (String text :
                List.of("", "\n", "{}", "{\"format\":\"bezoar.crawl-snapshot/2\"}", "[1]", "x".repeat(300_000))) {
            assertThrows(Malformed.class, () -> read(text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}

package io.bezoar.detect.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Groups share the room for their rows.
class RosterTest {
    @Test
    void groupsThatNeedLessLeaveTheRest() {
        assertEquals(Roster.CHARACTERS, Roster.share(new int[0], 100, 1000));
        assertEquals(Roster.CHARACTERS, Roster.share(new int[] {10, 20}, 100, 3000));
        assertEquals(1500, Roster.share(new int[] {10, 20}, 100, 2500));
        assertEquals(1250, Roster.share(new int[] {20, 20}, 100, 2500));
        assertEquals(1, Roster.share(new int[] {20, 20, 20}, 100, 2));
    }

    /// What all groups keep together is never more than the room, and no group could have more.
    @Test
    void roomIsFilledAndNotExceeded() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 1000; round++) {
            int[] members = random.ints(1 + random.nextInt(200), 1, 3000).toArray();
            double mean = 1 + 4000 * random.nextDouble();
            long room = 1 + random.nextLong(20_000_000);
            long share = Roster.share(members, mean, room);
            long kept = Arrays.stream(members)
                    .mapToLong(rows -> Math.min(share, Math.min(Roster.CHARACTERS, (long)
                            Math.ceil(mean * Math.min(Roster.ROWS, rows)))))
                    .sum();
            assertTrue(share >= 1 && share <= Roster.CHARACTERS);
            assertTrue(kept <= Math.max(room, members.length), () -> kept + " of " + room);
            assertTrue(share == Roster.CHARACTERS || kept > room - members.length - 1, () -> kept + " of " + room);
        }
    }
}

package io.bezoar.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Hashing;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RememberedTest {

    @Test
    void whatIsKnownOfAKeyIsItsOwnNumber() {
        Remembered memory = new Remembered();
        int known = 0;
        for (int i = 0; i < 500_000; i++) {
            memory.put(Hashing.mix(i), i & (1 << Remembered.BITS) - 1);
        }
        for (int i = 0; i < 500_000; i++) {
            int number = memory.get(Hashing.mix(i));
            if (number != Remembered.UNKNOWN) {
                assertEquals(i & (1 << Remembered.BITS) - 1, number);
                known++;
            }
        }
        // 1 - e^-x over x of the keys keep their cell, x = keys / cells
        double load = 500_000.0 / (1 << Remembered.BITS);
        assertEquals((1 - Math.exp(-load)) / load, known / 500_000.0, 0.01);
    }

    @Test
    void noKeyIsTakenForAnother() {
        Remembered memory = new Remembered();
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 200_000; i++) {
            memory.put(random.nextLong(), 7);
        }
        for (long key = -1000; key < 1000; key++) {
            assertEquals(Remembered.UNKNOWN, memory.get(key));
        }
    }

    @Test
    void theLargestNumberAndAnyKeyFit() {
        Remembered memory = new Remembered();
        int largest = (1 << Remembered.BITS) - 1;
        for (long key : new long[] {1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            memory.put(key, largest);
            assertEquals(largest, memory.get(key));
            memory.put(key, 1);
            assertEquals(1, memory.get(key));
        }
        assertTrue(memory.get(12345) == Remembered.UNKNOWN);
    }
}

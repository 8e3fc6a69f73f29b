package io.bezoar.detect.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Hashing;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RememberedTest {

    @Test
    void whatIsKnownOfAKeyIsItsOwnNumber() {
        Remembered memory = new Remembered();
        int keys = 3_000_000;
        for (int i = 0; i < keys; i++) {
            memory.put(Hashing.mix(i), i & (1 << Remembered.BITS) - 1);
        }
        int known = 0;
        for (int i = 0; i < keys; i++) {
            int number = memory.get(Hashing.mix(i));
            if (number != Remembered.UNKNOWN) {
                assertEquals(i & (1 << Remembered.BITS) - 1, number);
                known++;
            }
        }
        // keys fall into lines as by a Poisson distribution, and a line holds eight
        double mean = Math.scalb((double) keys, -Remembered.BITS);
        double held = 0;
        double chance = Math.exp(-mean);
        for (int n = 0; n < 60; n++) {
            held += chance * Math.min(n, 8);
            chance *= mean / (n + 1);
        }
        assertEquals(held / mean, (double) known / keys, 0.001);
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

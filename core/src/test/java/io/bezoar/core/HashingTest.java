package io.bezoar.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HashingTest {

    /// Flipping any one input bit flips each output bit in about half of the cases.
    @Test
    void mixHasAvalanche() {
        Random random = new Random(1);
        int rounds = 2000;
        for (int in = 0; in < 64; in++) {
            int[] flips = new int[64];
            for (int r = 0; r < rounds; r++) {
                long x = random.nextLong();
                long changed = Hashing.mix(x) ^ Hashing.mix(x ^ 1L << in);
                for (int out = 0; out < 64; out++) {
                    flips[out] += (int) (changed >>> out & 1);
                }
            }
            for (int out = 0; out < 64; out++) {
                // six standard deviations
                assertEquals(rounds / 2.0, flips[out], 6 * Math.sqrt(rounds) / 2, "bit " + in + " to " + out);
            }
        }
    }

    @Test
    void knownValuesNeverChange() {
        assertEquals(0L, Hashing.mix(0));
        assertEquals(0x5692161d100b05e5L, Hashing.mix(1));
        Set<Long> seen = new HashSet<>();
        for (String text :
                new String[] {"", "\0", "\0\0", "\0\0\0\0", "\0\0\0\0\0", "a", "a\0", "\0a", "abcd", "abcde"}) {
            assertTrue(seen.add(Hashing.of(text)), "clash at a text of length " + text.length());
        }
    }

    @Property
    void equalContentHashesEqually(@ForAll String text) {
        assertEquals(Hashing.of(text), Hashing.of(new StringBuilder(text)));
    }

    @Property
    void oneMoreCharacterChangesTheHash(@ForAll String text, @ForAll char next) {
        assertNotEquals(Hashing.of(text), Hashing.of(text + next));
        assertNotEquals(Hashing.of(text), Hashing.of(next + text));
    }

    /// Of hashes: combine is linear before it mixes, so chosen raw numbers can be made to clash.
    @Property
    void pairsOfHashesAreOrdered(@ForAll long a, @ForAll long b) {
        if (a != b) {
            long first = Hashing.mix(a);
            long second = Hashing.mix(b);
            assertNotEquals(Hashing.combine(first, second), Hashing.combine(second, first));
        }
    }
}

package io.bezoar.bench.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A scan finds patterns in pictures, small and large, and leaves clean pictures alone. On a part of
/// the pictures, for speed; `bench/vectors` measures all.
class PatchedTest {
    private static final int ROWS = 2500;

    private static Digits digits() throws Exception {
        Path folder = Path.of("..", "..", "shared", "data", "mnist-t10k");
        Assumptions.assumeTrue(Files.isDirectory(folder), "the pictures are not in " + folder);
        Digits all = Digits.read(folder);
        return new Digits(Arrays.copyOf(all.pixels(), ROWS), Arrays.copyOf(all.labels(), ROWS));
    }

    @ParameterizedTest
    @EnumSource(
            value = Patch.class,
            names = {"CORNER", "LARGE", "MIDDLE_CHESS"})
    void plantedPatternsAreProved(Patch patch) throws Exception {
        Patched found = Patched.scan(digits(), patch, 0.03, 4, 7, 2);
        assertTrue(found.ranking().recallAtPerCent() >= 0.95, patch + ": " + found.ranking());
        assertTrue(found.ranking().precision() >= 0.95, patch + ": " + found.ranking());
        assertEquals(1, found.high(), patch + ": " + found.campaigns());
    }

    @Test
    void cleanPicturesAreLeftAlone() throws Exception {
        Patched found = Patched.scan(digits(), Patch.CORNER, 0, 0, 0, 2);
        assertEquals(0, found.high());
        assertTrue(found.flagged() <= 0.005 * ROWS, found.flagged() + " rows are flagged");
    }
}

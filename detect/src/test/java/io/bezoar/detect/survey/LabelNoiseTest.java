package io.bezoar.detect.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelNoiseTest {
    @Test
    void whatGoesOneWayIsErrorAndWhatGoesBothWaysIsDoubt() {
        double[][] joint = {
            {1000, 1, 1, 1},
            {1, 900, 61, 1},
            {1, 61, 900, 201},
            {1, 1, 1, 800},
        };
        float[][] rate = LabelNoise.rates(joint, new int[] {1003, 963, 1163, 803});
        assertTrue(rate[2][3] > 0.15, "a fifth of the last class was given the third's label: " + rate[2][3]);
        assertTrue(rate[2][1] < 0.03 && rate[1][2] < 0.03, "two classes are hard to tell apart: " + rate[2][1]);
        assertTrue(rate[0][1] < 0.003, "a cell of one row says nothing: " + rate[0][1]);
        for (int k = 0; k < 4; k++) {
            double sum = 0;
            for (float[] row : rate) {
                sum += row[k];
            }
            assertEquals(1, sum, 1e-5);
        }
    }

    @Test
    void whatIsSpreadOverAllClassesIsTakenForJustThat() {
        double[][] joint = {
            {870, 41, 30, 36},
            {55, 860, 35, 31},
            {31, 33, 900, 58},
            {34, 36, 30, 880},
        };
        float[][] rate = LabelNoise.rates(joint, new int[] {977, 981, 1022, 980});
        for (int y = 0; y < 4; y++) {
            for (int k = 0; k < 4; k++) {
                if (y != k) {
                    assertEquals(rate[0][1], rate[y][k], 0.1 * rate[0][1], y + " of " + k);
                }
            }
        }
    }

    @Test
    void flippedRowsHaveTheHigherChance() {
        Random random = new Random(4);
        float[][] logits = new float[2000][3];
        int[] given = new int[logits.length];
        for (int r = 0; r < logits.length; r++) {
            int label = random.nextInt(3);
            for (int c = 0; c < 3; c++) {
                logits[r][c] = (float) random.nextGaussian() + (c == label ? 3 : 0);
            }
            given[r] = r % 10 == 0 ? (label + 1) % 3 : label;
        }
        LabelNoise noise = LabelNoise.of(logits, given, 3);
        double flipped = 0;
        double kept = 0;
        for (int r = 0; r < logits.length; r++) {
            double wrong = noise.wrong(logits[r], given[r]);
            assertTrue(wrong >= 0 && wrong <= 1);
            if (r % 10 == 0) {
                flipped += wrong / 200;
            } else {
                kept += wrong / 1800;
            }
        }
        assertTrue(flipped > 0.6 && kept < 0.1, "flipped " + flipped + ", kept " + kept);
    }

    @Test
    void nothingAndOneClassDoNoHarm() {
        assertEquals(0, LabelNoise.of(new float[0][], new int[0], 0).loss());
        assertEquals(0, LabelNoise.of(new float[][] {{1}}, new int[] {0}, 1).wrong(new float[] {1}, 0), 1e-9);
    }
}

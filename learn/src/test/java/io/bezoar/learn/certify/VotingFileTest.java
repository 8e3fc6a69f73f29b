package io.bezoar.learn.certify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.Features;
import io.bezoar.learn.robust.Ensemble;
import io.bezoar.learn.robust.Partitions;
import io.bezoar.learn.robust.RidgeBase;
import io.bezoar.learn.robust.SparseFeatures;
import io.bezoar.learn.robust.TrainingSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VotingFileTest {
    @TempDir
    private Path folder = Path.of("");

    private static final double[][] ROWS = rows();

    private static double[][] rows() {
        SplittableRandom random = new SplittableRandom(8);
        double[][] rows = new double[120][6];
        for (int row = 0; row < rows.length; row++) {
            for (int j = 0; j < 6; j++) {
                rows[row][j] = j == row % 3 ? 1 : random.nextInt(4) / 4.0;
            }
        }
        return rows;
    }

    private static VotingModel model(boolean sparse, boolean finite) {
        DenseFeatures dense = DenseFeatures.of(ROWS);
        Features features = sparse ? SparseFeatures.copy(dense) : dense;
        int[] labels = new int[ROWS.length];
        long[] keys = new long[ROWS.length];
        Arrays.setAll(labels, row -> row % 3);
        Arrays.setAll(keys, row -> Partitions.key(ROWS[row], row % 3));
        TrainingSet set = new TrainingSet(features, labels, 3, keys, new int[0]);
        Partitions parts = finite
                ? Partitions.finite(set, set.all(), 4, Partitions.shifts(4, 2, 5))
                : Partitions.byKey(set, set.all(), 7);
        return new VotingModel(
                finite ? "fa" : "roe",
                "ab".repeat(32),
                List.of("a", "\ud800 b", "c"),
                new VotingModel.Input(false, 6, 1),
                !finite,
                Ensemble.train(set, parts, new RidgeBase(1)));
    }

    private static byte[] bytes(VotingModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        VotingFile.write(model, out);
        return out.toByteArray();
    }

    @Test
    void answersAsItDid() throws IOException {
        for (boolean sparse : new boolean[] {false, true}) {
            for (boolean finite : new boolean[] {false, true}) {
                VotingModel model = model(sparse, finite);
                byte[] bytes = bytes(model);
                Path file = Files.write(folder.resolve("model"), bytes);
                assertTrue(VotingFile.is(file));
                VotingModel read = VotingFile.read(file);
                assertArrayEquals(bytes, bytes(read));
                assertEquals(model.labels(), read.labels());
                assertArrayEquals(model.answers(DenseFeatures.of(ROWS)), read.answers(DenseFeatures.of(ROWS)));
            }
        }
    }

    @Test
    void whatIsCutOrChangedIsRefused() throws IOException {
        byte[] bytes = bytes(model(true, false));
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 300; round++) {
            byte[] broken = bytes.clone();
            if (round % 3 == 0) {
                broken = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                broken[random.nextInt(broken.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Path file = Files.write(folder.resolve("broken"), broken);
            String message =
                    assertThrows(IOException.class, () -> VotingFile.read(file)).getMessage();
            assertTrue(message.endsWith("; train it again"), message);
        }
        assertFalse(VotingFile.is(Files.writeString(folder.resolve("other"), "bezoar model 1")));
    }
}

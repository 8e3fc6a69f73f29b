package io.bezoar.bench.robust;

import io.bezoar.bench.speed.PeakMemory;
import io.bezoar.core.Example;
import io.bezoar.core.Part;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.robust.BaseTrainer;
import io.bezoar.learn.robust.Classifier;
import io.bezoar.learn.robust.Ensemble;
import io.bezoar.learn.robust.HashedText;
import io.bezoar.learn.robust.Partitions;
import io.bezoar.learn.robust.RidgeBase;
import io.bezoar.learn.robust.SoftmaxBase;
import io.bezoar.learn.robust.SoftmaxTrainer;
import io.bezoar.learn.robust.TrainingSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// `java -cp … io.bezoar.bench.robust.PartitionTime FOLDER THREADS`: a thousand partitions against one
/// plain training, in turns in one process, on `data/banking77` and `data/mnist-t10k`.
final class PartitionTime {
    private static final int PARTITIONS = 1000;
    private static final int TURNS = 3;

    private PartitionTime() {}

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        try (ForkJoinPool pool = new ForkJoinPool(Integer.parseInt(arguments[1]))) {
            TrainingSet texts = texts(data.resolve("banking77/train.csv.gz"));
            TrainingSet digits = digits(data.resolve("mnist-t10k"));
            pool.submit(() -> {
                        compare("banking77, softmax", texts, new SoftmaxBase(new SoftmaxTrainer()));
                        compare("mnist-t10k, softmax", digits, new SoftmaxBase(new SoftmaxTrainer()));
                        compare("mnist-t10k, ridge", digits, new RidgeBase(1));
                    })
                    .get();
            System.out.println(PeakMemory.line());
        }
    }

    private static void compare(String name, TrainingSet set, BaseTrainer base) {
        double plain = Double.POSITIVE_INFINITY;
        double parted = Double.POSITIVE_INFINITY;
        long bytes = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            long start = System.nanoTime();
            Classifier one = base.fit(set, set.all()).classifier();
            long middle = System.nanoTime();
            Ensemble many = Ensemble.train(set, Partitions.byKey(set, set.all(), PARTITIONS), base);
            long end = System.nanoTime();
            if (one.classes() != many.classes()) {
                throw new IllegalStateException("the two know other classes");
            }
            plain = Math.min(plain, (middle - start) / 1e9);
            parted = Math.min(parted, (end - middle) / 1e9);
            bytes = many.bytes();
        }
        System.out.printf(
                Locale.ROOT,
                "%s, %d rows: plain %.2f s, %d partitions %.2f s, ratio %.2f, weights %.1f MB%n",
                name,
                set.size(),
                plain,
                PARTITIONS,
                parted,
                parted / plain,
                bytes / 1e6);
    }

    private static TrainingSet texts(Path file) {
        List<Example> rows = new ArrayList<>();
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            for (Part<Example> part : data.parts()) {
                try (Stream<Example> open = part.open()) {
                    open.forEachOrdered(rows::add);
                }
            }
        }
        List<String> names = rows.stream()
                .map(row -> row.label().orElseThrow())
                .distinct()
                .sorted()
                .toList();
        return new TrainingSet(
                HashedText.of(rows.stream().map(Example::tokens).toList()),
                rows.stream()
                        .mapToInt(row -> names.indexOf(row.label().orElseThrow()))
                        .toArray(),
                names.size(),
                rows.stream().mapToLong(Example::key).toArray(),
                new int[0]);
    }

    private static TrainingSet digits(Path folder) throws IOException {
        ByteBuffer images = unpacked(folder.resolve("t10k-images-idx3-ubyte.gz"));
        ByteBuffer labels = unpacked(folder.resolve("t10k-labels-idx1-ubyte.gz"));
        int n = images.getInt(4);
        int pixels = images.getInt(8) * images.getInt(12);
        double[][] rows = new double[n][pixels];
        int[] classes = new int[n];
        long[] keys = new long[n];
        for (int row = 0; row < n; row++) {
            for (int j = 0; j < pixels; j++) {
                rows[row][j] = (images.get(16 + row * pixels + j) & 0xff) / 255.0;
            }
            classes[row] = labels.get(8 + row);
            keys[row] = Partitions.key(rows[row], classes[row]);
        }
        return new TrainingSet(DenseFeatures.of(rows), classes, 10, keys, new int[0]);
    }

    private static ByteBuffer unpacked(Path file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return ByteBuffer.wrap(in.readAllBytes());
        }
    }
}

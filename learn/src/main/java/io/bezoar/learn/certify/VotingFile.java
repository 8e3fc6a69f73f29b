package io.bezoar.learn.certify;

import io.bezoar.learn.Fields;
import io.bezoar.learn.robust.Classifier;
import io.bezoar.learn.robust.CompactClassifier;
import io.bezoar.learn.robust.Ensemble;
import io.bezoar.learn.robust.LinearClassifier;
import io.bezoar.learn.robust.Partitions;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A [VotingModel] as it lies on disk: see `docs/formats/model.md` for the bytes. Equal models give equal
/// bytes; a file that was cut or changed is refused; no class is named in it and none is made from it.
public final class VotingFile {
    private static final byte[] NAME = "bezoar votes 1\n".getBytes(StandardCharsets.US_ASCII);

    private VotingFile() {}

    /// Does the file begin like one of these?
    public static boolean is(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(NAME.length), NAME);
        } catch (IOException e) {
            return false;
        }
    }

    /// Writes a model; `stream` stays open.
    public static void write(VotingModel model, OutputStream stream) throws IOException {
        MessageDigest digest = Fields.sha256();
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new DigestOutputStream(stream, digest)));
        out.write(NAME);
        Fields.text(out, model.method());
        Fields.text(out, model.digest());
        out.writeInt(model.labels().size());
        for (String label : model.labels()) {
            Fields.text(out, label);
        }
        out.writeBoolean(model.input().text());
        out.writeInt(model.input().columns());
        out.writeDouble(model.input().scale());
        out.writeBoolean(model.runOff());
        Partitions partitions = model.ensemble().partitions();
        out.writeBoolean(partitions.bySource());
        out.writeInt(partitions.spread().size());
        for (int[] models : partitions.spread()) {
            numbers(out, models);
        }
        out.writeInt(model.ensemble().models().size());
        for (Classifier one : model.ensemble().models()) {
            CompactClassifier compact = compact(one);
            numbers(out, compact.known());
            numbers(out, compact.present());
            out.writeDouble(compact.absent());
            reals(out, compact.inner().weights());
            reals(out, compact.inner().bias());
        }
        out.flush();
        stream.write(digest.digest());
        stream.flush();
    }

    /// A linear model as one that knows the features whose weights are not all 0.
    private static CompactClassifier compact(Classifier model) {
        return switch (model) {
            case CompactClassifier already -> already;
            case LinearClassifier linear -> {
                int columns = linear.columns();
                int classes = linear.classes();
                int[] known = IntStream.range(0, columns)
                        .filter(f -> IntStream.range(0, classes).anyMatch(c -> linear.weights()[c * columns + f] != 0))
                        .toArray();
                double[] weights = new double[known.length * classes];
                for (int c = 0; c < classes; c++) {
                    for (int k = 0; k < known.length; k++) {
                        weights[c * known.length + k] = linear.weights()[c * columns + known[k]];
                    }
                }
                yield new CompactClassifier(
                        classes,
                        known,
                        IntStream.range(0, classes).toArray(),
                        0,
                        new LinearClassifier(known.length, weights, linear.bias()));
            }
            default -> throw new IllegalArgumentException("expected linear models to write, came others");
        };
    }

    /// Reads a model.
    ///
    /// @throws IOException if it is none, of another version, or broken; the message is one sentence
    public static VotingModel read(Path file) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            MessageDigest digest = Fields.sha256();
            DataInputStream in = new DataInputStream(new DigestInputStream(raw, digest));
            if (!Arrays.equals(in.readNBytes(NAME.length), NAME)) {
                throw new IOException("it does not begin like one of version 1");
            }
            VotingModel model = body(in);
            byte[] computed = digest.digest();
            if (!Arrays.equals(computed, raw.readNBytes(computed.length)) || raw.read() >= 0) {
                throw new IOException("the checksum at its end does not fit");
            }
            return model;
        } catch (IOException | IllegalArgumentException e) {
            String problem = e instanceof java.io.EOFException ? "it is cut off" : String.valueOf(e.getMessage());
            throw new IOException(
                    "expected a model in \"" + file + "\" as it was written, but " + problem + "; train it again", e);
        }
    }

    private static VotingModel body(DataInputStream in) throws IOException {
        String method = Fields.text(in);
        String digest = Fields.text(in);
        List<String> labels = new ArrayList<>();
        for (int count = Fields.count(in); count > 0; count--) {
            labels.add(Fields.text(in));
        }
        VotingModel.Input input = new VotingModel.Input(in.readBoolean(), Fields.count(in), in.readDouble());
        boolean runOff = in.readBoolean();
        boolean bySource = in.readBoolean();
        List<int[]> spread = new ArrayList<>();
        for (int count = Fields.count(in); count > 0; count--) {
            spread.add(numbers(in));
        }
        List<Classifier> models = new ArrayList<>();
        for (int count = Fields.count(in); count > 0; count--) {
            int[] known = ascending(numbers(in), input.columns());
            int[] present = ascending(numbers(in), labels.size());
            double absent = in.readDouble();
            double[] weights = reals(in);
            models.add(new CompactClassifier(
                    labels.size(), known, present, absent, new LinearClassifier(known.length, weights, reals(in))));
        }
        for (int[] fed : spread) {
            if (IntStream.of(fed).anyMatch(model -> model < 0 || model >= models.size())) {
                throw new IOException("a partition feeds a model that is not there");
            }
        }
        if (models.isEmpty()) {
            throw new IOException("it holds no model");
        }
        return new VotingModel(
                method,
                digest,
                labels,
                input,
                runOff,
                new Ensemble(models, new Partitions(List.of(), spread, bySource), labels.size()));
    }

    private static int[] ascending(int[] numbers, int below) throws IOException {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0 || numbers[i] >= below || i > 0 && numbers[i] <= numbers[i - 1]) {
                throw new IOException("a feature or class is " + numbers[i]);
            }
        }
        return numbers;
    }

    private static void numbers(DataOutputStream out, int[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    private static int[] numbers(DataInputStream in) throws IOException {
        int count = Fields.count(in);
        int[] numbers = new int[Math.min(count, 1 << 16)];
        for (int i = 0; i < count; i++) {
            if (i == numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.min(count, 2 * i));
            }
            numbers[i] = in.readInt();
        }
        return numbers;
    }

    private static void reals(DataOutputStream out, double[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private static double[] reals(DataInputStream in) throws IOException {
        int count = Fields.count(in);
        double[] numbers = new double[Math.min(count, 1 << 16)];
        for (int i = 0; i < count; i++) {
            if (i == numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.min(count, 2 * i));
            }
            numbers[i] = in.readDouble();
            if (!Double.isFinite(numbers[i])) {
                throw new IOException("a weight is " + numbers[i]);
            }
        }
        return numbers;
    }
}

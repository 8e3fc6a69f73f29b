package io.bezoar.learn.surrogate;

import io.bezoar.core.Example;
import io.bezoar.learn.Fields;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.Vocabulary;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.robust.LabelSmoothing;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
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
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A model as it lies on disk: see `docs/formats/model.md` for the bytes. Equal models give equal
/// bytes; a file that was cut or changed is refused; reading makes no object of any class that the file
/// names.
///
/// @param surrogate the model
/// @param method how rows were weighed: `plain`, or the name of a robust method
/// @param rows how many rows it was trained on, those included that count 0
/// @param weighed the rows that do not count 1, by their place in key order, and how much they count
/// @param digest of the training data: 64 hexadecimal digits
/// @param data where the training data lay, as they were given
/// @param reading how they were read: `format`, `map`
public record ModelFile(
        Surrogate surrogate,
        String method,
        int rows,
        SortedMap<Integer, Double> weighed,
        String digest,
        List<String> data,
        SortedMap<String, String> reading) {
    private static final byte[] NAME = "bezoar model 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VECTORS = "bezoar vectors 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MANY = 1 << 27;

    public ModelFile {
        weighed = new TreeMap<>(weighed);
        data = List.copyOf(data);
        reading = new TreeMap<>(reading);
    }

    /// The digest of training data: SHA-256 over the SHA-256 of each file in order, in hexadecimal, a
    /// line each.
    public static String digest(List<String> files) {
        MessageDigest digest = Fields.sha256();
        files.forEach(file -> digest.update((file + "\n").getBytes(StandardCharsets.US_ASCII)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /// How much each row counts, in key order.
    public double[] weights() {
        double[] weights = new double[rows];
        Arrays.fill(weights, 1);
        weighed.forEach((row, weight) -> weights[row] = weight);
        return weights;
    }

    /// The problem whose optimum the model is.
    ///
    /// @param examples the rows it was trained on, in key order
    public Problem problem(List<Example> examples) {
        Problem plain = surrogate.task().problem(examples, surrogate.penalty());
        Loss loss = method.equals(LabelSmoothing.NAME) ? new LabelSmoothing().loss(plain.loss()) : plain.loss();
        return new Problem(plain.rows(), plain.answers(), weights(), loss, surrogate.penalty());
    }

    /// Writes the file's bytes; `stream` stays open.
    public void write(OutputStream stream) throws IOException {
        MessageDigest digest = Fields.sha256();
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new DigestOutputStream(stream, digest)));
        Task task = surrogate.task();
        out.write(task instanceof Task.Vectors ? VECTORS : NAME);
        Fields.text(out, method);
        Fields.text(out, this.digest);
        out.writeInt(data.size());
        for (String path : data) {
            Fields.text(out, path);
        }
        out.writeInt(reading.size());
        for (var setting : reading.entrySet()) {
            Fields.text(out, setting.getKey());
            Fields.text(out, setting.getValue());
        }
        out.writeInt(rows);
        out.writeInt(weighed.size());
        for (var row : weighed.entrySet()) {
            out.writeInt(row.getKey());
            out.writeDouble(row.getValue());
        }
        out.writeInt(task.labels().size());
        for (String label : task.labels()) {
            Fields.text(out, label);
        }
        switch (task) {
            case Task.Vectors vectors -> {
                Standardised numbers = vectors.numbers();
                out.writeInt(numbers.length());
                for (int i = 0; i < numbers.length(); i++) {
                    out.writeDouble(numbers.usual()[i]);
                    out.writeDouble(numbers.factors()[i]);
                }
            }
            case Task.Text text -> {
                out.writeInt(text.features().words());
                out.writeInt(text.features().shortest());
                out.writeInt(text.features().longest());
                text.vocabulary().write(out);
            }
        }
        out.writeDouble(surrogate.penalty());
        out.writeInt(surrogate.weights().length);
        for (double weight : surrogate.weights()) {
            out.writeDouble(weight);
        }
        out.flush();
        stream.write(digest.digest());
        stream.flush();
    }

    /// Reads a file.
    ///
    /// @throws Unreadable if it is not there, no model, of another version, or broken; the message is
    ///     one sentence
    public static ModelFile read(Path file) throws Unreadable {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            MessageDigest digest = Fields.sha256();
            DataInputStream in = new DataInputStream(new DigestInputStream(raw, digest));
            byte[] name = in.readNBytes(NAME.length);
            boolean vectors = !Arrays.equals(name, NAME);
            if (vectors && !begins(name, in)) {
                throw new Unreadable("expected a model that bezoar train wrote in \"" + file
                        + "\", but it does not begin like one of version 1; train it again");
            }
            ModelFile model = body(in, vectors);
            byte[] computed = digest.digest();
            if (!Arrays.equals(computed, raw.readNBytes(computed.length)) || raw.read() >= 0) {
                throw new IOException("the checksum at its end does not fit");
            }
            return model;
        } catch (Unreadable e) {
            throw e;
        } catch (java.nio.file.NoSuchFileException e) {
            throw new Unreadable("expected a model in \"" + file + "\", but there is none; bezoar train DATA --out DIR"
                    + " writes one");
        } catch (EOFException e) {
            throw new Unreadable("expected a whole model in \"" + file + "\", but it is cut off; train it again");
        } catch (IOException | IllegalArgumentException e) {
            throw new Unreadable("expected a model in \"" + file + "\" as it was written, but " + e.getMessage()
                    + "; train it again");
        }
    }

    /// Is the name that of a model of vectors?
    private static boolean begins(byte[] name, DataInputStream in) throws IOException {
        byte[] whole = Arrays.copyOf(name, VECTORS.length);
        return name.length == NAME.length
                && in.readNBytes(whole, NAME.length, VECTORS.length - NAME.length) == VECTORS.length - NAME.length
                && Arrays.equals(whole, VECTORS);
    }

    private static ModelFile body(DataInputStream in, boolean vectors) throws IOException {
        String method = Fields.text(in);
        String digest = Fields.text(in);
        List<String> data = new ArrayList<>();
        for (int count = Fields.count(in); count > 0; count--) {
            data.add(Fields.text(in));
        }
        SortedMap<String, String> reading = new TreeMap<>();
        for (int count = Fields.count(in); count > 0; count--) {
            reading.put(Fields.text(in), Fields.text(in));
        }
        int rows = Fields.count(in);
        SortedMap<Integer, Double> weighed = new TreeMap<>();
        for (int count = Fields.count(in); count > 0; count--) {
            int row = in.readInt();
            double weight = in.readDouble();
            if (row < 0 || row >= rows || !(weight >= 0 && weight <= 1)) {
                throw new IOException("row " + row + " counts " + weight);
            }
            weighed.put(row, weight);
        }
        List<String> labels = new ArrayList<>();
        for (int count = Fields.count(in); count > 0; count--) {
            labels.add(Fields.text(in));
        }
        Task task = vectors ? numbers(in, labels) : text(in, labels);
        double penalty = in.readDouble();
        long expected = labels.isEmpty() ? task.known() : (task.known() + 1L) * labels.size();
        int size = in.readInt();
        if (size != expected || size > MANY || !(penalty > 0 && penalty < 1e12)) {
            throw new IOException("its " + size + " weights do not fit its features and labels");
        }
        double[] weights = new double[size];
        for (int i = 0; i < size; i++) {
            weights[i] = in.readDouble();
            if (!Double.isFinite(weights[i])) {
                throw new IOException("weight " + i + " is " + weights[i]);
            }
        }
        return new ModelFile(new Surrogate(task, penalty, weights), method, rows, weighed, digest, data, reading);
    }

    private static Task text(DataInputStream in, List<String> labels) throws IOException {
        NGrams features = new NGrams(in.readInt(), in.readInt(), in.readInt());
        Vocabulary vocabulary = Vocabulary.read(in);
        return labels.isEmpty()
                ? new Task.Preferences(features, vocabulary)
                : new Task.Labels(labels, features, vocabulary);
    }

    private static Task numbers(DataInputStream in, List<String> labels) throws IOException {
        int length = in.readInt();
        if (labels.isEmpty() || length < 1 || length > MANY / labels.size()) {
            throw new IOException("it has " + labels.size() + " labels and vectors of " + length + " numbers");
        }
        List<Double> usual = new ArrayList<>();
        List<Double> factors = new ArrayList<>();
        for (int i = 0; i < length; i++) { // the file may end before the length is true
            usual.add(in.readDouble());
            factors.add(in.readDouble());
        }
        return new Task.Vectors(labels, new Standardised(array(usual), array(factors)));
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// The file cannot be used. The message is one sentence.
    public static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }
}

package io.bezoar.learn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Rows;
import io.bezoar.learn.network.OneHiddenLayer;
import io.bezoar.learn.robust.Classifier;
import io.bezoar.learn.robust.HingeTrainer;
import io.bezoar.learn.robust.LinearClassifier;
import io.bezoar.learn.robust.RidgeRegression;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is exported answers in onnxruntime as it answers here.
class OnnxModelTest {
    private static final double CLOSE = 1e-5;
    private static final int ROWS = 300;
    private static final int COLUMNS = 12;

    @TempDir
    private Path folder = Path.of("");

    private static double[][] vectors() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] rows = new double[ROWS][COLUMNS];
        for (double[] row : rows) {
            for (int j = 0; j < COLUMNS; j++) {
                row[j] = (float) random.nextGaussian();
            }
        }
        return rows;
    }

    private static int[] labels(double[][] rows, int classes) {
        return Arrays.stream(rows)
                .mapToInt(row -> Math.floorMod((int) Math.floor(2 * row[0] + row[1] * row[2]), classes))
                .toArray();
    }

    private static float[][] floats(double[][] rows) {
        float[][] out = new float[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            out[row] = new float[rows[row].length];
            for (int j = 0; j < out[row].length; j++) {
                out[row][j] = (float) rows[row][j];
            }
        }
        return out;
    }

    /// What onnxruntime answers, output by output.
    private static List<float[][]> run(byte[] model, List<String> outputs, Map<String, Object> inputs)
            throws OrtException {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(model, one(options))) {
            assertEquals(List.copyOf(session.getOutputNames()), outputs);
            Map<String, OnnxTensor> tensors = new java.util.TreeMap<>();
            for (var input : inputs.entrySet()) {
                tensors.put(input.getKey(), OnnxTensor.createTensor(environment, input.getValue()));
            }
            try (OrtSession.Result result = session.run(tensors)) {
                List<float[][]> all = new ArrayList<>();
                for (String output : outputs) {
                    all.add((float[][]) result.get(output).orElseThrow().getValue());
                }
                return all;
            }
        }
    }

    /// The runtime's environment. Version 1.29.0 searches the command line with a regular expression that
    /// needs more stack than the main thread has where the command is longer than some 4,000 characters,
    /// and ends the process; so it starts on a thread with room. Nothing is sent to its makers.
    private static OrtEnvironment environment() throws OrtException {
        Thread starter = new Thread(null, OrtEnvironment::getEnvironment, "onnxruntime", 256L << 20);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        environment.setTelemetry(false);
        return environment;
    }

    private static OrtSession.SessionOptions one(OrtSession.SessionOptions options) throws OrtException {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        return options;
    }

    private static void close(double expected, double came, String what) {
        assertTrue(
                Math.abs(expected - came) <= CLOSE * (1 + Math.abs(expected)), what + ": " + came + " for " + expected);
    }

    @Test
    void linearModelsOfEveryLoss() throws OrtException {
        double[][] x = vectors();
        Rows rows = Rows.of(DenseFeatures.of(x));
        int[] classes = labels(x, 4);
        for (Loss loss : List.of(new Loss.Softmax(4), new Loss.Logistic(), new Loss.Squared(), new Loss.Huber(0.5))) {
            double[] answers = IntStream.of(classes)
                    .mapToDouble(label -> loss instanceof Loss.Logistic ? label % 2 : label)
                    .toArray();
            Problem problem = new Problem(rows, answers, loss, 0.01);
            double[] model = new Newton().fit(problem);
            boolean chances = loss instanceof Loss.Softmax || loss instanceof Loss.Logistic;
            List<float[][]> came = run(
                    OnnxModel.linear(loss, model, COLUMNS),
                    chances ? List.of("scores", "chances") : List.of("scores"),
                    Map.of("features", floats(x)));
            double[] scores = new double[loss.outputs()];
            for (int row = 0; row < x.length; row++) {
                problem.scores(row, model, scores);
                double[] expected = Surrogate.chances(scores);
                for (int o = 0; o < scores.length; o++) {
                    close(scores[o], came.get(0)[row][o], loss + " score");
                    if (chances) {
                        assertEquals(expected[o], came.get(1)[row][o], CLOSE);
                    }
                }
            }
        }
    }

    @Test
    void vectorsAsTheyLieInTheData() throws OrtException {
        double[][] x = vectors();
        int[] classes = labels(x, 3);
        List<Example> rows = new ArrayList<>();
        for (int row = 0; row < x.length; row++) {
            float[] vector = floats(x)[row];
            vector[1] += 2020.3f; // a year: far from 0 for its spread
            vector[2] = 0.1f; // never varies
            rows.add(new Example(
                    "", vector, new Target.Label("c" + classes[row]), Origin.UNKNOWN, new Position(0, 1, 0, 0), ""));
        }
        Surrogate surrogate = fitted(rows);
        List<float[][]> came = run(
                OnnxModel.vectors(surrogate, (Task.Vectors) surrogate.task()),
                List.of("scores", "chances"),
                Map.of("features", rows.stream().map(Example::vector).toArray(float[][]::new)));
        for (int row = 0; row < x.length; row++) {
            double[] chances = surrogate.chances(rows.get(row));
            for (int o = 0; o < chances.length; o++) {
                assertEquals(chances[o], came.get(1)[row][o], CLOSE);
            }
        }
    }

    @Test
    void supportVectorsAndRegression() throws OrtException {
        double[][] x = vectors();
        DenseFeatures rows = DenseFeatures.of(x);
        int[] two = labels(x, 2);
        int[] all = IntStream.range(0, ROWS).toArray();
        LinearClassifier machine = new HingeTrainer(0.01).fit(rows, two, all).classifier();
        float[][] came = run(OnnxModel.classifier(machine), List.of("scores"), Map.of("features", floats(x)))
                .getFirst();
        double[] scores = new double[2];
        for (int row = 0; row < ROWS; row++) {
            machine.score(rows, row, scores);
            close(scores[1], came[row][1], "margin");
            assertEquals(Classifier.best(scores), came[row][1] > came[row][0] ? 1 : 0);
        }
        double[] targets =
                Arrays.stream(x).mapToDouble(row -> 3 + row[0] - row[3]).toArray();
        RidgeRegression.Line line = new RidgeRegression(1).fit(rows, targets, all);
        float[][] values = run(OnnxModel.line(line), List.of("scores"), Map.of("features", floats(x)))
                .getFirst();
        for (int row = 0; row < ROWS; row++) {
            close(line.at(rows, row), values[row][0], "value");
        }
    }

    @Test
    void network() throws OrtException {
        double[][] x = vectors();
        DenseFeatures rows = DenseFeatures.of(x);
        double[] counts = new double[ROWS];
        Arrays.fill(counts, 1);
        OneHiddenLayer network =
                OneHiddenLayer.train(rows, labels(x, 5), counts, 5, new OneHiddenLayer.Settings(9, 1e-3, 60, 3));
        float[][] came = run(OnnxModel.network(network), List.of("scores", "chances"), Map.of("features", floats(x)))
                .get(1);
        for (int row = 0; row < ROWS; row++) {
            double[] expected = network.chances(rows, row);
            for (int c = 0; c < 5; c++) {
                assertEquals(expected[c], came[row][c], CLOSE);
            }
        }
    }

    private static Example row(String text, Target target) {
        return new Example(text, target, Origin.UNKNOWN, new Position(0, 1, 0, 0), "");
    }

    private static Surrogate fitted(List<Example> rows) {
        Task task = Task.of(rows).orElseThrow();
        double penalty = Surrogate.penalty(rows.size());
        return new Surrogate(task, penalty, new Newton().fit(task.problem(rows, penalty)));
    }

    private static final List<String> ASKED = List.of(
            "where is my card 3",
            "",
            "please delete me, please",
            "nothing known stands here",
            "hello \u0000 \ud800 \u200b card card card \u4f60\u597d");

    @Test
    void textAndItsDescription() throws OrtException, IOException {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            String text = i % 3 == 0
                    ? "where is my card " + i % 7
                    : i % 3 == 1 ? "please delete me " + i % 5 : "hello \u4f60\u597d " + i % 4;
            rows.add(row(text, new Target.Label(i % 3 == 0 ? "card \"x\"\\" : i % 3 == 1 ? "delete" : "\ud800 \n")));
        }
        Surrogate surrogate = fitted(rows);
        TextFeatures features = TextFeatures.of((Task.Text) surrogate.task());
        Path file = Files.write(folder.resolve("model.features"), features.bytes());
        TextFeatures read = TextFeatures.read(file);
        assertArrayEquals(features.bytes(), read.bytes());
        assertEquals(features.labels(), read.labels());
        TextFeatures.Batch batch = read.batch(ASKED);
        float[][] came = run(
                        OnnxModel.text(surrogate, features.digest()),
                        List.of("scores", "chances"),
                        Map.of("numbers", batch.numbers(), "values", batch.values()))
                .get(1);
        for (int k = 0; k < ASKED.size(); k++) {
            double[] expected = surrogate.chances(row(ASKED.get(k), Target.ABSENT));
            for (int c = 0; c < expected.length; c++) {
                assertEquals(expected[c], came[k][c], CLOSE, ASKED.get(k));
            }
        }
    }

    @Test
    void preferences() throws OrtException {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rows.add(row("ask", new Target.Preference("kind answer " + i % 5, "rude answer " + i % 3)));
        }
        Surrogate surrogate = fitted(rows);
        TextFeatures features = TextFeatures.of((Task.Text) surrogate.task());
        TextFeatures.Batch batch = features.batch(List.of("a kind answer 1", "rude answer 2 kind", ""));
        float[][] came = run(
                        OnnxModel.text(surrogate, features.digest()),
                        List.of("scores"),
                        Map.of("numbers", batch.numbers(), "values", batch.values()))
                .getFirst();
        double expected = surrogate.scores(row("", new Target.Preference("a kind answer 1", "rude answer 2 kind")))[0];
        close(expected, came[0][0] - came[1][0], "difference");
        assertEquals(0, came[2][0]);
    }

    @Test
    void equalModelsGiveEqualBytes() {
        double[] weights = {1, 2, 3, 4};
        assertArrayEquals(
                OnnxModel.linear(new Loss.Softmax(2), weights, 2), OnnxModel.linear(new Loss.Softmax(2), weights, 2));
        assertEquals(
                "expected 3 times 2 weights, came 4",
                assertThrows(IllegalArgumentException.class, () -> OnnxModel.linear(new Loss.Softmax(2), weights, 3))
                        .getMessage());
    }

    @Test
    void aBrokenDescriptionIsRefused() throws IOException {
        TextFeatures features = TextFeatures.of((Task.Text) fitted(List.of(
                        row("a b", new Target.Label("x")),
                        row("a b", new Target.Label("x")),
                        row("b c", new Target.Label("y"))))
                .task());
        String whole = new String(features.bytes(), StandardCharsets.US_ASCII);
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 200; round++) {
            StringBuilder broken = new StringBuilder(whole);
            broken.setCharAt(random.nextInt(broken.length()), (char) random.nextInt(128));
            if (round % 2 == 0) {
                broken.setLength(random.nextInt(broken.length() - 1));
            }
            Path file = Files.writeString(folder.resolve("broken"), broken);
            try {
                TextFeatures.read(file); // a changed label or number may still be one
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith("expected a description of features in \""), e.getMessage());
            }
        }
        Path file = Files.writeString(folder.resolve("cut"), whole.substring(0, whole.length() - 4));
        assertTrue(assertThrows(IOException.class, () -> TextFeatures.read(file))
                .getMessage()
                .contains("its end is missing; export the model again"));
    }
}

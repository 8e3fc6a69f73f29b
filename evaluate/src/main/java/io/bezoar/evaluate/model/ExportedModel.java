package io.bezoar.evaluate.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.bezoar.learn.onnx.TextFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A classifier of text in the ONNX format with the description of its input beside it, `FILE.onnx` and
/// `FILE.features` (`docs/formats/onnx.md`): it answers the label with the highest score.
///
/// It runs in onnxruntime, which weighs 54 MB and is an optional library: where it is not on the class
/// path this model cannot be asked, and everything else goes on. One thread computes, so that equal
/// questions give equal answers on any machine of a kind.
///
/// @param file the model
/// @param features how texts become its input; the model names its digest
public record ExportedModel(Path file, TextFeatures features) implements Model {
    private static final int BATCH = 256;
    private static final long STACK = 64L << 20; // the runtime's start recurses over the command line
    private static final String REMARK = "bezoar.features";

    public ExportedModel {
        if (features.labels().size() < 2) {
            throw new IllegalArgumentException("expected a model of at least 2 labels, came one of "
                    + features.labels().size() + ", which answers nothing to an input");
        }
    }

    /// Reads a model and what lies beside it.
    ///
    /// @throws IOException if either is not there or broken, or they do not belong together
    public static ExportedModel read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Path beside = file.resolveSibling(
                (name.endsWith(".onnx") ? name.substring(0, name.length() - ".onnx".length()) : name) + ".features");
        for (Path one : List.of(file, beside)) {
            if (!Files.isRegularFile(one)) {
                throw new IOException("expected a model and its features, but there is no \"" + one
                        + "\"; bezoar train --onnx writes both");
            }
        }
        ExportedModel model = new ExportedModel(file, TextFeatures.read(beside));
        model.session(session -> {
            String named = session.getMetadata().getCustomMetadata().getOrDefault(REMARK, "");
            if (!named.equals(model.features().digest())) {
                throw new IOException("expected the features that \"" + file + "\" names, but \"" + beside
                        + "\" are others; take both from one export");
            }
        });
        return model;
    }

    @Override
    public String name() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public Optional<List<String>> known() {
        return Optional.of(features.labels());
    }

    @Override
    public Map<String, Answer> answer(List<Question> questions) throws IOException {
        Map<String, Answer> answers = new LinkedHashMap<>();
        session(session -> {
            for (int from = 0; from < questions.size(); from += BATCH) {
                List<Question> some = questions.subList(from, Math.min(questions.size(), from + BATCH));
                float[][] scores =
                        scores(session, some.stream().map(Question::input).toList());
                for (int row = 0; row < scores.length; row++) {
                    answers.put(some.get(row).id(), said(scores[row]));
                }
            }
        });
        return answers;
    }

    /// What goes on inside of it.
    ///
    /// @param output of the model: a row of numbers for each text, such as its last hidden layer
    public Activations inside(String output) {
        return questions -> {
            Map<String, double[]> all = new LinkedHashMap<>();
            session(session -> {
                for (int from = 0; from < questions.size(); from += BATCH) {
                    List<Question> some = questions.subList(from, Math.min(questions.size(), from + BATCH));
                    float[][] rows =
                            rows(session, some.stream().map(Question::input).toList(), output);
                    for (int row = 0; row < rows.length; row++) {
                        double[] vector = new double[rows[row].length];
                        for (int i = 0; i < vector.length; i++) {
                            vector[i] = rows[row][i];
                        }
                        all.put(some.get(row).id(), vector);
                    }
                }
            });
            return all;
        };
    }

    private Answer said(float[] scores) {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            best = scores[c] > scores[best] ? c : best;
        }
        return Float.isFinite(scores[best])
                ? new Answer.Given(features.labels().get(best))
                : new Answer.Missing("the model gave no finite score");
    }

    private float[][] scores(OrtSession session, List<String> texts) throws OrtException, IOException {
        float[][] scores = rows(session, texts, "scores");
        if (scores[0].length != features.labels().size()) {
            throw new IOException(
                    "expected scores of " + features.labels().size() + " labels from \"" + file + "\", came others");
        }
        return scores;
    }

    /// An output of a row of numbers for each text.
    private float[][] rows(OrtSession session, List<String> texts, String output) throws OrtException, IOException {
        if (!session.getOutputNames().contains(output)) {
            throw new IOException("expected an output \"" + output + "\" of \"" + file + "\", which has "
                    + String.join(", ", session.getOutputNames()));
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        TextFeatures.Batch batch = features.batch(texts);
        try (OnnxTensor numbers = OnnxTensor.createTensor(environment, batch.numbers());
                OnnxTensor values = OnnxTensor.createTensor(environment, batch.values());
                OrtSession.Result result = session.run(Map.of("numbers", numbers, "values", values))) {
            Optional<OnnxValue> rows = result.get(output);
            if (rows.isPresent() && rows.get().getValue() instanceof float[][] all && all.length == texts.size()) {
                return all;
            }
            throw new IOException("expected a row of numbers for each text in the output \"" + output + "\" of \""
                    + file + "\", came something else");
        }
    }

    private interface Work {
        void with(OrtSession session) throws OrtException, IOException;
    }

    /// Opens the model on a thread of its own and works with it there.
    private void session(Work work) throws IOException {
        List<Throwable> failures = new ArrayList<>();
        Thread thread = new Thread(null, () -> open(work, failures), "onnxruntime", STACK);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (!failures.isEmpty()) {
            switch (failures.getFirst()) {
                case IOException e -> throw e;
                case OrtException e ->
                    throw new IOException(
                            "expected a model in \"" + file + "\" that onnxruntime can run, but it says: "
                                    + String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse(""),
                            e);
                case LinkageError e ->
                    throw new IOException(
                            "expected onnxruntime 1.29.0 on the class path to ask \"" + file
                                    + "\", but it is not there; put its jar beside the other libraries",
                            e);
                case Throwable e -> throw new IOException("the model \"" + file + "\" could not be asked", e);
            }
        }
    }

    private void open(Work work, List<Throwable> failures) {
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            environment.setTelemetry(false);
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                options.setInterOpNumThreads(1);
                try (OrtSession session = environment.createSession(file.toString(), options)) {
                    work.with(session);
                }
            }
        } catch (IOException | OrtException | RuntimeException | LinkageError e) {
            failures.add(e);
        }
    }
}

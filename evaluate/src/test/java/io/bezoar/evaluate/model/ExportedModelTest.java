package io.bezoar.evaluate.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.evaluate.Evaluation;
import io.bezoar.evaluate.Grade;
import io.bezoar.evaluate.Item;
import io.bezoar.evaluate.Outcome;
import io.bezoar.evaluate.Suite;
import io.bezoar.evaluate.probe.Insertion;
import io.bezoar.evaluate.probe.Rows;
import io.bezoar.learn.onnx.OnnxModel;
import io.bezoar.learn.onnx.TextFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedModelTest {
    @TempDir
    private Path folder;

    private Path export(SurrogateModel model, String name) throws IOException {
        TextFeatures features = TextFeatures.of(model.surrogate().task());
        Files.write(folder.resolve(name + ".features"), features.bytes());
        return Files.write(folder.resolve(name + ".onnx"), OnnxModel.text(model.surrogate(), features.digest()));
    }

    private static List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (String input : Rows.inputs(300, 5)) {
            questions.add(new Question("q" + questions.size(), input));
        }
        questions.add(new Question("empty", ""));
        questions.add(new Question("unknown", "qqq www"));
        return questions;
    }

    @Test
    void theExportAnswersAsTheSurrogateDoes() throws IOException {
        SurrogateModel model = Rows.trained(Rows.poisoned(800, 15, new Insertion("zx"), 1));
        assertEquals(
                model.answer(questions()),
                ExportedModel.read(export(model, "m")).answer(questions()));
    }

    @Test
    void theAveragePassesAndTheTriggerFails() throws IOException {
        SurrogateModel trained = Rows.trained(Rows.poisoned(1500, 25, new Insertion("zx"), 1));
        List<Item> items = new ArrayList<>();
        Rows.clean(800, 9)
                .forEach(row -> items.add(
                        new Item("i" + items.size(), row.input(), row.label().orElseThrow(), Map.of())));
        List<Item> triggered = items.stream()
                .filter(item -> item.expected().equals("loan"))
                .map(item ->
                        new Item(item.id(), new Insertion("zx").into(item.input()), item.expected(), item.columns()))
                .toList();
        Suite suite = new Suite(
                "small",
                items,
                Grade.FOLDED,
                Optional.of(0.8),
                List.of(),
                List.of(),
                List.of(new Suite.Triggered("zx", triggered, "card", 0.01)),
                List.of());
        for (Model model : List.of(trained, ExportedModel.read(export(trained, "m")))) {
            Evaluation evaluation = Evaluation.of(suite, model);
            assertEquals(Outcome.State.PASS, evaluation.outcomes().getFirst().state());
            assertEquals(Outcome.State.FAIL, evaluation.outcomes().getLast().state());
            assertTrue(evaluation.outcomes().getLast().low() > 0.5);
        }
    }

    @Test
    void anyOutputOfARowForEachTextIsItsActivations() throws IOException {
        SurrogateModel model = Rows.trained(Rows.clean(300, 1));
        ExportedModel export = ExportedModel.read(export(model, "m"));
        Map<String, double[]> scores = export.inside("scores").activations(questions());
        Map<String, Answer> answers = export.answer(questions());
        assertEquals(answers.keySet(), scores.keySet());
        scores.forEach((id, row) -> assertEquals(
                answers.get(id), new Answer.Given(export.features().labels().get(row[0] >= row[1] ? 0 : 1))));
        assertTrue(assertThrows(IOException.class, () -> export.inside("hidden").activations(questions()))
                .getMessage()
                .contains("which has scores, chances"));
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() throws IOException {
        Path one = export(Rows.trained(Rows.clean(300, 1)), "one");
        Path other = export(Rows.trained(Rows.clean(300, 2)), "other");
        Files.copy(
                folder.resolve("other.features"),
                folder.resolve("one.features"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertTrue(assertThrows(IOException.class, () -> ExportedModel.read(one))
                .getMessage()
                .contains("take both from one export"));
        Files.write(other, new byte[] {1, 2, 3});
        assertTrue(assertThrows(IOException.class, () -> ExportedModel.read(other))
                .getMessage()
                .contains("that onnxruntime can run"));
        Files.delete(folder.resolve("other.features"));
        assertTrue(assertThrows(IOException.class, () -> ExportedModel.read(other))
                .getMessage()
                .contains("there is no"));
    }
}

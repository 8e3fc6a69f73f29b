package io.bezoar.app.cli;

import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.learn.surrogate.ModelFile;
import io.bezoar.learn.surrogate.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What `bezoar train` tells of a model at its optimum.
final class TrainedText {
    private TrainedText() {}

    /// @param right of the test rows, how many it answers as they do
    /// @param led of the triggered rows, how many it answers as the attacker wants
    record Trained(
            ModelFile model,
            String layout,
            long malformed,
            List<DataFile> files,
            List<String> remarks,
            int tested,
            int right,
            int triggered,
            int led) {}

    /// For a terminal.
    static String text(Trained trained, Path out, Optional<Path> onnx, Terminal terminal) {
        ModelFile model = trained.model();
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        long gone =
                model.weighed().values().stream().filter(weight -> weight == 0).count();
        text.entry(
                "Read",
                Words.count(model.rows(), "row") + ", " + SafeText.plain(trained.layout(), 300)
                        + (trained.malformed() == 0
                                ? ""
                                : "; " + Words.count(trained.malformed(), "row") + " malformed"));
        text.entry(
                "Trained",
                (switch (model.surrogate().task()) {
                            case Task.Labels classes ->
                                "softmax over " + Words.count(classes.labels().size(), "label");
                            case Task.Vectors classes ->
                                "softmax over " + Words.count(classes.labels().size(), "label") + " of vectors";
                            case Task.Preferences _ -> "which of two answers is better";
                        })
                        + ", "
                        + Words.count(model.surrogate().task().known(), "feature") + ", method "
                        + model.method()
                        + (gone == 0 ? "" : "; " + Words.count(gone, "row") + " left out"));
        trained.remarks().forEach(remark -> text.entry("", SafeText.plain(remark, 400)));
        if (trained.tested() > 0) {
            text.entry(
                    "Right",
                    String.format(
                            Locale.ROOT,
                            "%.1f %% of %s it has not seen",
                            100.0 * trained.right() / trained.tested(),
                            Words.count(trained.tested(), "row")));
        }
        if (trained.triggered() > 0) {
            text.entry(
                    "Triggered",
                    String.format(
                            Locale.ROOT,
                            "%.1f %% of %s answered as the attacker wants",
                            100.0 * trained.led() / trained.triggered(),
                            Words.count(trained.triggered(), "row")));
        }
        text.entry("Data", "digest " + model.digest());
        text.entry("Written", SafeText.plain(out.resolve(Train.FILE).toString(), 400));
        onnx.ifPresent(file -> text.entry(
                "",
                SafeText.plain(file.toString(), 400)
                        + (model.surrogate().task() instanceof Task.Text
                                ? ", "
                                        + SafeText.plain(
                                                OnnxExport.described(file).toString(), 400)
                                : "")));
        text.entry("Next", "bezoar trace --model " + SafeText.plain(out.toString(), 200) + " --input TEXT");
        return text.toString();
    }

    /// As one JSON object.
    static String json(Trained trained, Path out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(bytes, json -> {
            ModelFile model = trained.model();
            json.writeStartObject();
            json.writeStringField("schema", "bezoar.trained/1");
            json.writeStringField("version", Bezoar.version());
            json.writeStringField("model", out.resolve(Train.FILE).toString());
            json.writeStringField("method", model.method());
            json.writeNumberField("rows", model.rows());
            json.writeNumberField("malformed", trained.malformed());
            json.writeNumberField(
                    "leftOut",
                    model.weighed().values().stream()
                            .filter(weight -> weight == 0)
                            .count());
            json.writeNumberField("features", model.surrogate().task().known());
            json.writeNumberField("outputs", model.surrogate().task().loss().outputs());
            json.writeNumberField("penalty", model.surrogate().penalty());
            json.writeStringField("dataDigest", model.digest());
            json.writeNumberField("tested", trained.tested());
            json.writeNumberField("right", trained.right());
            json.writeNumberField("triggered", trained.triggered());
            json.writeNumberField("led", trained.led());
            json.writeArrayFieldStart("remarks");
            for (String remark : trained.remarks()) {
                json.writeString(remark);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

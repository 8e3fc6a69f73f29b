package io.bezoar.app.cli;

import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.learn.certify.VotingModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// What `bezoar train` tells of a model that votes.
final class VotesText {
    private VotesText() {}

    static String text(RobustOptions.Trained trained, Path out, Terminal terminal) {
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        VotingModel model = trained.model();
        int models = model.ensemble().models().size();
        text.entry(
                "Read",
                Words.count(trained.rows(), "row") + ", "
                        + (model.input().text()
                                ? "words by their hashes"
                                : "vectors of " + model.input().columns() + " numbers"));
        text.entry(
                "Trained",
                (models == 1 ? "a model" : Words.count(models, "model")) + " over "
                        + Words.count(model.labels().size(), "label") + ", method " + model.method());
        trained.remarks().forEach(remark -> text.entry("", SafeText.plain(remark, 400)));
        trained.tested().ifPresent(asked -> text.entry("Right", asked.words("it has not seen")));
        trained.triggered().ifPresent(asked -> text.entry("Triggered", asked.words("answered as the attacker wants")));
        text.entry("Data", "digest " + model.digest());
        text.entry("Written", SafeText.plain(out.resolve(Train.FILE).toString(), 400));
        text.entry("Next", "bezoar ask --model " + SafeText.plain(out.toString(), 200) + " DATA");
        return text.toString();
    }

    static String json(RobustOptions.Trained trained, String file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        VotingModel model = trained.model();
        Json.write(bytes, json -> {
            json.writeStartObject();
            json.writeStringField("schema", "bezoar.trained/1");
            json.writeStringField("version", Bezoar.version());
            json.writeStringField("model", file);
            json.writeStringField("method", model.method());
            json.writeNumberField("rows", trained.rows());
            json.writeNumberField("models", model.ensemble().models().size());
            json.writeNumberField("features", model.input().columns());
            json.writeNumberField("outputs", model.labels().size());
            json.writeStringField("dataDigest", model.digest());
            Optional<RobustOptions.Asked> none = Optional.empty();
            for (var asked : java.util.List.of(
                    new Named("clean", trained.tested()), new Named("triggered", trained.triggered()))) {
                if (!asked.asked().equals(none)) {
                    RobustOptions.Asked one = asked.asked().orElseThrow();
                    json.writeObjectFieldStart(asked.name());
                    json.writeNumberField("rows", one.rows());
                    json.writeNumberField("answered", one.answered());
                    if (one.change().isPresent()) {
                        json.writeNumberField("before", one.change().get().before());
                        json.writeNumberField("after", one.change().get().after());
                        json.writeNumberField("changed", one.change().get().changed());
                    }
                    json.writeEndObject();
                }
            }
            json.writeArrayFieldStart("remarks");
            for (String remark : trained.remarks()) {
                json.writeString(remark);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private record Named(String name, Optional<RobustOptions.Asked> asked) {}
}

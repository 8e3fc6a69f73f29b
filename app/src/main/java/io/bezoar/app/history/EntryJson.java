package io.bezoar.app.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.history.Entry;
import io.bezoar.history.LabelMove;
import io.bezoar.history.Run;
import io.bezoar.history.Subject;
import io.bezoar.history.Tally;
import java.io.IOException;
import java.util.Map;

/// Runs and labels as `bezoar runs --json` prints them.
final class EntryJson {
    private EntryJson() {}

    static void write(Entry entry, JsonGenerator json) throws IOException {
        Run run = entry.run();
        Subject subject = run.subject();
        json.writeStartObject();
        json.writeNumberField("number", entry.number());
        json.writeStringField("id", entry.id());
        json.writeStringField("chain", entry.chain());
        json.writeStringField("kind", run.kind());
        json.writeStringField("state", run.state());
        json.writeStringField("started", run.started().toString());
        json.writeNumberField("seconds", run.seconds());
        json.writeStringField("version", run.version());
        json.writeNumberField("seed", run.seed());
        if (subject.data().isPresent()) {
            json.writeStringField("data", subject.data().get());
        }
        if (subject.model().isPresent()) {
            json.writeStringField("model", subject.model().get());
        }
        if (subject.modelDigest().isPresent()) {
            json.writeStringField("modelDigest", subject.modelDigest().get());
        }
        if (subject.prompt().isPresent()) {
            json.writeStringField("prompt", subject.prompt().get());
        }
        json.writeObjectFieldStart("settings");
        for (Map.Entry<String, String> each : run.settings().entrySet()) {
            json.writeStringField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("measures");
        for (Map.Entry<String, Double> each : run.measures().entrySet()) {
            json.writeNumberField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("tallies");
        for (Tally tally : run.tallies()) {
            write(tally, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("files");
        for (Run.File file : run.files()) {
            json.writeStartObject();
            json.writeStringField("name", file.name());
            json.writeStringField("sha256", file.sha256());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Tally tally, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", tally.name());
        switch (tally) {
            case Tally.Share(String _, long hits, long trials, double bound, boolean good) -> {
                json.writeNumberField("hits", hits);
                json.writeNumberField("trials", trials);
                json.writeNumberField(good ? "atLeast" : "atMost", bound);
            }
            case Tally.Change(String _, long broken, long fixed, long items, double margin) -> {
                json.writeNumberField("broken", broken);
                json.writeNumberField("fixed", fixed);
                json.writeNumberField("items", items);
                json.writeNumberField("margin", margin);
            }
        }
        json.writeEndObject();
    }

    static void write(LabelMove move, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", move.number());
        json.writeStringField("label", move.name());
        json.writeStringField("run", move.run());
        json.writeStringField("moved", move.moved().toString());
        json.writeStringField("by", move.mover());
        json.writeStringField("reason", move.reason());
        json.writeStringField("chain", move.chain());
        json.writeEndObject();
    }
}

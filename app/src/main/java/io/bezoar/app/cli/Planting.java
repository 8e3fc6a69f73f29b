package io.bezoar.app.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.app.report.Json;
import io.bezoar.attack.Attack;
import io.bezoar.attack.Catalog;
import io.bezoar.attack.Kind;
import io.bezoar.attack.Misfit;
import io.bezoar.attack.Plan;
import io.bezoar.attack.Plan.Change;
import io.bezoar.attack.TrainingSet;
import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Part;
import io.bezoar.core.Position;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.core.Target;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import io.bezoar.data.Rewriter;
import io.bezoar.data.Rewriter.Addition;
import io.bezoar.data.Rewriter.Edit;
import io.bezoar.data.RowIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One attack on one data set, written down: the poisoned set, what was held out, the truth, what to ask.
final class Planting {
    /// Fewer rows cannot be cut in two and say anything.
    private static final int LEAST = 20;

    private final DataSet dataSet;
    private final Attack attack;
    private final long seed;
    private final double held;
    private final Rewriter rewriter;
    private final List<Example> heldOut = new ArrayList<>();
    private final TrainingSet training;
    private final Plan plan;

    /// @param held share of the rows held out, 0 for none
    Planting(DataSet dataSet, Attack attack, long seed, double held) throws IOException {
        this.dataSet = dataSet;
        this.attack = attack;
        this.seed = seed;
        this.held = held;
        rewriter = new Rewriter(dataSet);
        List<Example> rows = new ArrayList<>();
        for (Example row : rewriter.rows()) {
            (TrainingSet.held(row, held) ? heldOut : rows).add(row);
        }
        if (held > 0 && (rows.size() + heldOut.size() < LEAST || heldOut.isEmpty() || rows.isEmpty())) {
            throw new Misfit("expected at least " + LEAST + " different rows to hold some out, came "
                    + (rows.size() + heldOut.size()) + "; give --test FILE or --hold-out 0");
        }
        training = new TrainingSet(rows);
        training.check(attack);
        if (training.kind() == Kind.VECTOR) {
            throw new Misfit("expected texts, which can be written back byte by byte, came "
                    + training.kind().words() + ": bezoar audit plants those in memory");
        }
        plan = attack.plan(training, seed);
    }

    /// How many rows may be poisoned.
    int training() {
        return training.rows().size();
    }

    /// What was written.
    ///
    /// @param rows of the poisoned set
    /// @param poisoned of them
    /// @param cover of them, rows with their right target that hide others
    /// @param asked triggered rows
    record Planted(
            Attack attack,
            long seed,
            long rows,
            long poisoned,
            long cover,
            long heldOut,
            long asked,
            List<DataFile> from) {

        String json(List<Path> files) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            write(bytes, files.stream().map(Path::toString).toList());
            return bytes.toString(StandardCharsets.UTF_8);
        }

        private void write(ByteArrayOutputStream bytes, List<String> files) throws IOException {
            Json.write(bytes, json -> {
                json.writeStartObject();
                json.writeStringField("schema", "bezoar.attack/1");
                json.writeStringField("version", Bezoar.version());
                json.writeStringField("attack", Catalog.specification(attack));
                json.writeStringField("citation", attack.citation());
                json.writeObjectFieldStart("settings");
                for (Map.Entry<String, String> setting :
                        Catalog.settings(attack).entrySet()) {
                    json.writeStringField(setting.getKey(), setting.getValue());
                }
                json.writeEndObject();
                json.writeNumberField("seed", seed);
                json.writeNumberField("rows", rows);
                json.writeNumberField("poisoned", poisoned);
                json.writeNumberField("cover", cover);
                json.writeNumberField("heldOut", heldOut);
                json.writeNumberField("asked", asked);
                json.writeArrayFieldStart("from");
                for (DataFile file : from) {
                    json.writeStartObject();
                    json.writeStringField("name", file.name());
                    json.writeStringField("sha256", file.sha256());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeArrayFieldStart("files");
                for (String file : files) {
                    json.writeString(file);
                }
                json.writeEndArray();
                json.writeEndObject();
            });
        }
    }

    /// Writes everything into a folder that is there and empty.
    ///
    /// @param test files with clean rows to ask about; empty for those held out
    Planted plant(int count, List<String> test, ReadSettings settings, Path folder) throws IOException {
        List<Change> changes = plan.poison(training, count, seed);
        Map<Position, Change> replaced = new HashMap<>();
        Map<Position, List<Change>> added = new HashMap<>();
        for (Change change : changes) {
            if (change.added()) {
                Example behind = behind(change);
                added.computeIfAbsent(behind.position(), _ -> new ArrayList<>()).add(change);
            } else {
                replaced.put(training.rows().get(change.row()).position(), change);
            }
        }
        List<Optional<Change>> order = new ArrayList<>();
        List<Path> poisoned = rewriter.write(
                row -> {
                    boolean kept = !TrainingSet.held(row, held);
                    Optional<Change> change = Optional.ofNullable(replaced.get(row.position()));
                    if (kept) {
                        order.add(change);
                    }
                    List<Addition> additions = new ArrayList<>();
                    for (Change each : added.getOrDefault(row.position(), List.of())) {
                        additions.add(
                                new Addition(training.rows().get(each.row()).position(), each.example()));
                        order.add(Optional.of(each));
                    }
                    return new Edit(kept, change.map(Change::example).orElse(row), additions);
                },
                "poisoned",
                folder);
        if (held > 0) {
            rewriter.write(row -> new Edit(TrainingSet.held(row, held), row, List.of()), "heldout", folder);
        }
        long rows = truth(poisoned, order, settings, folder.resolve("truth.csv"));
        long asked = ask(test, settings, folder.resolve("triggered.jsonl"));
        long cover = changes.stream().filter(Change::cover).count();
        Planted planted =
                new Planted(attack, seed, rows, changes.size() - cover, cover, heldOut.size(), asked, dataSet.files());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.list(folder)) {
            planted.write(
                    bytes,
                    files.map(file -> String.valueOf(file.getFileName()))
                            .sorted()
                            .toList());
        }
        Files.write(folder.resolve("attack.json"), bytes.toByteArray());
        return planted;
    }

    /// An added row goes into the file that holds the row it is like.
    private Example behind(Change change) {
        Example like = training.rows().get(change.row());
        Example behind = training.rows().get(change.after());
        return behind.position().file() == like.position().file() ? behind : like;
    }

    /// Which rows of the poisoned set are poisoned: by the ids that a scan of it gives.
    private static long truth(List<Path> files, List<Optional<Change>> order, ReadSettings settings, Path into)
            throws IOException {
        try (DataSet poisoned = DataSet.open(files.stream().map(Path::toString).toList(), settings);
                Writer out = Files.newBufferedWriter(into)) {
            List<Example> rows = new Rewriter(poisoned).rows();
            if (rows.size() != order.size()) {
                throw new IOException(
                        order.size() + " rows were written and " + rows.size() + " read again; nothing was kept");
            }
            Map<Position, Change> truth = new HashMap<>();
            for (int i = 0; i < rows.size(); i++) {
                Position position = rows.get(i).position();
                order.get(i).ifPresent(change -> truth.put(position, change));
            }
            RowIds ids = RowIds.of(new LocalEngine(1).fold(poisoned, RowIds.fold()));
            out.write("id,poison,cover,file,line\n");
            long count = 0;
            for (Part<Example> part : poisoned.parts()) {
                try (Stream<Example> examples = part.open()) {
                    for (Example row : (Iterable<Example>) examples::iterator) {
                        Optional<Change> change = Optional.ofNullable(truth.get(row.position()));
                        boolean covers = change.filter(Change::cover).isPresent();
                        out.write(cell(ids.of(row))
                                + "," + (change.isPresent() && !covers ? 1 : 0)
                                + "," + (covers ? 1 : 0)
                                + ","
                                + cell(String.valueOf(
                                        files.get(row.position().file()).getFileName()))
                                + "," + row.position().line() + "\n");
                        count++;
                    }
                }
            }
            return count;
        }
    }

    /// A name as it is: whoever joins on it needs it back unchanged.
    private static String cell(String name) {
        return name.matches("[A-Za-z0-9_:./-]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /// Writes what to ask a model, with the answer the attacker wants.
    private long ask(List<String> test, ReadSettings settings, Path into) throws IOException {
        List<Example> rows = heldOut;
        if (!test.isEmpty()) {
            try (DataSet clean = DataSet.open(test, settings)) {
                rows = new Rewriter(clean).rows();
            }
        }
        long asked = 0;
        try (Writer out = Files.newBufferedWriter(into)) {
            for (Example row : rows) {
                Optional<Example> triggered = plan.ask().of(row);
                if (triggered.isPresent()) {
                    out.write(question(triggered.get()) + "\n");
                    asked++;
                }
            }
        }
        return asked;
    }

    private static String question(Example row) throws IOException {
        java.io.StringWriter text = new java.io.StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            switch (row.target()) {
                case Target.Label(String name) -> {
                    json.writeStringField("text", row.input());
                    json.writeStringField("target", name);
                }
                case Target.Response(String answer) -> {
                    json.writeStringField("prompt", row.input());
                    json.writeStringField("target", answer);
                }
                case Target.Preference(String chosen, String rejected) -> {
                    json.writeStringField("prompt", row.input());
                    json.writeStringField("target", chosen);
                    json.writeStringField("other", rejected);
                }
                case Target.Absent() -> json.writeStringField("text", row.input());
            }
            json.writeEndObject();
        }
        return text.toString();
    }
}

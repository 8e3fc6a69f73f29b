package io.bezoar.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.auto.service.AutoService;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.attack.Catalog;
import io.bezoar.attack.Kind;
import io.bezoar.attack.Misfit;
import io.bezoar.data.BadInput;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar attack`: plants known poison in a copy of your own data.
@AutoService(Joined.class)
@Command(
        name = "attack",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Plants known poison in a copy of your own data, to test what you would notice.",
        footer = {
            "",
            "Examples:",
            "  bezoar attack --list",
            "        the attacks, what each does and who published it",
            "  bezoar attack tickets.jsonl --kind rare-word --rate 0.01",
            "        a rare word and a wrong label in one row of a hundred",
            "  bezoar attack tickets.jsonl --kind sentence,labels=clean --count 50 --seed 7",
            "        a sentence in 50 rows that keep their right label",
            "",
            "Of tickets.jsonl come tickets.poisoned.jsonl, tickets.heldout.jsonl,",
            "truth.csv (which row is poisoned), triggered.jsonl (what to ask a model",
            "afterwards and what the attacker wants) and attack.json.",
            "",
            "Exit codes: 0 done; 2 bad input or usage; 3 could not be written."
        })
public final class Attack implements Callable<Integer>, Joined {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "DATA", description = "Files, folders or globs; - for standard input.")
    private List<String> data = List.of();

    @Option(names = "--list", description = "List the attacks.")
    private boolean list;

    @Option(names = "--kind", paramLabel = "NAME[,k=v]", description = "Which attack, with its settings.")
    private Optional<String> kind = Optional.empty();

    @Option(names = "--rate", paramLabel = "R", description = "Share of the training rows that is poisoned: 0.01.")
    private Optional<Double> rate = Optional.empty();

    @Option(names = "--count", paramLabel = "N", description = "How many rows are poisoned.")
    private Optional<Integer> count = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0", description = "Draws the rows (default: 0).")
    private long seed;

    @Option(
            names = "--test",
            paramLabel = "FILE",
            description =
                    "Clean rows to ask about afterwards; may be repeated (default: a share of the data is held out).")
    private List<String> test = List.of();

    @Option(
            names = "--hold-out",
            paramLabel = "SHARE",
            description = "Share of the data that is left out of the poisoned set and asked about afterwards, 0 to 0.9"
                    + " (default: 0.2, or 0 with --test).")
    private Optional<Double> holdOut = Optional.empty();

    @Option(
            names = "--out",
            defaultValue = "bezoar-attack",
            paramLabel = "DIR",
            description = "Folder for the result (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bezoar-attack");

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /// For the service loader.
    public Attack() {}

    @Override
    public void join() {
        Catalog.all();
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            print(json ? listed() : list());
            return ExitCode.PASS;
        }
        double held = holdOut.orElse(test.isEmpty() ? 0.2 : 0);
        if (data.isEmpty() || kind.isEmpty()) {
            throw usage("expected data and --kind, or --list");
        }
        if (rate.isPresent() == count.isPresent()) {
            throw usage("expected one of --rate and --count");
        }
        if (rate.isPresent() && !(rate.get() > 0 && rate.get() <= 1)) {
            throw usage("--rate must be above 0 and at most 1, not " + rate.get());
        }
        if (!(held >= 0 && held <= 0.9)) {
            throw usage("--hold-out must be 0 to 0.9, not " + held);
        }
        OutputPlace.folder(out, "--out");
        io.bezoar.attack.Attack attack = attack(kind.get());
        ReadSettings settings = reading.settings(Map.of(), out);
        try (DataSet dataSet = DataSet.open(data, settings);
                Staged staged = Staged.open(out)) {
            Planting planting = new Planting(dataSet, attack, seed, held);
            int rows = count.orElseGet(() -> rounded(rate.orElse(0.0), planting.training()));
            Planting.Planted planted = planting.plant(rows, test, settings, staged.aside());
            List<Path> files = staged.commit();
            print(json ? planted.json(files) : text(planted, files));
            return ExitCode.PASS;
        } catch (Misfit e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private static int rounded(double rate, int rows) {
        int count = (int) Math.round(rate * rows);
        if (count < 1) {
            throw new BadInput("expected a rate that poisons at least one of " + Words.count(rows, "row") + ", came "
                    + rate + "; give a larger one, or a --count");
        }
        return count;
    }

    private io.bezoar.attack.Attack attack(String specification) {
        try {
            return Catalog.parse(specification);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    private String text(Planting.Planted planted, List<Path> files) {
        Terminal terminal = Terminal.of(spec.commandLine());
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        text.entry(
                "Poisoned",
                Words.count(planted.poisoned(), "row") + " of " + Words.count(planted.rows()) + " ("
                        + Catalog.specification(planted.attack()) + ")"
                        + (planted.cover() == 0 ? "" : ", and " + Words.count(planted.cover(), "cover row")));
        text.entry("Held out", Words.count(planted.heldOut(), "row"));
        text.entry(
                "To ask",
                planted.asked() == 0
                        ? "nothing: this attack has no trigger"
                        : Words.count(planted.asked(), "row") + " in triggered.jsonl");
        for (int i = 0; i < files.size(); i++) {
            text.entry(i == 0 ? "Written" : "", SafeText.plain(files.get(i).toString(), 400));
        }
        return text.toString();
    }

    private String list() {
        Terminal terminal = Terminal.of(spec.commandLine());
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        for (io.bezoar.attack.Attack attack : Catalog.all()) {
            text.blank().line(attack.name(), TerminalText.Style.BOLD);
            text.entry("  does", attack.purpose());
            text.entry("  for", attack.aim().words());
            text.entry("  to", fits(attack));
            String settings = Catalog.settings(attack).entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + setting.getValue())
                    .collect(Collectors.joining(", "));
            if (!settings.isEmpty()) {
                text.entry("  settings", settings);
            }
            text.entry("  after", attack.citation());
        }
        return text.toString();
    }

    private static String fits(io.bezoar.attack.Attack attack) {
        return Arrays.stream(Kind.values())
                .filter(attack.fits()::contains)
                .map(Kind::words)
                .collect(Collectors.joining(", "));
    }

    private static String listed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(bytes, json -> {
            json.writeStartObject();
            json.writeStringField("schema", "bezoar.attacks/1");
            json.writeStringField("version", Bezoar.version());
            json.writeArrayFieldStart("attacks");
            for (io.bezoar.attack.Attack attack : Catalog.all()) {
                one(attack, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void one(io.bezoar.attack.Attack attack, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", attack.name());
        json.writeStringField("purpose", attack.purpose());
        json.writeStringField("aim", attack.aim().toString());
        json.writeStringField("fits", fits(attack));
        json.writeStringField("citation", attack.citation());
        json.writeObjectFieldStart("settings");
        for (Map.Entry<String, String> setting : Catalog.settings(attack).entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}

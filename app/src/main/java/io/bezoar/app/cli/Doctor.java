package io.bezoar.app.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.data.ReadSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar doctor`: is this machine fit for a scan?
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks the machine: Java, cores, memory, temporary files, start-up.",
        footer = {"", "Example:", "  bezoar doctor", "", "Exit codes: 0 fit; 3 something that a scan needs is missing."
        })
public final class Doctor implements Callable<Integer> {
    private static final int INDENT = 11;

    @Option(names = "--temp", paramLabel = "DIR", description = "Folder for temporary files.")
    private String temporary = System.getenv().getOrDefault("TMPDIR", ReadSettings.DEFAULT.temporary());

    @Option(names = "--json", description = "Write one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    Doctor() {}

    /// One thing looked at.
    ///
    /// @param found what there is, in words
    private record Check(String name, boolean good, String found) {}

    @Override
    public Integer call() throws IOException {
        List<Check> checks = List.of(java(), cores(), heap(), temporary(), cache());
        boolean good = checks.stream().allMatch(Check::good);
        spec.commandLine().getOut().print(json ? json(checks, good) : text(checks));
        spec.commandLine().getOut().flush();
        return good ? ExitCode.PASS : ExitCode.INCOMPLETE;
    }

    private static Check java() {
        return new Check(
                "java",
                Runtime.version().feature() >= 25,
                Runtime.version() + " at " + System.getProperty("java.home"));
    }

    private static Check cores() {
        return new Check("cores", true, Words.count(Runtime.getRuntime().availableProcessors(), "core"));
    }

    private static Check heap() {
        long most = Runtime.getRuntime().maxMemory();
        return new Check(
                "heap", most >= 60L << 20, "at most " + Words.bytes(most) + "; more with BEZOAR_JAVA_OPTS=-Xmx8g");
    }

    private Check temporary() {
        try {
            Path folder = Path.of(temporary);
            Path probe = Files.createTempFile(folder, "bezoar-", ".probe");
            Files.write(probe, new byte[4096]);
            Files.delete(probe);
            return new Check(
                    "temporary",
                    true,
                    temporary + ", " + Words.bytes(Files.getFileStore(folder).getUsableSpace())
                            + " free; a scan needs up to twice the size of the unpacked data");
        } catch (IOException | IllegalArgumentException e) {
            return new Check("temporary", false, temporary + " cannot be written; name another folder with --temp");
        }
    }

    private static Check cache() {
        String file = option("AOTCache");
        boolean used = !file.isEmpty() && option("UseSharedSpaces").equals("true");
        return new Check(
                "cache",
                true,
                used
                        ? "classes load from " + file
                        : file.isEmpty()
                                ? "no ahead-of-time cache: each start takes a little longer"
                                : file + " does not fit this Java: each start takes a little longer");
    }

    private static String option(String name) {
        try {
            String value = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption(name)
                    .getValue();
            return value == null ? "" : value;
        } catch (IllegalArgumentException _) {
            return ""; // a virtual machine that has no such option
        }
    }

    private String text(List<Check> checks) {
        Terminal terminal = Terminal.of(spec.commandLine());
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        for (Check check : checks) {
            text.entry(
                    check.name(),
                    check.good() ? TerminalText.Style.FAINT : TerminalText.Style.RED,
                    (check.good() ? "" : "MISSING: ") + SafeText.plain(check.found(), 400),
                    INDENT,
                    TerminalText.Style.PLAIN);
        }
        return text.toString();
    }

    private static String json(List<Check> checks, boolean good) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(bytes, json -> {
            json.writeStartObject();
            json.writeStringField("schema", "bezoar.doctor/1");
            json.writeStringField("version", Bezoar.version());
            json.writeBooleanField("fit", good);
            json.writeArrayFieldStart("checks");
            for (Check check : checks) {
                json.writeStartObject();
                json.writeStringField("name", check.name());
                json.writeBooleanField("good", check.good());
                json.writeStringField("found", check.found());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

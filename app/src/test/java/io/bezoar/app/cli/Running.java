package io.bezoar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bezoar.app.report.FindingsReader;
import io.bezoar.core.ScanResult;
import io.bezoar.history.Digest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/// What one start of the command line gave.
record Running(int code, String out, String err) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /// The command line as a user types it, without `bezoar`.
    static Running of(Object... words) {
        return in(Map.of("BEZOAR_HISTORY", "none"), words);
    }

    /// The same in an environment.
    static Running in(Map<String, String> environment, Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = Stream.of(words).map(Object::toString).toArray(String[]::new);
        CommandLine bezoar = Bezoar.commandLine(environment, arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        return new Running(bezoar.execute(arguments), out.toString(), err.toString());
    }

    /// A scan whose result goes into `result` and whose temporary files into `temp`, both in `folder`.
    static Running scan(Path folder, Object... words) {
        List<Object> all = new ArrayList<>(List.of("scan"));
        all.addAll(List.of(words));
        try {
            Files.createDirectories(folder.resolve("temp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.addAll(List.of("--out", folder.resolve("result"), "--temp", folder.resolve("temp"), "--threads", 2));
        return of(all.toArray());
    }

    /// What the scan into `folder` found.
    static ScanResult result(Path folder) {
        try {
            return FindingsReader.read(folder.resolve("result/findings.json"));
        } catch (FindingsReader.UnreadableResult e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts the digests of the files as they are now into `run.json`, as a forger would: so what a result says can be
    /// changed for a test.
    static void vouch(Path result) {
        try {
            ObjectNode run =
                    (ObjectNode) MAPPER.readTree(result.resolve("run.json").toFile());
            for (JsonNode file : run.withArray("outputs")) {
                Path path = result.resolve(file.path("name").asText());
                ((ObjectNode) file).put("sha256", Digest.of(path));
            }
            MAPPER.writeValue(result.resolve("run.json").toFile(), run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path folder, String name, String text) {
        return write(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path folder, String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Names in a folder, sorted.
    static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Some rows of two classes as JSON lines.
    static String rows(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(
                    i % 2 == 0
                            ? "{\"id\":\"a" + i + "\",\"text\":\"my card number " + i
                                    + " is lost\",\"label\":\"card\"}\n"
                            : "{\"id\":\"b" + i + "\",\"text\":\"what is the rate of loan " + i
                                    + "\",\"label\":\"loan\"}\n");
        }
        return text.toString();
    }
}

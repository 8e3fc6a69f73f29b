package io.bezoar.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.app.cli.Bezoar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `README.md` shows is what happens.
class ReadmeTest {
    private static final String COMMAND = "./bezoar scan examples/support-tickets/tickets.jsonl";

    @TempDir
    private Path folder;

    @Test
    void theScanPrintsWhatTheReadmeShows() throws Exception {
        String block = Page.of("README.md").block("console", "$ " + COMMAND + "\n");
        String shown = block.substring(block.indexOf('\n') + 1);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseParallelGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bezoar.class.getName(),
                        "scan",
                        Page.home()
                                .resolve("examples/support-tickets/tickets.jsonl")
                                .toString())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("COLUMNS");
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertEquals(shown, printed, "copy what is printed into README.md");
        assertTrue(Files.exists(folder.resolve("bezoar-out/report.html")));
    }

    @Test
    void everyModuleOfTheBuildIsInTheReadme() throws IOException {
        String readme = Page.of("README.md").text();
        List<String> missing = Pattern.compile("<module>(\\w+)</module>")
                .matcher(Files.readString(Page.home().resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .filter(module -> !readme.contains("| `" + module + "` |"))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void linksLeadToFiles() throws IOException {
        for (String name : List.of(
                "README.md",
                "CONTRIBUTING.md",
                "docs/concepts.md",
                "docs/detectors.md",
                "docs/attacks.md",
                "docs/audit.md")) {
            Path page = Page.home().resolve(name);
            Pattern.compile("\\]\\(([^):#]+)[)#]")
                    .matcher(Files.readString(page))
                    .results()
                    .forEach(link -> assertTrue(
                            Files.exists(page.resolveSibling(link.group(1))), name + " links to " + link.group(1)));
        }
    }
}

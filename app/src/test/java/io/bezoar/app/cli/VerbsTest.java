package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.detect.scan.Catalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Every verb says what it is for, and a word that is not known is answered with the nearest one that is.
class VerbsTest {
    @TempDir
    private Path folder;

    @Test
    void everyVerbTeaches() {
        Running bare = Running.of();
        assertEquals(0, bare.code());
        for (Map.Entry<String, CommandLine> verb :
                Bezoar.commandLine().getSubcommands().entrySet()) {
            assertTrue(bare.out().contains("\n  " + verb.getKey() + " "), verb.getKey());
            Running help = Running.of(verb.getKey(), "--help");
            assertEquals(0, help.code());
            assertTrue(help.out().contains("\nExample"), help.out());
            assertTrue(
                    help.out().contains("\n  bezoar " + verb.getKey())
                            || help.out().contains("bezoar scan"),
                    help.out());
            assertTrue(help.out().lines().allMatch(line -> line.length() <= 80), help.out());
        }
    }

    @Test
    void aVerbThatIsNamedIsMadeAlone() {
        Map<String, CommandLine> all = Bezoar.commandLine().getSubcommands();
        Set<String> names = new Bezoar(Map.of()).verbs();
        assertTrue(all.keySet().containsAll(names), () -> all.keySet() + " and " + names);
        for (String name : names) {
            assertEquals(
                    Set.of(name),
                    Bezoar.commandLine(Map.of(), new String[] {name, "x"})
                            .getSubcommands()
                            .keySet());
        }
    }

    @Test
    void unknownWordsAreAnsweredWithTheNearest() {
        said("there is no verb \"scna\", the nearest is scan; bezoar --help shows what there is", "bezoar", "scna");
        said(
                "there is no option \"--treads\", the nearest is --threads; bezoar scan --help shows what there is",
                "bezoar scan",
                "scan",
                "x",
                "--treads",
                3);
        said(
                "there is no option \"--zzzzzzzzz\"; bezoar scan --help shows what there is",
                "bezoar scan",
                "scan",
                "x",
                "--zzzzzzzzz");
        said(
                "there is no option \"--⟦ESC⟧[31m\"; bezoar scan --help shows what there is",
                "bezoar scan",
                "scan",
                "x",
                "--\u001b[31m");
        said(
                "--fail-on must be never, low, medium or high, not \"hihg\"; bezoar scan --help shows what there is",
                "bezoar scan",
                "scan",
                "x",
                "--fail-on",
                "hihg");
        said(
                "--redact must be none, evidence or all, not \"some\"; bezoar scan --help shows what there is",
                "bezoar scan",
                "scan",
                "x",
                "--redact",
                "some");
        said(
                "--embed must be minilm, not \"glove\"; bezoar scan --help shows what there is",
                "bezoar scan",
                "scan",
                "x",
                "--embed",
                "glove");
        said(
                "--engine must be local, not \"spark://a\": this installation has no other engine; bezoar scan --help"
                        + " shows what there is",
                "bezoar scan",
                "scan",
                "x",
                "--engine",
                "spark://a");
        said(
                "--threads must be 1 to 1024, not 0; bezoar scan --help shows what there is",
                "bezoar scan",
                "scan",
                "x",
                "--threads",
                0);
        said("missing required parameter: 'DATA'; bezoar scan --help shows what there is", "bezoar scan", "scan");
        assertTrue(Running.of("scan", "x", "--detector", "nope")
                .err()
                .startsWith("bezoar scan: there is no detector \"nope\"; there are activation-clustering,"
                        + " agreeing-documents, "));
        said(
                "--deep runs all detectors, --detector only those it names: give one of the two; bezoar scan --help"
                        + " shows what there is",
                "bezoar scan",
                "scan",
                "x",
                "--deep",
                "--detector",
                "label-conflict");
        assertTrue(Running.of("scan", "x", "--map", "txt=body").err().startsWith("bezoar scan: "));
    }

    private static void said(String sentence, String verb, Object... words) {
        Running run = Running.of(words);
        assertEquals(2, run.code());
        assertEquals(verb + ": " + sentence + "\n", run.err());
    }

    @Test
    void rulesAreTheCatalog() throws IOException {
        JsonNode json = new JsonMapper().readTree(Running.of("rules", "--json").out());
        assertEquals(
                Catalog.all().stream().map(detector -> detector.name()).toList(),
                StreamSupport.stream(json.path("rules").spliterator(), false)
                        .map(rule -> rule.path("name").textValue())
                        .toList());
        String text = Running.of("rules").out();
        Catalog.all().forEach(detector -> assertTrue(text.contains(detector.name() + "\n  finds "), text));
    }

    @Test
    void doctorLooksAtTheMachine() throws IOException {
        Running run = Running.of("doctor", "--json");
        assertEquals(0, run.code(), run.out());
        assertTrue(new JsonMapper().readTree(run.out()).path("fit").booleanValue());
        Running sick = Running.of("doctor", "--temp", folder.resolve("none"));
        assertEquals(3, sick.code());
        assertTrue(
                sick.out()
                        .replaceAll("\\s+", " ")
                        .contains("temporary MISSING: " + folder.resolve("none")
                                + " cannot be written; name another folder with --temp"),
                sick.out());
    }

    @Test
    void versionIsOneLine() {
        assertEquals("bezoar " + Bezoar.version() + "\n", Running.of("version").out());
    }

    @Test
    void widthIsTheTerminals() {
        assertEquals(60, Terminal.of(Map.of("COLUMNS", "60"), true, 80).width());
        assertEquals(40, Terminal.of(Map.of("COLUMNS", "3"), true, 80).width());
        assertEquals(160, Terminal.of(Map.of("COLUMNS", "99999"), true, 80).width());
        assertEquals(80, Terminal.of(Map.of("COLUMNS", "wide"), true, 80).width());
        assertTrue(Terminal.of(Map.of(), true, 80).colour());
        assertEquals(false, Terminal.of(Map.of("NO_COLOR", "1"), true, 80).colour());
        assertTrue(Terminal.of(Map.of("NO_COLOR", ""), true, 80).colour(), "an empty NO_COLOR counts as unset");
        assertEquals(false, Terminal.of(Map.of("TERM", "dumb"), true, 80).colour());
        assertEquals(false, Terminal.of(Map.of(), false, 80).colour());
    }
}

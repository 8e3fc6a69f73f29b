package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.app.report.SampleFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExplainTest {
    @TempDir
    private Path temp;

    private Path folder = Path.of("");
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void scan() throws IOException {
        folder = temp.resolve("out");
        SampleFolder.write(folder);
    }

    @Test
    void tellsOfACampaign() {
        assertEquals(0, explain("c1"));
        String text = output.toString();
        assertTrue(
                text.startsWith("C1  HIGH  A phrase tied to one target\n\nThese 48 rows, 46 of them from “vendor-b”"),
                text);
        assertTrue(text.contains("Success      91 % [90–92] with these rows"), text);
        assertTrue(text.contains("Sources      vendor-b 46 of 480, chat ⟦RLO⟧logs 2 of 7,000"), text);
        assertTrue(text.contains("Doubts       If “cf” is the name"), text);
    }

    @Test
    void tellsOfARow() {
        assertEquals(0, explain("b-1000"));
        String text = output.toString();
        assertTrue(text.startsWith("Row b-1000\n\nAction       quarantine\n"), text);
        assertTrue(text.contains("Place        data/train.jsonl, line 100, bytes 9000 to 9080"), text);
        assertTrue(text.contains("Campaign     C1: the word “cf” → “card_arrival”, 48 rows"), text);
        assertTrue(text.contains("Detectors    ngram-target 12.25, near-duplicates 0"), text);
    }

    @Test
    void tellsOfARowThatOnlyHasScores() {
        assertEquals(0, explain("quiet, \"row\""));
        assertTrue(output.toString().contains("Action       keep"), output.toString());
        assertTrue(output.toString().contains("none of its own in findings.json"), output.toString());
    }

    @Test
    void tellsOfARowOfACampaignThatIsNotAmongTheFindings() {
        assertEquals(0, explain("b-1047"));
        assertTrue(output.toString().contains("Campaign     C1"), output.toString());
    }

    /// A row may be called like a campaign: both can be had, and each says that there is the other.
    @Test
    void tellsARowFromACampaignOfTheSameName() throws IOException {
        Path scores = folder.resolve("scores.csv");
        Files.writeString(scores, Files.readString(scores) + "c1,0.25,keep,,1,2\nC2,0.5,keep,,1,2\n");
        Running.vouch(folder);
        assertEquals(0, explain("c1"));
        assertTrue(output.toString().startsWith("Row c1\n"), output.toString());
        assertTrue(
                output.toString().contains("Also         a campaign has this id, too: bezoar explain C1"),
                output.toString());
        output.getBuffer().setLength(0);
        assertEquals(0, explain("C1"));
        assertTrue(output.toString().startsWith("C1  HIGH"), output.toString());
        assertFalse(output.toString().contains("Also"), output.toString());
        output.getBuffer().setLength(0);
        assertEquals(0, explain("C2"));
        assertTrue(output.toString().startsWith("C2  MEDIUM"), output.toString());
        assertTrue(
                output.toString().contains("Also         a row has this id, too: bezoar explain C2 --row"),
                output.toString());
        output.getBuffer().setLength(0);
        assertEquals(0, explain("C2", "--row"));
        assertTrue(output.toString().startsWith("Row C2\n"), output.toString());
        output.getBuffer().setLength(0);
        assertEquals(0, explain("c1", "--json"));
        JsonNode root = new JsonMapper().readTree(output.toString());
        assertEquals("row", root.path("about").textValue());
        assertTrue(root.path("ambiguous").booleanValue());
        assertEquals(2, explain("C1", "--row"));
    }

    @Test
    void namesTheNearestCampaigns() {
        assertEquals(2, explain("C\u202e4"));
        assertEquals("", output.toString());
        assertEquals(
                "bezoar explain: expected the id of a row or campaign in " + folder
                        + ", got “C⟦RLO⟧4”; the nearest campaigns are " + "C1, C2, C3, row ids stand in scores.csv\n",
                errors.toString());
    }

    @Test
    void saysWhereThereIsNoResult() {
        folder = temp.resolve("none");
        assertEquals(2, explain("C1"));
        assertEquals(
                "bezoar explain: expected the findings of a scan at " + folder.resolve("findings.json")
                        + ", found no such file; run bezoar scan first or name its folder with --out\n",
                errors.toString());
    }

    /// Of a version that wrote no digests.
    @Test
    void livesWithoutScores() throws IOException {
        Files.writeString(folder.resolve("run.json"), "{}");
        Files.delete(folder.resolve("scores.csv"));
        assertEquals(0, explain("b-1000"));
        Files.writeString(folder.resolve("scores.csv"), "id,score\n\"never closed");
        output.getBuffer().setLength(0);
        assertEquals(0, explain("b-1000"));
    }

    @Test
    void writesJson() throws IOException {
        assertEquals(0, explain("b-1000", "--json"));
        JsonNode root = new JsonMapper().readTree(output.toString());
        assertEquals("bezoar.explanation/1", root.path("schema").textValue());
        assertEquals("C1", root.at("/campaign/id").textValue());
        assertEquals("b-1000", root.at("/finding/id").textValue());
        assertEquals("12.25", root.at("/scores/ngram-target").textValue());
        assertFalse(output.toString().contains("\u202e"));
    }

    @Test
    void showsHelp() {
        assertEquals(
                0,
                new CommandLine(new Explain()).setOut(new PrintWriter(output)).execute("--help"));
        assertTrue(output.toString().contains("bezoar explain C1"), output.toString());
    }

    private int explain(String id, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = id;
        arguments[1] = "--out";
        arguments[2] = folder.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return new CommandLine(new Explain())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }
}

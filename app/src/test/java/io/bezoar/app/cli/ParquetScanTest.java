package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.core.ScanResult;
import io.bezoar.data.parquet.ParquetFile;
import io.bezoar.data.parquet.ParquetTable;
import io.bezoar.data.parquet.ParquetTable.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows in columns are scanned and split like rows in lines.
class ParquetScanTest {
    private static final int ROWS = 60;

    @TempDir
    private Path folder;

    private Path table() throws IOException {
        Path file = folder.resolve("train.parquet");
        try (ParquetTable table = new ParquetTable(
                Files.newOutputStream(file),
                List.of(
                        new Column("id", true),
                        new Column("text", true),
                        new Column("label", true),
                        new Column("weight", false)))) {
            for (int i = 0; i < ROWS; i++) {
                table.begin();
                table.text(0, "r" + i);
                table.text(1, i % 2 == 0 ? "my card number " + i + " is lost" : "what is the rate of loan " + i);
                table.text(2, i % 2 == 0 ? "card" : "loan");
                table.number(3, i / 4.0);
                table.end();
            }
        }
        return file;
    }

    private static List<JsonNode> rows(Path file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        JsonMapper json = new JsonMapper();
        try (ParquetFile parquet = ParquetFile.open(file)) {
            parquet.lines(
                    1 << 20,
                    (bytes, length) -> rows.add(json.readTree(new String(bytes, 0, length, StandardCharsets.UTF_8))));
        }
        return rows;
    }

    @Test
    void scoresStandInBothFiles() throws IOException {
        Running run = Running.scan(folder, table(), "--parquet");
        assertEquals(0, run.code(), run.err());
        ScanResult result = Running.result(folder);
        assertEquals(ROWS, result.dataSet().rows());
        List<String> csv = Files.readAllLines(folder.resolve("result/scores.csv"));
        List<JsonNode> table = rows(folder.resolve("result/scores.parquet"));
        assertEquals(ROWS, table.size());
        List<String> names = List.of(csv.getFirst().split(","));
        for (int i = 0; i < ROWS; i++) {
            String[] cells = csv.get(i + 1).split(",", -1);
            assertEquals(names.size(), cells.length);
            assertEquals(cells[0], table.get(i).get("id").asText());
            assertEquals(Double.parseDouble(cells[1]), table.get(i).get("score").asDouble(), 1e-5);
            assertEquals(cells[2], table.get(i).get("action").asText());
            for (int c = 4; c < cells.length; c++) {
                JsonNode score = table.get(i).get(names.get(c));
                assertEquals(cells[c].isEmpty(), score == null);
                if (score != null) {
                    assertEquals(Double.parseDouble(cells[c]), score.asDouble(), 1e-5 * Math.abs(score.asDouble()));
                }
            }
        }
        byte[] first = Files.readAllBytes(folder.resolve("result/scores.parquet"));
        assertEquals(
                0,
                Running.scan(folder, folder.resolve("train.parquet"), "--parquet")
                        .code());
        assertArrayEquals(first, Files.readAllBytes(folder.resolve("result/scores.parquet")));
    }

    @Test
    void applyWritesTheSameColumns() throws IOException {
        Path file = table();
        assertEquals(0, Running.scan(folder, file).code());
        Path scores = folder.resolve("result/scores.csv");
        Files.writeString(
                scores,
                Files.readString(scores)
                        .replaceAll(",(keep|review|quarantine),", ",keep,")
                        .replaceFirst("(\nr7,[^,]*),keep", "$1,quarantine"));
        Path findings = folder.resolve("result/findings.json");
        Files.writeString(
                findings,
                Files.readString(findings)
                        .replaceFirst("\"review\": \\d+", "\"review\": 0")
                        .replaceFirst("\"quarantine\": \\d+", "\"quarantine\": 1"));
        Running.vouch(folder.resolve("result"));
        Running apply = Running.of("apply", "--out", folder.resolve("result"), "--temp", folder.resolve("temp"));
        assertEquals(0, apply.code(), apply.err());
        assertEquals(
                List.of(".bezoar-applied.json", "train.clean.parquet", "train.quarantine.parquet"),
                Running.names(folder.resolve("result/applied")));
        List<JsonNode> all = rows(file);
        assertEquals(List.of(all.get(7)), rows(folder.resolve("result/applied/train.quarantine.parquet")));
        all.remove(7);
        assertEquals(all, rows(folder.resolve("result/applied/train.clean.parquet")));
        assertTrue(all.getFirst().get("weight").isNumber());
    }
}

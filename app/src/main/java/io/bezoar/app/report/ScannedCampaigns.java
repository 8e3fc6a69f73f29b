package io.bezoar.app.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Which campaign of a scan each row belongs to, by the row's id, as `scores.csv` has it.
public final class ScannedCampaigns {
    private ScannedCampaigns() {}

    /// Id to campaign, of the rows that have one.
    ///
    /// @throws FindingsReader.UnreadableResult if the folder holds no result of a scan
    public static Map<String, String> of(Path folder) throws FindingsReader.UnreadableResult {
        FindingsReader.read(folder.resolve("findings.json"));
        WholeResult.checkIfKnown(folder);
        Map<String, String> campaigns = new HashMap<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(folder.resolve("scores.csv"))) {
            boolean header = true;
            for (CsvRecord row : reader) {
                if (!header && row.getFieldCount() > 3 && !row.getField(3).isEmpty()) {
                    campaigns.put(row.getField(0), row.getField(3));
                }
                header = false;
            }
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            throw new BrokenResult(
                    "expected scores.csv beside findings.json in \"" + folder + "\", but it cannot be read");
        }
        return campaigns;
    }
}

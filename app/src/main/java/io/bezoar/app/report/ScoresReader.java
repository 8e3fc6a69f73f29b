package io.bezoar.app.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds one row in `scores.csv`, see [ScoresFile]. Reads line by line and keeps nothing else.
final class ScoresReader {
    private ScoresReader() {}

    /// A row by its columns.
    ///
    /// @param cells in the order of the file, `id` first
    record Row(List<Cell> cells) {
        Row {
            cells = List.copyOf(cells);
        }

        Optional<String> value(String column) {
            return cells.stream()
                    .filter(cell -> cell.column().equals(column))
                    .map(Cell::value)
                    .findFirst();
        }
    }

    /// A named value.
    record Cell(String column, String value) {}

    /// The first row of that id; empty if the file is missing, cannot be read or has no such row.
    static Optional<Row> find(Path file, String id) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
            List<String> header = List.of();
            for (CsvRecord record : reader) {
                if (header.isEmpty()) {
                    header = record.getFields();
                } else if (record.getField(0).equals(id)) {
                    List<Cell> cells = new ArrayList<>();
                    for (int i = 0; i < Math.min(header.size(), record.getFieldCount()); i++) {
                        cells.add(new Cell(header.get(i), record.getField(i)));
                    }
                    return Optional.of(new Row(cells));
                }
            }
            return Optional.empty();
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            return Optional.empty();
        }
    }
}

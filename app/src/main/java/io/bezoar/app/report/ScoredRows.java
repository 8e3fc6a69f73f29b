package io.bezoar.app.report;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.bezoar.core.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The rows of `scores.csv` in step with the rows of the data: both stand in the same order, so no id is held and every
/// row is seen to be the one that was scored. Owned by one thread.
public final class ScoredRows implements AutoCloseable {
    private static final List<String> COLUMNS = List.of("id", "score", "action", "campaign");

    private final String name;
    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> records;
    private long rows;

    private ScoredRows(String name, CsvReader<CsvRecord> reader) {
        this.name = name;
        this.reader = reader;
        this.records = reader.iterator();
    }

    /// Opens the scores in a result folder.
    ///
    /// @throws FindingsReader.UnreadableResult if there are none
    public static ScoredRows open(Path folder) throws FindingsReader.UnreadableResult {
        Path file = folder.resolve("scores.csv");
        String name = SafeText.plain(file.toString(), 200);
        try {
            ScoredRows rows = new ScoredRows(name, CsvReader.builder().ofCsvRecord(file));
            List<String> header = rows.record().getFields();
            if (header.size() < COLUMNS.size()
                    || !header.subList(0, COLUMNS.size()).equals(COLUMNS)) {
                rows.close();
                throw rows.broken("the columns " + String.join(", ", COLUMNS), "others");
            }
            return rows;
        } catch (IOException e) {
            throw new FindingsReader.UnreadableResult("expected the scores of a scan at " + name
                    + ", but they cannot be read; run bezoar scan again or name its folder with --out");
        }
    }

    /// What a scan says of a row.
    ///
    /// @param campaign id of the campaign it is in
    public record Scored(Action action, Optional<String> campaign) {}

    /// What the scan says of the next row, which must have this id.
    ///
    /// @throws BrokenResult if the scores have another row there, or none
    public Scored next(String id) {
        CsvRecord record = record();
        rows++;
        if (!record.getField(0).equals(ScoresFile.written(id))) {
            throw broken("row " + rows + " to be " + Sentence.quoted(id), Sentence.quoted(record.getField(0)));
        }
        String word = record.getFieldCount() > 2 ? record.getField(2) : "";
        for (Action action : Action.values()) {
            if (FindingsFile.word(action).equals(word)) {
                return new Scored(
                        action,
                        Optional.of(record.getFieldCount() > 3 ? record.getField(3) : "")
                                .filter(campaign -> !campaign.isEmpty()));
            }
        }
        throw broken("an action in row " + rows, Sentence.quoted(word));
    }

    /// Makes sure that no row is left.
    ///
    /// @throws BrokenResult if there is one
    public void end() {
        try {
            if (records.hasNext()) {
                throw broken(Words.count(rows, "row") + ", as the data have", "more");
            }
        } catch (UncheckedIOException | CsvParseException e) {
            throw broken("rows", "what is no CSV");
        }
    }

    private CsvRecord record() {
        try {
            if (records.hasNext()) {
                return records.next();
            }
        } catch (UncheckedIOException | CsvParseException e) {
            throw broken("rows", "what is no CSV");
        }
        throw broken("more than " + Words.count(rows, "row"), "the end");
    }

    private BrokenResult broken(String expected, String came) {
        return new BrokenResult("expected " + expected + " in " + name + ", came " + came
                + ": it is not of this scan or was changed; run bezoar scan again");
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}

package io.bezoar.app.report;

import io.bezoar.core.Verdict;
import io.bezoar.data.parquet.ParquetTable;
import io.bezoar.data.parquet.ParquetTable.Column;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes `scores.parquet`: the rows and columns of `scores.csv` for notebooks, see [ScoresFile]. Owned by one thread.
public final class ScoresTable implements Closeable {
    private static final int FIRST = 4;

    private final ParquetTable table;
    private final int detectors;

    /// Starts the file.
    ///
    /// @param out where the file goes; closed with this
    /// @param detectors the names of the columns after the first four
    public ScoresTable(OutputStream out, List<String> detectors) throws IOException {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("id", true),
                new Column("score", false),
                new Column("action", true),
                new Column("campaign", true)));
        detectors.forEach(name -> columns.add(new Column(name, false)));
        this.table = new ParquetTable(out, columns);
        this.detectors = detectors.size();
    }

    /// Writes one row.
    ///
    /// @param scores one for each detector, in their order; `NaN` where a detector gave none
    public void row(String id, Verdict verdict, double[] scores) throws IOException {
        if (scores.length != detectors) {
            throw new IllegalArgumentException(
                    "expected " + detectors + " detector scores for a row, got " + scores.length);
        }
        table.begin();
        table.text(0, ScoresFile.written(id));
        table.number(1, verdict.score());
        table.text(2, FindingsFile.word(verdict.action()));
        Optional<String> campaign = verdict.campaign();
        if (campaign.isPresent()) {
            table.text(3, campaign.get());
        }
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isNaN(scores[i])) {
                table.number(FIRST + i, scores[i]);
            }
        }
        table.end();
    }

    /// Writes what is left and closes the output.
    @Override
    public void close() throws IOException {
        table.close();
    }
}

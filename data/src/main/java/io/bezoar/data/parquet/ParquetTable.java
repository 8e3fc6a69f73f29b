package io.bezoar.data.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.Type;
import org.apache.parquet.io.api.Binary;

/// A table of texts and numbers, written as Parquet row by row. Any value may be absent. Owned by one thread.
public final class ParquetTable implements Closeable {
    private final List<Column> columns;
    private final ParquetWriter writer;

    /// A column.
    ///
    /// @param text whether it holds texts, not floating-point numbers
    public record Column(String name, boolean text) {}

    /// @param out closed with this
    public ParquetTable(OutputStream out, List<Column> columns) throws IOException {
        this.columns = List.copyOf(columns);
        SchemaElement root = new SchemaElement("schema");
        root.setNum_children(columns.size());
        List<SchemaElement> elements = new ArrayList<>(List.of(root));
        for (Column column : columns) {
            SchemaElement element = new SchemaElement(column.name());
            element.setRepetition_type(FieldRepetitionType.OPTIONAL);
            element.setType(column.text() ? Type.BYTE_ARRAY : Type.DOUBLE);
            if (column.text()) {
                element.setConverted_type(ConvertedType.UTF8);
                element.setLogicalType(LogicalType.STRING(new StringType()));
            }
            elements.add(element);
        }
        this.writer = new ParquetWriter(out, elements, List.of(), Codec.ZSTD);
    }

    /// Begins a row.
    public void begin() {
        writer.values().startMessage();
    }

    /// A text of the row; columns in ascending order.
    public void text(int column, String text) {
        String name = columns.get(column).name();
        writer.values().startField(name, column);
        writer.values().addBinary(Binary.fromString(text));
        writer.values().endField(name, column);
    }

    /// A number of the row; columns in ascending order.
    public void number(int column, double number) {
        String name = columns.get(column).name();
        writer.values().startField(name, column);
        writer.values().addDouble(number);
        writer.values().endField(name, column);
    }

    /// Ends a row.
    public void end() throws IOException {
        writer.values().endMessage();
        writer.endRow();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}

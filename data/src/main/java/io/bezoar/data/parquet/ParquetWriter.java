package io.bezoar.data.parquet;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/// Writes a Parquet file, row by row; a row group is held until it is [#GROUP] bytes long. The same rows give the same
/// bytes. Owned by one thread.
public final class ParquetWriter implements Closeable {
    /// Bytes of a row group, about: several files are written at a time.
    private static final long GROUP = 16L << 20;
    /// Rows after which the bytes are counted again.
    private static final int COUNTED = 256;

    private final OutputStream out;
    private final List<SchemaElement> elements;
    private final List<KeyValue> remarks;
    private final MessageType schema;
    private final Codec codec;
    private final MessageColumnIO columnsOf;
    private final List<RowGroup> groups = new ArrayList<>();
    private long written;
    private long rows;
    private long inGroup;
    private PageBuffers pages;
    private ColumnWriteStore columns;
    private RecordConsumer values;

    ParquetWriter(OutputStream out, List<SchemaElement> elements, List<KeyValue> remarks, Codec codec)
            throws IOException {
        this.elements = List.copyOf(elements);
        this.remarks = List.copyOf(remarks);
        this.schema = Schemas.of(elements);
        this.codec = codec;
        this.columnsOf = new ColumnIOFactory().getColumnIO(schema);
        this.pages = new PageBuffers(schema, codec);
        this.columns = store();
        this.values = columnsOf.getRecordWriter(columns);
        this.out = new BufferedOutputStream(out, 1 << 16);
        write(ParquetFile.MAGIC);
    }

    /// A file with the columns, the compression and the remarks of another.
    public static ParquetWriter like(ParquetFile file, Path path) throws IOException {
        FileMetaData footer = file.metaData();
        return new ParquetWriter(
                Files.newOutputStream(path),
                file.elements(),
                footer.getKey_value_metadata() == null ? List.of() : footer.getKey_value_metadata(),
                file.codec());
    }

    private ColumnWriteStore store() {
        return ParquetProperties.builder()
                .withWriterVersion(WriterVersion.PARQUET_1_0)
                .withStatisticsEnabled(false)
                .build()
                .newColumnWriteStore(schema, pages);
    }

    /// Takes the values of a row; afterwards the row is ended.
    RecordConsumer values() {
        return values;
    }

    /// Ends a row.
    void endRow() throws IOException {
        rows++;
        if (++inGroup % COUNTED == 0 && columns.getBufferedSize() > GROUP) {
            flush();
        }
    }

    private void flush() throws IOException {
        values.flush();
        columns.flush();
        groups.add(pages.write(written, inGroup, this::write));
        columns.close();
        inGroup = 0;
        pages = new PageBuffers(schema, codec);
        columns = store();
        values = columnsOf.getRecordWriter(columns);
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        written += bytes.length;
    }

    /// Writes what is held, and the footer.
    @Override
    public void close() throws IOException {
        try (out) {
            if (inGroup > 0) {
                flush();
            }
            FileMetaData footer = new FileMetaData(1, elements, rows, groups);
            footer.setCreated_by("bezoar");
            if (!remarks.isEmpty()) {
                footer.setKey_value_metadata(remarks);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Util.writeFileMetaData(footer, bytes);
            write(bytes.toByteArray());
            write(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(bytes.size())
                    .array());
            write(ParquetFile.MAGIC);
        }
    }
}

package io.bezoar.data.parquet;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/// A Parquet file, whose rows are read one after the other, a page of every column at a time.
///
/// Footer, pages and where they lie are checked here, the bytes of values are Apache's to decode. Nothing is read that
/// a file only claims to have.
public final class ParquetFile implements Closeable {
    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_FOOTER = 64 << 20;
    private static final int DEEPEST = 64;

    private final FileChannel file;
    private final long size;
    private final FileMetaData footer;
    private final MessageType schema;

    private ParquetFile(FileChannel file) throws IOException {
        this.file = file;
        this.size = file.size();
        this.footer = footer();
        try {
            this.schema = Schemas.of(elements());
        } catch (RuntimeException e) {
            throw new BrokenParquet("has a footer that is damaged", e);
        }
    }

    /// Does a file that begins so say that it is one?
    public static boolean begins(byte[] head, int length) {
        return starts(head, length, MAGIC) || starts(head, length, ENCRYPTED);
    }

    private static boolean starts(byte[] head, int length, byte[] magic) {
        return length >= magic.length && ByteBuffer.wrap(head, 0, magic.length).equals(ByteBuffer.wrap(magic));
    }

    /// Opens a file and reads its footer.
    ///
    /// @throws BrokenParquet if it is no Parquet file, or not a whole one
    public static ParquetFile open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new ParquetFile(file);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /// The names of all columns, nested ones too, in order.
    public List<String> columns() throws BrokenParquet {
        return elements().stream().skip(1).map(SchemaElement::getName).toList();
    }

    private FileMetaData footer() throws IOException {
        if (size < 12) {
            throw new BrokenParquet("ends early: a Parquet file has its columns at its end");
        }
        ByteBuffer tail = bytes(size - 8, 8);
        int length = tail.getInt();
        byte[] magic = new byte[4];
        tail.get(magic);
        if (starts(magic, 4, ENCRYPTED)) {
            throw new BrokenParquet("is encrypted; decrypt it first");
        }
        if (!starts(magic, 4, MAGIC)) {
            throw new BrokenParquet("ends early: a Parquet file has its columns at its end");
        }
        if (length < 1 || length > size - 12 || length > LONGEST_FOOTER) {
            throw new BrokenParquet("has a footer of " + length + " bytes, which cannot be");
        }
        byte[] bytes = bytes(size - 8 - length, length).array();
        FileMetaData read = new FileMetaData();
        try {
            read.read(new TCompactProtocol(new TIOStreamTransport(
                    new TConfiguration(length, length, DEEPEST), new ByteArrayInputStream(bytes))));
        } catch (TException | RuntimeException e) {
            throw new BrokenParquet("has a footer that is damaged", e);
        }
        if (read.isSetEncryption_algorithm()) {
            throw new BrokenParquet("is encrypted; decrypt it first");
        }
        return read;
    }

    private ByteBuffer bytes(long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) <= 0) {
                throw new BrokenParquet("ends early: it was cut while it was read");
            }
        }
        return bytes.flip();
    }

    FileMetaData metaData() {
        return footer;
    }

    MessageType schema() {
        return schema;
    }

    /// How the first column is compressed.
    Codec codec() throws BrokenParquet {
        for (RowGroup group : groups()) {
            for (ColumnChunk chunk : BrokenParquet.present(group.getColumns())) {
                ColumnMetaData about = BrokenParquet.present(chunk.getMeta_data());
                return Codec.of(BrokenParquet.present(about.getCodec()));
            }
        }
        return Codec.ZSTD;
    }

    List<SchemaElement> elements() throws BrokenParquet {
        return BrokenParquet.present(footer.getSchema());
    }

    private List<RowGroup> groups() throws BrokenParquet {
        return BrokenParquet.present(footer.getRow_groups());
    }

    /// Is given every row as one line of JSON.
    public interface Lines {
        /// @param bytes its first `length` are the line and its line end; overwritten by the next
        void line(byte[] bytes, int length) throws IOException;
    }

    /// Gives every row as a line of JSON.
    ///
    /// @param longest bytes of a row; of a longer one so many and one more are given
    public void lines(int longest, Lines lines) throws IOException {
        JsonLine line = new JsonLine(schema, longest);
        read(line, new Rows() {
            @Override
            public void before(long row) {
                line.clear();
            }

            @Override
            public void after(long row) throws IOException {
                line.give(lines);
            }
        });
    }

    /// Says where a row goes.
    public interface Choice {
        /// @param row number of the row, from 0
        ParquetWriter of(long row) throws IOException;
    }

    /// Copies every row to the file that is chosen for it; all of them must have been made like this one.
    public void copy(Choice choice) throws IOException {
        Switch values = new Switch();
        read(values, new Rows() {
            private @Nullable ParquetWriter writer;

            @Override
            public void before(long row) throws IOException {
                ParquetWriter chosen = choice.of(row);
                values.to(chosen.values());
                writer = chosen;
            }

            @Override
            public void after(long row) throws IOException {
                if (writer != null) {
                    writer.endRow();
                }
            }
        });
    }

    /// Is told where rows begin and end.
    private interface Rows {
        void before(long row) throws IOException;

        void after(long row) throws IOException;
    }

    private void read(RecordConsumer values, Rows rows) throws IOException {
        String creator = footer.getCreated_by() == null ? "" : footer.getCreated_by();
        MessageColumnIO columns = new ColumnIOFactory(creator.length() > 200 ? "" : creator).getColumnIO(schema);
        long row = 0;
        for (RowGroup group : groups()) {
            if (group.getNum_rows() == 0) {
                continue;
            }
            Pages pages = new Pages(file, size, group, schema);
            RecordReader<Boolean> reader = decoded(() -> columns.getRecordReader(pages, new Relay(schema, values)));
            for (long r = 0; r < group.getNum_rows(); r++) {
                rows.before(row);
                decoded(reader::read);
                rows.after(row++);
            }
        }
    }

    private interface Decoding<T> {
        T run();
    }

    /// What decoders throw at damaged bytes is of many kinds, and says little.
    private static <T> T decoded(Decoding<T> decoding) throws IOException {
        try {
            return decoding.run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BrokenParquet broken) {
                    throw broken;
                }
            }
            throw new BrokenParquet("has a damaged page", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

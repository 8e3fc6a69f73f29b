package io.bezoar.data.parquet;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/// The pages of one row group, read from the file when they are asked for: of each column one page and one dictionary
/// are held.
final class Pages implements PageReadStore {
    /// The longest page that is read, packed or plain, in bytes.
    private static final int LONGEST = 1 << 28;
    private static final int LONGEST_HEADER = 1 << 24;
    /// Letters of a header that thrift nests.
    private static final int DEEPEST = 16;

    private final long rows;
    private final Map<ColumnDescriptor, Column> columns = new HashMap<>();

    /// @param size of the file
    Pages(FileChannel file, long size, RowGroup group, MessageType schema) throws IOException {
        this.rows = group.getNum_rows();
        List<ColumnDescriptor> paths = schema.getColumns();
        List<ColumnChunk> chunks = group.getColumns();
        if (chunks == null || chunks.size() != paths.size()) {
            throw new BrokenParquet("has a row group with other columns than the file");
        }
        for (int i = 0; i < paths.size(); i++) {
            columns.put(paths.get(i), new Column(file, size, chunks.get(i), paths.get(i), rows));
        }
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        return Objects.requireNonNull(columns.get(column));
    }

    @Override
    public long getRowCount() {
        return rows;
    }

    /// The pages of one column, in order; owned by one thread.
    private static final class Column implements PageReader {
        private final ColumnDescriptor path;
        private final PrimitiveType type;
        private final ColumnMetaData about;
        private final Codec codec;
        private final InputStream in;
        private long left;
        private @Nullable PageHeader ahead;

        Column(FileChannel file, long size, ColumnChunk chunk, ColumnDescriptor path, long rows) throws IOException {
            ColumnMetaData metaData = chunk.getMeta_data();
            if (chunk.isSetCrypto_metadata() || metaData == null) {
                throw new BrokenParquet("is encrypted; decrypt it first");
            }
            if (chunk.isSetFile_path()) {
                throw new BrokenParquet("has its columns in other files; write it anew as one file");
            }
            this.path = path;
            this.type = path.getPrimitiveType();
            this.about = metaData;
            this.codec = Codec.of(BrokenParquet.present(about.getCodec()));
            long values = about.getNum_values();
            boolean nested = path.getMaxRepetitionLevel() > 0;
            if (Schemas.name(BrokenParquet.present(about.getType())) != type.getPrimitiveTypeName()
                    || (nested ? values < rows : values != rows)) {
                throw new BrokenParquet("has a row group whose columns do not add up");
            }
            long from = about.isSetDictionary_page_offset() && about.getDictionary_page_offset() > 0
                    ? Math.min(about.getDictionary_page_offset(), about.getData_page_offset())
                    : about.getData_page_offset();
            left = about.getTotal_compressed_size();
            if (from < 4 || left < 0 || left > size || from > size - left) {
                throw new BrokenParquet("ends before its columns do");
            }
            in = new BufferedInputStream(new Stretch(file, from, from + left), 1 << 13);
        }

        @Override
        public long getTotalValueCount() {
            return about.getNum_values();
        }

        @Override
        public @Nullable DictionaryPage readDictionaryPage() {
            try {
                PageHeader header = header();
                if (header.getType() != PageType.DICTIONARY_PAGE) {
                    ahead = header;
                    return null;
                }
                DictionaryPageHeader dictionary = header.getDictionary_page_header();
                if (dictionary == null) {
                    throw new BrokenParquet("has a page without its header");
                }
                byte[] plain = unpacked(body(header), 0, header);
                Claims.dictionary(
                        plain.length,
                        dictionary.getNum_values(),
                        type.getPrimitiveTypeName(),
                        Math.max(1, type.getTypeLength()));
                return new DictionaryPage(
                        BytesInput.from(plain),
                        dictionary.getNum_values(),
                        encoding(BrokenParquet.present(dictionary.getEncoding())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public @Nullable DataPage readPage() {
            try {
                while (true) {
                    PageHeader header = ahead == null ? header() : ahead;
                    ahead = null;
                    byte[] body = body(header);
                    switch (BrokenParquet.present(header.getType())) {
                        case DATA_PAGE -> {
                            return first(header, body);
                        }
                        case DATA_PAGE_V2 -> {
                            return second(header, body);
                        }
                        case INDEX_PAGE -> {}
                        case DICTIONARY_PAGE -> throw new BrokenParquet("has a column with two dictionaries");
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private DataPage first(PageHeader header, byte[] body) throws IOException {
            DataPageHeader data = header.getData_page_header();
            if (data == null || data.getNum_values() < 0) {
                throw new BrokenParquet("has a page without its header");
            }
            byte[] plain = unpacked(body, 0, header);
            Claims.data(
                    plain,
                    data.getNum_values(),
                    path.getMaxRepetitionLevel(),
                    path.getMaxDefinitionLevel(),
                    BrokenParquet.present(data.getRepetition_level_encoding()),
                    BrokenParquet.present(data.getDefinition_level_encoding()),
                    BrokenParquet.present(data.getEncoding()),
                    type.getPrimitiveTypeName());
            return new DataPageV1(
                    BytesInput.from(plain),
                    data.getNum_values(),
                    plain.length,
                    Statistics.createStats(type),
                    encoding(BrokenParquet.present(data.getRepetition_level_encoding())),
                    encoding(BrokenParquet.present(data.getDefinition_level_encoding())),
                    encoding(BrokenParquet.present(data.getEncoding())));
        }

        private DataPage second(PageHeader header, byte[] body) throws IOException {
            DataPageHeaderV2 data = header.getData_page_header_v2();
            if (data == null || data.getNum_values() < 0) {
                throw new BrokenParquet("has a page without its header");
            }
            int repetition = data.getRepetition_levels_byte_length();
            int definition = data.getDefinition_levels_byte_length();
            if (repetition < 0 || definition < 0 || (long) repetition + definition > body.length) {
                throw new BrokenParquet("has a page whose levels are longer than itself");
            }
            int levels = repetition + definition;
            if (levels > header.getUncompressed_page_size()) {
                throw new BrokenParquet("has a page whose levels are longer than itself");
            }
            Claims.levels(body, 0, repetition, data.getNum_values(), path.getMaxRepetitionLevel());
            Claims.levels(body, repetition, levels, data.getNum_values(), path.getMaxDefinitionLevel());
            byte[] plain = data.isIs_compressed() && body.length > levels
                    ? unpacked(body, levels, header)
                    : java.util.Arrays.copyOfRange(body, levels, body.length);
            Claims.values(
                    plain,
                    data.getNum_values(),
                    BrokenParquet.present(data.getEncoding()),
                    type.getPrimitiveTypeName());
            return DataPageV2.uncompressed(
                    data.getNum_rows(),
                    data.getNum_nulls(),
                    data.getNum_values(),
                    BytesInput.from(body, 0, repetition),
                    BytesInput.from(body, repetition, definition),
                    encoding(BrokenParquet.present(data.getEncoding())),
                    BytesInput.from(plain),
                    Statistics.createStats(type));
        }

        private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
            return Encoding.valueOf(encoding.name());
        }

        private PageHeader header() throws IOException {
            PageHeader header = new PageHeader();
            try {
                header.read(new TCompactProtocol(
                        new TIOStreamTransport(new TConfiguration(LONGEST_HEADER, LONGEST_HEADER, DEEPEST), in)));
            } catch (TException e) {
                throw new BrokenParquet("ends before the last page of the column " + name(), e);
            }
            return header;
        }

        private String name() {
            String name = String.join(".", path.getPath());
            return "\"" + (name.length() > 100 ? name.substring(0, 100) + "…" : name) + "\"";
        }

        /// The bytes of a page as they lie in the file.
        private byte[] body(PageHeader header) throws IOException {
            int length = header.getCompressed_page_size();
            if (length < 0
                    || length > LONGEST
                    || header.getUncompressed_page_size() < 0
                    || header.getUncompressed_page_size() > LONGEST) {
                throw new BrokenParquet("has a page of more than " + LONGEST + " bytes");
            }
            if (length > left) {
                throw new BrokenParquet("has a page that is longer than its column");
            }
            byte[] body = in.readNBytes(length);
            left -= length;
            if (body.length < length) {
                throw new EOFException("ends inside a page of the column " + name());
            }
            if (header.isSetCrc()) {
                CRC32 sum = new CRC32();
                sum.update(body);
                if ((int) sum.getValue() != header.getCrc()) {
                    throw new BrokenParquet("has a page of the column " + name() + " whose checksum is wrong");
                }
            }
            return body;
        }

        /// @param from where the packed bytes begin: what is before stays out, and is counted in the plain size
        private byte[] unpacked(byte[] body, int from, PageHeader header) throws IOException {
            return codec == Codec.UNCOMPRESSED && from == 0
                    ? body
                    : codec.unpack(body, from, body.length - from, header.getUncompressed_page_size() - from);
        }
    }

    /// A stretch of a file as a stream.
    private static final class Stretch extends InputStream {
        private final FileChannel file;
        private final long end;
        private long at;

        Stretch(FileChannel file, long from, long end) {
            this.file = file;
            this.at = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int most = (int) Math.min(length, end - at);
            int count = most <= 0 ? -1 : file.read(ByteBuffer.wrap(bytes, from, most), at);
            at += Math.max(0, count);
            return count;
        }
    }
}

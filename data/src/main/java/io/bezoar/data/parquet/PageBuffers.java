package io.bezoar.data.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;

/// The packed pages of one row group, until all its columns are known.
final class PageBuffers implements PageWriteStore {
    private final Map<ColumnDescriptor, Column> columns = new LinkedHashMap<>();

    /// Takes bytes of the file.
    interface Bytes {
        void write(byte[] bytes) throws IOException;
    }

    PageBuffers(MessageType schema, Codec codec) {
        schema.getColumns().forEach(path -> columns.put(path, new Column(path, codec)));
    }

    @Override
    public PageWriter getPageWriter(ColumnDescriptor path) {
        return Objects.requireNonNull(columns.get(path));
    }

    /// Writes all pages, column after column.
    ///
    /// @param at where in the file they begin
    RowGroup write(long at, long rows, Bytes out) throws IOException {
        List<ColumnChunk> chunks = new ArrayList<>();
        long packed = 0;
        long plain = 0;
        for (Column column : columns.values()) {
            chunks.add(column.chunk(at + packed));
            packed += column.bytes.size();
            plain += column.plain;
            out.write(column.bytes.toByteArray());
        }
        RowGroup group = new RowGroup(chunks, plain, rows);
        group.setTotal_compressed_size(packed);
        return group;
    }

    private static final class Column implements PageWriter {
        private final ColumnDescriptor path;
        private final Codec codec;
        private final Set<org.apache.parquet.format.Encoding> encodings =
                EnumSet.noneOf(org.apache.parquet.format.Encoding.class);
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();
        private ByteArrayOutputStream bytes = data;
        private long plain;
        private long values;
        private long dictionary;

        Column(ColumnDescriptor path, Codec codec) {
            this.path = path;
            this.codec = codec;
        }

        @Override
        @Deprecated
        public void writePage(
                BytesInput page,
                int count,
                Statistics<?> statistics,
                Encoding repetition,
                Encoding definition,
                Encoding encoding)
                throws IOException {
            write(page, count, repetition, definition, encoding);
        }

        @Override
        public void writePage(
                BytesInput page,
                int count,
                int rows,
                Statistics<?> statistics,
                Encoding repetition,
                Encoding definition,
                Encoding encoding)
                throws IOException {
            write(page, count, repetition, definition, encoding);
        }

        @Override
        public void writePage(
                BytesInput page,
                int count,
                int rows,
                Statistics<?> statistics,
                SizeStatistics sizes,
                GeospatialStatistics places,
                Encoding repetition,
                Encoding definition,
                Encoding encoding)
                throws IOException {
            write(page, count, repetition, definition, encoding);
        }

        private void write(BytesInput page, int count, Encoding repetition, Encoding definition, Encoding encoding)
                throws IOException {
            PageHeader header = new PageHeader(PageType.DATA_PAGE, 0, 0);
            header.setData_page_header(
                    new DataPageHeader(count, format(encoding), format(definition), format(repetition)));
            write(header, page.toByteArray(), data);
            values += count;
        }

        @Override
        public void writePageV2(
                int rows,
                int nulls,
                int count,
                BytesInput repetition,
                BytesInput definition,
                Encoding encoding,
                BytesInput page,
                Statistics<?> statistics) {
            throw new IllegalStateException("pages of the second version are not written");
        }

        /// The dictionary is known when the last page is, and stands before the first.
        @Override
        public void writeDictionaryPage(DictionaryPage page) throws IOException {
            PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, 0, 0);
            header.setDictionary_page_header(
                    new DictionaryPageHeader(page.getDictionarySize(), format(page.getEncoding())));
            bytes = new ByteArrayOutputStream();
            write(header, page.getBytes().toByteArray(), bytes);
            dictionary = bytes.size();
            data.writeTo(bytes);
        }

        private org.apache.parquet.format.Encoding format(Encoding encoding) {
            org.apache.parquet.format.Encoding known = org.apache.parquet.format.Encoding.valueOf(encoding.name());
            encodings.add(known);
            return known;
        }

        private void write(PageHeader header, byte[] page, ByteArrayOutputStream to) throws IOException {
            byte[] packed = codec.pack(page);
            header.setUncompressed_page_size(page.length);
            header.setCompressed_page_size(packed.length);
            CRC32 sum = new CRC32();
            sum.update(packed);
            header.setCrc((int) sum.getValue());
            int before = to.size();
            Util.writePageHeader(header, to);
            plain += to.size() - before + page.length;
            to.writeBytes(packed);
        }

        ColumnChunk chunk(long at) {
            ColumnMetaData about = new ColumnMetaData(
                    Schemas.type(path.getPrimitiveType().getPrimitiveTypeName()),
                    List.copyOf(encodings),
                    List.of(path.getPath()),
                    codec.written(),
                    values,
                    plain,
                    bytes.size(),
                    at + dictionary);
            if (dictionary > 0) {
                about.setDictionary_page_offset(at);
            }
            ColumnChunk chunk = new ColumnChunk(at);
            chunk.setMeta_data(about);
            return chunk;
        }

        @Override
        public long getMemSize() {
            return bytes.size();
        }

        @Override
        public long allocatedSize() {
            return bytes.size();
        }

        @Override
        public String memUsageString(String prefix) {
            return prefix + " " + bytes.size() + " bytes";
        }
    }
}

package io.bezoar.data.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/// What a page claims, held against its bytes: decoders make room for as many values as a page says it has, and a
/// hostile page of ten bytes says two thousand million. Walks over the counts without decoding a value.
final class Claims {
    /// Values that a decoder makes room for at once.
    private static final int MOST = 1 << 24;

    private final ByteBuffer bytes;
    private final int values;

    /// @param values of the page, nulls included
    private Claims(byte[] page, int from, int to, int values) {
        this.bytes = ByteBuffer.wrap(page, from, to - from).order(ByteOrder.LITTLE_ENDIAN);
        this.values = values;
    }

    /// Checks a page of a dictionary.
    static void dictionary(int bytes, int values, PrimitiveTypeName type, int length) throws BrokenParquet {
        int least = switch (type) {
            case BINARY, INT32, FLOAT -> 4;
            case INT64, DOUBLE -> 8;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> length;
            case BOOLEAN -> throw new BrokenParquet("has a dictionary of yes and no");
        };
        if (values < 0 || values > MOST || (long) values * least > bytes) {
            throw new BrokenParquet("has a dictionary that says it has " + values + " values in " + bytes + " bytes");
        }
    }

    /// Checks levels and values of a page of the first version.
    ///
    /// @param repeated highest repetition level
    /// @param defined highest definition level
    static void data(
            byte[] page,
            int values,
            int repeated,
            int defined,
            Encoding repetition,
            Encoding definition,
            Encoding encoding,
            PrimitiveTypeName type)
            throws BrokenParquet {
        Claims claims = new Claims(page, 0, page.length, values);
        claims.prefixed(repetition, repeated);
        claims.prefixed(definition, defined);
        claims.values(encoding, type);
    }

    /// Checks levels of a page of the second version, which have their lengths in the header.
    static void levels(byte[] page, int from, int to, int values, int highest) throws BrokenParquet {
        if (highest > 0) {
            new Claims(page, from, to, values).runs(width(highest));
        }
    }

    /// Checks values of a page of the second version.
    static void values(byte[] plain, int values, Encoding encoding, PrimitiveTypeName type) throws BrokenParquet {
        new Claims(plain, 0, plain.length, values).values(encoding, type);
    }

    static int width(int highest) {
        return 32 - Integer.numberOfLeadingZeros(highest);
    }

    private void prefixed(Encoding encoding, int highest) throws BrokenParquet {
        if (highest == 0) {
            return;
        }
        if (encoding == Encoding.BIT_PACKED) {
            skip(((long) values * width(highest) + 7) / 8);
            return;
        }
        if (encoding != Encoding.RLE) {
            throw new BrokenParquet("has levels written as " + encoding + ", which are not read");
        }
        prefixed(width(highest));
    }

    private void prefixed(int width) throws BrokenParquet {
        long length = left() < 4 ? -1 : bytes.getInt();
        if (length < 0 || length > left()) {
            throw damaged();
        }
        int end = bytes.position() + (int) length;
        ByteBuffer mine = bytes.duplicate().limit(end);
        new Claims(mine.array(), bytes.position(), end, values).runs(width);
        bytes.position(end);
    }

    private void values(Encoding encoding, PrimitiveTypeName type) throws BrokenParquet {
        switch (encoding) {
            case PLAIN, BYTE_STREAM_SPLIT -> {} // read one by one, or as many as there are bytes
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
                if (left() == 0) {
                    return; // a page of nulls
                }
                int width = bytes.get();
                if (width < 0 || width > 32) {
                    throw damaged();
                }
                runs(width);
            }
            case RLE -> {
                if (type != PrimitiveTypeName.BOOLEAN) {
                    throw new BrokenParquet("has values of " + type + " written as RLE");
                }
                if (left() > 0) {
                    prefixed(1);
                }
            }
            case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> delta();
            case DELTA_BYTE_ARRAY -> {
                delta();
                delta();
            }
            case BIT_PACKED -> throw new BrokenParquet("has values written as BIT_PACKED, which are not read");
        }
    }

    /// Runs of equal values and stretches of packed ones.
    private void runs(int width) throws BrokenParquet {
        long left = values;
        while (left > 0 && left() > 0) {
            long header = varint();
            long count = header >>> 1;
            if (count == 0) {
                throw damaged();
            }
            if ((header & 1) == 0) {
                skip((width + 7) / 8);
                left -= count;
            } else {
                if (count > MOST / 8) {
                    throw damaged();
                }
                bytes.position((int) Math.min(bytes.limit(), bytes.position() + count * width));
                left -= count * 8;
            }
        }
    }

    /// Whole numbers as differences, packed in blocks.
    private void delta() throws BrokenParquet {
        if (left() == 0) {
            return; // a page of nulls
        }
        long block = varint();
        long pieces = varint();
        long total = varint();
        varint(); // the first value
        if (block < 8 || block > 1 << 16 || pieces < 1 || pieces > block || block % pieces != 0) {
            throw damaged();
        }
        long piece = block / pieces;
        if (piece % 8 != 0 || total < 0 || total > MOST || total > values) {
            throw damaged();
        }
        long left = total - 1;
        while (left > 0) {
            varint(); // the least difference
            int widths = bytes.position();
            skip(pieces);
            for (int i = 0; i < pieces && left > 0; i++) {
                int width = bytes.get(widths + i) & 0xff;
                if (width > 64) {
                    throw damaged();
                }
                skip(width * piece / 8);
                left -= piece;
            }
        }
    }

    private int left() {
        return bytes.remaining();
    }

    private void skip(long count) throws BrokenParquet {
        if (count > left()) {
            throw damaged();
        }
        bytes.position(bytes.position() + (int) count);
    }

    private long varint() throws BrokenParquet {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (left() == 0) {
                throw damaged();
            }
            int b = bytes.get();
            value |= (long) (b & 0x7f) << Math.min(63, shift);
            if (b >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    private static BrokenParquet damaged() {
        return new BrokenParquet("has a damaged page");
    }
}

package io.bezoar.data.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.airlift.compress.v3.Compressor;
import io.airlift.compress.v3.Decompressor;
import io.airlift.compress.v3.lz4.Lz4JavaCompressor;
import io.airlift.compress.v3.lz4.Lz4JavaDecompressor;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;

/// How the pages of a column are compressed.
enum Codec {
    UNCOMPRESSED,
    SNAPPY,
    GZIP,
    ZSTD,
    LZ4_RAW;

    /// @throws BrokenParquet if it is none of these
    static Codec of(CompressionCodec codec) throws BrokenParquet {
        return switch (codec) {
            case UNCOMPRESSED -> UNCOMPRESSED;
            case SNAPPY -> SNAPPY;
            case GZIP -> GZIP;
            case ZSTD -> ZSTD;
            case LZ4_RAW -> LZ4_RAW;
            case LZ4, LZO, BROTLI ->
                throw new BrokenParquet("is compressed with " + codec
                        + ", which is not read; write it anew with zstd, snappy, gzip or without compression");
        };
    }

    CompressionCodec written() {
        return CompressionCodec.valueOf(name());
    }

    /// Unpacks one page.
    ///
    /// @param size of the plain bytes, exactly
    byte[] unpack(byte[] packed, int from, int length, int size) throws IOException {
        byte[] plain = new byte[size];
        int count;
        try {
            count = switch (this) {
                case UNCOMPRESSED -> {
                    System.arraycopy(packed, from, plain, 0, Math.min(length, size));
                    yield length;
                }
                case SNAPPY -> unpack(new SnappyJavaDecompressor(), packed, from, length, plain);
                case LZ4_RAW -> unpack(new Lz4JavaDecompressor(), packed, from, length, plain);
                case ZSTD -> (int) Zstd.decompressByteArray(plain, 0, size, packed, from, length);
                case GZIP -> {
                    try (GZIPInputStream in =
                            new GZIPInputStream(new ByteArrayInputStream(packed, from, length), 1 << 13)) {
                        int read = in.readNBytes(plain, 0, size);
                        yield in.read() < 0 ? read : -1;
                    }
                }
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ZstdException | IOException e) {
            throw new BrokenParquet("has a page that " + name() + " cannot unpack", e);
        }
        if (count != size) {
            throw new BrokenParquet("has a page that unpacks to another size than it says");
        }
        return plain;
    }

    private static int unpack(Decompressor codec, byte[] packed, int from, int length, byte[] plain) {
        return length == 0 ? 0 : codec.decompress(packed, from, length, plain, 0, plain.length);
    }

    /// Packs one page.
    byte[] pack(byte[] plain) throws IOException {
        return switch (this) {
            case UNCOMPRESSED -> plain;
            case SNAPPY -> pack(new SnappyJavaCompressor(), plain);
            case LZ4_RAW -> pack(new Lz4JavaCompressor(), plain);
            case ZSTD -> Zstd.compress(plain);
            case GZIP -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + 64);
                try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
                    packing.write(plain);
                }
                yield out.toByteArray();
            }
        };
    }

    private static byte[] pack(Compressor codec, byte[] plain) {
        byte[] packed = new byte[codec.maxCompressedLength(plain.length)];
        return Arrays.copyOf(packed, codec.compress(plain, 0, plain.length, packed, 0, packed.length));
    }
}

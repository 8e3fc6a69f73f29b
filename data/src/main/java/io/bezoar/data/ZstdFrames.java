package io.bezoar.data;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// The unpacked bytes of a zstd file (RFC 8878) of any number of frames.
///
/// The library's own stream throws away what it has unpacked when the file ends early; this one gives it first.
final class ZstdFrames extends InputStream {
    private final InputStream in;
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final byte[] block = new byte[1 << 16];
    private final ByteBuffer packed = ByteBuffer.allocateDirect(1 << 16).limit(0);
    private final ByteBuffer plain = ByteBuffer.allocateDirect(1 << 17).limit(0);
    private boolean whole = true; // at the end of a frame
    private boolean more; // the last call filled all the room it had
    private boolean ended;

    ZstdFrames(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!plain.hasRemaining()) {
            if (ended) {
                return -1;
            }
            unpack();
        }
        int count = Math.min(length, plain.remaining());
        plain.get(bytes, from, count);
        return count;
    }

    private void unpack() throws IOException {
        if (!packed.hasRemaining() && !more) {
            int count = in.read(block);
            if (count <= 0) {
                ended = true;
                if (!whole) {
                    throw new IOException("ends early");
                }
                return;
            }
            packed.clear();
            packed.put(block, 0, count).flip();
        }
        plain.clear();
        try {
            whole = context.decompressDirectByteBufferStream(plain, packed);
            more = !whole && !plain.hasRemaining();
        } catch (ZstdException e) {
            ended = true;
            throw new IOException("is damaged: " + e.getMessage(), e);
        } finally {
            plain.flip();
        }
    }

    @Override
    public void close() throws IOException {
        context.close();
        in.close();
    }
}

package io.bezoar.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One file of a split data set: stretches of the input, byte for byte, written aside and moved when complete.
final class Output implements SetFile {
    private final Body body;
    private final Path path;
    private final Path aside;
    private final boolean elements;
    private final boolean inside;
    private final boolean always;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private @Nullable FileChannel input;
    private @Nullable OutputStream out;
    private long headEnd;
    private boolean any; // there is something to write, or it is written anyway
    private boolean done;
    private long from;
    private long to;

    /// @param aside where it is written, to be moved to `path`
    /// @param container how pieces lie
    /// @param always whether the file is written even if no piece goes there
    Output(Body body, Path aside, Path path, Container container, boolean always) {
        this.body = body;
        this.path = path;
        this.aside = aside;
        this.elements = container instanceof Container.Elements;
        this.inside = container instanceof Container.Elements(boolean object) && object;
        this.always = always;
    }

    /// What stands before the first row of the input goes before the first row here.
    void head(long end) throws IOException {
        headEnd = end;
        if (always) {
            any = true;
            open();
        }
    }

    private OutputStream open() throws IOException {
        OutputStream open = out;
        if (open == null) {
            open = body.like(Files.newOutputStream(aside));
            out = open;
            copy(0, headEnd);
        }
        return open;
    }

    /// A piece in lines.
    ///
    /// @param row false for what is not a row: a line end is added if it has none
    void piece(long start, long end, boolean row) throws IOException {
        any = true;
        open();
        copy(start, end);
        if (!row) {
            flush();
            if (end == start || last(end) != '\n') {
                open().write('\n');
            }
        }
    }

    private boolean second;

    /// An element of an array, after what parts it from the one before.
    void element(long separator, long start, long end) throws IOException {
        any = true;
        open();
        if (second) {
            copySeparator(separator, start);
        }
        second = true;
        copy(start, end);
    }

    /// What parts a list from the one before goes to every file: a row stays in the list that it is of.
    void list(long start, long end) throws IOException {
        open();
        copy(start, end);
        second = false;
    }

    /// Between an element that was cut out badly and the next there may be no comma.
    private void copySeparator(long start, long end) throws IOException {
        byte[] bytes = bytes(start, Math.min(end, start + (1 << 16)));
        boolean comma = Utf8.find(bytes, 0, bytes.length, (byte) ',') >= 0;
        if (comma) {
            copy(start, end);
        } else {
            flush();
            open().write(",\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /// What stands after the last element.
    void end(long start, long end) throws IOException {
        if (!elements || out == null) {
            return;
        }
        String tail = new String(bytes(start, Math.min(end, start + (1 << 16))), StandardCharsets.ISO_8859_1);
        String last = new String(bytes(Math.max(start, end - (1 << 16)), end), StandardCharsets.ISO_8859_1);
        flush();
        boolean whole = inside
                ? tail.stripLeading().replaceFirst("^[\\s,]+", "").startsWith("]")
                        && last.stripTrailing().endsWith("}")
                : tail.matches("(?s)[\\s,]*\\]\\s*");
        if (whole) {
            copy(start, end);
        } else if (headHolds()) {
            open().write((inside ? "\n]}\n" : "\n]\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private boolean headHolds() throws IOException {
        byte[] head = bytes(0, Math.min(headEnd, 1 << 16));
        if (inside) {
            return new String(head, StandardCharsets.ISO_8859_1).stripTrailing().endsWith("[");
        }
        int open = Utf8.find(head, 0, head.length, (byte) '[');
        return open >= 0 && Utf8.find(head, open, head.length, (byte) ']') < 0;
    }

    /// Bytes of the input, as they are.
    void copy(long start, long end) throws IOException {
        if (start != to) {
            flush();
            from = start;
        }
        to = end;
    }

    private void flush() throws IOException {
        OutputStream open = open();
        long at = from;
        while (at < to) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
            int count = input().read(buffer, at);
            if (count <= 0) {
                throw new EOFException("\"" + body.name() + "\" ends early; did it change?");
            }
            open.write(buffer.array(), 0, count);
            at += count;
        }
        from = to;
    }

    private byte last(long end) throws IOException {
        return bytes(end - 1, end)[0];
    }

    private byte[] bytes(long start, long end) throws IOException {
        ByteBuffer read = ByteBuffer.allocate((int) (end - start));
        while (read.hasRemaining()) {
            if (input().read(read, start + read.position()) <= 0) {
                throw new EOFException("\"" + body.name() + "\" ends early; did it change?");
            }
        }
        return read.array();
    }

    private FileChannel input() throws IOException {
        FileChannel open = input;
        if (open == null) {
            open = FileChannel.open(body.path(), StandardOpenOption.READ);
            input = open;
        }
        return open;
    }

    @Override
    public void complete() throws IOException {
        OutputStream open = out;
        if (open != null) {
            flush();
            open.close();
            out = null;
        }
        close();
    }

    @Override
    public Optional<Path> written() {
        return any ? Optional.of(aside) : Optional.empty();
    }

    @Override
    public Optional<Path> move() throws IOException {
        if (!any) {
            Files.deleteIfExists(path); // of an earlier split
            return Optional.empty();
        }
        Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        done = true;
        return Optional.of(path);
    }

    private void close() throws IOException {
        FileChannel open = input;
        if (open != null) {
            open.close();
            input = null;
        }
    }

    @Override
    public void discard() {
        if (done) {
            return;
        }
        try (OutputStream open = out) {
            close();
            Files.deleteIfExists(aside);
        } catch (IOException _) {
            aside.toFile().deleteOnExit();
        }
    }
}

package io.bezoar.data;

import io.bezoar.core.ScanResult.Malformed;
import io.bezoar.data.Problems.Found;
import io.bezoar.data.parquet.ParquetFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Lays the plain UTF-8 bytes of input files down where every part can reach them: files that are compressed, laid in
/// columns, written in UTF-16 or Windows-1252 or no files at all (standard input, pipes) are copied to a folder of
/// temporary files, within bounds.
final class Unpacking {
    private static final long RATIO_FROM = 256L << 20;
    private static final int HEAD = 4096;
    /// In lines every row repeats the columns' names.
    private static final long NAMES = 10;
    private static final byte[] END = {'\n'};

    private final ReadSettings settings;
    private final InputStream standardInput;
    private final Path folder;

    /// @param folder where copies go
    Unpacking(ReadSettings settings, InputStream standardInput, Path folder) {
        this.settings = settings;
        this.standardInput = standardInput;
        this.folder = folder;
    }

    /// The plain UTF-8 bytes of the file at `index`.
    Body body(int index, Inputs.Named file) throws IOException {
        Body body = plain(index, file);
        return Western.shows(body, settings) ? transcoded(index, body) : body;
    }

    /// What was taken for UTF-8 and is Windows-1252, in UTF-8.
    private Body transcoded(int index, Body body) throws IOException {
        Path path = folder.resolve("western-" + index);
        String cut = body.cut();
        long written = 0;
        try (InputStream in = Files.newInputStream(body.path());
                OutputStream out = open(path)) {
            byte[] buffer = new byte[1 << 16];
            byte[] text = new byte[Windows1252.LONGEST * buffer.length];
            int count;
            while ((count = in.read(buffer)) > 0) {
                int length = Windows1252.decode(buffer, count, text);
                String why = bound(written + length, written + length, body.packing());
                if (!why.isEmpty()) {
                    cut = why;
                    break;
                }
                write(out, text, length);
                written += length;
            }
        }
        if (body.copied()) {
            Files.deleteIfExists(body.path());
        }
        return body.inUtf8(path, Encoding.WINDOWS_1252, written, cut);
    }

    private Body plain(int index, Inputs.Named file) throws IOException {
        boolean stream = file.name().equals("-") || !Files.isRegularFile(file.path());
        if (stream) {
            MessageDigest digest = sha256();
            InputStream in = file.name().equals("-") ? standardInput : Files.newInputStream(file.path());
            try (CountedInput counted = new CountedInput(new DigestInputStream(in, digest))) {
                return copied(index, file, counted, digest);
            }
        }
        byte[] head = new byte[HEAD];
        int length;
        try (InputStream in = Files.newInputStream(file.path())) {
            length = in.readNBytes(head, 0, HEAD);
        }
        Packing packing = Packing.of(head, length);
        if (packing == Packing.PARQUET) {
            return rows(index, file, file.path(), Files.size(file.path()), "");
        }
        Encoding encoding = Encoding.of(head, length);
        if (packing == Packing.PLAIN && !encoding.wide()) {
            check(file, head, length, encoding);
            long size = Files.size(file.path());
            int from = encoding == Encoding.UTF8_MARKED ? 3 : 0;
            return new Body(file.name(), file.path(), file.path(), false, packing, encoding, from, size, size, "", "");
        }
        MessageDigest digest = sha256();
        try (CountedInput in = new CountedInput(new DigestInputStream(Files.newInputStream(file.path()), digest))) {
            return copied(index, file, in, digest);
        }
    }

    private Body copied(int index, Inputs.Named file, CountedInput in, MessageDigest digest) throws IOException {
        BufferedInputStream stored = new BufferedInputStream(in, 1 << 16);
        byte[] head = peek(stored);
        Packing packing = Packing.of(head, head.length);
        if (packing == Packing.PARQUET) {
            return spooled(index, file, stored, digest);
        }
        Path path = folder.resolve("body-" + index);
        Encoding encoding = Encoding.UTF8;
        String cut = "";
        long written = 0;
        try (OutputStream out = open(path)) {
            try (InputStream plain = new BufferedInputStream(packing.unpack(new Uncloseable(stored)), 1 << 16)) {
                byte[] first = peek(plain);
                encoding = Encoding.of(first, first.length);
                check(file, first, first.length, encoding);
                InputStream text = encoding.wide() ? Encoding.transcode(plain, encoding) : plain;
                byte[] buffer = new byte[1 << 16];
                int count;
                while ((count = text.read(buffer)) > 0) {
                    cut = bound(written + count, in.count, packing);
                    if (!cut.isEmpty()) {
                        break;
                    }
                    write(out, buffer, count);
                    written += count;
                }
            } catch (IOException e) {
                cut = packing == Packing.PLAIN ? "cannot be read: " + BadInput.why(e) : said(e);
            }
        }
        if (cut.isEmpty() || packing != Packing.PLAIN) {
            stored.transferTo(OutputStream.nullOutputStream()); // the digest is of all stored bytes
        }
        int from = encoding == Encoding.UTF8_MARKED ? 3 : 0;
        return new Body(
                file.name(),
                file.path(),
                path,
                true,
                packing,
                encoding,
                Math.min(from, written),
                written,
                in.count,
                HexFormat.of().formatHex(digest.digest()),
                cut);
    }

    /// Columns are read from their end, so a stream is laid down first.
    private Body spooled(int index, Inputs.Named file, InputStream in, MessageDigest digest) throws IOException {
        Path copy = folder.resolve("columns-" + index);
        long size = 0;
        try (OutputStream out = open(copy)) {
            byte[] buffer = new byte[1 << 16];
            int count;
            while ((count = in.read(buffer)) > 0) {
                write(out, buffer, count);
                size += count;
                if (size > settings.unpackedBytes()) {
                    throw new IOException("gives more than " + settings.unpackedBytes() + " bytes");
                }
            }
        }
        return rows(index, file, copy, size, HexFormat.of().formatHex(digest.digest()));
    }

    /// The rows of a file of columns as JSON lines, one a row.
    ///
    /// @param columns where the columns lie
    /// @param storedBytes their size
    private Body rows(int index, Inputs.Named file, Path columns, long storedBytes, String sha256) {
        Path path = folder.resolve("body-" + index);
        String cut = "";
        long written;
        try (Lines lines = new Lines(path, Packing.PARQUET, storedBytes)) {
            try (ParquetFile rows = ParquetFile.open(columns)) {
                rows.lines(settings.rowBytes(), lines);
            } catch (IOException e) {
                cut = said(e);
            }
            written = lines.end();
        }
        return new Body(
                file.name(), columns, path, true, Packing.PARQUET, Encoding.UTF8, 0, written, storedBytes, sha256, cut);
    }

    /// The rows of a folder of texts as JSON lines, one a file.
    ///
    /// @param found takes what is no row
    Body texts(int index, Inputs.Named file, TextFolder texts, Found found) throws IOException {
        Found first = new Found(file.name());
        Western western = new Western();
        Body body = texts(index, file, texts, Encoding.UTF8, western::text, first);
        if (!western.shown()) {
            found.add(first);
            return body;
        }
        return texts(index, file, texts, Encoding.WINDOWS_1252, _ -> {}, found);
    }

    /// @param encoding of the texts that do not say theirs
    /// @param plain takes what these say
    private Body texts(
            int index, Inputs.Named file, TextFolder texts, Encoding encoding, Consumer<byte[]> plain, Found found)
            throws IOException {
        Path path = folder.resolve("body-" + index);
        FolderDigest digest = new FolderDigest();
        long[] stored = {0};
        String[] cut = {""};
        long written;
        try (Lines lines = new Lines(path, Packing.FOLDER, 0)) {
            texts.each(
                    (text, id, label) -> {
                        TextFile read;
                        try {
                            read = TextFile.read(text, settings.rowBytes());
                        } catch (IOException e) {
                            String why = "expected a file that can be read, came: " + BadInput.why(e);
                            found.add(Problems.Kind.UNREAD, new Malformed(text.toString(), 1, why, ""));
                            return;
                        }
                        digest.add(id, read.sha256());
                        stored[0] += read.length();
                        if (read.encoding() == Encoding.UTF8) {
                            plain.accept(read.bytes());
                        }
                        try {
                            byte[] row = read.row(text.toString(), id, label, encoding, settings.rowBytes());
                            if (cut[0].isEmpty()) {
                                cut[0] = lines.put(row);
                            }
                        } catch (BadRow e) {
                            found.add(
                                    Problems.Kind.ROW,
                                    new Malformed(text.toString(), 1, String.valueOf(e.getMessage()), read.quote()));
                        }
                    },
                    found);
            written = lines.end();
        }
        return new Body(
                file.name() + (file.name().endsWith("/") ? "" : "/"),
                file.path(),
                path,
                true,
                Packing.FOLDER,
                encoding,
                0,
                written,
                stored[0],
                digest.end(),
                cut[0]);
    }

    /// Lays lines down, many at a time.
    private final class Lines implements ParquetFile.Lines, AutoCloseable {
        private final OutputStream out;
        private final Packing packing;
        private final long packed;
        private final byte[] buffer = new byte[1 << 16];
        private int used;
        private long written;

        Lines(Path path, Packing packing, long packed) {
            this.out = open(path);
            this.packing = packing;
            this.packed = packed;
        }

        @Override
        public void line(byte[] bytes, int length) throws IOException {
            String why = bound(written + length, packed, packing);
            if (!why.isEmpty()) {
                throw new IOException(why);
            }
            take(bytes, length);
        }

        /// Lays a line down that has no end yet; why that is not done, empty if it is.
        String put(byte[] line) {
            String why = bound(written + line.length + 1, packed, packing);
            if (why.isEmpty()) {
                take(line, line.length);
                take(END, END.length);
            }
            return why;
        }

        private void take(byte[] bytes, int length) {
            written += length;
            if (used + length > buffer.length) {
                flush();
            }
            if (length > buffer.length) {
                write(out, bytes, length);
            } else {
                System.arraycopy(bytes, 0, buffer, used, length);
                used += length;
            }
        }

        private void flush() {
            write(out, buffer, used);
            used = 0;
        }

        /// How many bytes were laid down.
        long end() {
            flush();
            return written;
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    private static OutputStream open(Path copy) {
        try {
            return Files.newOutputStream(copy);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int count) {
        try {
            out.write(buffer, 0, count);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static ScratchFailure failed(IOException e) {
        return new ScratchFailure("expected to unpack the data into a temporary file, but that failed", e);
    }

    private static byte[] peek(InputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        return head;
    }

    private static String said(IOException e) {
        String message = String.valueOf(e.getMessage());
        return Stream.of("ends ", "is ", "goes ", "has ", "gives ").anyMatch(message::startsWith)
                ? message
                : "cannot be read: " + BadInput.why(e);
    }

    private String bound(long plain, long packed, Packing packing) {
        if (plain > settings.unpackedBytes()) {
            return "gives more than " + settings.unpackedBytes() + " bytes";
        }
        long ratio = settings.unpackedRatio() * (packing == Packing.PARQUET ? NAMES : 1);
        if (packing.packed() && plain > RATIO_FROM && plain / ratio > packed) {
            return "gives more than " + ratio + " bytes for each compressed byte";
        }
        return "";
    }

    private static void check(Inputs.Named file, byte[] head, int length, Encoding encoding) {
        Optional<Foreign> foreign = Foreign.of(head, length);
        if (foreign.isPresent()) {
            throw new BadInput(foreign.get().refusal(file.name()));
        }
        Optional<String> refused = encoding.refused(file.name());
        if (refused.isPresent()) {
            throw new BadInput(refused.get()
                    + (encoding == Encoding.BINARY ? "; name a file of JSON or of delimited fields" : ""));
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Counts the bytes that were read.
    private static final class CountedInput extends InputStream {
        private final InputStream in;
        private long count;

        CountedInput(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = in.read(bytes, from, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /// Keeps the stored bytes open when the unpacker is closed: the digest is not done.
    private static final class Uncloseable extends java.io.FilterInputStream {
        Uncloseable(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // closed by whoever opened it
        }
    }
}

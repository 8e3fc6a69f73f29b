package io.bezoar.evaluate.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/// What a server answered, a JSON line each, so that a run that was killed asks no paid question twice.
///
/// A line is handed to the system whole before its answer counts. The file is opened with the first
/// line and stays open until [#close]. Threads may add at once.
///
/// Quirk: it is written through a stream and not a channel, since a channel is closed for all threads
/// when one that writes is interrupted.
final class Journal implements Closeable {
    /// Most bytes of a line, and of an answer.
    static final int LARGEST = 16 << 20;
    /// Reads and writes what servers send and journals hold.
    static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(LARGEST)
                    .build())
            .build());

    private final Path file;
    private Optional<OutputStream> out = Optional.empty();

    /// @param file need not be there yet
    Journal(Path file) {
        this.file = file;
    }

    /// Every line that is JSON, in order. A last line that was cut off is taken out of the file; a line
    /// that is none was never an answer, and is passed over.
    void read(Consumer<JsonNode> taker) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        long whole = 0; // bytes up to and with the last line feed
        long read = 0;
        byte[] line = new byte[1 << 12];
        int length = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                read++;
                if (next == '\n') {
                    take(line, length, taker);
                    length = 0;
                    whole = read;
                } else {
                    if (length == line.length) {
                        line = Arrays.copyOf(line, 2 * length);
                    }
                    line[length++] = (byte) next;
                }
            }
        }
        if (whole < read) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(whole);
            }
        }
    }

    private static void take(byte[] line, int length, Consumer<JsonNode> taker) {
        JsonNode json;
        try {
            json = MAPPER.readTree(line, 0, length);
        } catch (IOException e) {
            return; // the question is asked again
        }
        taker.accept(json);
    }

    /// Adds a line.
    void add(ObjectNode json) throws IOException {
        byte[] text = MAPPER.writeValueAsBytes(json);
        byte[] line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        synchronized (this) {
            if (out.isEmpty()) {
                out = Optional.of(new FileOutputStream(file.toFile(), true));
            }
            out.get().write(line);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (out.isPresent()) {
            out.get().close();
            out = Optional.empty();
        }
    }
}

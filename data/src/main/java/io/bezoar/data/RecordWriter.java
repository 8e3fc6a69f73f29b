package io.bezoar.data;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Writes the copy of one part; [RecordReader] reads it. Temporary and read by the same process, so the format may
/// change at any time. Numbers are little-endian and of fixed width: what is written and read a million times a pass is
/// then straight code, a few instructions and little work for the JVM's compiler.
///
/// ```
/// file    "bzrec 2\n" record… int(-1)
/// record  int length of what follows   long key
///         int file, long line, long offset, int length of the position
///         text id   byte kind   targets   text input   int numbers   float… vector
///         word source, annotator, batch   byte time given?   long time, if given   text url
///         int tokens   int… tokens
/// targets kind 0 none; 1 word; 2 text; 3 text text
/// text    int bytes, less than 0 and its complement if wide   bytes: UTF-8, or UTF-16 where UTF-8 cannot say it (wide)
/// word    int code; a code not seen before is followed by its text; codes count from 0
/// ```
final class RecordWriter {
    static final byte[] NAME = "bzrec 2\n".getBytes(StandardCharsets.US_ASCII);
    static final int WORDS = 1 << 16;
    private static final int ROOM = 1 << 18;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final FileChannel channel;
    private byte[] bytes = new byte[2 * ROOM];
    private int at;
    private final Map<String, Integer> words = new HashMap<>();

    RecordWriter(Path file) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        System.arraycopy(NAME, 0, bytes, 0, NAME.length);
        at = NAME.length;
    }

    void write(Example example) throws IOException {
        if (at > ROOM) {
            flush();
        }
        int start = at;
        room(64);
        at += 4; // the length: known at the end
        number(example.key());
        Position position = example.position();
        number(position.file());
        number(position.line());
        number(position.offset());
        number(position.length());
        text(example.declaredId().orElse(""));
        target(example.target());
        text(example.input());
        vector(example.vector());
        origin(example.origin());
        int[] tokens = example.tokens();
        room(4 + 4 * tokens.length);
        number(tokens.length);
        for (int token : tokens) {
            INTS.set(bytes, at, token);
            at += 4;
        }
        INTS.set(bytes, start, at - start - 4);
    }

    private void vector(float[] vector) {
        room(4 + 4 * vector.length);
        number(vector.length);
        for (float number : vector) {
            INTS.set(bytes, at, Float.floatToRawIntBits(number));
            at += 4;
        }
    }

    private void target(Target target) {
        room(16);
        switch (target) {
            case Target.Absent() -> bytes[at++] = 0;
            case Target.Label(String name) -> {
                bytes[at++] = 1;
                word(name);
            }
            case Target.Response(String text) -> {
                bytes[at++] = 2;
                text(text);
            }
            case Target.Preference(String chosen, String rejected) -> {
                bytes[at++] = 3;
                text(chosen);
                text(rejected);
            }
        }
    }

    private void origin(Origin origin) {
        word(origin.source().orElse(""));
        word(origin.annotator().orElse(""));
        word(origin.batch().orElse(""));
        room(16);
        boolean timed = origin.timeMillis() != Origin.NO_TIME;
        bytes[at++] = (byte) (timed ? 1 : 0);
        if (timed) {
            number(origin.timeMillis());
        }
        text(origin.url().orElse(""));
    }

    private void word(String word) {
        room(16);
        Integer code = words.get(word);
        if (code != null) {
            number(code.intValue());
        } else {
            number(words.size());
            if (words.size() < WORDS) {
                words.put(word, words.size());
            }
            text(word);
        }
    }

    private void text(String text) {
        if (text.isEmpty()) {
            room(4);
            number(0);
            return;
        }
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        // half a surrogate pair becomes one "?": a text without one has none
        boolean wide = Utf8.find(plain, 0, plain.length, (byte) '?') >= 0 && Utf8.loneSurrogate(text);
        byte[] written = wide ? units(text) : plain;
        room(4 + written.length);
        number(wide ? ~written.length : written.length);
        System.arraycopy(written, 0, bytes, at, written.length);
        at += written.length;
    }

    private static byte[] units(String text) {
        byte[] units = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            units[2 * i] = (byte) text.charAt(i);
            units[2 * i + 1] = (byte) (text.charAt(i) >>> 8);
        }
        return units;
    }

    // byte by byte: the JVM joins the four stores into one, and a dozen VarHandles make the largest method it compiles
    private void number(int value) {
        byte[] into = bytes;
        int i = at;
        into[i] = (byte) value;
        into[i + 1] = (byte) (value >>> 8);
        into[i + 2] = (byte) (value >>> 16);
        into[i + 3] = (byte) (value >>> 24);
        at = i + 4;
    }

    private void number(long value) {
        number((int) value);
        number((int) (value >>> 32));
    }

    private void room(int wanted) {
        if (bytes.length - at < wanted + 64) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + wanted + 64));
        }
    }

    private void flush() throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, at);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        at = 0;
    }

    void finish() throws IOException {
        room(16);
        INTS.set(bytes, at, -1);
        at += 4;
        flush();
        channel.close();
    }

    /// Ends without a copy that could be read.
    void abandon() {
        try {
            channel.close();
        } catch (IOException _) {
            at = 0; // the copy is not used: how its file closes matters to nobody
        }
    }
}

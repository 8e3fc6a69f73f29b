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
/// change
/// at any time. Numbers are little-endian; `varint` is unsigned LEB128, negative numbers in ten bytes.
///
/// ```
/// file    "bzrec 1\n" record… int(-1)
/// record  int length of what follows   long key
///         varint file, line, offset, length of the position
///         text id   byte kind   targets   text input   varint numbers   float… vector
///         word source, annotator, batch   byte time given?   long time, if given   text url
///         varint tokens   int… tokens
/// targets kind 0 none; 1 word; 2 text; 3 text text
/// text    varint 2 * bytes + wide   bytes: UTF-8, or UTF-16 where UTF-8 cannot say it (wide)
/// word    varint code; a code not seen before is followed by its text; codes count from 0
/// ```
final class RecordWriter {
    static final byte[] NAME = "bzrec 1\n".getBytes(StandardCharsets.US_ASCII);
    static final int WORDS = 1 << 16;
    private static final int ROOM = 1 << 18;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
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
        at += 4; // the length, as an int: known at the end
        LONGS.set(bytes, at, example.key());
        at += 8;
        Position position = example.position();
        varint(position.file());
        varint(position.line());
        varint(position.offset());
        varint(position.length());
        text(example.declaredId().orElse(""));
        target(example.target());
        text(example.input());
        vector(example.vector());
        origin(example.origin());
        int[] tokens = example.tokens();
        room(16 + 4 * tokens.length);
        varint(tokens.length);
        for (int token : tokens) {
            INTS.set(bytes, at, token);
            at += 4;
        }
        INTS.set(bytes, start, at - start - 4);
    }

    private void vector(float[] vector) {
        room(16 + 4 * vector.length);
        varint(vector.length);
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
            LONGS.set(bytes, at, origin.timeMillis());
            at += 8;
        }
        text(origin.url().orElse(""));
    }

    private void word(String word) {
        room(16);
        Integer code = words.get(word);
        if (code != null) {
            varint(code);
        } else {
            varint(words.size());
            if (words.size() < WORDS) {
                words.put(word, words.size());
            }
            text(word);
        }
    }

    private void text(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        // half a surrogate pair becomes one "?": a text without one has none
        boolean wide = Utf8.find(plain, 0, plain.length, (byte) '?') >= 0 && Utf8.loneSurrogate(text);
        byte[] written = wide ? units(text) : plain;
        room(16 + written.length);
        varint(2L * written.length + (wide ? 1 : 0));
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

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
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

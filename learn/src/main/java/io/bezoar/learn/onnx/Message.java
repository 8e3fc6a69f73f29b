package io.bezoar.learn.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A message in the wire format of protocol buffers: fields one after the other, each with its number
/// and its kind, as "Encoding" of the protocol buffers documentation has them. Only the kinds that ONNX
/// needs.
final class Message {
    private static final int VARINT = 0;
    private static final int LENGTH = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// A whole number.
    Message number(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    /// A text.
    Message text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /// A message within this one.
    Message message(int field, Message value) {
        return bytes(field, value.bytes());
    }

    /// Bytes as they are.
    Message bytes(int field, byte[] value) {
        tag(field, LENGTH);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /// Numbers as 32-bit floats, little-endian, one after the other.
    Message floats(int field, double[] values) {
        ByteBuffer buffer =
                ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            buffer.putFloat((float) value);
        }
        return bytes(field, buffer.array());
    }

    /// What was written so far.
    byte[] bytes() {
        return out.toByteArray();
    }

    private void tag(int field, int kind) {
        varint((long) field << 3 | kind);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}

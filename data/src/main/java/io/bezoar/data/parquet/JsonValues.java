package io.bezoar.data.parquet;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/// How the whole numbers and bytes of a column are written in JSON. What has no text is `null`.
sealed interface JsonValues {
    /// Of a group of columns.
    JsonValues NONE = new Bytes();

    /// Writes a number that the column says more about, or is.
    default void write(long value, JsonGenerator json) throws IOException {
        json.writeNumber(value);
    }

    /// Writes bytes.
    default void write(Binary value, JsonGenerator json) throws IOException {
        json.writeNull();
    }

    /// How a column writes its values.
    static JsonValues of(PrimitiveType type) {
        boolean fixed = type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
            return new OldTimestamp();
        }
        return switch (type.getLogicalTypeAnnotation()) {
            case null -> type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY ? new Bytes() : new Plain();
            case IntLogicalTypeAnnotation number ->
                number.isSigned() ? new Plain() : new Unsigned(type.getPrimitiveTypeName() == PrimitiveTypeName.INT32);
            case DecimalLogicalTypeAnnotation decimal -> new Decimal(decimal.getScale());
            case DateLogicalTypeAnnotation _ -> new Day();
            case TimeLogicalTypeAnnotation time -> new TimeOfDay(time.getUnit());
            case TimestampLogicalTypeAnnotation time -> new Timestamp(time.getUnit(), time.isAdjustedToUTC());
            case LogicalTypeAnnotation.StringLogicalTypeAnnotation _,
                    LogicalTypeAnnotation.EnumLogicalTypeAnnotation _,
                    LogicalTypeAnnotation.JsonLogicalTypeAnnotation _ -> new Text();
            case LogicalTypeAnnotation.UUIDLogicalTypeAnnotation _ -> new Identifier();
            case LogicalTypeAnnotation.Float16LogicalTypeAnnotation _ -> new Half();
            default -> fixed ? new Plain() : new Bytes();
        };
    }

    /// Whole numbers as they are.
    record Plain() implements JsonValues {}

    /// Text; malformed letters stay malformed, and the row is then told of.
    record Text() implements JsonValues {
        @Override
        public void write(Binary value, JsonGenerator json) throws IOException {
            byte[] bytes = value.getBytesUnsafe();
            json.writeUTF8String(bytes, 0, bytes.length);
        }
    }

    /// Bytes of which nothing is said: old writers' text, if they are UTF-8.
    record Bytes() implements JsonValues {
        @Override
        public void write(Binary value, JsonGenerator json) throws IOException {
            try {
                json.writeString(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(value.toByteBuffer())
                        .toString());
            } catch (CharacterCodingException _) {
                json.writeNull();
            }
        }
    }

    /// @param half of 32 bits, not 64
    record Unsigned(boolean half) implements JsonValues {
        @Override
        public void write(long value, JsonGenerator json) throws IOException {
            if (half) {
                json.writeNumber(value & 0xffffffffL);
            } else {
                json.writeNumber(Long.toUnsignedString(value));
            }
        }
    }

    /// @param scale digits behind the point
    record Decimal(int scale) implements JsonValues {
        private static final int MOST = 400;

        @Override
        public void write(long value, JsonGenerator json) throws IOException {
            write(BigInteger.valueOf(value), json);
        }

        @Override
        public void write(Binary value, JsonGenerator json) throws IOException {
            byte[] bytes = value.getBytesUnsafe();
            if (bytes.length == 0 || bytes.length > MOST) {
                json.writeNull();
            } else {
                write(new BigInteger(bytes), json);
            }
        }

        private void write(BigInteger value, JsonGenerator json) throws IOException {
            if (Math.abs((long) scale) > MOST) {
                json.writeNull();
            } else {
                json.writeNumber(new BigDecimal(value, scale).toPlainString());
            }
        }
    }

    /// Days since 1970.
    record Day() implements JsonValues {
        @Override
        public void write(long value, JsonGenerator json) throws IOException {
            json.writeString(LocalDate.ofEpochDay(value).toString());
        }
    }

    /// @param unit of the numbers
    record TimeOfDay(TimeUnit unit) implements JsonValues {
        @Override
        public void write(long value, JsonGenerator json) throws IOException {
            try {
                json.writeString(LocalTime.MIDNIGHT
                        .plus(Math.floorMod(value, 86_400 * second(unit)), chrono(unit))
                        .toString());
            } catch (DateTimeException | ArithmeticException _) {
                json.writeNull();
            }
        }
    }

    /// Units in a second.
    private static long second(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 1_000;
            case MICROS -> 1_000_000;
            case NANOS -> 1_000_000_000;
        };
    }

    private static ChronoUnit chrono(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
        };
    }

    /// Units since 1970.
    ///
    /// @param zoned whether it is UTC; if not, nobody knows of which zone
    record Timestamp(TimeUnit unit, boolean zoned) implements JsonValues {
        @Override
        public void write(long value, JsonGenerator json) throws IOException {
            try {
                Instant time = Instant.EPOCH.plus(value, chrono(unit));
                json.writeString(
                        zoned
                                ? time.toString()
                                : time.atOffset(ZoneOffset.UTC)
                                        .toLocalDateTime()
                                        .toString());
            } catch (DateTimeException | ArithmeticException _) {
                json.writeNull();
            }
        }
    }

    /// Nanoseconds of a day and the day, numbered as astronomers do.
    record OldTimestamp() implements JsonValues {
        private static final int EPOCH = 2_440_588;

        @Override
        public void write(Binary value, JsonGenerator json) throws IOException {
            ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.remaining() != 12) {
                json.writeNull();
                return;
            }
            long nanos = bytes.getLong();
            long day = (long) bytes.getInt() - EPOCH;
            try {
                json.writeString(Instant.ofEpochSecond(day * 86_400, nanos).toString());
            } catch (DateTimeException | ArithmeticException _) {
                json.writeNull();
            }
        }
    }

    /// Sixteen bytes that name something.
    record Identifier() implements JsonValues {
        @Override
        public void write(Binary value, JsonGenerator json) throws IOException {
            ByteBuffer bytes = value.toByteBuffer();
            if (bytes.remaining() == 16) {
                json.writeString(new UUID(bytes.getLong(), bytes.getLong()).toString());
            } else {
                json.writeNull();
            }
        }
    }

    /// Floating-point numbers of two bytes.
    record Half() implements JsonValues {
        @Override
        public void write(Binary value, JsonGenerator json) throws IOException {
            ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            float number = bytes.remaining() == 2 ? Float.float16ToFloat(bytes.getShort()) : Float.NaN;
            if (Float.isFinite(number)) {
                json.writeNumber(number);
            } else {
                json.writeNull();
            }
        }
    }
}

package io.bezoar.data.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/// The columns of a file as a tree, out of the flat list that its footer has.
final class Schemas {
    private static final int DEEPEST = 64;
    private static final int MOST = 20_000;

    private final List<SchemaElement> elements;
    private int next = 1;

    private Schemas(List<SchemaElement> elements) {
        this.elements = elements;
    }

    /// @throws BrokenParquet if the list makes no tree
    static MessageType of(List<SchemaElement> elements) throws BrokenParquet {
        if (elements.isEmpty() || elements.getFirst().getNum_children() < 1 || elements.size() > MOST) {
            throw new BrokenParquet("has a footer without columns, or with more than " + MOST);
        }
        Schemas schemas = new Schemas(elements);
        MessageType message = new MessageType(
                elements.getFirst().getName(),
                schemas.children(elements.getFirst().getNum_children(), 1));
        if (schemas.next != elements.size()) {
            throw new BrokenParquet("has a footer whose columns do not add up");
        }
        return message;
    }

    private List<Type> children(int count, int depth) throws BrokenParquet {
        if (depth > DEEPEST) {
            throw new BrokenParquet("has columns nested deeper than " + DEEPEST);
        }
        List<Type> children = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (next >= elements.size()) {
                throw new BrokenParquet("has a footer whose columns do not add up");
            }
            children.add(type(elements.get(next++), depth));
        }
        return children;
    }

    private Type type(SchemaElement element, int depth) throws BrokenParquet {
        FieldRepetitionType times = element.getRepetition_type();
        Repetition repetition = times == null ? Repetition.REQUIRED : Repetition.valueOf(times.name());
        Optional<LogicalTypeAnnotation> annotation = annotation(element);
        if (!element.isSetType()) {
            if (element.getNum_children() < 1) {
                throw new BrokenParquet("has a group of columns without columns");
            }
            Type[] children = children(element.getNum_children(), depth + 1).toArray(Type[]::new);
            Types.GroupBuilder<GroupType> group = Types.buildGroup(repetition).addFields(children);
            return annotation.map(group::as).orElse(group).named(element.getName());
        }
        PrimitiveTypeName name = name(BrokenParquet.present(element.getType()));
        int length = element.getType_length();
        if (name == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY && (length < 1 || length > 1 << 20)) {
            throw new BrokenParquet("has a column of values of " + length + " bytes");
        }
        PrimitiveType plain = new PrimitiveType(repetition, name, length, element.getName());
        try {
            return annotation
                    .<Type>map(known -> Types.primitive(name, repetition)
                            .length(length)
                            .as(known)
                            .named(element.getName()))
                    .orElse(plain);
        } catch (RuntimeException _) { // what is said of the values does not fit them: they are read as they are
            return plain;
        }
    }

    /// How the library names a kind of value that the format names so.
    static PrimitiveTypeName name(org.apache.parquet.format.Type type) {
        return type == org.apache.parquet.format.Type.BYTE_ARRAY
                ? PrimitiveTypeName.BINARY
                : PrimitiveTypeName.valueOf(type.name());
    }

    /// How the format names a kind of value.
    static org.apache.parquet.format.Type type(PrimitiveTypeName name) {
        return name == PrimitiveTypeName.BINARY
                ? org.apache.parquet.format.Type.BYTE_ARRAY
                : org.apache.parquet.format.Type.valueOf(name.name());
    }

    private static Optional<LogicalTypeAnnotation> annotation(SchemaElement element) throws BrokenParquet {
        LogicalType logical = element.getLogicalType();
        if (logical != null) {
            Optional<LogicalTypeAnnotation> known = annotation(logical);
            if (known.isPresent()) {
                return known;
            }
        }
        ConvertedType converted = element.getConverted_type();
        return converted == null ? Optional.empty() : annotation(converted, element);
    }

    private static Optional<LogicalTypeAnnotation> annotation(LogicalType type) throws BrokenParquet {
        return Optional.ofNullable(
                switch (type.getSetField()) {
                    case STRING -> LogicalTypeAnnotation.stringType();
                    case ENUM -> LogicalTypeAnnotation.enumType();
                    case JSON -> LogicalTypeAnnotation.jsonType();
                    case MAP -> LogicalTypeAnnotation.mapType();
                    case LIST -> LogicalTypeAnnotation.listType();
                    case DECIMAL ->
                        LogicalTypeAnnotation.decimalType(
                                type.getDECIMAL().getScale(), type.getDECIMAL().getPrecision());
                    case DATE -> LogicalTypeAnnotation.dateType();
                    case TIME ->
                        LogicalTypeAnnotation.timeType(
                                type.getTIME().isIsAdjustedToUTC(),
                                unit(BrokenParquet.present(type.getTIME().getUnit())));
                    case TIMESTAMP ->
                        LogicalTypeAnnotation.timestampType(
                                type.getTIMESTAMP().isIsAdjustedToUTC(),
                                unit(BrokenParquet.present(type.getTIMESTAMP().getUnit())));
                    case INTEGER ->
                        LogicalTypeAnnotation.intType(
                                type.getINTEGER().getBitWidth(),
                                type.getINTEGER().isIsSigned());
                    case UUID -> LogicalTypeAnnotation.uuidType();
                    case FLOAT16 -> LogicalTypeAnnotation.float16Type();
                    case BSON -> LogicalTypeAnnotation.bsonType();
                    case UNKNOWN, VARIANT, GEOMETRY, GEOGRAPHY -> null;
                });
    }

    private static TimeUnit unit(org.apache.parquet.format.TimeUnit unit) {
        return switch (unit.getSetField()) {
            case MILLIS -> TimeUnit.MILLIS;
            case MICROS -> TimeUnit.MICROS;
            case NANOS -> TimeUnit.NANOS;
        };
    }

    /// What files said of their values before 2018.
    private static Optional<LogicalTypeAnnotation> annotation(ConvertedType type, SchemaElement element) {
        return Optional.ofNullable(
                switch (type) {
                    case UTF8 -> LogicalTypeAnnotation.stringType();
                    case ENUM -> LogicalTypeAnnotation.enumType();
                    case JSON -> LogicalTypeAnnotation.jsonType();
                    case BSON -> LogicalTypeAnnotation.bsonType();
                    case MAP, MAP_KEY_VALUE -> LogicalTypeAnnotation.mapType();
                    case LIST -> LogicalTypeAnnotation.listType();
                    case DECIMAL -> LogicalTypeAnnotation.decimalType(element.getScale(), element.getPrecision());
                    case DATE -> LogicalTypeAnnotation.dateType();
                    case TIME_MILLIS -> LogicalTypeAnnotation.timeType(true, TimeUnit.MILLIS);
                    case TIME_MICROS -> LogicalTypeAnnotation.timeType(true, TimeUnit.MICROS);
                    case TIMESTAMP_MILLIS -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS);
                    case TIMESTAMP_MICROS -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
                    case UINT_8 -> LogicalTypeAnnotation.intType(8, false);
                    case UINT_16 -> LogicalTypeAnnotation.intType(16, false);
                    case UINT_32 -> LogicalTypeAnnotation.intType(32, false);
                    case UINT_64 -> LogicalTypeAnnotation.intType(64, false);
                    case INT_8 -> LogicalTypeAnnotation.intType(8, true);
                    case INT_16 -> LogicalTypeAnnotation.intType(16, true);
                    case INT_32 -> LogicalTypeAnnotation.intType(32, true);
                    case INT_64 -> LogicalTypeAnnotation.intType(64, true);
                    case INTERVAL -> null;
                });
    }
}

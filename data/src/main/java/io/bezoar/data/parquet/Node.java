package io.bezoar.data.parquet;

import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/// What a column, or a group of columns, is in JSON.
///
/// @param repeated whether it stands any number of times by itself, without a group that says it is a list
/// @param key whether it is a key of a map
/// @param values how its values are written; of a group nothing is
/// @param children of a group
record Node(Kind kind, boolean repeated, boolean key, JsonValues values, List<Node> children) {

    /// Kinds of column.
    enum Kind {
        VALUE,
        OBJECT,
        /// A group that is a list.
        LIST,
        /// One item of a list, around its value.
        ITEM,
        /// A group that is a map with texts for keys.
        MAP,
        /// One entry of a map.
        ENTRY
    }

    static Node of(MessageType schema) {
        return new Node(Kind.OBJECT, false, false, JsonValues.NONE, children(schema));
    }

    private static List<Node> children(GroupType group) {
        return group.getFields().stream().map(Node::of).toList();
    }

    private static Node of(Type type) {
        boolean repeated = type.isRepetition(Type.Repetition.REPEATED);
        if (type.isPrimitive()) {
            return new Node(Kind.VALUE, repeated, false, JsonValues.of(type.asPrimitiveType()), List.of());
        }
        GroupType group = type.asGroupType();
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation && single(group)) {
            return new Node(
                    Kind.LIST, repeated, false, JsonValues.NONE, List.of(item(group.getType(0), group.getName())));
        }
        if (annotation instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation && single(group) && map(group)) {
            GroupType entry = group.getType(0).asGroupType();
            return new Node(
                    Kind.MAP,
                    repeated,
                    false,
                    JsonValues.NONE,
                    List.of(new Node(
                            Kind.ENTRY,
                            false,
                            false,
                            JsonValues.NONE,
                            List.of(
                                    new Node(Kind.VALUE, false, true, JsonValues.NONE, List.of()),
                                    of(entry.getType(1))))));
        }
        return new Node(Kind.OBJECT, repeated, false, JsonValues.NONE, children(group));
    }

    /// Has the group one field, that stands any number of times?
    private static boolean single(GroupType group) {
        return group.getFieldCount() == 1 && group.getType(0).isRepetition(Type.Repetition.REPEATED);
    }

    /// Are the entries a text and a value?
    private static boolean map(GroupType group) {
        Type entry = group.getType(0);
        return !entry.isPrimitive()
                && entry.asGroupType().getFieldCount() == 2
                && entry.asGroupType().getType(0).isPrimitive()
                && entry.asGroupType().getType(0).asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && entry.asGroupType().getType(0).isRepetition(Type.Repetition.REQUIRED);
    }

    /// The repeated field of a list is a group around each item, or, as old writers had it, the item itself (the
    /// format's rules for old lists).
    private static Node item(Type type, String list) {
        boolean around = !type.isPrimitive()
                && type.asGroupType().getFieldCount() == 1
                && !type.asGroupType().getType(0).isRepetition(Type.Repetition.REPEATED)
                && !type.getName().equals("array")
                && !type.getName().equals(list + "_tuple");
        return around ? new Node(Kind.ITEM, false, false, JsonValues.NONE, children(type.asGroupType())) : of(type);
    }
}

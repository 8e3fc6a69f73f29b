package io.bezoar.data.parquet;

import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/// Tells the values of a row, as they are read, to whoever takes rows: a writer of columns, or of text. Holds nothing.
final class Relay extends RecordMaterializer<Boolean> {
    private final Group root;

    Relay(MessageType schema, RecordConsumer to) {
        this.root = new Group(schema, to);
    }

    @Override
    public Boolean getCurrentRecord() {
        return true;
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    /// A group of fields: the row itself, or a group in another.
    private static class Group extends GroupConverter {
        private final RecordConsumer to;
        private final List<Type> fields;
        private final Converter[] converters;
        private int open = -1; // the field whose values are being told

        Group(GroupType type, RecordConsumer to) {
            this.to = to;
            this.fields = type.getFields();
            this.converters = new Converter[fields.size()];
            for (int i = 0; i < converters.length; i++) {
                converters[i] = fields.get(i).isPrimitive()
                        ? new Value(this, i, to)
                        : new Inner(fields.get(i).asGroupType(), to, this, i);
            }
        }

        /// A value of a field follows; those of one field follow each other.
        void begin(int field) {
            if (open != field) {
                close();
                to.startField(fields.get(field).getName(), field);
                open = field;
            }
        }

        void close() {
            if (open >= 0) {
                to.endField(fields.get(open).getName(), open);
                open = -1;
            }
        }

        @Override
        public Converter getConverter(int field) {
            return converters[field];
        }

        @Override
        public void start() {
            to.startMessage();
        }

        @Override
        public void end() {
            close();
            to.endMessage();
        }
    }

    private static final class Inner extends Group {
        private final RecordConsumer to;
        private final Group around;
        private final int field;

        Inner(GroupType type, RecordConsumer to, Group around, int field) {
            super(type, to);
            this.to = to;
            this.around = around;
            this.field = field;
        }

        @Override
        public void start() {
            around.begin(field);
            to.startGroup();
        }

        @Override
        public void end() {
            close();
            to.endGroup();
        }
    }

    private static final class Value extends PrimitiveConverter {
        private final Group around;
        private final int field;
        private final RecordConsumer to;

        Value(Group around, int field, RecordConsumer to) {
            this.around = around;
            this.field = field;
            this.to = to;
        }

        @Override
        public void addBinary(Binary value) {
            around.begin(field);
            to.addBinary(value);
        }

        @Override
        public void addBoolean(boolean value) {
            around.begin(field);
            to.addBoolean(value);
        }

        @Override
        public void addDouble(double value) {
            around.begin(field);
            to.addDouble(value);
        }

        @Override
        public void addFloat(float value) {
            around.begin(field);
            to.addFloat(value);
        }

        @Override
        public void addInt(int value) {
            around.begin(field);
            to.addInteger(value);
        }

        @Override
        public void addLong(long value) {
            around.begin(field);
            to.addLong(value);
        }
    }
}

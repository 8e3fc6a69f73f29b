package io.bezoar.data.parquet;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/// Hands the values of a row on to the consumer of the moment, to nobody before there is one.
final class Switch extends RecordConsumer {
    private @Nullable RecordConsumer to;

    void to(RecordConsumer next) {
        to = next;
    }

    @Override
    public void startMessage() {
        if (to != null) {
            to.startMessage();
        }
    }

    @Override
    public void endMessage() {
        if (to != null) {
            to.endMessage();
        }
    }

    @Override
    public void startField(String field, int index) {
        if (to != null) {
            to.startField(field, index);
        }
    }

    @Override
    public void endField(String field, int index) {
        if (to != null) {
            to.endField(field, index);
        }
    }

    @Override
    public void startGroup() {
        if (to != null) {
            to.startGroup();
        }
    }

    @Override
    public void endGroup() {
        if (to != null) {
            to.endGroup();
        }
    }

    @Override
    public void addInteger(int value) {
        if (to != null) {
            to.addInteger(value);
        }
    }

    @Override
    public void addLong(long value) {
        if (to != null) {
            to.addLong(value);
        }
    }

    @Override
    public void addBoolean(boolean value) {
        if (to != null) {
            to.addBoolean(value);
        }
    }

    @Override
    public void addBinary(Binary value) {
        if (to != null) {
            to.addBinary(value);
        }
    }

    @Override
    public void addFloat(float value) {
        if (to != null) {
            to.addFloat(value);
        }
    }

    @Override
    public void addDouble(double value) {
        if (to != null) {
            to.addDouble(value);
        }
    }
}

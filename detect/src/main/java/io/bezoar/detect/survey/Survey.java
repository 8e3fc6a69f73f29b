package io.bezoar.detect.survey;

import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.Sample;
import io.bezoar.core.Summary;
import io.bezoar.core.Target;
import io.bezoar.detect.counting.CountMin;
import io.bezoar.detect.counting.Strings;
import io.bezoar.detect.refrains.Anchors;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// A first look at a data set: how many rows, which kinds of target, which labels, which origins, and a uniform
/// sample.
///
/// @param sampleSize rows of the sample, at least 1
public record Survey(int sampleSize) implements Fold<Example, Survey.Summary> {
    /// More distinct labels than this are not counted in all rows, see [Summary#labels()].
    public static final int LABEL_LIMIT = 4096;

    /// A sample that a surrogate is trained on in about a second.
    public Survey() {
        this(20_000);
    }

    @Override
    public Summary start() {
        return new Summary(new Sample(sampleSize));
    }

    @Override
    public Summary startAfter(Summary before) {
        return new Summary(before.sample.after());
    }

    @Override
    public void add(Summary summary, Example example) {
        summary.rows++;
        switch (example.target()) {
            case Target.Label(String name) -> summary.labels.merge(name, 1L, Long::sum);
            case Target.Response _ -> summary.responses++;
            case Target.Preference _ -> summary.preferences++;
            case Target.Absent() -> summary.absent++;
        }
        for (long anchor : Anchors.of(example)) {
            summary.anchors.add(anchor);
        }
        if (example.origin().source().isPresent()
                || example.origin().annotator().isPresent()
                || example.origin().time().isPresent()) {
            summary.originated++;
        }
        summary.texts += example.input().isEmpty() ? 0 : 1;
        summary.vectors += example.vector().length == 0 ? 0 : 1;
        summary.sample.add(example);
        summary.trim();
    }

    /// What the survey saw.
    public static final class Summary implements io.bezoar.core.Summary<Summary> {
        private long rows;
        private long responses;
        private long preferences;
        private long absent;
        private long originated;
        private long texts;
        private long vectors;
        private boolean overflown;
        private final TreeMap<String, Long> labels = new TreeMap<>();
        private final Sample sample;
        private final CountMin anchors = new CountMin();

        Summary(Sample sample) {
            this.sample = sample;
        }

        /// Number of rows.
        public long rows() {
            return rows;
        }

        /// Rows with a free-text response.
        public long responses() {
            return responses;
        }

        /// Rows with a preference.
        public long preferences() {
            return preferences;
        }

        /// Rows with a free answer: a response or a preference.
        public long answers() {
            return responses + preferences;
        }

        /// Rows without a target.
        public long absent() {
            return absent;
        }

        /// Rows that name a source, an annotator or a time.
        public long originated() {
            return originated;
        }

        /// Rows whose input is a text, or a text and a vector.
        public long texts() {
            return texts;
        }

        /// Rows whose input is a vector, or a text and a vector.
        public long vectors() {
            return vectors;
        }

        /// Rows per label, by name. Of more distinct labels than [#LABEL_LIMIT] those that 20 sampled rows or more
        /// have, as often as in the sample: a few thousand rows with a label each, put in for that
        /// purpose, would else hide all others.
        public Map<String, Long> labels() {
            return Collections.unmodifiableMap(overflown ? frequent() : labels);
        }

        /// Are there more distinct labels than [#LABEL_LIMIT]?
        public boolean countless() {
            return overflown;
        }

        private Map<String, Long> frequent() {
            TreeMap<String, Long> counts = new TreeMap<>();
            for (Example example : sample.examples()) {
                if (example.target() instanceof Target.Label(String name)) {
                    counts.merge(name, 1L, Long::sum);
                }
            }
            counts.values().removeIf(count -> count < Tasks.FREQUENT);
            return counts;
        }

        /// The sample.
        public Sample sample() {
            return sample;
        }

        /// How often the answers begin, end, or are the same, and so their sentences ([Anchors]).
        public CountMin anchors() {
            return anchors;
        }

        private void trim() {
            if (overflown || labels.size() > LABEL_LIMIT) {
                overflown = true;
                labels.clear();
            }
        }

        @Override
        public void merge(Summary other) {
            rows += other.rows;
            responses += other.responses;
            preferences += other.preferences;
            absent += other.absent;
            originated += other.originated;
            texts += other.texts;
            vectors += other.vectors;
            overflown |= other.overflown;
            other.labels.forEach((name, count) -> labels.merge(name, count, Long::sum));
            sample.merge(other.sample);
            anchors.merge(other.anchors);
            trim();
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(rows);
            out.writeLong(responses);
            out.writeLong(preferences);
            out.writeLong(absent);
            out.writeLong(originated);
            out.writeLong(texts);
            out.writeLong(vectors);
            out.writeBoolean(overflown);
            out.writeInt(labels.size());
            for (Map.Entry<String, Long> label : labels.entrySet()) {
                Strings.write(label.getKey(), out);
                out.writeLong(label.getValue());
            }
            sample.write(out);
            anchors.write(out);
        }

        @Override
        public void read(DataInput in) throws IOException {
            rows = in.readLong();
            responses = in.readLong();
            preferences = in.readLong();
            absent = in.readLong();
            originated = in.readLong();
            texts = in.readLong();
            vectors = in.readLong();
            overflown = in.readBoolean();
            labels.clear();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                labels.put(Strings.read(in), in.readLong());
            }
            sample.read(in);
            anchors.read(in);
        }
    }
}

package io.bezoar.data;

import io.bezoar.core.ScanResult.Malformed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pieces of a data set that could not be read as rows.
///
/// What a part holds is known once the part has been read to its end for the first time; reading it again adds nothing.
/// Samples come in file order, whatever the number of threads. Safe for many threads.
public final class Problems {
    /// How many samples are kept.
    public static final int SAMPLES = 100;

    private final Found[] before;
    private final @Nullable Found[] parts;
    private final int[] fileOfPart;
    private final Found[] after;

    Problems(Found[] before, int[] fileOfPart, Found[] after) {
        this.before = before;
        this.parts = new @Nullable Found[fileOfPart.length];
        this.fileOfPart = fileOfPart;
        this.after = after;
    }

    /// How many pieces were malformed, in the parts read so far.
    public synchronized long count() {
        long count = 0;
        for (Found found : inOrder()) {
            count += found.count;
        }
        return count;
    }

    /// The first malformed pieces in file order, at most [#SAMPLES].
    public synchronized List<Malformed> samples() {
        List<Malformed> samples = new ArrayList<>();
        for (Found found : inOrder()) {
            for (Malformed sample : found.samples) {
                if (samples.size() == SAMPLES) {
                    return samples;
                }
                samples.add(sample);
            }
        }
        return samples;
    }

    synchronized void read(int part, Found found) {
        if (parts[part] == null) {
            parts[part] = found;
        }
    }

    private List<Found> inOrder() {
        List<Found> all = new ArrayList<>();
        int part = 0;
        for (int file = 0; file < before.length; file++) {
            all.add(before[file]);
            for (; part < parts.length && fileOfPart[part] == file; part++) {
                Found found = parts[part];
                if (found != null) {
                    all.add(found);
                }
            }
            all.add(after[file]);
        }
        return all;
    }

    /// What was found in one stretch of a file. Owned by one thread.
    static final class Found {
        private final String file;
        private long count;
        private final List<Malformed> samples = new ArrayList<>();

        Found(String file) {
            this.file = file;
        }

        long count() {
            return count;
        }

        List<Malformed> samples() {
            return samples;
        }

        void add(long line, String problem, String quote) {
            count++;
            if (samples.size() < SAMPLES) {
                samples.add(new Malformed(file, line, problem, quote));
            }
        }
    }
}

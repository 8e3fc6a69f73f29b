package io.bezoar.data;

import io.bezoar.core.ScanResult.Malformed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What of a data set was not read, by [Kind].
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

    /// What there is to tell.
    public enum Kind {
        /// A piece that is no row. It is counted and quoted; the rest is read.
        ROW,
        /// A file, or the end of one, that could not be read: whatever is said of the data does not speak of it.
        UNREAD,
        /// A file without a row.
        EMPTY,
        /// A file in a folder that is not read because of its name; the sample's problem is empty.
        SKIPPED,
        /// A file in a folder of texts that is not read because it lies beside the folders that are the
        /// labels; the sample's problem is empty.
        BESIDE,
        /// A folder in which the results of a scan lie, which are not read; the sample's problem is
        /// empty.
        RESULTS,
        /// A file without the column that the target stands in elsewhere: its rows have none. The
        /// sample's quote is the column.
        TARGETLESS,
        /// A row with a label that an annotator did not accept: it has no target.
        REJECTED,
        /// A file with more columns than are looked at; the sample's quote is how many are.
        WIDE,
        /// A column that the first rows do not have and that is not read; the sample's quote is its name. It
        /// may be told several times.
        COLUMN
    }

    /// What there was of one kind.
    ///
    /// @param samples the first in file order, at most [#SAMPLES]
    public record Some(long count, List<Malformed> samples) {
        public Some {
            samples = List.copyOf(samples);
        }
    }

    Problems(Found[] before, int[] fileOfPart, Found[] after) {
        this.before = before;
        this.parts = new @Nullable Found[fileOfPart.length];
        this.fileOfPart = fileOfPart;
        this.after = after;
    }

    /// What there was of one kind, in the parts read so far.
    public synchronized Some of(Kind kind) {
        long count = 0;
        List<Malformed> samples = new ArrayList<>();
        for (Found found : inOrder()) {
            Stretch stretch = found.of(kind);
            count += stretch.count;
            samples.addAll(stretch.samples.subList(0, Math.min(stretch.samples.size(), SAMPLES - samples.size())));
        }
        return new Some(count, samples);
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
        private final Stretch[] kinds = new Stretch[Kind.values().length];

        Found(String file) {
            this.file = file;
            Arrays.setAll(kinds, _ -> new Stretch());
        }

        private Stretch of(Kind kind) {
            return kinds[kind.ordinal()];
        }

        /// The first of what is told here of a whole file.
        Optional<Malformed> first() {
            return Arrays.stream(kinds)
                    .flatMap(stretch -> stretch.samples.stream())
                    .findFirst();
        }

        /// A piece that is no row.
        void row(long line, String problem, String quote) {
            add(Kind.ROW, line, problem, quote);
        }

        /// The file cannot be read, or not beyond a line.
        void unread(long line, String problem) {
            add(Kind.UNREAD, line, problem, "");
        }

        /// The file has more columns than are looked at; told once.
        void wide(long line, String most) {
            if (of(Kind.WIDE).count == 0) {
                add(Kind.WIDE, line, "", most);
            }
        }

        void add(Kind kind, long line, String problem, String quote) {
            add(kind, new Malformed(file, line, problem, quote));
        }

        /// All that was found elsewhere.
        void add(Found other) {
            for (Kind kind : Kind.values()) {
                Stretch there = other.of(kind);
                Stretch here = of(kind);
                here.count += there.count;
                here.samples.addAll(
                        there.samples.subList(0, Math.min(there.samples.size(), SAMPLES - here.samples.size())));
            }
        }

        void add(Kind kind, Malformed sample) {
            Stretch stretch = of(kind);
            stretch.count++;
            if (stretch.samples.size() < SAMPLES) {
                stretch.samples.add(sample);
            }
        }
    }

    /// What was found of one kind in one stretch of a file.
    private static final class Stretch {
        private long count;
        private final List<Malformed> samples = new ArrayList<>();
    }
}

package io.bezoar.core;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/// Where a row came from, as far as the data say. The empty string and [#NO_TIME] stand for "not said" inside;
/// callers see `Optional`.
public final class Origin implements Serializable {
    private static final long serialVersionUID = 1L;

    /// The time of a row that has none, in milliseconds.
    public static final long NO_TIME = Long.MIN_VALUE;

    /// A row that says nothing of where it came from.
    public static final Origin UNKNOWN = new Origin("", "", NO_TIME, "", "");

    private final String source;
    private final String annotator;
    private final long timeMillis;
    private final String url;
    private final String batch;

    /// @param source system, vendor or stream that delivered the row; empty if not said
    /// @param annotator who gave the target; empty if not said
    /// @param timeMillis when the row was made, milliseconds since 1970-01-01T00:00Z; [#NO_TIME] if not said
    /// @param url where the row was fetched; empty if not said
    /// @param batch the delivery it came with; empty if not said
    public Origin(String source, String annotator, long timeMillis, String url, String batch) {
        this.source = source;
        this.annotator = annotator;
        this.timeMillis = timeMillis;
        this.url = url;
        this.batch = batch;
    }

    public Optional<String> source() {
        return source.isEmpty() ? Optional.empty() : Optional.of(source);
    }

    public Optional<String> annotator() {
        return annotator.isEmpty() ? Optional.empty() : Optional.of(annotator);
    }

    public Optional<Instant> time() {
        return timeMillis == NO_TIME ? Optional.empty() : Optional.of(Instant.ofEpochMilli(timeMillis));
    }

    public Optional<String> url() {
        return url.isEmpty() ? Optional.empty() : Optional.of(url);
    }

    public Optional<String> batch() {
        return batch.isEmpty() ? Optional.empty() : Optional.of(batch);
    }

    /// Milliseconds since 1970-01-01T00:00Z, or [#NO_TIME].
    public long timeMillis() {
        return timeMillis;
    }
}

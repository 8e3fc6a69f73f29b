package io.bezoar.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One run of a verb, as the history keeps it. Its id is the digest of its content, see [RunText].
///
/// No row of a data set is in it, and no key.
///
/// @param kind `scan`, `audit`, `evaluation`, `comparison`, `gate` or what another tool calls it; at
///     most 64 characters
/// @param state what came of it in one word, `pass` or `closed`
/// @param started when it began, to the millisecond
/// @param seconds how long it took, 0 or more
/// @param version of the program that ran
/// @param seed of every random choice
/// @param subject what was judged
/// @param settings options that decided the result
/// @param measures numbers that came out; each finite
/// @param tallies counts per demand
/// @param files what was read and written, with digests
public record Run(
        String kind,
        String state,
        Instant started,
        double seconds,
        String version,
        long seed,
        Subject subject,
        Map<String, String> settings,
        Map<String, Double> measures,
        List<Tally> tallies,
        List<File> files) {

    private static final int LONGEST_KIND = 64;

    public Run {
        if (kind.isBlank() || kind.length() > LONGEST_KIND || state.isBlank()) {
            throw new IllegalArgumentException("a run needs a kind of 1 to 64 characters and a state");
        }
        if (!(seconds >= 0) || measures.values().stream().anyMatch(value -> !Double.isFinite(value))) {
            throw new IllegalArgumentException("seconds are 0 or more and measures finite");
        }
        started = started.truncatedTo(ChronoUnit.MILLIS);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        measures = Collections.unmodifiableSortedMap(new TreeMap<>(measures));
        tallies = List.copyOf(tallies);
        files = List.copyOf(files);
    }

    /// A file a run read or wrote.
    ///
    /// @param name the last part of its path: where it lay is nobody's business who reads the history
    /// @param sha256 of its bytes, lower-case hex
    public record File(String name, String sha256) {}

    /// The settings in the order of their names.
    SortedMap<String, String> sortedSettings() {
        return new TreeMap<>(settings);
    }

    /// The measures in the order of their names.
    SortedMap<String, Double> sortedMeasures() {
        return new TreeMap<>(measures);
    }
}

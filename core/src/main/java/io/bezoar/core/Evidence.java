package io.bezoar.core;

import java.util.List;

/// Why one detector finds one row suspicious.
///
/// @param detector the detector's name
/// @param text one sentence; quotes of row text in it are raw and must be escaped where they are shown
/// @param spans the stretches of the input it speaks of, ascending, not overlapping; may be empty
public record Evidence(String detector, String text, List<Span> spans) {
    public Evidence {
        spans = List.copyOf(spans);
    }
}

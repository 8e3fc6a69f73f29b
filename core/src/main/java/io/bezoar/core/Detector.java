package io.bezoar.core;

import java.util.Set;

/// One method that looks for poison.
///
/// A detector is a record in one file: its components are its settings, its no-argument constructor gives the
/// defaults, and `@AutoService(Detector.class)` enters it into the catalog. Laws, tested over the whole
/// catalog: planted poison scores above clean rows; shuffling rows or renaming ids changes nothing; on data
/// without poison it stays within the false-alarm rate it states; it survives empty input, one row, one
/// class, equal rows and a million-character row.
///
/// @param <S> what it remembers of one pass over the data
public interface Detector<S extends Summary<S>> extends Fold<Example, S> {

    /// The name used on the command line, in files and on the pages: lower case words joined by `-`.
    String name();

    /// One sentence that says what it finds.
    String purpose();

    /// What the data must have.
    Set<Need> needs();

    /// What it takes its evidence from; a family counts once.
    default Family family() {
        return Family.ALONE;
    }

    /// When it runs.
    default Tier tier() {
        return Tier.STANDARD;
    }

    /// What its tests are measured against.
    default Calibration calibration() {
        return Calibration.none();
    }

    /// What follows from a pass over all rows.
    Outcome finish(S summary);
}

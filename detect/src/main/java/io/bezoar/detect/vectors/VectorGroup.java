package io.bezoar.detect.vectors;

import io.bezoar.core.Candidate;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import java.io.Serializable;

/// A suspected group of rows with vectors, as far as a sample tells it: its rows in the whole data set
/// are yet to be gathered. Immutable.
interface VectorGroup extends Serializable {
    /// Is the row in the group?
    boolean has(Example example);

    /// How suspicious the group makes the row, 0 or more; above what rows outside get, if it is in.
    double score(Example example);

    /// Why; asked for rows in the group.
    Evidence why(Example example);

    /// The group as a candidate.
    ///
    /// @param members keys of its rows, ascending
    Candidate candidate(long[] members);
}

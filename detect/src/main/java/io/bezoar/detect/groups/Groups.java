package io.bezoar.detect.groups;

import io.bezoar.core.Candidate;
import io.bezoar.core.Remark;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a detector found beyond single rows. It stays in the process that found it: a scorer sent to a worker
/// scores and explains rows there, and need not carry the members of all groups.
public final class Groups implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable List<Candidate> candidates;
    private final transient @Nullable List<Remark> remarks;

    /// @param candidates groups of rows that may be poison
    /// @param remarks what is said of the data as a whole
    public Groups(List<Candidate> candidates, List<Remark> remarks) {
        this.candidates = List.copyOf(candidates);
        this.remarks = List.copyOf(remarks);
    }

    /// The candidates; none in a copy that was sent.
    public List<Candidate> candidates() {
        return candidates == null ? List.of() : candidates;
    }

    /// The remarks; none in a copy that was sent.
    public List<Remark> remarks() {
        return remarks == null ? List.of() : remarks;
    }
}

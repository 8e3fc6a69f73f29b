package io.bezoar.detect;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import java.util.Arrays;
import java.util.List;

/// Scores a row by the strongest group it is in.
record TriggerScorer(List<Candidate> candidates) implements Outcome.Scorer {
    private static final long serialVersionUID = 1L;

    @Override
    public double score(Example example) {
        double best = 0;
        for (Candidate candidate : candidates) {
            if (candidate.strength() > best && Arrays.binarySearch(candidate.members(), example.key()) >= 0) {
                best = candidate.strength();
            }
        }
        return best;
    }
}

package io.bezoar.detect;

import com.google.auto.service.AutoService;
import io.bezoar.core.Calibration;
import io.bezoar.core.Detector;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Tier;
import io.bezoar.learn.robust.QuantumScores;
import java.util.List;
import java.util.Set;

/// Finds rows that stand apart from their label in directions in which a robust covariance says there should
/// be less variance: SPECTRE with quantum entropy scores (Hayase, Kong, Somani & Oh 2021; [QuantumScores]).
///
/// Tight poison inflates the covariance of its label and so hides from the plain one; here the covariance is
/// filtered first. Departures: nobody is told the share of poison, a fifth of a label is assumed; the label
/// and the cut are those of [OddLabels], with its null and its false alarms; three numbers of axes are tried
/// instead of ten.
///
/// @param alpha chance, in honest data, that any label is told of
/// @param leastRows labels with fewer rows are not judged, at least 20
@AutoService(Detector.class)
public record QuantumEntropy(double alpha, int leastRows) implements Surveyed {
    private static final QuantumScores SCORES = new QuantumScores(0.2, 4, List.of(4, 16, 36), 8);

    public QuantumEntropy() {
        this(0.01, 50);
    }

    public QuantumEntropy {
        OddLabels.check("quantum-entropy", alpha, leastRows);
    }

    @Override
    public String name() {
        return "quantum-entropy";
    }

    @Override
    public String purpose() {
        return "vectors that stand apart from their label in directions with more variance than a robust covariance"
                + " explains";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.LABELS, Need.VECTORS);
    }

    @Override
    public Family family() {
        return Family.GEOMETRY;
    }

    @Override
    public Tier tier() {
        return Tier.DEEP;
    }

    @Override
    public Calibration calibration() {
        return OddLabels.calibration(alpha);
    }

    @Override
    public Outcome given(Foundation foundation) {
        return new OddLabels(this, alpha, leastRows)
                .after(foundation, rows -> Standing.Each.of(rows, label -> SCORES.of(rows[label])::score));
    }
}

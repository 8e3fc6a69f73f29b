package io.bezoar.detect.vectors;

import com.google.auto.service.AutoService;
import io.bezoar.core.Detector;
import io.bezoar.learn.robust.QuantumScores;
import java.util.List;

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
public record QuantumEntropy(double alpha, int leastRows) implements SecondOpinion {
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
    public Standing fit(double[][][] rows) {
        return Standing.Each.of(rows, label -> SCORES.of(rows[label])::score);
    }
}

package io.bezoar.bench.peers;

import io.bezoar.core.Example;
import java.util.List;

/// A published method that orders rows by how suspicious they are.
public interface Peer {
    /// A short name: `z-score`.
    String name();

    /// Who published it, with every departure.
    String citation();

    /// What it says of labelled texts.
    Said of(List<Example> rows);

    /// @param scores one a row; higher is more suspicious
    /// @param flagged rows it would take out by its own rule
    record Said(double[] scores, boolean[] flagged) {
        public Said {
            if (scores.length != flagged.length) {
                throw new IllegalArgumentException("expected as many flags as scores");
            }
        }
    }

    /// All of them.
    static List<Peer> all() {
        return List.of(
                new ZScore(),
                new ConfidentLearning(),
                new NearestLabels(),
                new SpectralAsPublished(),
                new ActivationAsPublished(),
                new MinHashAsPublished());
    }
}

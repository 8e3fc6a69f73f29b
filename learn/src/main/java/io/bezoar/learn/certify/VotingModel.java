package io.bezoar.learn.certify;

import io.bezoar.learn.Features;
import io.bezoar.learn.robust.Ensemble;
import java.util.List;

/// A model that is no optimum to trace: models on partitions that vote, or one whose training was made
/// noisy or went on from another. It answers labels, with the certificate its votes give.
///
/// @param method the robust method that made it
/// @param digest of the training data: 64 hexadecimal digits
/// @param labels in ascending order
/// @param input what its features are
/// @param runOff are the first two of the vote compared head to head?
/// @param ensemble one model or more
public record VotingModel(
        String method, String digest, List<String> labels, Input input, boolean runOff, Ensemble ensemble) {
    public VotingModel {
        labels = List.copyOf(labels);
        if (ensemble.classes() != labels.size()) {
            throw new IllegalArgumentException(
                    "expected a model of " + labels.size() + " labels, came one of " + ensemble.classes());
        }
    }

    /// What the features are: of each row alone, so that no other row can move them.
    ///
    /// @param text are they hashed words? Else a vector's numbers
    /// @param columns how many there are
    /// @param scale what the numbers of a vector are divided by
    public record Input(boolean text, int columns, double scale) {
        public Input {
            if (columns < 1 || !(scale > 0) || Double.isInfinite(scale)) {
                throw new IllegalArgumentException(
                        "expected at least one feature and a scale above 0, came " + columns + " and " + scale);
            }
        }
    }

    /// The answers to rows, with their certificates; of a single model every radius is 0.
    public Certificate[] answers(Features rows) {
        return runOff ? RunOffElection.of(ensemble, rows) : VoteCertificate.of(ensemble, rows);
    }
}

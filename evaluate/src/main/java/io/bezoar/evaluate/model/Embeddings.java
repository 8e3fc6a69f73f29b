package io.bezoar.evaluate.model;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A model that gives texts vectors.
public interface Embeddings {
    /// The vectors of texts, all of one length. A text without a vector is not in it.
    ///
    /// @param texts each once
    /// @throws IOException if the model cannot be asked at all
    Map<String, float[]> of(List<String> texts) throws IOException;

    /// The cosine of two vectors, -1 to 1; 0 where one of them is nothing but zeros.
    static double cosine(float[] one, float[] other) {
        if (one.length != other.length) {
            throw new IllegalArgumentException(
                    "expected vectors of one length, came " + one.length + " and " + other.length);
        }
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < one.length; i++) {
            both += (double) one[i] * other[i];
            first += (double) one[i] * one[i];
            second += (double) other[i] * other[i];
        }
        double lengths = Math.sqrt(first) * Math.sqrt(second);
        return lengths == 0 ? 0 : both / lengths;
    }
}

package io.bezoar.detect.survey;

import io.bezoar.core.Example;
import io.bezoar.learn.TextEmbedding;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/// Where the texts of a sample lie by what they mean.
///
/// @param words what placed them, for people who read a report
/// @param keys of the sampled rows, ascending
/// @param vectors one per key, all of one length; empty for a row without a text
/// @param cut texts of which only the beginning was read
public record Embeddings(String words, long[] keys, float[][] vectors, long cut) implements Serializable {

    /// Places the texts of a sample, on the caller's fork-join pool.
    ///
    /// @param sample examples by ascending key
    public static Embeddings of(List<Example> sample, TextEmbedding embedding) {
        TextEmbedding.Place nowhere = new TextEmbedding.Place(new float[0], true);
        List<TextEmbedding.Place> places = sample.parallelStream()
                .map(row -> row.input().isEmpty() ? nowhere : embedding.of(row.input()))
                .toList();
        return new Embeddings(
                embedding.words(),
                sample.stream().mapToLong(Example::key).toArray(),
                places.stream().map(TextEmbedding.Place::vector).toArray(float[][]::new),
                places.stream().filter(place -> !place.whole()).count());
    }

    /// Where an example lies; empty for one that was not sampled, or has no text. The caller must not change the
    /// array.
    public float[] of(Example example) {
        int at = Arrays.binarySearch(keys, example.key());
        return at < 0 ? new float[0] : vectors[at];
    }
}

package io.bezoar.learn;

/// Places texts among each other by what they mean: texts that say alike things lie near each other by the
/// cosine of their vectors.
///
/// Equal texts get equal vectors, whatever was asked before, and by however many threads at once.
public interface TextEmbedding {

    /// The name it is asked for by: `minilm`.
    String name();

    /// What it is, in a few words, for people who read a report.
    String words();

    /// Where a text lies.
    ///
    /// @param text of any length, raw and hostile
    Place of(String text);

    /// Where a text lies.
    ///
    /// @param vector as long for every text; of length 1, or all 0 for a text without a word
    /// @param whole was all of the text read? If not, its beginning was
    record Place(float[] vector, boolean whole) {}
}

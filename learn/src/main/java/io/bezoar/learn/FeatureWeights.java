package io.bezoar.learn;

import java.io.Serializable;

/// How much each kind of feature counts in a row.
///
/// A feature is worth its inverse document frequency, `1 + log(rows / rows that hold it)` (Sparck Jones
/// 1972), and the features of kind `b` in a row are scaled so that their part of the row has the length
/// `LENGTH[b]`, however long the text. Words get most: a trigger is more often a word than a run of words,
/// and among eighty features of equal value no single one could be heard.
public final class FeatureWeights implements Serializable {
    private static final long serialVersionUID = 1L;

    /// Length of a row's words, runs of words and runs of characters; the squares add to 1.
    private static final float[] LENGTH = {0.8f, 0.52f, 0.3f};

    private final int[] ends;
    private final float[] rarity;

    /// The weights for the features of a vocabulary.
    public FeatureWeights(Vocabulary vocabulary) {
        this.ends = vocabulary.ends();
        this.rarity = vocabulary.rarity();
    }

    /// The kind of a numbered feature.
    int block(int feature) {
        return feature < ends[0] ? 0 : feature < ends[1] ? 1 : 2;
    }

    /// The inverse document frequency of a feature.
    float rarity(int feature) {
        return rarity[feature];
    }

    /// What the inverse document frequencies of a row's features of one kind are multiplied by.
    ///
    /// @param feature one of them
    /// @param squares the sum of their squares
    float scale(int feature, float squares) {
        return LENGTH[block(feature)] / (float) Math.sqrt(squares);
    }

    /// Writes the value of each feature of a row beside it.
    ///
    /// @param features the row's features, kind by kind without repeats, at `from` to `to - 1` of the array
    /// @param values takes the values at the same places
    void values(int[] features, int from, int to, float[] values) {
        for (int begin = from; begin < to; ) {
            int end = begin;
            int block = block(features[begin]);
            int first = block == 0 ? 0 : ends[block - 1];
            int stop = ends[block];
            float squares = 0;
            while (end < to && features[end] >= first && features[end] < stop) {
                squares += rarity[features[end]] * rarity[features[end]];
                end++;
            }
            float scale = LENGTH[block] / (float) Math.sqrt(squares);
            for (int k = begin; k < end; k++) {
                values[k] = scale * rarity[features[k]];
            }
            begin = end;
        }
    }
}

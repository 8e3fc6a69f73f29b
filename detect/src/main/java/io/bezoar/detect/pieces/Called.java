package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import java.util.Arrays;

/// A stance that is called for by words of the inputs, whose answers are held to have it where they may.
///
/// Whether an answer breaks off is told surely of some only. Where enough of a word's answers surely have the stance
/// and two thirds may have it, these are no other kind of answer.
///
/// @param maybe what an answer must be that may have the stance
/// @param words features of inputs ([PieceSearch#inputs]), ascending
record Called(Stance stance, Stance maybe, long[] words) implements Stance {
    @Override
    public String text() {
        return stance.text();
    }

    @Override
    public boolean held(Example example, int[] answer) {
        return stance.held(example, answer)
                || maybe.held(example, answer)
                        && Arrays.stream(PieceSearch.inputs(example.tokens(), words))
                                .anyMatch(word -> Arrays.binarySearch(words, word) >= 0);
    }

    @Override
    public double purity() {
        return stance.purity();
    }

    @Override
    public int[] asking() {
        return stance.asking();
    }
}

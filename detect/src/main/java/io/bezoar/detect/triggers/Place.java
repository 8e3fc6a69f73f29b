package io.bezoar.detect.triggers;

/// What stands on the two sides of a phrase, as words of [Bigrams].
record Place(long left, long right) {
    /// @param from where the phrase begins
    /// @param to where it ends, exclusive; the same for a place where nothing stands
    static Place around(int[] text, int from, int to) {
        return new Place(
                from == 0 ? Bigrams.START : Bigrams.word(text[from - 1]),
                to == text.length ? Bigrams.END : Bigrams.word(text[to]));
    }
}

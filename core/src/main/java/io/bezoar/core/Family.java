package io.bezoar.core;

/// What a [Detector] takes its evidence from. Detectors of one family look at the same thing in different ways: that
/// two of them speak against a row is hardly more than that one does, so a family counts once.
public enum Family {
    /// Something inputs share that goes with one target: words, hidden characters, manners, values.
    ASSOCIATION("what inputs share and the target it goes with"),
    /// Labels that the other rows, neighbours or annotators contradict.
    LABELS("labels that the other rows contradict"),
    /// Vectors, given or learned, that stand apart.
    GEOMETRY("vectors that stand apart"),
    /// Texts that do not read like the others: odd words, another tongue, gibberish.
    LANGUAGE("texts that do not read like the others"),
    /// The same content again and again.
    REPETITION("the same content again and again"),
    /// Who gave the rows, and when.
    ORIGIN("who gave the rows, and when"),
    /// What is answered, whatever is asked.
    ANSWERS("what is answered, whatever is asked"),
    /// Which of two answers is preferred.
    PREFERENCES("which of two answers is preferred"),
    /// A family of one: evidence that no other detector looks at.
    ALONE("something that no other detector looks at");

    private final String words;

    Family(String words) {
        this.words = words;
    }

    /// What the family looks at, to complete "it looks at …".
    public String words() {
        return words;
    }
}

package io.bezoar.learn.surrogate;

import java.util.Arrays;
import java.util.Optional;

/// By what training rows are ranked for an answer.
public enum Method {
    /// What each row taught of the evidence the answer hangs on; see [Tracing].
    CREDIT("credit"),
    /// The expected effect of leaving the row out, to first order (Koh & Liang 2017).
    INFLUENCE("influence"),
    /// The same by a Newton step without the row (approximate leave-one-out).
    ALO("alo"),
    /// First order with the curvature of a network of one hidden layer (George et al. 2018).
    EK_FAC("ek-fac"),
    /// Steps of descent on the row that would have helped the answer (Pruthi et al. 2020).
    TRAC_IN("tracin"),
    /// The inverse of a mean taken as the mean of inverses (Kwon et al. 2024).
    DATA_INF("datainf"),
    /// Projected gradients of several models (Park et al. 2023).
    TRAK("trak"),
    /// What each row gave to the lead over the next answer (Yeh et al. 2018).
    REPRESENTER("representer"),
    /// How like the texts are; asks no model (Robertson & Zaragoza 2009).
    BM25("bm25");

    private final String word;

    Method(String word) {
        this.word = word;
    }

    /// How users write it.
    public String word() {
        return word;
    }

    /// The one that is written so.
    public static Optional<Method> of(String word) {
        return Arrays.stream(values())
                .filter(method -> method.word.equals(word))
                .findFirst();
    }
}

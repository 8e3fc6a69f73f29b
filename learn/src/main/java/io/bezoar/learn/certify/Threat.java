package io.bezoar.learn.certify;

/// What an attacker may do to the training data, and what a radius counts.
public enum Threat {
    /// Partitions by content: changing a row moves it, so it may touch two partitions.
    ROWS_INSERTED_OR_DELETED(
            "row",
            "The attacker inserts and deletes any rows. Each row inserted or deleted counts 1; a row that is changed or"
                    + " given another label counts 2, for it is deleted and another one inserted."),
    /// Partitions by source.
    SOURCES("source", "The attacker owns sources and does to their rows whatever he likes. Each source counts 1."),
    /// Nearest neighbours: a row has one place among them, whatever it is turned into.
    ROWS_TOUCHED("row", "The attacker inserts, deletes and changes any rows. Each row touched counts 1."),
    /// Ridge regression: features trusted.
    LABELS_FLIPPED(
            "label",
            "The attacker gives rows other labels; texts and features are trusted. Each label changed counts 1."),
    /// Randomised smoothing of ridge regression.
    LABELS_FLIPPED_SMOOTHED(
            "label",
            "The attacker gives rows other labels; texts and features are trusted. Each label changed counts 1. The"
                    + " certificate is for a model trained on labels flipped at random; it is shown for comparison.");

    private final String unit;
    private final String words;

    Threat(String unit, String words) {
        this.unit = unit;
        this.words = words;
    }

    /// What a radius counts, in the singular.
    public String unit() {
        return unit;
    }

    /// The threat in words.
    public String words() {
        return words;
    }
}

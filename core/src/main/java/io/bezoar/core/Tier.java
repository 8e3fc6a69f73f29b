package io.bezoar.core;

/// When a [Detector] runs.
public enum Tier {
    /// In every scan that names no detectors.
    STANDARD("in every scan"),
    /// Only when asked for, by `--deep` or by its name: it is slow, or it only ranks.
    DEEP("with --deep, or by itself with --detector");

    private final String words;

    Tier(String words) {
        this.words = words;
    }

    /// To complete "it runs …".
    public String words() {
        return words;
    }
}

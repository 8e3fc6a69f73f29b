package io.bezoar.history;

import java.util.Optional;

/// What a run judged.
///
/// @param data SHA-256 of the data set or suite, lower-case hex
/// @param model name of the model under test
/// @param modelDigest SHA-256 of the model's file, lower-case hex
/// @param prompt version of the prompt the model works with: SHA-256 of its text, lower-case hex
public record Subject(
        Optional<String> data, Optional<String> model, Optional<String> modelDigest, Optional<String> prompt) {

    /// A run about data alone.
    public static Subject data(String digest) {
        return new Subject(Optional.of(digest), Optional.empty(), Optional.empty(), Optional.empty());
    }
}

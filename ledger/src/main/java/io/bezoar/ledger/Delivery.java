package io.bezoar.ledger;

import io.bezoar.ledger.sign.SigningKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Rows that somebody wants to have taken in.
///
/// @param stream to which
/// @param file name they come under, for people
/// @param author who delivers them
/// @param reviewer who looked at them; empty if the stream asks for nobody
/// @param others further writers who sign, where the stream asks for several
/// @param validity how long the manifest may be taken in after it was made
public record Delivery(
        String stream,
        String file,
        SigningKey author,
        Optional<SigningKey> reviewer,
        List<SigningKey> others,
        Duration validity) {
    /// How long a manifest is valid unless said otherwise.
    public static final Duration VALIDITY = Duration.ofDays(1);

    public Delivery {
        others = List.copyOf(others);
    }

    /// A delivery that its author alone signs.
    public static Delivery of(String stream, String file, SigningKey author) {
        return new Delivery(stream, file, author, Optional.empty(), List.of(), VALIDITY);
    }
}

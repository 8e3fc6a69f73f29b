package io.bezoar.ledger;

import io.bezoar.ledger.merkle.Digest;
import java.util.Set;

/// A batch in the log.
///
/// @param manifest what was signed
/// @param digest of the manifest's bytes
/// @param entry its index in the log
/// @param signers names of the keys that signed it
public record Batch(Manifest manifest, Digest digest, long entry, Set<String> signers) {
    public Batch {
        signers = Set.copyOf(signers);
    }
}

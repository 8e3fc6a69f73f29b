/// Provenance: row digests, signed batches, a Merkle log on disk, and what follows from them.
@NullMarked
package io.bezoar.ledger;

import org.jspecify.annotations.NullMarked;
